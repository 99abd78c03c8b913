/**
 * Ties the records of the printout. A transferred leg (PTRS, ITRS) goes on with the call of its line: it begins when the
 * leg before it ended. The name of a caller in a line of its own belongs to the record in front of it. Times are printed
 * in whole minutes, and on some systems without a date.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import { assembleSingle, directionOf, firstCodeOf, legOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

/** A forced code (XEN, IPK) stands above an account code that was keyed freely. */
export const PRINTOUT_CODE_FIELDS: readonly CodeField[] = ['authorization', 'account'];

const WINDOW_SECONDS = 12 * 3600;
const DAY_SECONDS = 86400;
/** Starts are printed in whole minutes; a leg may ring before it is taken. */
const TOUCH_SECONDS = 180;
/** A leg without a duration was ringing or waiting for an unknown time. */
const LONGEST_PAUSE_SECONDS = 900;

/** The newest call of the stream, for the name line that may follow it. */
const LAST = 'last';

const isName = (record: CallRecord): boolean => record.conditionCode === 'NEXT';
const isTransfer = (record: CallRecord): boolean => /^[PI]TRS$/.test(record.conditionCode ?? '');

interface Clock {
  readonly day: number | undefined;
  readonly second: number;
}

function clockOf(record: CallRecord): Clock | undefined {
  const printed = record.start ?? record.answer ?? record.end;
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  if (parts === undefined) return undefined;
  const { year, month, day, secondOfDay } = parts;
  return {
    day: month === undefined || day === undefined ? undefined : daysFromCivil(year ?? 2000, month, day),
    second: secondOfDay,
  };
}

/** Seconds from one start to the next; without dates the shortest way forward over midnight. */
function secondsBetween(before: CallRecord, next: CallRecord): number | undefined {
  const [from, to] = [clockOf(before), clockOf(next)];
  if (from === undefined || to === undefined) return undefined;
  if (from.day !== undefined && to.day !== undefined)
    return (to.day - from.day) * DAY_SECONDS + to.second - from.second;
  const apart = (to.second - from.second + DAY_SECONDS) % DAY_SECONDS;
  return apart > DAY_SECONDS / 2 ? apart - DAY_SECONDS : apart;
}

function joins(records: readonly AssemblyRecord[], next: CallRecord): boolean {
  if (isName(next)) return records.every(({ record }) => record.callerName === undefined);
  const last = records.findLast(({ record }) => !isName(record))?.record;
  if (last === undefined || !isTransfer(next) || last.trunk === undefined || last.trunk !== next.trunk) return false;
  const apart = secondsBetween(last, next);
  if (apart === undefined || apart < -TOUCH_SECONDS) return false;
  const { durationSeconds } = last;
  return durationSeconds === undefined ? apart <= LONGEST_PAUSE_SECONDS : apart <= durationSeconds + TOUCH_SECONDS;
}

/** The call without its name lines. */
function combineLegs(legs: readonly AssemblyRecord[]): AssembledCall {
  const [first] = legs;
  if (first === undefined) throw new RangeError('a call has at least one leg');
  if (legs.length === 1) {
    const call = assembleSingle(first, PRINTOUT_CODE_FIELDS);
    return isTransfer(first.record) ? { ...call, doubts: [...call.doubts, 'leg-missing'] } : call;
  }
  const talked = legs.filter(({ record }) => record.answered !== false && (record.durationSeconds ?? 0) > 0);
  const talkSeconds = talked.reduce((sum, { record }) => sum + (record.durationSeconds ?? 0), 0);
  const main = talked[0] ?? first;
  const direction = directionOf(first.record);
  const found = firstCodeOf(legs, PRINTOUT_CODE_FIELDS);
  const { accountCode: _account, authCode: _authorization, answered: _answered, ...printed } = main.record;
  const record: CallRecord = {
    ...printed,
    ...(first.record.start === undefined ? {} : { start: first.record.start }),
    ...(first.record.direction === undefined ? {} : { direction: first.record.direction }),
    ...(first.record.dialedNumber === undefined ? {} : { dialedNumber: first.record.dialedNumber }),
    ...(first.record.callerNumber === undefined ? {} : { callerNumber: first.record.callerNumber }),
    ...(first.record.callerName === undefined ? {} : { callerName: first.record.callerName }),
    ...(found.code === undefined
      ? {}
      : found.codeField === 'account'
        ? { accountCode: found.code }
        : { authCode: found.code }),
    transferred: true,
    durationSeconds: talkSeconds,
  };
  const outside = outsideNumberOf(record, direction.direction);
  const doubts = new Set<Doubt>(legs.flatMap((entry) => entry.doubts));
  if (direction.isGuessed) doubts.add('direction-guessed');
  if (outside.isHidden) doubts.add('number-hidden');
  return {
    record,
    direction: direction.direction,
    answered: talkSeconds > 0,
    talkSeconds,
    ringSeconds: undefined,
    ...found,
    outsideNumber: outside.number,
    legs: legs.map(legOf),
    doubts: [...doubts],
  };
}

function combine(records: readonly AssemblyRecord[]): AssembledCall {
  const legs = records.filter(({ record }) => !isName(record));
  const names = records.filter(({ record }) => isName(record));
  const [name] = names;
  if (legs.length === 0) {
    if (name === undefined) throw new RangeError('a call has at least one record');
    const call = assembleSingle(name, PRINTOUT_CODE_FIELDS);
    return { ...call, direction: 'none', answered: false, doubts: [...call.doubts, 'leg-missing'] };
  }
  const call = combineLegs(legs);
  const callerName = call.record.callerName ?? name?.record.callerName;
  return {
    ...call,
    record: callerName === undefined ? call.record : { ...call.record, callerName },
    legs: [...call.legs, ...names.map(legOf)],
  };
}

export const printoutAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys(record) {
    if (isName(record)) return [LAST];
    return record.trunk === undefined || record.direction === 'internal' ? [LAST] : [`line:${record.trunk}`, LAST];
  },
  joins: (records, next) => joins(records, next.record),
  combine,
};
