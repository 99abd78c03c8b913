/** Lines that are no call of their own: headings, dates over the calls below, and calls that print several lines. */
import type { DateLine, RecordShape, SkipRule } from './definition-file.ts';
import { orderOfDates, type ProposedOrder } from './propose-dates.ts';
import { dateLinePattern, skipPattern } from './skip-lines.ts';

const NUMERIC_DATE = /\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}/;
const DATE_IN_TEXT = /\d{1,2}[ ./-]?\p{L}{3,9}[ ./,-]*\d{2,4}|\p{L}{3,9} \d{1,2},? \d{4}/u;
const TIME_IN_TEXT = /\b\d{1,2}:\d\d\b/;

/** A line without a figure tells of no call; nor does a title line, or a page heading that comes again and again. */
export function headingRules(lines: readonly string[], title: string | undefined): readonly SkipRule[] {
  const rules: { readonly rule: SkipRule; readonly pattern: RegExp }[] = [];
  for (const line of lines) {
    if (rules.some(({ pattern }) => pattern.test(line))) continue;
    const rule: SkipRule = { name: 'heading', like: line };
    const pattern = skipPattern(rule);
    const isRepeated = lines.filter((other) => pattern.test(other)).length > 1 && isProse(line);
    if (!/\d/.test(line) || line === title || isRepeated) rules.push({ rule, pattern });
  }
  return rules.map(({ rule }) => rule);
}

/** Made of words rather than of figures, and without a time of day. */
const isProse = (line: string): boolean =>
  !TIME_IN_TEXT.test(line) && (line.match(/\p{L}{4,}/gu) ?? []).length >= 2 && (line.match(/\d/g) ?? []).length <= 8;

export interface ProposedDateLine {
  readonly rule: DateLine;
  readonly order: ProposedOrder;
  dates(line: string): boolean;
}

/** The heading that dates the calls below it. */
export function dateLineOf(lines: readonly string[]): ProposedDateLine | undefined {
  for (const like of lines) {
    const m = DATE_IN_TEXT.exec(like) ?? NUMERIC_DATE.exec(like);
    if (m === null) continue;
    const rule = { like, start: m.index + 1, width: m[0].length };
    const pattern = dateLinePattern(rule);
    const printed = lines.map((line) => pattern.exec(line)?.groups?.['date'] ?? '');
    const order = orderOfDates(printed);
    if (order.dateOrder !== undefined) return { rule, order, dates: (line) => pattern.test(line) };
  }
  return undefined;
}

export interface ProposedRecord {
  readonly record: RecordShape;
  /** Of each line of the record, what the records print there. */
  readonly records: readonly (readonly string[])[];
  readonly others: readonly string[];
}

const MOST_LINES = 4;
const firstWordOf = (line: string): string => /^\s*([\p{L}_]+)/u.exec(line)?.[1] ?? '';

/** What all first lines begin with and no other line does. */
function firstPattern(firsts: readonly string[], others: readonly string[]): string | undefined {
  const word = firstWordOf(firsts[0] ?? '');
  const candidates = [word === '' ? '' : `^ *${word}`, '^\\S', '^ *\\d'].filter((pattern) => pattern !== '');
  return candidates.find((pattern) => {
    const test = new RegExp(pattern, 'u');
    return firsts.every((line) => test.test(line)) && !others.some((line) => test.test(line));
  });
}

/** Calls of always so many lines: a line with a date and a time begins each, and as many others follow it. */
export function proposeRecord(lines: readonly string[]): ProposedRecord | undefined {
  const isFirst = (line: string): boolean =>
    TIME_IN_TEXT.test(line) && (NUMERIC_DATE.test(line) || DATE_IN_TEXT.test(line));
  const isIndented = lines.some((line) => /^\s/.test(line)) && lines.some((line) => /^\S/.test(line));
  const dated = lines.flatMap((line, index) => (isFirst(line) ? [index] : []));
  // Where the date stands in another line of the call, only the first one is not indented.
  const flush = lines.flatMap((line, index) => (isIndented && /^\S/.test(line) ? [index] : []));
  return recordFrom(dated, lines) ?? recordFrom(flush, lines);
}

function recordFrom(starts: readonly number[], lines: readonly string[]): ProposedRecord | undefined {
  if (starts.length < 2) return undefined;
  const gaps = starts.map((start, index) => (starts[index + 1] ?? lines.length) - start);
  const count = [...new Set(gaps)].toSorted((a, b) => countOf(gaps, b) - countOf(gaps, a))[0] ?? 1;
  if (count < 2 || count > MOST_LINES || countOf(gaps, count) < gaps.length * 0.7) return undefined;
  const whole = starts.filter((_, index) => (gaps[index] ?? 0) >= count);
  const records = Array.from({ length: count }, (_, line) => whole.map((start) => lines[start + line] ?? ''));
  const taken = new Set(whole.flatMap((start) => Array.from({ length: count }, (_, line) => start + line)));
  const others = lines.filter((_, index) => !taken.has(index));
  const first = firstPattern(records[0] ?? [], [...records.slice(1).flat(), ...others]);
  return first === undefined ? undefined : { record: { kind: 'lines', count, first }, records, others };
}

const countOf = (gaps: readonly number[], gap: number): number => gaps.filter((one) => one === gap).length;
