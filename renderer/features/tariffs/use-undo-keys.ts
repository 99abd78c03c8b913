import { useHotkeys } from '@mantine/hooks';

interface UndoKeys {
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
  readonly save: (() => void) | undefined;
}

/** Ctrl Z, Ctrl Y and Ctrl S for the whole page; fields that are being typed in keep their own. */
export function useUndoKeys({ undo, redo, save }: UndoKeys): void {
  useHotkeys([
    ['mod+Z', () => undo?.()],
    ['mod+Y', () => redo?.()],
    ['mod+shift+Z', () => redo?.()],
    ['mod+S', () => save?.()],
  ]);
}
