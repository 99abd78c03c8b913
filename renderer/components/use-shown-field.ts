/** Brings the field that a search led to into view, and the cursor into it. */
import { useEffect } from 'react';
import { useLocation } from 'react-router';

function fieldLabelOf(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('fieldLabel' in state)) return undefined;
  return typeof state.fieldLabel === 'string' ? state.fieldLabel : undefined;
}

/** `isReady`: the fields are there. */
export function useShownField(isReady: boolean): void {
  const label = fieldLabelOf(useLocation().state);
  useEffect(() => {
    if (label === undefined || !isReady) return;
    const found = [...document.querySelectorAll('label')].find((element) => element.textContent?.startsWith(label));
    found?.scrollIntoView({ block: 'center' });
    const field = found?.control ?? found?.parentElement?.querySelector<HTMLElement>('input, button');
    field?.focus({ preventScroll: true });
  }, [label, isReady]);
}
