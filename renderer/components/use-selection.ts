/** Rows that somebody has chosen, by their ids. */
import { useState } from 'react';

export interface Selection {
  readonly chosen: ReadonlySet<number>;
  turn(id: number): void;
  choose(ids: readonly number[]): void;
  clear(): void;
}

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  return {
    chosen,
    turn: (id) =>
      setChosen((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    choose: (ids) => setChosen(new Set(ids)),
    clear: () => setChosen(new Set()),
  };
}
