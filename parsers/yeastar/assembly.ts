/**
 * Queues and ring groups leave several Yeastar records with one call id. They are one call: taken by whoever talked, of the
 * direction that any of them names beside `Internal`.
 */
import type { CallRecord } from '../../core/model/call-record.ts';
import { directionOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly } from '../types.ts';
import { type WholeCallRules, wholeCall } from '../whole-call.ts';

function ringSeconds(record: CallRecord): number | undefined {
  if (record.ringSeconds !== undefined) return record.ringSeconds;
  const whole = Number(record.extra?.['callduration'] ?? Number.NaN);
  const talk = record.durationSeconds;
  return talk === undefined || !(whole >= talk) ? undefined : whole - talk;
}

const isOutside = (record: CallRecord): boolean => record.direction !== undefined && record.direction !== 'internal';

const rules: WholeCallRules = {
  codeFields: ['authorization'],
  direction: directionOf,
  outsideNumber: (record, direction) => outsideNumberOf(record, direction).number,
  ringSeconds,
  principal(records) {
    const isTalked = (record: CallRecord): boolean => record.answered === true && (record.durationSeconds ?? 0) > 0;
    const outside = records.filter(isOutside);
    return outside.find(isTalked) ?? outside[0] ?? records.find(isTalked);
  },
};

export const yeastarAssembly: Assembly = {
  windowSeconds: 12 * 3600,
  keys: (record) => (record.callId === undefined ? [] : [`id:${record.callId}`]),
  combine: (records) => wholeCall(records, rules),
};
