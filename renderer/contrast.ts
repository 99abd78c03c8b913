/** High contrast: chosen here, or asked for by the computer. It goes with light and with dark. */
import { observable } from './observable.ts';

const STORED_AT = 'tollbook.contrast';
const asked = window.matchMedia('(prefers-contrast: more)');

function isWanted(): boolean {
  const stored = localStorage.getItem(STORED_AT);
  return stored === null ? asked.matches : stored === 'more';
}

export const isHighContrast = observable(false);

function show(): void {
  isHighContrast.set(isWanted());
  document.documentElement.toggleAttribute('data-high-contrast', isHighContrast.get());
}

export function startContrast(): void {
  show();
  asked.addEventListener('change', show);
}

/** What is the same as the computer's own wish is not kept, so that it follows the computer again. */
export function setHighContrast(isHigh: boolean): void {
  if (isHigh === asked.matches) localStorage.removeItem(STORED_AT);
  else localStorage.setItem(STORED_AT, isHigh ? 'more' : 'normal');
  show();
}
