/**
 * Ties the Meridian records of one call. Legs: S, then X, then E on one trunk, whatever telephone goes on with it. Codes:
 * an A, C or M record comes while the call begins and belongs to the next call of the same telephone and trunk, or to the
 * open S of it; so does P with the caller's number. A leg or a code without the rest of its call is stored and marked. No
 * record is tied across a restart or a change of the clock.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { answeredOf, assembleSingle, codeOf, directionOf, legOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const CODE_FIELDS: readonly CodeField[] = ['authorization', 'account'];

const WINDOW_SECONDS = 12 * 3600;
const DAY_SECONDS = 86_400;
/** Records have no year; the one they are read in is a leap year, so that every date exists. */
const YEAR_SECONDS = 366 * DAY_SECONDS;
/** From the code to the moment the call counts from: dialling and ringing, and the cut minutes of the old format. */
const LONGEST_SETUP_SECONDS = 300;
/** Between two legs: ringing at the next telephone. */
const LONGEST_PAUSE_SECONDS = 900;

const isLeg = (record: CallRecord): boolean => /^[SXE]$/.test(record.conditionCode ?? '');
const isOpenLeg = (record: CallRecord): boolean => record.conditionCode === 'S' || record.conditionCode === 'X';

function secondsOf(record: CallRecord): number | undefined {
  return comparableSeconds(record.start ?? record.end ?? record.answer);
}

/** Seconds from one to the other; a step of nearly a year is New Year. Undefined when either has no time. */
function secondsBetween(a: CallRecord, b: CallRecord): number | undefined {
  const [from, to] = [secondsOf(a), secondsOf(b)];
  if (from === undefined || to === undefined) return undefined;
  const seconds = to - from;
  return seconds < -YEAR_SECONDS / 2 ? seconds + YEAR_SECONDS : seconds;
}

/** Route and member: the letter changes from T to A when the call is answered. */
const trunkOf = (record: CallRecord): string | undefined => record.trunk?.slice(1);

const isSame = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;

function isSameSide(a: CallRecord, b: CallRecord): boolean {
  return isSame(a.extension, b.extension) && isSame(trunkOf(a), trunkOf(b));
}

/** The code was keyed no earlier than the call can have begun and no later than it can have ended, however its time counts. */
function isCodeOf(code: CallRecord, call: CallRecord): boolean {
  if (!isSameSide(code, call)) return false;
  // Without a trunk only the telephone is known, and it is the one that dialled.
  if (code.trunk === undefined && call.direction === 'incoming') return false;
  const seconds = secondsBetween(code, call);
  if (seconds === undefined) return true;
  const duration = call.durationSeconds ?? 0;
  return seconds >= -duration - 60 && seconds <= duration + LONGEST_SETUP_SECONDS;
}

function isNextLeg(last: CallRecord, next: CallRecord): boolean {
  if (!isOpenLeg(last) || next.conditionCode === 'S' || !isLeg(next)) return false;
  if (trunkOf(last) === undefined || trunkOf(last) !== trunkOf(next)) return false;
  const seconds = secondsBetween(last, next);
  if (seconds === undefined) return true;
  // Without durations a leg may have lasted for as long as the window.
  const known = (last.durationSeconds ?? WINDOW_SECONDS) + (next.durationSeconds ?? WINDOW_SECONDS);
  return seconds >= -60 && seconds <= known + LONGEST_PAUSE_SECONDS;
}

function joins(records: readonly AssemblyRecord[], next: AssemblyRecord): boolean {
  const last = records.findLast((entry) => !entry.part)?.record;
  const codes = records.filter((entry) => entry.part).map((entry) => entry.record);
  if (next.part) {
    if (codes.some((code) => code.conditionCode === next.record.conditionCode)) return false;
    if (last !== undefined) return isOpenLeg(last) && isSameSide(last, next.record);
    return codes.every((code) => isCodeOf(code, next.record));
  }
  if (last !== undefined) return isNextLeg(last, next.record);
  return codes.every((code) => isCodeOf(code, next.record));
}

/** Talk of the legs; where none is printed, what lies between the first and the last time. */
function talkSecondsOf(legs: readonly CallRecord[]): number {
  if (legs.some((leg) => leg.durationSeconds !== undefined)) {
    return legs.reduce((sum, leg) => sum + (leg.durationSeconds ?? 0), 0);
  }
  const [first, last] = [legs[0], legs.at(-1)];
  if (first === undefined || last === undefined || last.conditionCode !== 'E') return 0;
  return Math.max(0, secondsBetween(first, last) ?? 0);
}

