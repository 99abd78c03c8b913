/**
 * OXE: the tickets of a transferred call have one call reference. References begin again, so tickets must also touch in
 * time and show the same outside party. Statement lines of 4200 and OXO carry nothing that ties them (whole minutes, no
 * serial, and a line is charged to each user apart): each is a call.
 */
import type { CodeField } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { combineSegments, localSecondsOf, talkEnded } from '../segments.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const CODE_FIELDS: readonly CodeField[] = ['account'];

const WINDOW_SECONDS = 12 * 3600;
/** Ringing at the next party, between two tickets. */
const LONGEST_PAUSE_SECONDS = 120;

export const alcatelAssembly: Assembly = {
  windowSeconds: 0,
  keys: () => [],
  combine: (entries) => combineSegments(entries, CODE_FIELDS),
};

function areSameParty(a: CallRecord, b: CallRecord): boolean {
  if (a.direction === 'incoming') return a.callerNumber === b.callerNumber;
  return a.dialedNumber === b.dialedNumber;
}

/** The later ticket begins when the earlier one ends or little after; two that overlap are two calls. */
function touch(a: CallRecord, b: CallRecord): boolean {
  const [startA, startB] = [localSecondsOf(a.start), localSecondsOf(b.start)];
  if (startA === undefined || startB === undefined) return false;
  const [earlier, later] = startA <= startB ? [a, startB] : [b, startA];
  const end = talkEnded(earlier);
  return end !== undefined && later >= end - 2 && later <= end + LONGEST_PAUSE_SECONDS;
}

function joins(entries: readonly AssemblyRecord[], next: AssemblyRecord): boolean {
  return (
    entries.every(({ record }) => record.direction === next.record.direction && areSameParty(record, next.record)) &&
    entries.some(({ record }) => touch(record, next.record)) &&
    !entries.some(({ record }) => record.start === next.record.start)
  );
}

export const oxeAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) => (record.callId === undefined ? [] : [`reference:${record.callId}`]),
  joins,
  combine(entries) {
    const call = combineSegments(entries, CODE_FIELDS);
    return entries.length === 1 ? call : { ...call, record: { ...call.record, transferred: true } };
  },
};
