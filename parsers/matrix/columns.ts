/**
 * Column lists of a Matrix page, as text: `caller 8 4, trunk 17 4, …` (name, first column from 1, width). The page is made up
 * by the installer, so the list is an option; the usual ones were read from one public collector.
 */

const NAMES = [
  'caller',
  'account',
  'trunk',
  'called',
  'day',
  'month',
  'year',
  'time',
  'duration',
  'cost',
  'type',
] as const;
export type MatrixColumn = (typeof NAMES)[number];
export type MatrixColumns = Readonly<Partial<Record<MatrixColumn, readonly [start: number, width: number]>>>;

const ENTRY = /^([a-z]+)[ :=]+(\d{1,3})(?: *[ +:] *(\d{1,3}))$/;
/** Without these a line is no call. */
const NEEDED: readonly MatrixColumn[] = ['day', 'month', 'time', 'duration'];

export interface ColumnProblem {
  /** The word that is not understood, or the column that is missing. */
  readonly problem: string;
}

/** Undefined for an empty list: the PBX does not send this page. */
export function columnsOfList(list: string): MatrixColumns | ColumnProblem | undefined {
  const columns: { -readonly [K in MatrixColumn]?: readonly [number, number] } = {};
  const entries = list
    .split(/[,;\r\n]+/)
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
  if (entries.length === 0) return undefined;
  for (const entry of entries) {
    const [, printed, start, width] = ENTRY.exec(entry) ?? [];
    const name = NAMES.find((known) => known === printed);
    const span = [Number(start), Number(width)] as const;
    const isFree = Object.values(columns).every(([from, wide]) => span[0] >= from + wide || span[0] + span[1] <= from);
    if (name === undefined || columns[name] !== undefined || span[0] < 1 || span[1] < 1 || !isFree)
      return { problem: entry };
    columns[name] = span;
  }
  const missing = NEEDED.find((name) => columns[name] === undefined);
  return missing === undefined ? columns : { problem: missing };
}
