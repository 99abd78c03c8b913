/** Calls as tests look at them, and the records that most of them begin with. */
import { expect } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import { type Cdr, callsOfAmi, callsOfCsv } from './asterisk-cdr-writer.ts';

export const brief = ({ direction, answered, talkSeconds, code, outsideNumber, record }: AssembledCall) => ({
  direction,
  answered,
  talkSeconds,
  code,
  outsideNumber,
  extension: record.extension,
  trunk: record.trunk,
});

/** The only call of these records, which must be the same from both sources and in every order of arrival. */
export function oneCall(cdrs: readonly Cdr[], options: Record<string, string> = {}): AssembledCall {
  const orders = [cdrs, [...cdrs].reverse()];
  const results = orders.flatMap((order) => [callsOfCsv(order, options), callsOfAmi(order, options)]);
  for (const calls of results) expect(calls.map(brief)).toEqual([brief(results[0]?.[0] as AssembledCall)]);
  return results[0]?.[0] as AssembledCall;
}

export const PHONE = 'PJSIP/110-00000001';
export const LINE = 'PJSIP/line1-00000002';
export const LINE2 = 'PJSIP/line2-00000003';

export const keyed: Cdr = {
  account: '0042',
  src: '110',
  dst: '90912345678',
  channel: PHONE,
  to: LINE,
  data: 'PJSIP/0912345678@line1,60',
  start: 0,
  answer: 0,
  end: 95,
  id: 1,
  linked: 1,
  sequence: 1,
};
