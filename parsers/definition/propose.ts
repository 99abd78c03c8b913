/**
 * A first guess of a definition from the lines themselves: how they are cut, and what dates, times, durations and numbers
 * look like. It is a proposal to be looked at, so what could be two things is left for a person to say.
 */
import { meaningOfWord } from '../../core/model/pbx-words.ts';
import { splitCells } from '../engine.ts';
import type { DateOrder } from '../types.ts';
import type { DefinitionField, DurationForm, LineShape, Place, Word } from './definition-file.ts';

export interface Proposal {
  readonly shape: LineShape;
  readonly dateOrder: DateOrder | undefined;
  /** A day above 12 was seen. */
  readonly isDateOrderProved: boolean;
}

/** Text of one place in every line. */
type Values = readonly string[];

const SEPARATORS = ['\t', '|', ';', ','] as const;
const HAS_TIME = /\d{1,2}[:.h]\d\d|\d{1,2}'\d\d|\d{4}-\d\d-\d\d/;
const FILLED_SHARE = 0.8;

/** Lines that look like records; headings and rulers would blur the columns. */
function recordLines(lines: readonly string[]): readonly string[] {
  const timed = lines.filter((line) => HAS_TIME.test(line));
  const candidates = timed.length > 0 ? timed : lines.filter((line) => /\d/.test(line));
  const starts = candidates.map((line) => new Set([...line.matchAll(/\S+/g)].map((m) => m.index)));
  const counts = new Map<number, number>();
  for (const set of starts) for (const at of set) counts.set(at, (counts.get(at) ?? 0) + 1);
  const usual = [...counts].filter(([, count]) => count >= candidates.length / 2).map(([at]) => at);
  // An alarm with a clock time in it begins its words elsewhere.
  const alike = candidates.filter((_, index) => {
    const set = starts[index];
    return set !== undefined && usual.filter((at) => set.has(at)).length >= usual.length / 2;
  });
  return alike.length > 0 ? alike : candidates;
}

