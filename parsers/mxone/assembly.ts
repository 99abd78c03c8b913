/**
 * Very long calls come in parts (BusinessPhone: letters that mark them, MD110: condition D), one behind the other on the
 * same line with the same parties; each part states its own time. MX-ONE ties records by its call reference: two servers
 * may report the same call, which then counts once.
 */

import type { CodeField } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { combineSegments, talkBegan, talkEnded } from '../segments.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const CODE_FIELDS: readonly CodeField[] = ['account'];

const WINDOW_SECONDS = 24 * 3600;
/** BusinessPhone prints whole minutes. */
const TOUCH_SECONDS = 90;

const isNear = (a: number | undefined, b: number | undefined, most: number): boolean =>
  a !== undefined && b !== undefined && Math.abs(a - b) <= most;

const areSameParties = (a: CallRecord, b: CallRecord): boolean =>
  a.direction === b.direction &&
  a.extension === b.extension &&
  a.dialedNumber === b.dialedNumber &&
  a.callerNumber === b.callerNumber;

/** One ends where the other begins. */
const touch = (a: CallRecord, b: CallRecord): boolean =>
  isNear(talkEnded(a), talkBegan(b), TOUCH_SECONDS) || isNear(talkEnded(b), talkBegan(a), TOUCH_SECONDS);

const isPartOfLong = (record: CallRecord): boolean => record.extra?.['longCall'] === 'part';

/** Parts cannot overlap: the same part printed again is a call of its own, and seen. */
const overlap = (a: CallRecord, b: CallRecord): boolean => {
  const [fromA, toA, fromB, toB] = [talkBegan(a), talkEnded(a), talkBegan(b), talkEnded(b)];
  if (fromA === undefined || toA === undefined || fromB === undefined || toB === undefined) return false;
  return Math.min(toA, toB) - Math.max(fromA, fromB) > TOUCH_SECONDS || (fromA === fromB && toA === toB);
};

export const longCallAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) =>
    isPartOfLong(record) ? [`long:${record.direction}:${record.extension}:${record.trunk}:${record.dialedNumber}`] : [],
  joins: (entries, next) =>
    entries.every(({ record }) => areSameParties(record, next.record) && !overlap(record, next.record)) &&
    entries.some(({ record }) => touch(record, next.record)),
  combine(entries) {
    const isLonely = entries.length === 1 && entries.some(({ record }) => isPartOfLong(record));
    return combineSegments(entries, CODE_FIELDS, isLonely ? ['leg-missing'] : []);
  },
};

const SAME_MOMENT_SECONDS = 2;

/** Two servers' reports of one call. */
const isSameReport = (a: CallRecord, b: CallRecord): boolean =>
  areSameParties(a, b) &&
  isNear(talkBegan(a), talkBegan(b), SAME_MOMENT_SECONDS) &&
  isNear(talkEnded(a), talkEnded(b), SAME_MOMENT_SECONDS);

/** References begin again, so records must be of one time too. */
function isSameTime(a: CallRecord, b: CallRecord): boolean {
  const [startA, startB] = [comparableSeconds(a.start), comparableSeconds(b.start)];
  if (startA === undefined || startB === undefined) return false;
  const [earlier, later] = startA <= startB ? [a, startB] : [b, startA];
  const end = talkEnded(earlier);
  return end !== undefined && later <= end + TOUCH_SECONDS;
}

export const referenceAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) => (record.callId === undefined ? [] : [`reference:${record.callId}`]),
  joins: (entries, next) => entries.some(({ record }) => isSameTime(record, next.record)),
  combine(entries) {
    const distinct = entries.filter(
      ({ record }, index) => !entries.slice(0, index).some((before) => isSameReport(before.record, record)),
    );
    const call = combineSegments(distinct, CODE_FIELDS);
    const repeated: readonly AssemblyRecord[] = entries.filter((entry) => !distinct.includes(entry));
    return repeated.length === 0
      ? call
      : { ...call, legs: [...call.legs, ...combineSegments(repeated, CODE_FIELDS).legs] };
  },
};
