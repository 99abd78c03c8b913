/**
 * Ties the legs of one Samsung call. A trunk carries one call at a time, so a leg that was transferred away (IT, OT, TT)
 * and a leg received by transfer (T, TT) on the same trunk are one call; a ringing record (IA) touches the record of the
 * answer. Records are printed when a leg ends and carry its start. Only the first record of the chain tells whether the
 * call came in or went out. The newer page prints a number that all records of a call share.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { assembleSingle, firstCodeOf, legOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const CODE_FIELDS: readonly CodeField[] = ['authorization', 'account'];

const WINDOW_SECONDS = 12 * 3600;
const TOUCH_SECONDS = 3;
/** Between the first party letting go and the second taking over the call rings or waits. */
const LONGEST_PAUSE_SECONDS = 600;

const flagOf = (record: CallRecord): string => record.conditionCode ?? '';
const isRinging = (record: CallRecord): boolean => flagOf(record) === 'IA';
const isMovedAway = (record: CallRecord): boolean => /^(?:[IOTDF]T|TT)$/.test(flagOf(record));
const isTakenOver = (record: CallRecord): boolean => /^T/.test(flagOf(record));

/** Seconds from the end of `before` to the start of `next`; undefined when a date is unknown. */
function pauseBetween(before: CallRecord, next: CallRecord): number | undefined {
  const [from, to] = [comparableSeconds(before.start), comparableSeconds(next.start)];
  if (from === undefined || to === undefined) return undefined;
  return to - from - (before.durationSeconds ?? before.ringSeconds ?? 0);
}

function follows(before: CallRecord, next: CallRecord): boolean {
  const pause = pauseBetween(before, next);
  if (pause === undefined || pause < -TOUCH_SECONDS) return false;
  if (isRinging(before)) return /^(?:I|IA|IT|OT|T|TT|A)$/.test(flagOf(next)) && pause <= TOUCH_SECONDS;
  if (!isMovedAway(before)) return false;
  if (isTakenOver(next)) return pause <= LONGEST_PAUSE_SECONDS;
  return /^(?:IT|OT|IA)$/.test(flagOf(next)) && pause <= TOUCH_SECONDS;
}

const inOrderOf = (records: readonly AssemblyRecord[]): AssemblyRecord[] =>
  [...records].sort((a, b) => (comparableSeconds(a.record.start) ?? 0) - (comparableSeconds(b.record.start) ?? 0));

/** The first leg of the chain was lost, or the last one has not come. */
function isChainOpen(first: CallRecord, last: CallRecord): boolean {
  return isTakenOver(first) || isMovedAway(last);
}

function combine(records: readonly AssemblyRecord[]): AssembledCall {
  const inOrder = inOrderOf(records);
  const [first] = inOrder;
  const last = inOrder.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('a call has at least one record');
  const isOpen = isChainOpen(first.record, last.record);
  if (inOrder.length === 1) {
    const call = assembleSingle(first, CODE_FIELDS);
    const answered = isRinging(first.record) ? undefined : call.answered;
    return isOpen ? { ...call, answered, doubts: [...call.doubts, 'leg-missing'] } : { ...call, answered };
  }
  const all = inOrder.map(({ record }) => record);
  const talked = inOrder.filter(({ record }) => record.answered !== false && (record.durationSeconds ?? 0) > 0);
  const main = talked[0] ?? inOrder.find(({ record }) => !isRinging(record)) ?? first;
  const talkSeconds = talked.reduce((sum, { record }) => sum + (record.durationSeconds ?? 0), 0);
  const stated = all.find((record) => record.direction !== undefined)?.direction;
  const rings = all.map((record) => record.ringSeconds).filter((ring) => ring !== undefined);
  const ringSeconds = rings.length === 0 ? undefined : rings.reduce((sum, ring) => sum + ring, 0);
  const dialedNumber = all.find((record) => record.dialedNumber !== undefined)?.dialedNumber;
  const callerNumber = all.find((record) => record.callerNumber !== undefined)?.callerNumber;
  const callerName = all.find((record) => record.callerName !== undefined)?.callerName;
  const { accountCode: _account, authCode: _authorization, ...printed } = main.record;
  const found = firstCodeOf(inOrder, CODE_FIELDS);
  const record: CallRecord = {
    ...printed,
    ...(first.record.start === undefined ? {} : { start: first.record.start }),
    ...(stated === undefined ? {} : { direction: stated }),
    ...(dialedNumber === undefined ? {} : { dialedNumber }),
    ...(callerNumber === undefined ? {} : { callerNumber }),
    ...(callerName === undefined ? {} : { callerName }),
    ...(ringSeconds === undefined ? {} : { ringSeconds }),
    ...(found.code === undefined || found.codeField === undefined
      ? {}
      : found.codeField === 'account'
        ? { accountCode: found.code }
        : { authCode: found.code }),
    ...(all.some((one) => one.transferred === true) ? { transferred: true } : {}),
    durationSeconds: talkSeconds,
  };
  const direction = stated ?? (dialedNumber !== undefined ? 'outgoing' : 'incoming');
  const outside = outsideNumberOf(record, direction);
  const doubts = new Set<Doubt>(records.flatMap((entry) => entry.doubts));
  if (stated === undefined) doubts.add('direction-guessed');
  if (outside.isHidden) doubts.add('number-hidden');
  if (isOpen) doubts.add('leg-missing');
  const isOnlyRinging = all.every(isRinging);
  return {
    record,
    direction,
    answered:
      all.some((one) => one.answered === false) && talkSeconds === 0
        ? false
        : isOnlyRinging
          ? undefined
          : talkSeconds > 0,
    talkSeconds,
    ringSeconds,
    ...found,
    outsideNumber: outside.number,
    legs: inOrder.map(legOf),
    doubts: [...doubts],
  };
}

/** One trunk, one call at a time. */
export const assemblyByTrunk: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) => (record.trunk === undefined ? [] : [`trunk:${record.trunk}`]),
  joins(records, next) {
    const inOrder = inOrderOf(records);
    const [first] = inOrder;
    const last = inOrder.at(-1);
    if (first === undefined || last === undefined) return false;
    return follows(last.record, next.record) || follows(next.record, first.record);
  },
  combine,
};

/** The newer page numbers its calls; the numbers begin again, so records far apart are two calls. */
export const assemblyByCallId: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) => (record.callId === undefined ? [] : [`call:${record.callId}`]),
  joins(records, next) {
    const starts = [...records.map(({ record }) => record), next.record].map(({ start }) => comparableSeconds(start));
    const known = starts.filter((start) => start !== undefined);
    const longest = Math.max(
      ...records.map(({ record }) => record.durationSeconds ?? 0),
      next.record.durationSeconds ?? 0,
    );
    return known.length === 0 || Math.max(...known) - Math.min(...known) <= longest + LONGEST_PAUSE_SECONDS;
  },
  combine,
};