function separatorOf(lines: readonly string[]): string | undefined {
  return SEPARATORS.find((separator) => {
    const counts = lines.map((line) => line.split(separator).length);
    const usual = Math.max(...counts);
    return usual >= 4 && counts.filter((count) => count >= usual - 1).length >= lines.length * FILLED_SHARE;
  });
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** Stretches of columns in which at least one line prints something, parted by columns that are blank in every line. */
function columnRuns(lines: readonly string[]): Run[] {
  const width = Math.max(0, ...lines.map((line) => line.length));
  const runs: Run[] = [];
  let start = -1;
  for (let at = 0; at <= width; at++) {
    const isBlank = lines.every((line) => line.length <= at || line.charCodeAt(at) <= 32);
    if (!isBlank && start < 0) start = at;
    if (isBlank && start >= 0) {
      runs.push({ start, end: at });
      start = -1;
    }
  }
  return runs;
}

const share = (values: Values, test: RegExp): number => {
  const filled = values.filter((value) => value !== '');
  return filled.length === 0 ? 0 : filled.filter((value) => test.test(value)).length / filled.length;
};
const isAlways = (values: Values, test: RegExp): boolean => share(values, test) === 1;
const isFilled = (values: Values): boolean => values.filter((value) => value !== '').length >= values.length * 0.5;

const DATE = /^\d{1,4}[/.:-] ?\d{1,2}(?:[/.-] ?\d{1,4})?$/;
const NAMED_DATE = /^\d{1,2}[ .-]?[A-Za-z]{3}(?:[ .-]?\d{2,4})?$/;
const TIME = /^\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm]?)?$/;
/** Seconds since 1970 of the years 2001 to 2033. */
const EPOCH = /^1\d{9}$/;
const PLAIN_TIME = /^(?:[01]\d|2[0-3])[0-5]\d$/;
const HALF = /^(?:[AaPp][Mm]?|ДП|ПП|SA|CH)$/;
const DATE_AND_TIME = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[ T]\d{1,2}:\d\d(?::\d\d)?$/;
const CLOCK_3 = /^\d{1,3}[:.h]\d\d[:.'m]\d\d["s]?$/;
const CLOCK_2 = /^\d{1,4}[:'m]\d\d["s]?$/;
const NUMBER = /^[+\d*#][\d*#+ -]{4,}$/;
const SHORT_NUMBER = /^\d{2,5}$/;
const COST = /^\D{0,3}\d+[.,]\d{2}\D{0,3}$/;

/** Record numbers: each is larger than the one before. */
function isCounting(values: Values): boolean {
  if (values.length < 2 || !isAlways(values, /^\d{2,9}$/) || values.includes('')) return false;
  return values.every((value, index) => index === 0 || Number(value) > Number(values[index - 1]));
}

/** Times go up, and a few calls that ended late may stand behind; telephone numbers do not. */
function isNearlyCounting(values: Values): boolean {
  const spread = Math.max(...values.map(Number)) - Math.min(...values.filter((value) => value !== '').map(Number));
  return spread < 40_000_000;
}

const MOST_WORDS = 6;

/** The different words of a column if each of them is known to say a direction, a result or a transfer. */
function knownWords(values: Values): readonly Word[] | undefined {
  const words = [...new Set(values.filter((value) => value !== ''))];
  if (words.length === 0 || words.length > MOST_WORDS) return undefined;
  const known = words.map((text) => ({ text, ...meaningOfWord(text) }));
  return known.every((word) => Object.keys(word).length > 1) ? known : undefined;
}

const looksLikeDate = (values: Values): boolean =>
  values.some((value) => /[/.-]/.test(value)) && (isAlways(values, DATE) || isAlways(values, NAMED_DATE));

function durationForm(values: Values): DurationForm | undefined {
  if (isAlways(values, CLOCK_3)) return 'clock-3';
  return isAlways(values, CLOCK_2) ? 'clock-2' : undefined;
}

interface Cell {
  readonly at: Place;
  readonly values: Values;
}

/** What the cells mean, as far as their looks tell. */
function fieldsOf(cells: readonly Cell[]): DefinitionField[] {
  const fields: DefinitionField[] = [];
  const has = (means: DefinitionField['means']): boolean => fields.some((field) => field.means === means);
  for (const { at, values } of cells) {
    if (!values.some((value) => value !== '')) continue;
    const form = durationForm(values);
    const words = knownWords(values);
    const last = fields.at(-1)?.means;
    if (!has('dateTime') && !has('date') && isAlways(values, DATE_AND_TIME)) fields.push({ at, means: 'dateTime' });
    else if (
      !has('dateTime') &&
      !has('date') &&
      isFilled(values) &&
      isAlways(values, EPOCH) &&
      isNearlyCounting(values)
    )
      fields.push({ at, means: 'dateTime', form: 'epoch' });
    else if (!has('date') && !has('dateTime') && looksLikeDate(values)) fields.push({ at, means: 'date' });
    else if (!has('time') && !has('dateTime') && isFilled(values) && isAlways(values, TIME))
      fields.push({ at, means: 'time' });
    else if (last === 'date' && !has('time') && isFilled(values) && isAlways(values, PLAIN_TIME))
      fields.push({ at, means: 'time' });
    else if (has('time') && !has('half') && isAlways(values, HALF)) fields.push({ at, means: 'half' });
    else if (form !== undefined && !has('talk')) fields.push({ at, means: 'talk', form });
    else if (form !== undefined && !has('ring')) fields.push({ at, means: 'ring', form });
    else if (words !== undefined && !has('direction')) fields.push({ at, means: 'direction', words });
    else if (fields.length === 0 && isCounting(values)) fields.push({ at, means: 'callId' });
    else if (!has('number') && values.some((value) => value.length >= 6) && share(values, NUMBER) > 0.5)
      fields.push({ at, means: 'number' });
    else if (!has('extension') && isFilled(values) && isAlways(values, SHORT_NUMBER))
      fields.push({ at, means: 'extension' });
    else if (!has('trunk') && isAlways(values, /^[A-Z]{0,2}\d{1,4}$/)) fields.push({ at, means: 'trunk' });
    else if (!has('cost') && isAlways(values, COST)) fields.push({ at, means: 'cost' });
  }
  return fields;
}

/** The order of the parts of a date, and whether a day above 12 proves it. */
function dateOrderOf(values: Values): Pick<Proposal, 'dateOrder' | 'isDateOrderProved'> {
  const parts = values
    .map((value) => /^(\d{1,4})[/.:-] ?(\d{1,2})(?:[/.-] ?(\d{1,4}))?/.exec(value))
    .filter((m) => m !== null);
  const [first] = parts;
  if (first === undefined) return { dateOrder: undefined, isDateOrderProved: false };
  const isAbove = (group: number): boolean => parts.some((m) => Number(m[group] ?? 0) > 12);
  if ((first[1] ?? '').length === 4) {
    const isDayFirst = isAbove(2);
    return { dateOrder: isDayFirst ? 'YDM' : 'YMD', isDateOrderProved: isDayFirst || isAbove(3) };
  }
  const hasYear = first[3] !== undefined;
  if (isAbove(1)) return { dateOrder: hasYear ? 'DMY' : 'DM', isDateOrderProved: true };
  if (isAbove(2)) return { dateOrder: hasYear ? 'MDY' : 'MD', isDateOrderProved: true };
  return { dateOrder: hasYear ? 'DMY' : 'DM', isDateOrderProved: false };
}

const TELLS_MOMENT: readonly DefinitionField['means'][] = ['date', 'time', 'dateTime'];

function separatedBy(separator: string, rows: readonly (readonly string[])[], records: readonly string[]): Proposal {
  const most = Math.max(...rows.map((row) => row.length));
  const cells = Array.from({ length: most }, (_, index) => ({
    at: { cell: index + 1 },
    values: rows.map((row) => row[index] ?? ''),
  }));
  const fields = fieldsOf(cells);
  const shape: LineShape = {
    kind: 'separated',
    separator,
    ...(separator !== 'blanks' && records.some((line) => line.includes('"')) && { isQuoted: true }),
    minCells: Math.min(...rows.map((row) => row.length)),
    fields,
  };
  return { shape, ...orderIn(cells, fields) };
}

/** The order of the date among the fields. */
function orderIn(
  cells: readonly Cell[],
  fields: readonly DefinitionField[],
): Pick<Proposal, 'dateOrder' | 'isDateOrderProved'> {
  const dated = cells.find(({ at }) =>
    fields.some((field) => field.at === at && (field.means === 'date' || field.means === 'dateTime')),
  );
  return dateOrderOf(dated?.values ?? []);
}

/** Undefined when no line looks like a record. */
export function proposeShape(lines: readonly string[]): Proposal | undefined {
  const records = recordLines(lines.filter((line) => line.trim() !== ''));
  if (records.length === 0) return undefined;
  const separator = separatorOf(records);
  if (separator !== undefined) {
    const rows = records.map((line) => splitCells(line, separator, line.includes('"')).map((cell) => cell.trim()));
    return separatedBy(separator, rows, records);
  }
  const runs = columnRuns(records);
  const cells = runs.map(({ start, end }, index) => {
    const values = records.map((line) => line.slice(start, end).trim());
    // Numbers grow to the right into the blanks before the next column; times and dates do not.
    const next = runs[index + 1]?.start;
    const isText = values.some((value) => value.length > 5 && /^[+\d*#]+$/.test(value));
    const width = isText && next !== undefined ? Math.max(end - start, next - start - 1) : end - start;
    return { at: { start: start + 1, width }, values };
  });
  const fields = fieldsOf(cells);
  // Sentences are as long as their numbers make them: no column tells a date, but their words are as many.
  if (!fields.some(({ means }) => TELLS_MOMENT.includes(means))) {
    const rows = records.map((line) => line.trim().split(/\s+/));
    const count = rows[0]?.length ?? 0;
    if (count >= 4 && rows.every((row) => row.length === count)) return separatedBy('blanks', rows, records);
  }
  return { shape: { kind: 'columns', fields }, ...orderIn(cells, fields) };
}
