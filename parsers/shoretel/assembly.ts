/**
 * ShoreTel prints a call as one record with its last party. A tandem call gives two: the line it came in over (2) and the
 * one it went out over (3). Call numbers are used again, so the two must also be of the same minute.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { assembleSingle, legOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const CODE_FIELDS: readonly CodeField[] = ['account'];

const WINDOW_SECONDS = 12 * 3600;
const SAME_START_SECONDS = 60;

const isIn = (record: CallRecord): boolean => record.conditionCode === '2';

function areOneCall(a: CallRecord, b: CallRecord): boolean {
  const [startA, startB] = [comparableSeconds(a.start), comparableSeconds(b.start)];
  if (isIn(a) === isIn(b) || startA === undefined || startB === undefined) return false;
  return Math.abs(startA - startB) <= SAME_START_SECONDS;
}

function combine(records: readonly AssemblyRecord[]): AssembledCall {
  const [first, second] = records;
  if (first === undefined) throw new RangeError('a call has at least one record');
  if (second === undefined) return assembleSingle(first, CODE_FIELDS);
  const [came, went] = isIn(first.record) ? [first.record, second.record] : [second.record, first.record];
  const record: CallRecord = {
    ...came,
    ...went,
    ...(came.trunk === undefined ? {} : { trunk: came.trunk }),
    ...(went.trunk === undefined ? {} : { trunkOut: went.trunk }),
  };
  const doubts = [...new Set([...first.doubts, ...second.doubts])];
  return { ...assembleSingle({ ...first, record, doubts }, CODE_FIELDS), legs: records.map(legOf) };
}

export const shoretelAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) => (record.direction === 'tandem' && record.callId !== undefined ? [`call:${record.callId}`] : []),
  joins: (records, next) => records.length === 1 && records.every(({ record }) => areOneCall(record, next.record)),
  combine,
  isComplete: (records) => records.length === 2,
};
