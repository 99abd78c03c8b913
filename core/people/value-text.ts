/**
 * Codes or extensions as one cell: `1234; 200-219; 77 [2026-01-01..2026-06-01]`. A range of numbers has a dash; dates
 * stand in brackets, the second exclusive, either may be missing; a value in quotes is taken as it is (a code `12-34`
 * would else read as a range).
 */
import { ALWAYS_FROM, ALWAYS_TO, type DatedAssignment, isNumberRange } from '../model/people.ts';
import { localSecondsOfDay } from '../model/time.ts';

export type ValueProblem = 'valueCharacters' | 'valueRange' | 'valueDates';

export interface ReadValue {
  readonly text: string;
  readonly value: string;
  readonly lastValue: string | null;
  /** Absent where the cell gives no dates at all. */
  readonly dates: { readonly validFrom: string; readonly validTo: string } | undefined;
  readonly problem: ValueProblem | undefined;
}

const VALUE = /^[0-9A-Za-z*#_.-]{1,32}$/;
const DATED = /^(.*?)\s*\[\s*(\d{4}-\d\d-\d\d)?\s*\.\.\s*(\d{4}-\d\d-\d\d)?\s*\]$/;

export function readValues(cell: string): readonly ReadValue[] {
  return cell
    .split(/[;,\n\r]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readValue);
}

function readValue(text: string): ReadValue {
  const dated = DATED.exec(text);
  const value = dated?.[1] ?? text;
  const dates = dated === null ? undefined : { validFrom: dated[2] ?? ALWAYS_FROM, validTo: dated[3] ?? ALWAYS_TO };
  const isBadDate =
    dates !== undefined &&
    (localSecondsOfDay(dates.validFrom) === undefined ||
      localSecondsOfDay(dates.validTo) === undefined ||
      dates.validTo <= dates.validFrom);
  const problem = isBadDate ? ('valueDates' as const) : undefined;
  const quoted = /^"(.*)"$/.exec(value)?.[1];
  if (quoted !== undefined) {
    return { text, value: quoted, lastValue: null, dates, problem: VALUE.test(quoted) ? problem : 'valueCharacters' };
  }
  const range = /^(\d+)\s*[-–]\s*(\d+)$/.exec(value);
  if (range !== null) {
    const [, first = '', last = ''] = range;
    const isRange = isNumberRange(first, last) && first.length <= 32;
    return { text, value: first, lastValue: last, dates, problem: isRange ? problem : 'valueRange' };
  }
  return { text, value, lastValue: null, dates, problem: VALUE.test(value) ? problem : 'valueCharacters' };
}

/** What `readValues` reads back as the same rows. */
export function writeValues(
  rows: readonly Pick<DatedAssignment, 'value' | 'lastValue' | 'validFrom' | 'validTo'>[],
): string {
  return rows
    .map((row) => {
      const looksLikeRange = row.lastValue === null && /^\d+-\d+$/.test(row.value);
      const value =
        row.lastValue !== null ? `${row.value}-${row.lastValue}` : looksLikeRange ? `"${row.value}"` : row.value;
      if (row.validFrom === ALWAYS_FROM && row.validTo === ALWAYS_TO) return value;
      const from = row.validFrom === ALWAYS_FROM ? '' : row.validFrom;
      const to = row.validTo === ALWAYS_TO ? '' : row.validTo;
      return `${value} [${from}..${to}]`;
    })
    .join('; ');
}
