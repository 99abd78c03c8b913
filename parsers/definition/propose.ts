/**
 * A first guess of a definition from the lines themselves: how they are cut, how many lines a call prints, which lines are
 * headings, and what the titles and the looks of columns tell. It is a proposal to be looked at.
 */
import { splitCells } from '../engine.ts';
import type { DateOrder } from '../types.ts';
import type { DateLine, DefinitionField, LineShape, RecordShape, SkipRule } from './definition-file.ts';
import { orderOfDates } from './propose-dates.ts';
import { type ProposedCell, proposeFields } from './propose-fields.ts';
import { dateLineOf, headingRules, proposeRecord } from './propose-lines.ts';
import { hintOf } from './title-words.ts';

export interface Proposal {
  readonly shape: LineShape;
  readonly dateOrder: DateOrder | undefined;
  /** No other order fits the dates. */
  readonly isDateOrderProved: boolean;
  /** Absent where every call is one line. */
  readonly record: RecordShape | undefined;
  readonly skip: readonly SkipRule[];
  readonly dateLines: readonly DateLine[];
}

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

/** The separator, and the lines that have as many cells as most. */
function separationOf(lines: readonly string[]): { separator: string; rows: readonly string[][] } | undefined {
  for (const separator of SEPARATORS) {
    const cut = lines.map((line) => cellsOf(line, separator));
    const usual = Math.max(...cut.map((row) => row.length));
    const rows = cut.filter((row) => row.length >= usual - 1);
    if (usual >= 4 && rows.length >= lines.length * FILLED_SHARE) return { separator, rows };
  }
  return undefined;
}

const cellsOf = (line: string, separator: string): string[] =>
  splitCells(line, separator, line.includes('"')).map((cell) => cell.trim());

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

/** The words of a title line and where they stand; words with one blank between them are one title. */
function titlesOf(line: string): readonly (Run & { readonly text: string })[] {
  const groups = [...line.matchAll(/\S+(?: \S+)*/g)].map((m) => ({ start: m.index, text: m[0] }));
  return groups.flatMap(({ start, text }) => {
    const words = [...text.matchAll(/\S+/g)].map((m) => ({ start: start + m.index, text: m[0] }));
    const parts = hintOf(text) === undefined && words.some((word) => hintOf(word.text)) ? words : [{ start, text }];
    return parts.map((part) => ({ ...part, end: part.start + part.text.length }));
  });
}

/** The line whose titles say most; a record may hold one such word by chance. */
function titleLine(lines: readonly string[], titles: (line: string) => readonly string[]): string | undefined {
  const found = lines
    .map((line) => ({ line, count: titles(line).filter((title) => hintOf(title) !== undefined).length }))
    .filter(({ line, count }) => count >= 2 && !HAS_TIME.test(line));
  return found.toSorted((a, b) => b.count - a.count)[0]?.line;
}

/** The title that stands over most of a stretch. */
function titleOver(run: Run, titles: ReturnType<typeof titlesOf>): string | undefined {
  const shared = (title: Run): number => Math.min(run.end, title.end) - Math.max(run.start, title.start);
  const best = titles.toSorted((a, b) => shared(b) - shared(a))[0];
  return best !== undefined && shared(best) > 0 ? best.text : undefined;
}

