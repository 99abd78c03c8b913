/**
 * Keys that work on every page. They are told apart by their place on the keyboard, so that Vietnamese and English layouts
 * and input methods make no difference.
 */
import { DESTINATION_GROUPS } from '../../layout/destinations.ts';

export type ShortcutAction =
  | { readonly kind: 'search' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'help' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'go'; readonly to: string };

interface PressedKey {
  readonly code: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** So long after G the next letter goes to a page. */
export const GO_WITHIN_MS = 1500;

const GO_TO = new Map<string, string>(
  DESTINATION_GROUPS.flatMap(({ pages }) => pages.map(({ goKey, to }): [string, string] => [`Key${goKey}`, to])),
);

export const isGoKey = (pressed: PressedKey): boolean => isBare(pressed) && pressed.code === 'KeyG';

const isBare = ({ ctrlKey, metaKey, altKey }: PressedKey): boolean => !ctrlKey && !metaKey && !altKey;

/** What a key means; `isAfterGo`: G was pressed just before; `isTyping`: into a field, where only Ctrl+K is ours. */
export function actionOf(pressed: PressedKey, isAfterGo: boolean, isTyping: boolean): ShortcutAction | undefined {
  const isCommand = (pressed.ctrlKey || pressed.metaKey) && !pressed.altKey;
  if (isCommand && pressed.code === 'KeyK') return { kind: 'search' };
  if (isTyping) return undefined;
  if (isCommand && !pressed.shiftKey && pressed.code === 'KeyZ') return { kind: 'undo' };
  if (!isBare(pressed)) return undefined;
  const to = isAfterGo ? GO_TO.get(pressed.code) : undefined;
  if (to !== undefined) return { kind: 'go', to };
  if (pressed.code === 'F1') return { kind: 'help' };
  if (pressed.key === '?' || (pressed.code === 'Slash' && pressed.shiftKey)) return { kind: 'shortcuts' };
  return pressed.code === 'Slash' ? { kind: 'search' } : undefined;
}
