/**
 * Which order of fields would explain these lines? The administrator chooses it, and no line names it; but times, marks and
 * the numbers that repeat each other tell most fields. What is not told is skipped, and where two readings of the times or
 * of the two parties are left, nothing is proposed.
 */
import { comparableSeconds } from '../../core/model/time.ts';
import type { FormatOptions } from '../types.ts';
import type { FieldName } from './fields.ts';
import { isPseudoParty, withoutMark } from './parties.ts';
import { isCallId, readDuration, readMoment } from './values.ts';

const SEPARATORS = [
  ['tab', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
] as const;
const MIN_FIELDS = 6;
const MAX_LINES = 200;
const NEARLY_ALL = 0.9;

const EXTENSION = /^Ext\.[\d*#]+$/;
const NUMBER = /^\+?[\d*#]+$/;
const PARTY = /^(?:Ext\.[\d*#]+|\+?[\d*#]+|[A-Za-z][\w .]*)?$/;
const HISTORY_ID = /^Call \d+$/;
const REASON = /^(?:TerminatedBy\w+|Failed\w*|No\w+|NotAvailable|RouteBusy|Connected|Cancelled|\w+_terminated)$/i;
const CHANGE = /^(?:Replaced(?:Dst|Src)|QFwd\w+|PickedUp|Failed[A-Z]+Xfer\w*|Fwd_\w+)$/;
const COST = /^\d+[.,]\d+$/;
const CODE = /^\d{3,}$/;
const LINE_NUMBER = /^\d{5,}$/;

/** Cells of one field, row by row. */
type Column = readonly string[];

interface Rows {
  readonly separator: string;
  readonly columns: readonly Column[];
}

/** The lines that have as many fields as most, turned into columns. */
function rowsOf(lines: readonly string[]): Rows | undefined {
  const marked = lines.filter((line) => line.includes('Ext.')).slice(0, MAX_LINES);
  for (const [separator, sign] of SEPARATORS) {
    const rows = marked.map((line) => line.split(sign).map((cell) => cell.trim()));
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
    const [count, times] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [0, 0];
    if (count < MIN_FIELDS || times < 2 || times * 2 <= marked.length) continue;
    const usual = rows.filter((row) => row.length === count);
    return { separator, columns: Array.from({ length: count }, (_, i) => usual.map((row) => row[i] ?? '')) };
  }
  return undefined;
}

const isFilled = (cell: string): boolean => cell !== '';
const isAll = (column: Column, test: (cell: string) => boolean): boolean => column.some(isFilled) && column.every(test);
const isAllOrEmpty = (column: Column, test: (cell: string) => boolean): boolean =>
  isAll(column, (cell) => cell === '' || test(cell));

/** Names found so far, by column. */
class Finding {
  readonly names = new Map<number, FieldName>();
  readonly columns: readonly Column[];

  constructor(columns: readonly Column[]) {
    this.columns = columns;
  }

  /** Indexes of the columns without a name whose cells pass. */
  open(test: (column: Column) => boolean): readonly number[] {
    return this.columns.flatMap((column, i) => (this.names.has(i) || !test(column) ? [] : [i]));
  }

  /** Names the one column that passes; of several nobody knows which it is. */
  nameOnly(name: FieldName, test: (column: Column) => boolean): void {
    const [at, more] = this.open(test);
    if (at !== undefined && more === undefined) this.names.set(at, name);
  }

  cells(name: FieldName): Column {
    const at = [...this.names].find(([, one]) => one === name)?.[0];
    return at === undefined ? [] : (this.columns[at] ?? []);
  }
}

const secondsBetween = (from: string, to: string): number =>
  (comparableSeconds(readMoment(to)) ?? 0) - (comparableSeconds(readMoment(from)) ?? 0);

type TimeField = 'time-start' | 'time-answered' | 'time-end';
const TIME_ORDERS: readonly (readonly TimeField[])[] = [
  ['time-start', 'time-answered', 'time-end'],
  ['time-start', 'time-answered'],
  ['time-start', 'time-end'],
  ['time-answered', 'time-end'],
];

/** Could these columns be those moments? A call always starts and ends, and is answered when somebody talked. */
function isPossible(names: readonly TimeField[], columns: readonly Column[], talk: Column): boolean {
  return talk.every((talked, row) => {
    const at = (name: TimeField): string | undefined => {
      const index = names.indexOf(name);
      return index < 0 ? undefined : (columns[index]?.[row] ?? '');
    };
    const [start, answer, end] = [at('time-start'), at('time-answered'), at('time-end')];
    if (start === '' || end === '' || (answer !== undefined && (answer === '') !== (talked === ''))) return false;
    const seconds = readDuration(talked) ?? 0;
    if (start !== undefined && answer !== undefined && answer !== '' && secondsBetween(start, answer) < 0) return false;
    if (answer !== undefined && answer !== '' && end !== undefined) {
      return Math.abs(secondsBetween(answer, end) - seconds) <= 1;
    }
    return start === undefined || end === undefined || secondsBetween(start, end) >= seconds - 1;
  });
}

function orderings(indexes: readonly number[]): readonly (readonly number[])[] {
  if (indexes.length < 2) return [indexes];
  return indexes.flatMap((first) =>
    orderings(indexes.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  );
}

function findTimes(found: Finding): boolean {
  const indexes = found.open((column) => isAllOrEmpty(column, (cell) => (readMoment(cell) ?? '') !== ''));
  if (indexes.length !== 2 && indexes.length !== 3) return false;
  const talk = found.cells('duration');
  const possible = TIME_ORDERS.filter((names) => names.length === indexes.length).flatMap((names) =>
    orderings(indexes)
      .filter((order) =>
        isPossible(
          names,
          order.map((at) => found.columns[at] ?? []),
          talk,
        ),
      )
      .map((order) => ({ names, order })),
  );
  const [only, more] = possible;
  if (only === undefined || more !== undefined) return false;
  for (const [i, at] of only.order.entries()) found.names.set(at, only.names[i] ?? 'time-start');
  return true;
}

/** Share of the rows that pass, of those in which a party and a number stand. */
function shareOf(party: Column, column: Column, test: (number: string, cell: string) => boolean): number {
  const rows = party.flatMap((number, row) => (number !== '' && !isPseudoParty(number) ? [row] : []));
  const numbered = rows.filter((row) => NUMBER.test(column[row] ?? ''));
  const passed = numbered.filter((row) => test(party[row] ?? '', column[row] ?? ''));
  return numbered.length === 0 ? 0 : passed.length / numbered.length;
}

/** Where an extension stands, its own number repeats it; where a number outside stands, that of a line does mostly. */
const isInternalNumberOf =
  (party: Column) =>
  (column: Column): boolean =>
    shareOf(party, column, (number, cell) =>
      EXTENSION.test(number) ? cell === withoutMark(number) : cell === number || LINE_NUMBER.test(cell),
    ) >= NEARLY_ALL;

/** Digits that repeat numbers outside, with a code behind two stars in some; those of a line do not. */
function repeatsOutside(party: Column, column: Column): boolean {
  const outside = party.map((number) => (EXTENSION.test(number) ? '' : number));
  return shareOf(outside, column, (number, cell) => cell.split('**')[0] === number) > 0.5;
}

/** What was dialled is mostly who was called. */
const isDialledTo =
  (called: Column) =>
  (column: Column): boolean =>
    column.every((cell) => cell === '' || NUMBER.test(cell)) &&
    column.filter(isFilled).length * 2 > column.length &&
    shareOf(called, column, (number, cell) => cell.split('**')[0] === withoutMark(number)) > 0.5;

/** Who calls and who is called: the dialled digits repeat the called number, the chain begins with the caller. */
function findParties(found: Finding): boolean {
  const sides = found.open(
    (column) => column.some((cell) => EXTENSION.test(cell)) && column.every((cell) => PARTY.test(cell)),
  );
  const full = sides.filter((at) => found.columns[at]?.every(isFilled) === true);
  const [first, second, more] = full;
  if (first === undefined || second === undefined || more !== undefined) return false;
  const chain = found.cells('chain').map((cell) => cell.replace(/^Chain:\s*/, '').split(';')[0] ?? '');
  const isCaller = (caller: number, called: number): boolean => {
    const [from, to] = [found.columns[caller] ?? [], found.columns[called] ?? []];
    const begun = chain.filter(isFilled);
    if (begun.length > 0) return chain.every((cell, row) => cell === '' || cell === from[row]);
    return found.open((column) => isDialledTo(to)(column) && repeatsOutside(to, column)).length === 1;
  };
  const [isUsual, isTurned] = [isCaller(first, second), isCaller(second, first)];
  if (isUsual === isTurned) return false;
  const [from, to] = isUsual ? [first, second] : [second, first];
  found.names.set(from, 'from-no');
  found.names.set(to, 'to-no');
  const [last, another] = sides.filter((at) => at !== first && at !== second);
  if (last !== undefined && another === undefined) found.names.set(last, 'final-number');
  return true;
}

/** Digits that grow from row to row. */
const isRunning = (column: Column): boolean =>
  isAll(column, (cell) => CODE.test(cell)) &&
  column.every((cell, row) => row === 0 || Number(cell) > Number(column[row - 1]));

/** What stands behind two stars in the digits dialled stands in the code's own field too. */
const isCodeBehind =
  (dialled: Column) =>
  (column: Column): boolean =>
    isAllOrEmpty(column, (cell) => NUMBER.test(cell)) &&
    dialled.some((digits) => digits.includes('**')) &&
    dialled.every((digits, row) => !digits.includes('**') || digits.endsWith(`**${column[row] ?? ''}`));

/** Codes, that is: numbers of another length than those of extensions, which may stand in fields of their own. */
const isCodeBeside =
  (parties: readonly Column[]) =>
  (column: Column): boolean => {
    const lengths = new Set(parties.flat().map((cell) => (EXTENSION.test(cell) ? withoutMark(cell).length : 0)));
    return isAllOrEmpty(column, (cell) => CODE.test(cell) && !lengths.has(cell.length) && !LINE_NUMBER.test(cell));
  };

function findNumbers(found: Finding): void {
  const [from, to, last] = [found.cells('from-no'), found.cells('to-no'), found.cells('final-number')];
  const isNumeric = (column: Column): boolean =>
    isAllOrEmpty(column, (cell) => NUMBER.test(cell) || cell === 'EndCall');
  found.nameOnly('from-dn', (column) => isAll(column, isFilled) && isInternalNumberOf(from)(column));
  found.nameOnly('dial-no', (column) => isDialledTo(to)(column) && repeatsOutside(to, column));
  // Where the dialled digits were not found, a column that repeats the called number may be either.
  if (found.cells('dial-no').length > 0) {
    found.nameOnly('to-dn', (column) => isAll(column, isFilled) && isInternalNumberOf(to)(column));
  }
  found.nameOnly('final-dn', (column) => isNumeric(column) && last.length > 0 && isInternalNumberOf(last)(column));
  found.nameOnly('bill-cost', (column) => isAllOrEmpty(column, (cell) => COST.test(cell)));
  if (found.cells('historyid').length === 0) found.nameOnly('historyid', isRunning);
  const dialled = found.cells('dial-no');
  if (dialled.length === 0) return;
  found.nameOnly('bill-code', isCodeBehind(dialled));
  if (found.cells('bill-code').length === 0) found.nameOnly('bill-code', isCodeBeside([from, to, last]));
}

/** The option `fields` (and the separator where it is not told by itself) that reads these lines. */
export function proposeOptions(lines: readonly string[]): FormatOptions | undefined {
  const rows = rowsOf(lines);
  if (rows === undefined) return undefined;
  const found = new Finding(rows.columns);
  found.nameOnly('historyid', (column) => isAll(column, (cell) => HISTORY_ID.test(cell)));
  found.nameOnly('callid', (column) => isAll(column, (cell) => cell.includes('_') && isCallId(cell)));
  found.nameOnly('duration', (column) => isAllOrEmpty(column, (cell) => readDuration(cell) !== undefined));
  found.nameOnly('reason-terminated', (column) => isAll(column, (cell) => REASON.test(cell)));
  found.nameOnly('reason-changed', (column) => isAllOrEmpty(column, (cell) => CHANGE.test(cell)));
  found.nameOnly('chain', (column) => isAllOrEmpty(column, (cell) => cell.startsWith('Chain:')));
  if (found.cells('duration').length === 0 || !findTimes(found) || !findParties(found)) return undefined;
  findNumbers(found);
  const fields = rows.columns.map((_, i) => found.names.get(i) ?? '-').join(',');
  return rows.separator === 'semicolon' ? { fields, separator: 'semicolon' } : { fields };
}
