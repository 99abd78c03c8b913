/** The values of a 3CX field, read without patterns: every line has a dozen of them. */
import { isCivilDate } from '../../core/model/time.ts';
import { IMPOSSIBLE } from '../readers.ts';

const ZERO = 0x30;
const COLON = 0x3a;
const BLANK = 0x20;
const LETTER_T = 0x54;
const DAY_LENGTH = 10;
const TIME_LENGTH = 19;

/** Two digits as a number; -1 when they are none. */
function two(value: string, at: number): number {
  const tens = value.charCodeAt(at) - ZERO;
  const units = value.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : -1;
}

/** Neighbouring lines share their day. */
let lastDay = '';
let lastDate = '';

/** `YYYY-MM-DD` of `YYYY/MM/DD`, `impossible`, or undefined when no date stands in front. */
function dateOf(value: string): string | undefined {
  if (lastDay !== '' && value.startsWith(lastDay)) return lastDate;
  const [century, year, month, day] = [two(value, 0), two(value, 2), two(value, 5), two(value, 8)];
  if (century < 0 || year < 0 || month < 0 || day < 0) return undefined;
  const separator = value[4] ?? '';
  if (!'/-.'.includes(separator) || value[7] !== separator) return undefined;
  lastDay = value.slice(0, DAY_LENGTH);
  lastDate = isCivilDate(century * 100 + year, month, day) ? lastDay.replaceAll(separator, '-') : IMPOSSIBLE;
  return lastDate;
}

/** ISO text of `YYYY/MM/DD HH:MM:SS`; empty for an empty cell, `impossible`, or undefined when it is no time. */
export function readMoment(value: string): string | undefined {
  if (value === '') return '';
  if (value.length < TIME_LENGTH) return undefined;
  const date = dateOf(value);
  const [hour, minute, second] = [two(value, 11), two(value, 14), two(value, 17)];
  if (date === undefined || hour < 0 || minute < 0 || second < 0) return undefined;
  const between = value.charCodeAt(DAY_LENGTH);
  if (between !== BLANK && between !== LETTER_T) return undefined;
  if (value.charCodeAt(13) !== COLON || value.charCodeAt(16) !== COLON) return undefined;
  if (value.length > TIME_LENGTH && !/^\.\d+$/.test(value.slice(TIME_LENGTH))) return undefined;
  if (date === IMPOSSIBLE || hour > 23 || minute > 59 || second > 59) return IMPOSSIBLE;
  return `${date}T${value.slice(11, TIME_LENGTH)}`;
}

const LONG_DURATION = /^(?:(\d{1,3})\.)?(\d{1,3}):([0-5]\d):([0-5]\d)(?:\.\d+)?$/;

/** Seconds of `HH:MM:SS`, with days in front (`1.02:03:04`) where a call lasted so long; nobody talked: empty. */
export function readDuration(value: string): number | undefined {
  if (value === '') return 0;
  if (value.length === 8 && value.charCodeAt(2) === COLON && value.charCodeAt(5) === COLON) {
    const [hours, minutes, seconds] = [two(value, 0), two(value, 3), two(value, 6)];
    const isClock = hours >= 0 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 60;
    return isClock ? hours * 3600 + minutes * 60 + seconds : undefined;
  }
  const m = LONG_DURATION.exec(value);
  if (m === null) return undefined;
  return Number(m[1] ?? 0) * 86400 + Number(m[2]) * 3600 + Number(m[3]) * 60 + Number(m[4]);
}

const isDigit = (code: number): boolean => code >= ZERO && code <= 0x39;
const isHexDigit = (code: number): boolean =>
  isDigit(code) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);

/** A running number, in the usual list behind the word `Call`. */
export function isHistoryId(value: string): boolean {
  let at = value.startsWith('Call ') ? 5 : 0;
  if (at === value.length) return false;
  for (; at < value.length; at++) if (!isDigit(value.charCodeAt(at))) return false;
  return true;
}

/** Hexadecimal digits, mostly with `_` and a number behind them. */
export function isCallId(value: string): boolean {
  let at = 0;
  while (at < value.length && isHexDigit(value.charCodeAt(at))) at++;
  if (at === 0) return false;
  if (at === value.length) return true;
  if (value[at] !== '_' || at + 1 === value.length) return false;
  for (at++; at < value.length; at++) if (!isDigit(value.charCodeAt(at))) return false;
  return true;
}
