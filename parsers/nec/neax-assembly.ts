/**
 * Ties the legs of one NEAX call: a record a leg on the same trunk, the next start is the end before, and the later one
 * says in its condition that it was transferred. Start and end are printed, so order does not matter.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { assembleSingle, firstCodeOf, legOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const NEAX_CODE_FIELDS: readonly CodeField[] = ['authorization', 'account'];

const WINDOW_SECONDS = 12 * 3600;
const TOUCH_SECONDS = 2;

function areSameParty(a: CallRecord, b: CallRecord): boolean {
  const [one, other] = a.direction === 'incoming' ? [a.callerNumber, b.callerNumber] : [a.dialedNumber, b.dialedNumber];
  return one === undefined || other === undefined || one === other;
}

function follows(before: CallRecord, next: CallRecord): boolean {
  const [end, start] = [comparableSeconds(before.end), comparableSeconds(next.start)];
  return (
    next.transferred === true &&
    end !== undefined &&
    start !== undefined &&
    Math.abs(start - end) <= TOUCH_SECONDS &&
    before.direction === next.direction &&
    areSameParty(before, next)
  );
}

const inOrderOf = (records: readonly AssemblyRecord[]): AssemblyRecord[] =>
  [...records].sort((a, b) => (comparableSeconds(a.record.start) ?? 0) - (comparableSeconds(b.record.start) ?? 0));

function combine(records: readonly AssemblyRecord[]): AssembledCall {
  const inOrder = inOrderOf(records);
  const [first] = inOrder;
  const last = inOrder.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('a call has at least one record');
  if (inOrder.length === 1) return assembleSingle(first, NEAX_CODE_FIELDS);
  const all = inOrder.map(({ record }) => record);
  const talkSeconds = all.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0);
  const main = inOrder.find(({ record }) => (record.durationSeconds ?? 0) > 0) ?? first;
  const dialedNumber = all.find((record) => record.dialedNumber !== undefined)?.dialedNumber;
  const callerNumber = all.find((record) => record.callerNumber !== undefined)?.callerNumber;
  const found = firstCodeOf(inOrder, NEAX_CODE_FIELDS);
  const record: CallRecord = {
    ...main.record,
    ...(first.record.start === undefined ? {} : { start: first.record.start }),
    ...(last.record.end === undefined ? {} : { end: last.record.end }),
    ...(dialedNumber === undefined ? {} : { dialedNumber }),
    ...(callerNumber === undefined ? {} : { callerNumber }),
    transferred: true,
    durationSeconds: talkSeconds,
  };
  const direction = record.direction ?? 'none';
  const outside = outsideNumberOf(record, direction);
  const doubts = new Set<Doubt>(records.flatMap((entry) => entry.doubts));
  if (outside.isHidden) doubts.add('number-hidden');
  return {
    record,
    direction,
    answered: talkSeconds > 0,
    talkSeconds,
    ringSeconds: undefined,
    ...found,
    outsideNumber: outside.number,
    legs: inOrder.map(legOf),
    doubts: [...doubts],
  };
}

export const kRecordAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) =>
    record.trunk === undefined || record.direction === 'internal'
      ? []
      : [`trunk:${record.extra?.['route'] ?? ''}:${record.trunk}`],
  joins(records, next) {
    const inOrder = inOrderOf(records);
    const [first] = inOrder;
    const last = inOrder.at(-1);
    if (first === undefined || last === undefined) return false;
    return follows(last.record, next.record) || follows(next.record, first.record);
  },
  combine,
};
