/**
 * Named CDR fields -> the record, whatever they were printed in (CSV columns, a custom mapping, an AMI event).
 *
 * Direction and extension are not in a CDR: they are concluded in `assembly.ts` from the channels, which are carried in `extra`.
 */
import type { CallRecord } from '../../core/model/call-record.ts';
import { isCivilDate } from '../../core/model/time.ts';
import type { ParseOutcome } from '../types.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Fields with a place of their own in the record. All others go to `extra` or, like the caller id, give it a field too. */
const PLACED = [
  'start',
  'answer',
  'end',
  'src',
  'dst',
  'billsec',
  'disposition',
  'accountcode',
  'uniqueid',
  'linkedid',
] as const;
const READ = [...PLACED, 'duration', 'clid'] as const;

/** Where the fields stand among the values; -1: nowhere. Made once for all lines of the same columns. */
export interface CdrLayout {
  readonly at: Readonly<Record<(typeof READ)[number], number>>;
  readonly extra: readonly { readonly name: string; readonly at: number }[];
}

/** Names are those of the CDR engine (`${CDR(name)}`), lower case, in the order of the values; `-` is skipped. */
export function cdrLayout(names: readonly string[]): CdrLayout {
  const at = Object.fromEntries(READ.map((name) => [name, names.lastIndexOf(name)])) as CdrLayout['at'];
  const placed: readonly string[] = PLACED;
  const extra = names
    .map((name, index) => ({ name, at: index }))
    .filter(({ name }) => name !== '-' && !placed.includes(name));
  return { at, extra };
}

/** Every disposition the CDR engine knows; another word means that the columns are not what they are taken for. */
const DISPOSITIONS = new Set(['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION', 'UNKNOWN']);

const SHAPE = '0000-00-00 00:00:00';
const ZERO = 0x30;

/** `YYYY-MM-DD HH:MM:SS`, some with a fraction behind it. */
function hasTimeShape(value: string): boolean {
  for (let i = 0; i < SHAPE.length; i += 1) {
    const code = value.charCodeAt(i);
    const expected = SHAPE.charCodeAt(i);
    if (expected === ZERO ? !(code >= ZERO && code <= 0x39) : code !== expected) return false;
  }
  return value.length === SHAPE.length || /^\.\d+$/.test(value.slice(SHAPE.length));
}

type Printed = { readonly kind: 'none' | 'impossible' | 'broken' } | { readonly kind: 'time'; readonly text: string };
const [NONE, IMPOSSIBLE, BROKEN]: readonly [Printed, Printed, Printed] = [
  { kind: 'none' },
  { kind: 'impossible' },
  { kind: 'broken' },
];

const two = (value: string, at: number): number =>
  (value.charCodeAt(at) - ZERO) * 10 + value.charCodeAt(at + 1) - ZERO;

/** Neighbouring records share their day, and the times of one record often everything. */
let [lastDay, isLastDayPossible] = ['', false];
let [lastValue, lastPrinted]: [string, Printed] = ['', NONE];

function printedTime(value: string): Printed {
  if (value === lastValue) return lastPrinted;
  lastPrinted = readPrinted(value);
  lastValue = value;
  return lastPrinted;
}

function readPrinted(value: string): Printed {
  if (value === '') return NONE;
  if (!hasTimeShape(value)) return BROKEN;
  const day = value.slice(0, 10);
  if (day !== lastDay) {
    isLastDayPossible = isCivilDate(two(value, 0) * 100 + two(value, 2), two(value, 5), two(value, 8));
    lastDay = day;
  }
  const possible = isLastDayPossible && two(value, 11) < 24 && two(value, 14) < 60 && two(value, 17) < 61;
  return possible ? { kind: 'time', text: `${day}T${value.slice(11, 19)}` } : IMPOSSIBLE;
}

/** A whole number of at most nine digits, else -1. */
function secondsOf(value: string): number {
  if (value === '' || value.length > 9) return -1;
  let seconds = 0;
  for (let i = 0; i < value.length; i += 1) {
    const digit = value.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    seconds = seconds * 10 + digit;
  }
  return seconds;
}

const QUOTE = 0x22;
const BLANK = 0x20;

/** The name in a caller id `"name" <number>`; undefined when there is none. */
export function callerNameOf(clid: string): string | undefined {
  const open = clid.lastIndexOf('<');
  if (open <= 0) return undefined;
  const isUsual =
    open > 3 &&
    clid.charCodeAt(0) === QUOTE &&
    clid.charCodeAt(open - 2) === QUOTE &&
    clid.charCodeAt(open - 1) === BLANK;
  const name = isUsual ? clid.slice(1, open - 2) : clid.slice(0, open).trim().replace(/^"|"$/g, '');
  const bare = name.trim();
  return bare === '' ? undefined : bare;
}

/** `decode` turns one-character-per-byte text into the site's character set. */
export function cdrOutcome(
  { at, extra: extraFields }: CdrLayout,
  values: readonly string[],
  decode: (text: string) => string,
): ParseOutcome {
  const text = (index: number): string => values[index] ?? '';
  const start = printedTime(text(at.start));
  const answer = printedTime(text(at.answer));
  const end = printedTime(text(at.end));
  if (start === NONE || start === BROKEN || answer === BROKEN || end === BROKEN) {
    return { kind: 'malformed', reason: 'bad-time' };
  }
  const billsec = secondsOf(text(at.billsec));
  if (billsec === -1 || secondsOf(text(at.duration)) === -1) return { kind: 'malformed', reason: 'bad-number' };
  const disposition = text(at.disposition);
  if (!DISPOSITIONS.has(disposition)) return { kind: 'malformed', reason: 'bad-disposition' };

  const extra: Record<string, string> = {};
  for (const field of extraFields) {
    const value = text(field.at);
    if (value !== '') extra[field.name] = decode(value);
  }
  const record: Mutable<CallRecord> = { startOrEnd: 'start' };
  if (start.kind === 'time') record.start = start.text;
  if (answer.kind === 'time') record.answer = answer.text;
  if (end.kind === 'time') record.end = end.text;
  record.durationSeconds = billsec;
  const [src, dst, account] = [text(at.src), text(at.dst), text(at.accountcode)];
  if (src !== '') record.callerNumber = decode(src);
  if (dst !== '') record.dialedNumber = decode(dst);
  const callerName = callerNameOf(decode(text(at.clid)));
  if (callerName !== undefined) record.callerName = callerName;
  if (account !== '') record.accountCode = decode(account);
  record.conditionCode = disposition;
  record.answered = disposition === 'ANSWERED';
  const [uniqueId, linkedId] = [text(at.uniqueid), text(at.linkedid)];
  if (uniqueId !== '') record.callId = uniqueId;
  if (linkedId !== '') record.linkedId = linkedId;
  record.extra = extra;
  const isImpossible = start === IMPOSSIBLE || answer === IMPOSSIBLE || end === IMPOSSIBLE;
  return isImpossible ? { kind: 'call', record, doubts: ['date-impossible'] } : { kind: 'call', record };
}
