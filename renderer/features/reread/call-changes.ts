/** What of a call a new reading changes: the cells to point at, and facts that no cell shows. */
import type { Call } from '../../../core/api/contract.ts';

/** Facts of each cell of a row. */
const CELLS = {
  direction: ['direction', 'isAnswered'],
  time: ['startLocal'],
  person: ['personId', 'personName'],
  code: ['code'],
  extension: ['extension'],
  number: ['number', 'dialled', 'caller'],
  destination: ['band', 'destination'],
  duration: ['talkSeconds'],
  charge: ['charge', 'rating'],
} as const satisfies Record<string, readonly (keyof Call)[]>;
export type Cell = keyof typeof CELLS;

/** Facts that are only named where they differ. */
export const OTHER_FACTS = [
  'trunk',
  'ringSeconds',
  'callerName',
  'departmentName',
  'reason',
  'doubts',
  'legCount',
] as const;
export type OtherFact = (typeof OTHER_FACTS)[number];

export interface CallChanges {
  readonly cells: ReadonlySet<Cell>;
  readonly others: readonly OtherFact[];
}

const NOTHING: CallChanges = { cells: new Set(), others: [] };

/** A call that was gained or lost has nothing to be compared with. */
export function callChanges(before: Call | null, after: Call | null): CallChanges {
  if (before === null || after === null) return NOTHING;
  const differs = (fact: keyof Call): boolean => JSON.stringify(before[fact]) !== JSON.stringify(after[fact]);
  const cells = (Object.keys(CELLS) as Cell[]).filter((cell) => CELLS[cell].some(differs));
  return { cells: new Set(cells), others: OTHER_FACTS.filter(differs) };
}
