/**
 * Segments of one Hicom or HiPath call. The list prints a line a segment, each with its end, so the next segment of a call
 * that was passed on (info 5, 6) begins where the one before it ended, on the same trunk. A notice that a call rings (info
 * 0) has no time but its own; the trunk is taken from then on, so the next incoming line of that trunk is the call.
 */

import type { CodeField } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { combineSegments, talkBegan } from '../segments.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const CODE_FIELDS: readonly CodeField[] = ['account'];

const WINDOW_SECONDS = 12 * 3600;
/** The second line of a segment pair is printed about a second late. */
const TOUCH_SECONDS = 5;
/** Nobody lets it ring longer without a new notice. */
const LONGEST_RING_SECONDS = 300;

const isNear = (from: number | undefined, to: number | undefined, least: number, most: number): boolean =>
  from !== undefined && to !== undefined && to - from >= least && to - from <= most;

/** When the first bell of a segment rang. */
function rangAt(record: CallRecord): number | undefined {
  const talk = talkBegan(record);
  return talk === undefined ? undefined : talk - (record.ringSeconds ?? 0);
}

/** The second begins, with its ringing or without, where the first ended. */
function follows(before: CallRecord, next: CallRecord): boolean {
  if (next.transferred !== true || before.direction !== next.direction) return false;
  const end = comparableSeconds(before.end);
  return (
    isNear(end, talkBegan(next), -TOUCH_SECONDS, TOUCH_SECONDS) ||
    isNear(end, rangAt(next), -TOUCH_SECONDS, TOUCH_SECONDS)
  );
}

function areSameParty(a: CallRecord, b: CallRecord): boolean {
  const [one, other] = a.direction === 'outgoing' ? [a.dialedNumber, b.dialedNumber] : [a.callerNumber, b.callerNumber];
  return one === undefined || other === undefined || one === other;
}

function joinsNotices(notices: readonly AssemblyRecord[], next: AssemblyRecord): boolean {
  const [first, last] = [notices[0], notices.at(-1)];
  if (next.record.direction !== 'incoming' || first === undefined || last === undefined) return false;
  const [from, to] = [comparableSeconds(first.record.end), comparableSeconds(last.record.end)];
  if (next.part) return isNear(to, comparableSeconds(next.record.end), -TOUCH_SECONDS, LONGEST_RING_SECONDS);
  return (
    next.record.transferred !== true &&
    isNear(from, talkBegan(next.record), -TOUCH_SECONDS, Number.POSITIVE_INFINITY) &&
    isNear(to, rangAt(next.record), Number.NEGATIVE_INFINITY, LONGEST_RING_SECONDS) &&
    isNear(to, talkBegan(next.record), -TOUCH_SECONDS, LONGEST_RING_SECONDS)
  );
}

function joins(entries: readonly AssemblyRecord[], next: AssemblyRecord): boolean {
  const segments = entries.filter(({ part }) => !part).map(({ record }) => record);
  if (segments.length === 0) return joinsNotices(entries, next);
  if (next.part) return false;
  // A chain: each segment has one before it and one behind it at most.
  const after = segments.find((record) => follows(record, next.record) && areSameParty(record, next.record));
  if (after !== undefined) return !segments.some((record) => record !== after && follows(after, record));
  const before = segments.find((record) => follows(next.record, record) && areSameParty(record, next.record));
  return before !== undefined && !segments.some((record) => record !== before && follows(record, before));
}

/** Segments whose predecessor never came. */
function isLegMissing(entries: readonly AssemblyRecord[]): boolean {
  const segments = entries.filter(({ part }) => !part).map(({ record }) => record);
  return segments.some(
    (record) => record.transferred === true && !segments.some((before) => before !== record && follows(before, record)),
  );
}

export const unifyAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) => (record.trunk === undefined ? [] : [`trunk:${record.trunk}`]),
  joins,
  combine: (entries) => combineSegments(entries, CODE_FIELDS, isLegMissing(entries) ? ['leg-missing'] : []),
};

/** HiPath 4000 and the lists of outgoing calls: every record is a call. */
export const singleAssembly = (codeFields: readonly CodeField[]): Assembly => ({
  windowSeconds: 0,
  keys: () => [],
  combine: (entries) => combineSegments(entries, codeFields),
});
