/**
 * Cuts a Grandstream UCM line into its fields. The PBX quotes nothing: `lastdata` holds commas of its own (`SIP/5301,60,`)
 * and the caller id holds quotes. So the line is anchored on its three times; what stands before them is counted from the
 * left, what stands behind from the right.
 */
import { splitCells } from '../engine.ts';
import type { StreamContext } from '../types.ts';

const BEFORE_START = [
  'acctid',
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
] as const;
const TIMES = ['start', 'answer', 'end', 'duration', 'billsec'] as const;
/** The last eleven came with newer firmware. */
const BEHIND_BILLSEC = [
  'disposition',
  'amaflags',
  'uniqueid',
  'userfield',
  'channel_ext',
  'dstchannel_ext',
  'service',
  'caller_name',
  'recordfiles',
  'dstanswer',
  'chanext',
  'dstchanext',
  'session',
  'action_owner',
  'action_type',
  'src_trunk_name',
  'dst_trunk_name',
  'sn',
] as const;
/** Old firmware ends with the service; of a longer line nobody can say how many there were. */
const OLD_BEHIND = 7;

const TIME = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d';
const ANCHOR = new RegExp(`,"?(${TIME})"?,"?((?:${TIME})?)"?,"?(${TIME})"?,"?(\\d{1,9})"?,"?(\\d{1,9})"?,`);
const CHANNEL = /^[A-Za-z][A-Za-z0-9_]*\/|^$/;

export interface Columns {
  readonly before: readonly string[];
  readonly behind: readonly string[];
  /** Place of the caller id where the channels follow it; -1: they do not. */
  readonly callerId: number;
  /** Names of a row, by how many fields it has behind the times: the same array for all rows like it. */
  readonly named: Map<number, readonly string[]>;
}

function columnsOf(before: readonly string[], behind: readonly string[]): Columns {
  const clid = before.indexOf('clid');
  const isFollowed = clid >= 0 && before[clid + 1] === 'channel' && before[clid + 2] === 'dstchannel';
  return { before, behind, callerId: isFollowed ? clid : -1, named: new Map() };
}
const USUAL = columnsOf(BEFORE_START, BEHIND_BILLSEC);

const CONTEXT_KEY = 'columns';