/** Columns of the records; `line` where a record has several. */
function columnCells(records: readonly string[], titled: string | undefined, line: number): ProposedCell[] {
  const runs = columnRuns(records);
  const titles = titled === undefined ? [] : titlesOf(titled);
  return runs.map((run, index) => {
    const { start, end } = run;
    const values = records.map((record) => record.slice(start, end).trim());
    // Numbers grow to the right into the blanks before the next column; times and dates do not.
    const next = runs[index + 1]?.start;
    const isText = values.some((value) => value.length > 5 && /^[+\d*#]+$/.test(value));
    const width = isText && next !== undefined ? Math.max(end - start, next - start - 1) : end - start;
    return {
      at: { start: start + 1, width, ...(line > 1 && { line }) },
      values,
      title: titleOver(run, titles),
    };
  });
}

const TELLS_MOMENT: readonly DefinitionField['means'][] = ['date', 'time', 'dateTime'];

interface Cut {
  readonly shape: LineShape;
  readonly cells: readonly ProposedCell[];
  readonly title: string | undefined;
}

function separatedBy(separator: string, rows: readonly (readonly string[])[], title: string | undefined): Cut {
  const most = Math.max(...rows.map((row) => row.length));
  const titles = title === undefined ? [] : cellsOf(title, separator);
  const cells = Array.from({ length: most }, (_, index) => ({
    at: { cell: index + 1 },
    values: rows.map((row) => row[index] ?? ''),
    title: titles[index],
  }));
  const shape: LineShape = {
    kind: 'separated',
    separator,
    minCells: Math.min(...rows.map((row) => row.length)),
    fields: proposeFields(cells),
  };
  return { shape, cells, title };
}

function cutOf(records: readonly string[], others: readonly string[]): Cut {
  const separation = separationOf(records);
  if (separation !== undefined) {
    const { separator, rows } = separation;
    const title = titleLine(others, (line) => cellsOf(line, separator));
    const cut = separatedBy(separator, rows, title);
    const isQuoted = records.some((line) => line.includes('"'));
    return isQuoted ? { ...cut, shape: { ...cut.shape, isQuoted } as LineShape } : cut;
  }
  const title = titleLine(others, (line) => titlesOf(line).map(({ text }) => text));
  const cells = columnCells(records, title, 1);
  const fields = proposeFields(cells);
  const columns: Cut = { shape: { kind: 'columns', fields }, cells, title };
  // Sentences are as long as their numbers make them: no column tells much, but their words are as many.
  const rows = records.map((line) => line.trim().split(/\s+/));
  const count = rows[0]?.length ?? 0;
  if (count < 4 || rows.some((row) => row.length !== count)) return columns;
  const words = separatedBy('blanks', rows, undefined);
  const tells = ({ shape }: Cut): boolean => shape.fields.some(({ means }) => TELLS_MOMENT.includes(means));
  const isRicher = words.shape.fields.length > fields.length + 1;
  return isRicher || (!tells(columns) && tells(words)) ? words : columns;
}

/** The order of the date among the fields. */
function orderIn({ cells, shape }: Cut): Pick<Proposal, 'dateOrder' | 'isDateOrderProved'> {
  const dated = shape.fields.find(({ means }) => means === 'date' || means === 'dateTime');
  const values = cells.find(({ at }) => at === dated?.at)?.values ?? [];
  const dates = values.map((value) => {
    const bare = value.replace(new RegExp(`^[${dated?.pad === undefined ? '' : '\\[({<"\''}]+`), '');
    const cut = dated?.cut?.find((text) => bare.startsWith(text)) ?? '';
    return dated?.means === 'dateTime' ? bare.slice(cut.length).replace(/[ T]\d{1,2}:.*$/, '') : bare.slice(cut.length);
  });
  return orderOfDates(dates);
}

const LONGEST_EXTENSION = 5;

/** What follows from the fields together: a duration from two moments, a direction from two parties. */
function withConclusions({ shape, cells }: Cut): LineShape {
  const has = (means: DefinitionField['means']): boolean => shape.fields.some((field) => field.means === means);
  const isEnded = shape.fields.some((field) => field.means === 'dateTime' && field.of === 'end');
  const parties = shape.fields.filter(({ means }) => means === 'from' || means === 'to');
  const numbers = cells.filter(({ at }) => parties.some((party) => party.at === at)).flatMap(({ values }) => values);
  const short = numbers.filter((text) => /^\d+$/.test(text) && text.length <= LONGEST_EXTENSION);
  const isTold = has('direction') || parties.length < 2 || short.length === 0;
  return {
    ...shape,
    ...(isEnded && !has('talk') && { isTalkFromTimes: true }),
    ...(!isTold && { longestExtension: Math.max(...short.map((text) => text.length)) }),
  };
}

/** Undefined when no line looks like a record. */
export function proposeShape(given: readonly string[]): Proposal | undefined {
  const lines = given.filter((line) => line.trim() !== '');
  const several = proposeRecord(lines);
  if (several !== undefined) {
    const cells = several.records.flatMap((records, index) => columnCells(records, undefined, index + 1));
    const cut: Cut = { shape: { kind: 'columns', fields: proposeFields(cells) }, cells, title: undefined };
    const skip = headingRules(several.others, undefined);
    return { shape: cut.shape, ...orderIn(cut), record: several.record, skip, dateLines: [] };
  }
  const records = recordLines(lines);
  if (records.length === 0) return undefined;
  const isRecord = new Set(records);
  const others = lines.filter((line) => !isRecord.has(line));
  const cut = cutOf(records, others);
  const isDated = cut.shape.fields.some(({ means }) => means === 'date' || means === 'dateTime');
  const dated = isDated ? undefined : dateLineOf(others);
  const order = dated === undefined ? orderIn(cut) : dated.order;
  const left = others.filter((line) => dated?.dates(line) !== true);
  return {
    shape: withConclusions(cut),
    ...order,
    record: undefined,
    skip: headingRules(left, cut.title),
    dateLines: dated === undefined ? [] : [dated.rule],
  };
}
