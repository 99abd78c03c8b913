/** Marks a stretch of a line by dragging the mouse or with the arrow keys. Characters all have one width. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Stretch } from './draft.ts';

export interface Mark extends Stretch {
  readonly row: number;
}

interface Caret {
  readonly row: number;
  readonly at: number;
  /** Where the stretch began, while one is being made. */
  readonly anchor: number | undefined;
}

export interface Marking {
  readonly mark: Mark | undefined;
  readonly caret: Caret | undefined;
  readonly setMark: (mark: Mark | undefined) => void;
  readonly onPointerDown: (row: number, event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: () => void;
}

const stretchOf = (a: number, b: number): Stretch => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 });

/** The character under the pointer, by the width of one character of the line's own letters. */
function characterAt(element: HTMLElement, clientX: number): number {
  const rect = element.getBoundingClientRect();
  const one = document.createElement('span');
  one.textContent = '0'.repeat(100);
  (element.firstElementChild ?? element).append(one);
  const width = one.getBoundingClientRect().width / 100;
  one.remove();
  return Math.max(0, Math.floor((clientX - rect.left) / width));
}

interface MarkingProps {
  readonly rows: readonly string[];
  /** A stretch was marked; a click without dragging gives one character. */
  readonly onMarked: (mark: Mark, isClick: boolean) => void;
  readonly onEnter: () => void;
  readonly onDelete: () => void;
  readonly onUndo: () => void;
  /** The line is no call. */
  readonly onNoCall: (row: number) => void;
}

export function useMarking({ rows, onMarked, onEnter, onDelete, onUndo, onNoCall }: MarkingProps): Marking {
  const [mark, setMark] = useState<Mark>();
  const [caret, setCaret] = useState<Caret>();
  const drag = useRef<{ readonly row: number; readonly anchor: number; at: number }>(undefined);

  const step = (row: number, at: number, isExtending: boolean): void => {
    const line = rows[row] ?? '';
    const place = Math.max(0, Math.min(at, Math.max(0, line.length - 1)));
    const anchor = isExtending ? (caret?.anchor ?? caret?.at ?? place) : undefined;
    setCaret({ row, at: place, anchor });
    if (anchor === undefined) return;
    const made = { row, ...stretchOf(anchor, place) };
    setMark(made);
    onMarked(made, false);
  };

  return {
    mark,
    caret,
    setMark,
    onPointerDown: (row, event) => {
      if (event.button !== 0) return;
      const at = characterAt(event.currentTarget, event.clientX);
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { row, anchor: at, at };
      setCaret({ row, at, anchor: undefined });
      setMark({ row, from: at, to: at + 1 });
    },
    onPointerMove: (event) => {
      const active = drag.current;
      if (active === undefined) return;
      active.at = characterAt(event.currentTarget, event.clientX);
      setMark({ row: active.row, ...stretchOf(active.anchor, active.at) });
    },
    onPointerUp: () => {
      const active = drag.current;
      drag.current = undefined;
      if (active === undefined) return;
      onMarked({ row: active.row, ...stretchOf(active.anchor, active.at) }, active.anchor === active.at);
    },
    onFocus: () => {
      if (caret === undefined && rows.length > 0) setCaret({ row: 0, at: 0, anchor: undefined });
    },
    onKeyDown: (event) => {
      // Buttons inside the list keep their keys.
      if (event.target !== event.currentTarget) return;
      const { row, at } = caret ?? { row: 0, at: 0 };
      const line = rows[row] ?? '';
      const moves: Readonly<Record<string, readonly [number, number]>> = {
        ArrowLeft: [row, at - 1],
        ArrowRight: [row, at + 1],
        ArrowUp: [Math.max(0, row - 1), at],
        ArrowDown: [Math.min(rows.length - 1, row + 1), at],
        Home: [row, 0],
        End: [row, line.length - 1],
      };
      const move = moves[event.key];
      if (move !== undefined) step(...move, event.shiftKey);
      else if (event.key === 'Enter') {
        if (mark === undefined) onMarked({ row, from: at, to: at + 1 }, true);
        onEnter();
      } else if (event.key === 'Delete' || event.key === 'Backspace') onDelete();
      else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) onUndo();
      else if (event.key.toLowerCase() === 'n' && !event.ctrlKey && !event.altKey && !event.metaKey) onNoCall(row);
      else return;
      event.preventDefault();
    },
  };
}
