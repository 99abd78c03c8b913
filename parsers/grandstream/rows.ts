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
}
const USUAL: Columns = { before: BEFORE_START, behind: BEHIND_BILLSEC };

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
      [text, columns] = [remembered, { before: names.slice(0, at), behind: names.slice(at + TIMES.length) }];
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

function fieldsBefore(text: string, names: readonly string[]): readonly string[] | undefined {
  let cells: readonly string[] = splitCells(text, ',', true);
  const clid = names.indexOf('clid');
  // A name without quotes may hold commas: the channel behind it tells where it ends.
  if (clid >= 0 && names[clid + 1] === 'channel' && !CHANNEL.test(cells[clid + 1] ?? '')) {
    const channel = cells.findIndex((cell, i) => i > clid + 1 && CHANNEL.test(cell) && cell !== '');
    if (channel < 0) return undefined;
    cells = joined(cells, clid, channel - clid - 1);
  }
  if (cells.length < names.length) return undefined;
  return joined(cells, names.length - 1, cells.length - names.length);
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

const allNames = new WeakMap<Columns, Map<number, readonly string[]>>();

/** The names of a line with so many fields behind the times; the same array for all lines like it. */
function namesOf(columns: Columns, behind: number): readonly string[] {
  const byCount = allNames.get(columns) ?? new Map<number, readonly string[]>();
  allNames.set(columns, byCount);
  const names = byCount.get(behind) ?? [...columns.before, ...TIMES, ...columns.behind.slice(0, behind)];
  byCount.set(behind, names);
  return names;
}

/** Names and values of one line; a stable word when it is no such line. */
export function cutRow(line: string, columns: Columns): CutRow | string {
  const anchor = ANCHOR.exec(line);
  if (anchor === null) return 'no-times';
  const before = fieldsBefore(line.slice(0, anchor.index), columns.before);
  const behind = fieldsBehind(line.slice(anchor.index + anchor[0].length), columns);
  if (before === undefined || behind === undefined) return 'too-few-fields';
  const [, start = '', answer = '', end = '', duration = '', billsec = ''] = anchor;
  return {
    names: namesOf(columns, behind.length),
    values: before.concat([start, answer, end, duration, billsec], behind),
  };
}
