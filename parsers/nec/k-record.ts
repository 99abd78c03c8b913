/**
 * The K record of NEAX 2000, 2400, 7400 and SV8300 to SV9500, 130 characters (162 with the long caller number). Columns
 * from 1, first and width; checked on 42 real records: no character stands outside the fields.
 *
 *     0!KE000037001135   01121200000112120217             100000000                                000080442067400       07070
 *     1 system, 2 unit, 3 kind, 5,3 route, 8,3 trunk, 11 party, 12,2 tenant, 14,6 station, 20,10 start, 30,10 end,
 *     40,10 account code, 50,3 tenant, 53,3 condition, 56,3 first route, 59,3 route used, 62,32 called number,
 *     94,4 metering, 98,4 calling office, 102,4 billing office, 106,10 authorization code (98,18 caller number of incoming
 *     calls), 116,2 year of start, 118,2 year of end, 120,1 unit of the charge, 121,6 charge, 127,4 condition D,
 *     131,32 caller number of the long kinds
 */

import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { daysFromCivil, isCivilDate } from '../../core/model/time.ts';
import type { Draft } from '../engine.ts';
import { chargeOf } from './charge.ts';

/** What the second letter of the kind says about the way of the call. */
const DIRECTIONS: Readonly<Record<string, CallRecord['direction']>> = {
  A: 'outgoing',
  B: 'internal',
  E: 'incoming',
  H: 'outgoing',
  I: 'internal',
  J: 'incoming',
};
const LONG_KINDS = 'HIJ';

const WIDTH = 130;
/** Where a record may end when the blanks behind it were stripped: at the unit of the charge, that every record prints. */
const CHARGE_UNIT_AT = 120;
const CHARGE_END = 126;

const PARTIES = { console: '1', incomingTrunk: '2', monitoredNumber: '3' } as const;

const NUMBER = /^\+?[\d*#A-D]+$/;
const CODE = /^[\dA-Za-z*#]+$/;
/** A PBX can be set to print codes unreadable. */
const MASKED = /^[*X#]+$/;
const STATION = /^[\dA-Z*#]+$/;

/** The first digit of the condition: 1 transferred, 3 that and billing continued, 4 transferred to the last called party. */
export const isTransfer = (condition: string): boolean => /^[134]/.test(condition);

export interface KOptions {
  /** What the area of the office and authorization codes holds in incoming records. */
  readonly incomingArea: 'caller' | 'codes';
}

export type KOutcome = { readonly record: CallRecord; readonly doubts: readonly Doubt[] } | { readonly reason: string };

function cell(text: string, start: number, width: number): string {
  let from = start - 1;
  let to = Math.min(from + width, text.length);
  while (from < to && text.charCodeAt(from) === 0x20) from++;
  while (to > from && text.charCodeAt(to - 1) === 0x20) to--;
  return text.slice(from, to);
}

function areDigits(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!(code >= 48 && code <= 57)) return false;
  }
  return to <= text.length;
}

const isPlainNumber = (value: string): boolean => areDigits(value, 0, value.length);

/** Length without the blanks at the end. */
function lengthOf(text: string): number {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) <= 32) end--;
  return end;
}

const two = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

interface Moment {
  readonly printed: string | undefined;
  readonly month: number;
  readonly day: number;
  readonly seconds: number;
  readonly year: number | undefined;
}

/** `MMDDhhmmss` at `index`, its two-digit year at `yearIndex`; undefined when there are no ten digits. */
function momentAt(text: string, index: number, yearIndex: number): Moment | undefined {
  if (!areDigits(text, index, index + 10)) return undefined;
  const [month, day] = [two(text, index), two(text, index + 2)];
  const [hour, minute, second] = [two(text, index + 4), two(text, index + 6), two(text, index + 8)];
  const year = areDigits(text, yearIndex, yearIndex + 2) ? 2000 + two(text, yearIndex) : undefined;
  const isReal = isCivilDate(year ?? 2000, month, day) && hour < 24 && minute < 60 && second < 60;
  const clock = `${text.slice(index + 4, index + 6)}:${text.slice(index + 6, index + 8)}:${text.slice(index + 8, index + 10)}`;
  const date = `${year ?? 'XXXX'}-${text.slice(index, index + 2)}-${text.slice(index + 2, index + 4)}`;
  return {
    printed: isReal ? `${date}T${clock}` : undefined,
    month,
    day,
    seconds: hour * 3600 + minute * 60 + second,
    year,
  };
}

/** Seconds from start to end; undefined when the end lies before the start. Without years a call lasts less than one. */
function secondsBetween(start: Moment, end: Moment): number | undefined {
  if (start.month === end.month && start.day === end.day && start.year === end.year) {
    return end.seconds >= start.seconds ? end.seconds - start.seconds : undefined;
  }
  const isLeapDay = (at: Moment): boolean => at.month === 2 && at.day === 29;
  const startYear = start.year ?? (isLeapDay(start) || isLeapDay(end) ? 2004 : 2001);
  const isNextYear = start.year === undefined && end.month < start.month;
  const endYear = end.year ?? (isNextYear ? startYear + 1 : startYear);
  const days = daysFromCivil(endYear, end.month, end.day) - daysFromCivil(startYear, start.month, start.day);
  const seconds = days * 86400 + end.seconds - start.seconds;
  return seconds >= 0 ? seconds : undefined;
}