/** S has no end yet, X and E have lost their beginning, a code has no call. */
function isLegMissing(calls: readonly CallRecord[]): boolean {
  const [first, last] = [calls[0], calls.at(-1)];
  if (first === undefined || last === undefined) return true;
  return (isLeg(first) && first.conditionCode !== 'S') || isOpenLeg(last);
}

function codesAlone(records: readonly AssemblyRecord[], first: AssemblyRecord): AssembledCall {
  let record: CallRecord = {};
  for (const entry of records) record = { ...record, ...entry.record };
  return {
    record,
    direction: 'none',
    answered: undefined,
    talkSeconds: 0,
    ringSeconds: undefined,
    ...codeOf(record, CODE_FIELDS),
    outsideNumber: undefined,
    legs: records.map(legOf),
    doubts: [...new Set<Doubt>([...first.doubts, 'leg-missing'])],
  };
}

function combine(records: readonly AssemblyRecord[]): AssembledCall {
  const [first] = records;
  if (first === undefined) throw new RangeError('a call has at least one record');
  const calls = records.filter((entry) => !entry.part);
  const [main] = calls;
  if (main === undefined) return codesAlone(records, first);
  if (records.length === 1) {
    const call = assembleSingle(first, CODE_FIELDS);
    return isLegMissing([first.record]) ? { ...call, doubts: [...call.doubts, 'leg-missing'] } : call;
  }
  const printed = calls.map((entry) => entry.record);
  const parts = records.filter((entry) => entry.part).map((entry) => entry.record);
  const isTransferred = printed.length > 1;
  const hasDuration = isTransferred || main.record.durationSeconds !== undefined;
  const talkSeconds = talkSecondsOf(printed);
  const find = <K extends keyof CallRecord>(key: K): CallRecord[K] | undefined =>
    [...printed, ...parts].find((record) => record[key] !== undefined)?.[key];
  const [end, authCode, accountCode] = [printed.at(-1)?.end, find('authCode'), find('accountCode')];
  const [dialedNumber, callerNumber, ringSeconds] = [find('dialedNumber'), find('callerNumber'), find('ringSeconds')];
  const record: CallRecord = {
    ...main.record,
    ...(hasDuration ? { durationSeconds: talkSeconds } : {}),
    ...(end === undefined ? {} : { end }),
    ...(end !== undefined && main.record.start !== undefined ? { startOrEnd: 'both' as const } : {}),
    ...(dialedNumber === undefined ? {} : { dialedNumber }),
    ...(callerNumber === undefined ? {} : { callerNumber }),
    ...(ringSeconds === undefined ? {} : { ringSeconds }),
    ...(authCode === undefined ? {} : { authCode }),
    ...(accountCode === undefined ? {} : { accountCode }),
    ...(isTransferred ? { transferred: true } : {}),
  };
  const { direction, isGuessed } = directionOf(record);
  const outside = outsideNumberOf(record, direction);
  const answers = printed.map(answeredOf);
  const answered = isTransferred || answers.includes(true) ? true : answers[0];
  const doubts = new Set<Doubt>(records.flatMap((entry) => entry.doubts));
  if (outside.isHidden) doubts.add('number-hidden');
  if (isGuessed) doubts.add('direction-guessed');
  if (isLegMissing(printed)) doubts.add('leg-missing');
  return {
    record,
    direction,
    answered,
    talkSeconds: answered === false ? 0 : talkSeconds,
    ringSeconds,
    ...codeOf(record, CODE_FIELDS),
    outsideNumber: outside.number,
    legs: records.map(legOf),
    doubts: [...doubts],
  };
}

export const meridianAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys(record) {
    if (record.direction === 'internal') return [];
    const group = `${record.extra?.['customer'] ?? '00'}:${record.extra?.['epoch'] ?? '0'}`;
    const trunk = trunkOf(record);
    const keys = trunk === undefined ? [] : [`trunk:${group}:${trunk}`];
    // A code without a trunk waits for the next call that its telephone makes: others do not touch it.
    if (record.extension === undefined || record.direction === 'incoming') return keys;
    return [...keys, `from:${group}:${record.extension}`];
  },
  joins,
  combine,
  isComplete(records) {
    const last = records.at(-1);
    return last !== undefined && !last.part && !isOpenLeg(last.record);
  },
};
