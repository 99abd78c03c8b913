/** The keys of features/shortcuts, listened to on the whole page. */
import { useEffect, useRef } from 'react';
import { actionOf, GO_WITHIN_MS, isGoKey, type ShortcutAction } from '../features/shortcuts/shortcut-keys.ts';

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** `onKey` says whether it did something with the key. */
export function useGlobalKeys(onKey: (action: ShortcutAction) => boolean): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    let goPressedAtMs = Number.NEGATIVE_INFINITY;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const typing = isTyping(event.target);
      const isAfterGo = performance.now() - goPressedAtMs < GO_WITHIN_MS;
      goPressedAtMs = !typing && isGoKey(event) ? performance.now() : Number.NEGATIVE_INFINITY;
      const action = actionOf(event, isAfterGo, typing);
      // Behind an open panel the page does not change; the search closes what is open by itself.
      const isBehind = document.querySelector('[aria-modal="true"]') !== null;
      if (action === undefined || isBehind) return;
      if (latest.current(action)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
