/**
 * OXE: the tickets of a transferred call have one call reference. References begin again, so tickets must also touch in
 * time and show the same outside party. 4200 and OXO print a line for each charged user of a transferred call and mark it
 * with the facility X: another user's line for the same number over the same line, beginning in the minute in which that
 * one ended, is the rest of the call. Equal lines are attempts of their own.
 */

import type { CodeField } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { combineSegments, talkEnded } from '../segments.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const CODE_FIELDS: readonly CodeField[] = ['account'];

const WINDOW_SECONDS = 12 * 3600;
/** Ringing at the next party, between two tickets. */
const LONGEST_PAUSE_SECONDS = 120;

function areSameParty(a: CallRecord, b: CallRecord): boolean {
  if (a.direction === 'incoming') return a.callerNumber === b.callerNumber;
  return a.dialedNumber === b.dialedNumber;
}

/** The later ticket begins when the earlier one ends or little after; two that overlap are two calls. */
function touch(a: CallRecord, b: CallRecord): boolean {
  const [startA, startB] = [comparableSeconds(a.start), comparableSeconds(b.start)];
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

/** Starts are printed in whole minutes. */
const MINUTE_SECONDS = 60;
const numberOf = (record: CallRecord): string | undefined => record.callerNumber ?? record.dialedNumber;

function areLegs(a: CallRecord, b: CallRecord): boolean {
  if (a.transferred !== true && b.transferred !== true) return false;
  if (a.extension === b.extension || (a.durationSeconds ?? 0) === 0 || (b.durationSeconds ?? 0) === 0) return false;
  const [startA, startB] = [comparableSeconds(a.start), comparableSeconds(b.start)];
  if (startA === undefined || startB === undefined) return false;
  const [end, next] = startA <= startB ? [talkEnded(a), startB] : [talkEnded(b), startA];
  return end !== undefined && Math.abs(next - end) <= MINUTE_SECONDS;
}

export const statementAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys(record) {
    const number = numberOf(record);
    return number === undefined || record.direction === undefined
      ? []
      : [`line:${record.direction}:${record.trunk}:${number}`];
  },
  joins: (entries, next) =>
    entries.some(({ record }) => areLegs(record, next.record)) &&
    !entries.some(({ record }) => record.extension === next.record.extension),
  combine: (entries) => combineSegments(entries, CODE_FIELDS),
};