/** The PBX's own heading line; undefined when this is none or its times stand apart. */
export function headingIn(line: string): readonly string[] | undefined {
  // Rows begin with a number.
  if (line.charCodeAt(0) < 0x3a && line.charCodeAt(0) > 0x2f) return undefined;
  if (!/(?:^|[,"])start"?,/i.test(line)) return undefined;
  const names = splitCells(line, ',', true).map((name) => name.trim().toLowerCase());
  const at = names.indexOf('start');
  // Other programs on Asterisk name their columns the same, but for the UCM's own number.
  return at > 0 && names.includes('acctid') && TIMES.every((name, i) => names[at + i] === name) ? names : undefined;
}

export function rememberHeading(names: readonly string[], context: StreamContext): void {
  context[CONTEXT_KEY] = names.filter((name, i) => name !== '' || i < names.length - 1).join(',');
}

/** Columns by the stream's heading, else as usual. */
export function createColumns(): (context: StreamContext) => Columns {
  let [text, columns] = ['', USUAL];
  return (context) => {
    const remembered = context[CONTEXT_KEY];
    if (remembered === undefined) return USUAL;
    if (remembered !== text) {
      const names = remembered.split(',');
      const at = names.indexOf('start');
      [text, columns] = [remembered, columnsOf(names.slice(0, at), names.slice(at + TIMES.length))];
    }
    return columns;
  };
}

export interface CutRow {
  readonly names: readonly string[];
  readonly values: readonly string[];
}

/** Joins `surplus` cells behind index `at` to that cell. */
function joined(cells: readonly string[], at: number, surplus: number): readonly string[] {
  if (surplus === 0) return cells;
  return [...cells.slice(0, at), cells.slice(at, at + surplus + 1).join(','), ...cells.slice(at + surplus + 1)];
}

const QUOTE = 0x22;

/** Where the cell ends that begins at `from`: at the comma behind its quotes, where it has any, or at the end. */
function cellEnd(text: string, from: number): number {
  let at = from;
  if (text.charCodeAt(at) === QUOTE) {
    do {
      const close = text.indexOf('"', at + 1);
      if (close < 0) return text.length;
      at = close + 1;
    } while (text.charCodeAt(at) === QUOTE);
  }
  const comma = text.indexOf(',', at);
  return comma < 0 ? text.length : comma;
}

/** The cell without its quotes. */
function unquoted(cell: string): string {
  if (cell.charCodeAt(0) !== QUOTE) return cell;
  const close = cell.indexOf('"', 1);
  if (close < 0 || cell.charCodeAt(close + 1) === QUOTE) return splitCells(cell, ',', true)[0] ?? '';
  return cell.slice(1, close) + cell.slice(close + 1);
}

/** Where the calling channel stands: right there, which may be empty, or in the first cell that looks like one. */
function channelFrom(text: string, from: number): number | undefined {
  let at = from;
  while (at <= text.length) {
    const end = cellEnd(text, at);
    const cell = unquoted(text.slice(at, end));
    if (CHANNEL.test(cell) && (cell !== '' || at === from)) return at;
    at = end + 1;
  }
  return undefined;
}

/** The first fields one by one; all that is left is the last one, whose commas nothing quotes. */
function fieldsBefore(text: string, { before, callerId }: Columns): string[] | undefined {
  const last = before.length - 1;
  const cells: string[] = [];
  let at = 0;
  for (let i = 0; i < last; i++) {
    if (at > text.length) return undefined;
    let end = cellEnd(text, at);
    // A name without quotes may hold commas: the channel behind it tells where it ends.
    if (i === callerId) {
      const channel = channelFrom(text, end + 1);
      if (channel === undefined) return undefined;
      end = channel - 1;
    }
    cells.push(unquoted(text.slice(at, end)));
    at = end + 1;
  }
  if (at > text.length) return undefined;
  // A row that is cut in front has other cells in these places.
  if (callerId >= 0 && !CHANNEL.test(cells[callerId + 2] ?? '')) return undefined;
  const rest = text.slice(at);
  cells.push(rest.includes('"') ? splitCells(rest, ',', true).join(',') : rest);
  return cells;
}

function fieldsBehind(text: string, columns: Columns): readonly string[] | undefined {
  const names = columns.behind;
  const cells = splitCells(text, ',', true);
  // The last one may be left out where it is empty.
  if (cells.length < (columns === USUAL ? OLD_BEHIND : names.length - 1)) return undefined;
  if (cells.length > names.length && cells.at(-1) === '') cells.pop();
  const surplus = cells.length - names.length;
  if (surplus <= 0) return cells;
  const name = names.indexOf('caller_name');
  return name < 0 ? cells.slice(0, Math.max(OLD_BEHIND, names.length)) : joined(cells, name, surplus);
}

function namesOf({ before, behind, named }: Columns, count: number): readonly string[] {
  const known = named.get(count);
  if (known !== undefined) return known;
  const names = [...before, ...TIMES, ...behind.slice(0, count)];
  named.set(count, names);
  return names;
}

const STAMP_LENGTH = 19;
const [COMMA, DASH, COLON, ZERO] = [0x2c, 0x2d, 0x3a, 0x30];

/** A time and the comma behind it. */
const isStampAt = (line: string, at: number): boolean =>
  line.charCodeAt(at + STAMP_LENGTH) === COMMA &&
  line.charCodeAt(at + 4) === DASH &&
  line.charCodeAt(at + 7) === DASH &&
  line.charCodeAt(at + 13) === COLON &&
  line.charCodeAt(at + 16) === COLON;

/** Where the comma behind a whole number stands; -1: there is none. */
function numberEnd(line: string, from: number): number {
  let at = from;
  while (line.charCodeAt(at) >= ZERO && line.charCodeAt(at) < ZERO + 10) at++;
  return at > from && line.charCodeAt(at) === COMMA ? at : -1;
}

interface Anchor {
  /** Of the comma before the start. */
  readonly from: number;
  /** Behind the comma that follows the talk. */
  readonly to: number;
  /** Start, answer, end, duration, talk. */
  readonly times: readonly string[];
}

/** As every UCM writes them: without quotes, of this century. */
function plainAnchor(line: string): Anchor | undefined {
  let from = line.indexOf(',20');
  while (from >= 0 && !isStampAt(line, from + 1)) from = line.indexOf(',20', from + 1);
  if (from < 0) return undefined;
  const start = from + 1;
  const answer = start + STAMP_LENGTH + 1;
  const isAnswered = line.charCodeAt(answer) !== COMMA;
  if (isAnswered && !isStampAt(line, answer)) return undefined;
  const answerEnd = isAnswered ? answer + STAMP_LENGTH : answer;
  const end = answerEnd + 1;
  if (!isStampAt(line, end)) return undefined;
  const duration = end + STAMP_LENGTH + 1;
  const durationEnd = numberEnd(line, duration);
  const talkEnd = durationEnd < 0 ? -1 : numberEnd(line, durationEnd + 1);
  if (talkEnd < 0) return undefined;
  const times = [
    line.slice(start, start + STAMP_LENGTH),
    line.slice(answer, answerEnd),
    line.slice(end, end + STAMP_LENGTH),
    line.slice(duration, durationEnd),
    line.slice(durationEnd + 1, talkEnd),
  ];
  return { from, to: talkEnd + 1, times };
}

function anchorIn(line: string): Anchor | undefined {
  const plain = plainAnchor(line);
  if (plain !== undefined) return plain;
  const found = ANCHOR.exec(line);
  return found === null
    ? undefined
    : { from: found.index, to: found.index + found[0].length, times: found.slice(1, 1 + TIMES.length) };
}

/** Names and values of one line; a stable word when it is no such line. */
export function cutRow(line: string, columns: Columns): CutRow | string {
  const anchor = anchorIn(line);
  if (anchor === undefined) return 'no-times';
  const values = fieldsBefore(line.slice(0, anchor.from), columns);
  const behind = fieldsBehind(line.slice(anchor.to), columns);
  if (values === undefined || behind === undefined) return 'too-few-fields';
  for (const time of anchor.times) values.push(time);
  for (const cell of behind) values.push(cell);
  return { names: namesOf(columns, behind.length), values };
}
