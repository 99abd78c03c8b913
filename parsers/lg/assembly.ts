/**
 * Ties the legs of one LG call. Records carry the start and are printed when a leg ends, so they come out of order. Legs
 * of one call have the same serial number (NO) and line; where NO is not printed, or counts records (GPS-6A), the line
 * alone ties a leg taken over by transfer (t, T) to the call before it, when their times touch. NO wraps and begins again
 * after a restart, so equal numbers far apart are two calls; so are two records that both begin a call.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { assembleSingle, firstCodeOf, legOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const CODE_FIELDS: readonly CodeField[] = ['account'];

const WINDOW_SECONDS = 12 * 3600;
/** Starts are printed in whole minutes. */
const TOUCH_SECONDS = 90;
/** Ringing and waiting between two legs with the same serial number. */
const LONGEST_PAUSE_SECONDS = 1800;

/** Incoming calls that nobody took, or that were lost while somebody held them. */
const isLost = (record: CallRecord): boolean => /^[RGH]$/.test(record.conditionCode ?? '');
const isTrace = (record: CallRecord): boolean => /^M[TF]$/.test(record.conditionCode ?? '');
const isTalk = (record: CallRecord): boolean =>
  !isLost(record) && !isTrace(record) && (record.durationSeconds ?? 0) > 0;

/** The leg begins a call; the others go on with one. */
const isFirstLeg = (record: CallRecord): boolean => record.transferred !== true && !isLost(record) && !isTrace(record);

/** One starts before the other ends, or at most `pause` seconds after it. */
function areNear(a: CallRecord, b: CallRecord, pause: number): boolean {
  const [startA, startB] = [comparableSeconds(a.start), comparableSeconds(b.start)];
  if (startA === undefined || startB === undefined) return true;
  const [earlier, from, to] = startA <= startB ? [a, startA, startB] : [b, startB, startA];
  return to <= from + (earlier.durationSeconds ?? 0) + pause;
}

function areSameParty(a: CallRecord, b: CallRecord): boolean {
  const [one, other] = a.direction === 'outgoing' ? [a.dialedNumber, b.dialedNumber] : [a.callerNumber, b.callerNumber];
  return one === undefined || other === undefined || one === other;
}

function joinsByNumber(records: readonly AssemblyRecord[], next: CallRecord): boolean {
  if (isFirstLeg(next) && records.some(({ record }) => isFirstLeg(record))) return false;
  return records.some(
    ({ record }) =>
      (record.direction === next.direction || isTrace(record) || isTrace(next)) &&
      areSameParty(record, next) &&
      areNear(record, next, LONGEST_PAUSE_SECONDS),
  );
}

function joinsByLine(records: readonly AssemblyRecord[], next: CallRecord): boolean {
  const last = records.at(-1)?.record;
  if (last === undefined || isLost(last)) return false;
  if (next.transferred !== true && next.conditionCode !== 'H' && !isTrace(next)) return false;
  const [from, to] = [comparableSeconds(last.start), comparableSeconds(next.start)];
  if (from === undefined || to === undefined || to < from) return false;
  // A record without a direction of its own (Vodavi prints T both ways) goes on with whatever was on the line.
  const isSameWay = next.direction === undefined || last.direction === next.direction;
  return isSameWay && areSameParty(last, next) && areNear(last, next, TOUCH_SECONDS);
}

function combine(records: readonly AssemblyRecord[]): AssembledCall {
  const [first] = records;
  if (first === undefined) throw new RangeError('a call has at least one record');
  if (records.length === 1) {
    const call = assembleSingle(first, CODE_FIELDS);
    return isLost(first.record) ? { ...call, answered: false, talkSeconds: 0 } : call;
  }
  const inOrder = [...records].sort(
    (a, b) =>
      Number(a.record.transferred ?? false) - Number(b.record.transferred ?? false) ||
      (comparableSeconds(a.record.start) ?? 0) - (comparableSeconds(b.record.start) ?? 0),
  );
  const talked = inOrder.filter(({ record }) => isTalk(record));
  const calls = inOrder.filter(({ record }) => !isTrace(record));
  // What only a word stands for (DISA) has not taken the call if a station did.
  const main = talked.find(({ record }) => record.extension !== undefined) ?? talked[0] ?? calls[0] ?? first;
  const talkSeconds = talked.reduce((sum, { record }) => sum + (record.durationSeconds ?? 0), 0);
  const begin = calls[0] ?? main;
  const direction = inOrder.find(({ record }) => record.direction !== undefined)?.record.direction ?? 'none';
  const start = inOrder.map(({ record }) => record.start).find((printed) => printed !== undefined);
  const ringSeconds = inOrder.find(({ record }) => record.ringSeconds !== undefined)?.record.ringSeconds;
  const dialedNumber = inOrder.find(({ record }) => record.dialedNumber !== undefined)?.record.dialedNumber;
  const callerNumber = inOrder.find(({ record }) => record.callerNumber !== undefined)?.record.callerNumber;
  const isTransferred = inOrder.some(({ record }) => record.transferred === true);
  const answered = talked.length > 0 ? true : calls.every(({ record }) => isLost(record)) ? false : undefined;
  const { accountCode: _accountCode, ...printed } = main.record;
  const found = firstCodeOf(inOrder, CODE_FIELDS);
  const record: CallRecord = {
    ...printed,
    ...(start === undefined ? {} : { start: begin.record.start ?? start }),
    ...(direction === 'none' ? {} : { direction }),
    ...(dialedNumber === undefined ? {} : { dialedNumber }),
    ...(callerNumber === undefined ? {} : { callerNumber }),
    ...(ringSeconds === undefined ? {} : { ringSeconds }),
    ...(found.code === undefined ? {} : { accountCode: found.code }),
    ...(isTransferred ? { transferred: true } : {}),
    durationSeconds: talkSeconds,
  };
  const outside = outsideNumberOf(record, direction);
  const doubts = new Set<Doubt>(records.flatMap((entry) => entry.doubts));
  if (direction !== 'none') doubts.delete('direction-guessed');
  if (outside.isHidden) doubts.add('number-hidden');
  return {
    record,
    direction,
    answered: answered ?? talkSeconds > 0,
    talkSeconds,
    ringSeconds,
    ...found,
    outsideNumber: outside.number,
    legs: inOrder.map(legOf),
    doubts: [...doubts],
  };
}

const isTied = (record: CallRecord): boolean => record.trunk !== undefined && record.direction !== 'internal';

/** Serial numbers count calls. Without them (switched off) the line ties. */
export const assemblyByNumber: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys(record) {
    if (!isTied(record)) return [];
    return [record.callId === undefined ? `line:${record.trunk}` : `call:${record.callId}:${record.trunk}`];
  },
  joins: (records, next) =>
    next.record.callId === undefined ? joinsByLine(records, next.record) : joinsByNumber(records, next.record),
  combine,
};

export const assemblyByLine: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) => (isTied(record) ? [`line:${record.trunk}`] : []),
  joins: (records, next) => joinsByLine(records, next.record),
  combine,
};