/** Account and authorization codes. A masked code says only that there was one. */
function readCode(draft: Draft, key: 'accountCode' | 'authCode', value: string): boolean {
  if (value === '') return true;
  if (!isPlainNumber(value) && !CODE.test(value)) return false;
  if (MASKED.test(value)) draft.extra = { ...draft.extra, masked: key };
  else draft[key] = value;
  return true;
}

function readOfficeArea(text: string, draft: Draft, isCaller: boolean): string | undefined {
  if (text.length < 98) return undefined;
  const whole = cell(text, 98, 18);
  if (whole === '') return undefined;
  // What begins in the code's own column is one, also where callers are expected.
  const isCodeAlone = text.charCodeAt(105) !== 0x20 && cell(text, 98, 8) === '';
  if (isCaller && !isCodeAlone && (isPlainNumber(whole) || NUMBER.test(whole))) {
    draft.callerNumber = whole;
    return undefined;
  }
  return readCode(draft, 'authCode', cell(text, 106, 10)) ? undefined : 'bad-account';
}

function readParties(text: string, letter: string, draft: Draft): string | undefined {
  const station = cell(text, 14, 6);
  if (!isPlainNumber(station) && !STATION.test(station)) return 'bad-station';
  const party = text[10] ?? ' ';
  if (party !== ' ' && !(party >= '0' && party <= '9')) return 'bad-party';
  const direction = DIRECTIONS[letter];
  if (direction === undefined) return 'unknown-line';
  draft.direction = direction;
  const route = cell(text, 5, 3);
  const trunk = cell(text, 8, 3);
  if (!isPlainNumber(route) || !isPlainNumber(trunk)) return 'bad-line';
  if (trunk !== '' && direction !== 'internal') {
    draft.trunk = trunk;
    draft.extra = { route };
  }
  if (party === PARTIES.incomingTrunk) {
    draft.direction = 'tandem';
    if (station !== '') draft.extra = { ...draft.extra, incomingTrunk: station };
  } else if (station !== '') draft.extension = station;
  const number = cell(text, 62, 32);
  if (number === '') return undefined;
  if (!isPlainNumber(number) && !NUMBER.test(number)) return 'bad-number';
  draft.dialedNumber = number;
  return undefined;
}

function readTimes(text: string, draft: Draft, doubts: Doubt[]): string | undefined {
  const start = momentAt(text, 19, 115);
  const end = momentAt(text, 29, 117);
  if (start === undefined || end === undefined) return 'bad-time';
  draft.startOrEnd = 'both';
  const seconds = secondsBetween(start, end);
  if (start.printed === undefined || end.printed === undefined || seconds === undefined) doubts.push('date-impossible');
  if (start.printed !== undefined) draft.start = start.printed;
  if (end.printed !== undefined) draft.end = end.printed;
  if (start.printed !== undefined && end.printed !== undefined && seconds !== undefined)
    draft.durationSeconds = seconds;
  return undefined;
}

/** Reads the text behind `0!K` and its letter. */
export function readKRecord(text: string, options: KOptions): KOutcome {
  const letter = text[3] ?? '';
  if (text.length < WIDTH && lengthOf(text) < CHARGE_UNIT_AT) return { reason: 'cut-short' };
  const draft: Draft = {};
  const doubts: Doubt[] = [];
  const condition = cell(text, 53, 3);
  if (!isPlainNumber(condition)) return { reason: 'bad-condition' };
  if (condition !== '') draft.conditionCode = condition;
  if (isTransfer(condition)) draft.transferred = true;
  const reason =
    readTimes(text, draft, doubts) ??
    readParties(text, letter, draft) ??
    (readCode(draft, 'accountCode', cell(text, 40, 10)) ? undefined : 'bad-account') ??
    readOfficeArea(text, draft, draft.direction === 'incoming' && options.incomingArea === 'caller');
  if (reason !== undefined) return { reason };
  const charge = chargeOf(text[119] ?? ' ', cell(text, 121, 6));
  if (charge === undefined) return { reason: 'bad-cost' };
  if (charge !== '') {
    if (text.length < CHARGE_END) return { reason: 'cut-short' };
    draft.cost = charge;
  }
  const metering = cell(text, 94, 4);
  if (!isPlainNumber(metering)) return { reason: 'bad-cost' };
  if (metering !== '0000' && /[1-9]/.test(metering)) draft.extra = { ...draft.extra, pulses: String(Number(metering)) };
  // One character more is the parity byte behind an ETX that a logger removed.
  if (text.length > 131) {
    const caller = cell(text, 131, 32);
    if (caller !== '' && !(LONG_KINDS.includes(letter) && NUMBER.test(caller))) return { reason: 'outside-fields' };
    if (caller !== '') draft.callerNumber = caller;
  }
  return { record: draft, doubts };
}
