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

/** Beyond every value: an index that reads nothing. (-1 would be looked up as a name, which is slow.) */
const NOWHERE = 9999;

/** Where the fields stand among the values, or `NOWHERE`. Made once for all lines of the same columns. */
export interface CdrLayout {
  readonly at: Readonly<Record<(typeof READ)[number], number>>;
  readonly extra: readonly { readonly name: string; readonly at: number }[];
}

/** Names are those of the CDR engine (`${CDR(name)}`), lower case, in the order of the values; `-` is skipped. */
export function cdrLayout(names: readonly string[]): CdrLayout {
  const places = READ.map((name) => [name, names.includes(name) ? names.lastIndexOf(name) : NOWHERE]);
  const at = Object.fromEntries(places) as CdrLayout['at'];
  const placed: readonly string[] = PLACED;
  const extra = names
    .map((name, index) => ({ name, at: index }))
    .filter(({ name }) => name !== '-' && !placed.includes(name));
  return { at, extra };
}

/** Every disposition the CDR engine knows; another word means that the columns are not what they are taken for. */
const DISPOSITIONS = new Set(['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION', 'UNKNOWN']);

const QUOTE = 0x22;
const BLANK = 0x20;
const ZERO = 0x30;
const DASH = 0x2d;
const COLON = 0x3a;
const LETTER_T = 0x54;
const DAY_LENGTH = 10;
const TIME_LENGTH = 19;
const NO_DAY = '0000-00-00';

/** Two digits as a number; -1 when they are none. */
function two(value: string, at: number): number {
  const [tens, units] = [value.charCodeAt(at) - ZERO, value.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : -1;
}

/** What a time as printed says; `broken`: it is no time. */
export type Printed =
  | { readonly kind: 'none' | 'impossible' | 'broken' }
  | { readonly kind: 'time'; readonly text: string };
const [NONE, UNSET, IMPOSSIBLE, BROKEN]: readonly [Printed, Printed, Printed, Printed] = [
  { kind: 'none' },
  { kind: 'none' },
  { kind: 'impossible' },
  { kind: 'broken' },
];

/** Neighbouring records share their day, and the times of one record often everything. */
let lastDay = '';
let isLastDayPossible = false;
let lastValue = '';
let lastPrinted: Printed = NONE;

/** Of a time with its date: `YYYY-MM-DD HH:MM:SS`. */
export function printedTime(value: string): Printed {
  if (value === '') return NONE;
  if (value === lastValue) return lastPrinted;
  lastPrinted = readPrinted(value);
  lastValue = value;
  return lastPrinted;
}

/** False when no date stands in front; else `lastDay` is that of `value`. */
function readDay(value: string): boolean {
  if (lastDay !== '' && value.startsWith(lastDay)) return true;
  const [century, year, month, day] = [two(value, 0), two(value, 2), two(value, 5), two(value, 8)];
  if (century < 0 || year < 0 || month < 0 || day < 0) return false;
  if (value.charCodeAt(4) !== DASH || value.charCodeAt(7) !== DASH) return false;
  lastDay = value.slice(0, DAY_LENGTH);
  isLastDayPossible = isCivilDate(century * 100 + year, month, day);
  return true;
}

/** `YYYY-MM-DD HH:MM:SS`, some with a fraction behind it; some databases put a `T` between. */
function readPrinted(value: string): Printed {
  if (value.length < TIME_LENGTH || !readDay(value)) return BROKEN;
  // Databases write zeros where a time is missing.
  if (!isLastDayPossible && lastDay === NO_DAY) return UNSET;
  const [hour, minute, second] = [two(value, 11), two(value, 14), two(value, 17)];
  if (hour < 0 || minute < 0 || second < 0) return BROKEN;
  const between = value.charCodeAt(DAY_LENGTH);
  if (between !== BLANK && between !== LETTER_T) return BROKEN;
  if (value.charCodeAt(13) !== COLON || value.charCodeAt(16) !== COLON) return BROKEN;
  if (value.length > TIME_LENGTH && !/^\.\d+$/.test(value.slice(TIME_LENGTH))) return BROKEN;
  const isPossible = isLastDayPossible && hour < 24 && minute < 60 && second < 61;
  return isPossible ? { kind: 'time', text: `${lastDay}T${value.slice(11, TIME_LENGTH)}` } : IMPOSSIBLE;
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
  const start = printedTime(values[at.start] ?? '');
  const answer = printedTime(values[at.answer] ?? '');
  const end = printedTime(values[at.end] ?? '');
  if (start === NONE || start === BROKEN || answer === BROKEN || end === BROKEN) {
    return { kind: 'malformed', reason: 'bad-time' };
  }
  const billsec = secondsOf(values[at.billsec] ?? '');
  if (billsec === -1 || secondsOf(values[at.duration] ?? '') === -1) return { kind: 'malformed', reason: 'bad-number' };
  const disposition = values[at.disposition] ?? '';
  if (!DISPOSITIONS.has(disposition)) return { kind: 'malformed', reason: 'bad-disposition' };

  const extra: Record<string, string> = {};
  for (const field of extraFields) {
    const value = values[field.at] ?? '';
    if (value !== '') extra[field.name] = decode(value);
  }
  const record: Mutable<CallRecord> = { startOrEnd: 'start' };
  if (start.kind === 'time') record.start = start.text;
  if (answer.kind === 'time') record.answer = answer.text;
  if (end.kind === 'time') record.end = end.text;
  record.durationSeconds = billsec;
  const [src, dst, account] = [values[at.src] ?? '', values[at.dst] ?? '', values[at.accountcode] ?? ''];
  if (src !== '') record.callerNumber = decode(src);
  if (dst !== '') record.dialedNumber = decode(dst);
  const callerName = callerNameOf(decode(values[at.clid] ?? ''));
  if (callerName !== undefined) record.callerName = callerName;
  if (account !== '') record.accountCode = decode(account);
  record.conditionCode = disposition;
  record.answered = disposition === 'ANSWERED';
  const [uniqueId, linkedId] = [values[at.uniqueid] ?? '', values[at.linkedid] ?? ''];
  if (uniqueId !== '') record.callId = uniqueId;
  if (linkedId !== '') record.linkedId = linkedId;
  record.extra = extra;
  const isImpossible = start.kind !== 'time' || answer === IMPOSSIBLE || end === IMPOSSIBLE;
  return isImpossible ? { kind: 'call', record, doubts: ['date-impossible'] } : { kind: 'call', record };
}
