/** Which columns of a table a reader wants, kept in this browser for each of its readers. */
import { useState } from 'react';
import type { ViewPage } from '../../core/api/contract.ts';
import { useViewer } from '../viewer.ts';

export interface ColumnChoice<K extends string> {
  readonly shown: readonly K[];
  /** null: the usual ones. */
  readonly chosen: readonly K[] | null;
  choose(keys: readonly K[] | null): void;
}

/** In the order of the table; nothing but columns that there are. */
export function knownColumns<K extends string>(wanted: unknown, all: readonly K[]): readonly K[] | null {
  if (!Array.isArray(wanted)) return null;
  const known = all.filter((key) => wanted.includes(key));
  return known.length === 0 ? null : known;
}

export function useColumns<K extends string>(page: ViewPage, all: readonly K[], usual: readonly K[]): ColumnChoice<K> {
  const { userId } = useViewer();
  const place = `tollbook.columns.${page}.${userId ?? 'owner'}`;
  const [kept, setKept] = useState(() => ({ place, chosen: read(place, all) }));
  const chosen = kept.place === place ? kept.chosen : read(place, all);
  return {
    shown: chosen ?? usual,
    chosen,
    choose(keys) {
      const next = keys === null || keys.join() === usual.join() ? null : knownColumns(keys, all);
      if (next === null) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify(next));
      setKept({ place, chosen: next });
    },
  };
}

function read<K extends string>(place: string, all: readonly K[]): readonly K[] | null {
  try {
    return knownColumns(JSON.parse(localStorage.getItem(place) ?? 'null'), all);
  } catch {
    return null;
  }
}
