/**
 * Ties the Real Time lines of one Norstar call, and the report of the same call where both are printed. The outside line
 * carries one call at a time: G begins one, R or N ends it; a report is the same call when it was answered in the same
 * second. Reports alone are calls.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { assembleSingle, legOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const CODE_FIELDS: readonly CodeField[] = ['account'];

const WINDOW_SECONDS = 12 * 3600;

const eventOf = (record: CallRecord): string | undefined => record.extra?.['event'];
const isOver = (event: string | undefined): boolean => event === 'R' || event === 'N';

/** Digits sent after the connection (behind `!`) are no part of the number. */
function withNumberOnly(record: CallRecord): CallRecord {
  const end = record.dialedNumber?.indexOf('!') ?? -1;
  return end > 0 ? { ...record, dialedNumber: (record.dialedNumber ?? '').slice(0, end) } : record;
}

function isSameAnswer(a: CallRecord, b: CallRecord): boolean {
  return a.direction === 'incoming' && b.direction === 'incoming' && a.start !== undefined && a.start === b.start;
}

function combine(records: readonly AssemblyRecord[]): AssembledCall {
  const [first] = records;
  if (first === undefined) throw new RangeError('a call has at least one record');
  const report = records.find(({ record }) => eventOf(record) === undefined);
  const event = records.findLast(({ record }) => eventOf(record) !== undefined);
  const record: CallRecord = { ...event?.record, ...report?.record };
  const doubts = new Set<Doubt>(records.flatMap((entry) => entry.doubts));
  if (report === undefined && !isOver(eventOf(record))) doubts.add('leg-missing');
  const whole = { ...first, record: withNumberOnly(record), part: false, doubts: [...doubts] };
  return { ...assembleSingle(whole, CODE_FIELDS), record, legs: records.map(legOf) };
}

export const norstarAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) => (record.trunk === undefined || record.direction === 'outgoing' ? [] : [`line:${record.trunk}`]),
  joins(records, { record }) {
    const events = records.filter((entry) => eventOf(entry.record) !== undefined);
    const event = eventOf(record);
    const last = events.at(-1)?.record;
    if (event === undefined) {
      return events.length === records.length && last !== undefined && isSameAnswer(last, record);
    }
    if (last === undefined) return isOver(event) && records.every((entry) => isSameAnswer(entry.record, record));
    return event !== 'G' && !isOver(eventOf(last));
  },
  combine,
};
