/**
 * With `legs` set to `ab` a bridged FreeSWITCH call gives two lines: that of the caller names the other's uuid. The caller's
 * line is the call. No direction is printed; the context tells where the caller stood.
 */

import type { AssembledCall } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { cleanNumber } from '../assembly.ts';
import type { Assembly, AssemblyRecord, FormatOptions } from '../types.ts';
import { type WholeCallRules, wholeCall } from '../whole-call.ts';

export const OUTSIDE_CONTEXTS = '^public$';
export const EXTENSION_DIGITS = 6;

const otherOf = (record: CallRecord): string | undefined => record.extra?.['bleg_uuid'];

/** Lines that no other line names as its second leg. */
function callersOf(records: readonly CallRecord[]): readonly CallRecord[] {
  const named = new Set(records.map(otherOf));
  const callers = records.filter((record) => record.callId === undefined || !named.has(record.callId));
  return callers.length > 0 ? callers : records.slice(0, 1);
}

function regexOr(text: string | undefined, fallback: string): RegExp {
  try {
    return new RegExp(text === undefined || text.trim() === '' ? fallback : text.trim(), 'i');
  } catch {
    return new RegExp(fallback, 'i');
  }
}

interface Rules extends WholeCallRules {
  isOutsideNumber(number: string): boolean;
}

function makeRules(options: FormatOptions): Rules {
  const outside = regexOr(options['outsideContexts'], OUTSIDE_CONTEXTS);
  const digits = Number(options['extensionDigits'] ?? EXTENSION_DIGITS);
  const isOutsideNumber = (number: string): boolean =>
    /^\+\d/.test(number) || (/^\d+$/.test(number) && number.length > digits);
  return {
    isOutsideNumber,
    codeFields: ['account'],
    direction(record) {
      if (outside.test(record.extra?.['context'] ?? '')) return { direction: 'incoming', isGuessed: true };
      return { direction: isOutsideNumber(record.dialedNumber ?? '') ? 'outgoing' : 'internal', isGuessed: true };
    },
    outsideNumber(record, direction) {
      if (direction === 'incoming') return cleanNumber(record.callerNumber).number;
      return direction === 'outgoing' ? cleanNumber(record.dialedNumber).number : undefined;
    },
    ringSeconds(record) {
      const [start, until] = [comparableSeconds(record.start), comparableSeconds(record.answer ?? record.end)];
      return start === undefined || until === undefined || until < start ? undefined : until - start;
    },
    principal: (records) => callersOf(records)[0],
    talking: callersOf,
  };
}

const made = new WeakMap<FormatOptions, Rules>();

function rulesOf(options: FormatOptions): Rules {
  const known = made.get(options) ?? makeRules(options);
  made.set(options, known);
  return known;
}

function combine(items: readonly AssemblyRecord[], options: FormatOptions): AssembledCall {
  const rules = rulesOf(options);
  const call = wholeCall(items, rules);
  // From outside a DID is dialled, which is no extension; the second leg names the telephone.
  const dialled = [call.record, ...items.map((item) => item.record)].map((record) => record.dialedNumber);
  const extension =
    call.direction === 'incoming'
      ? dialled.find((number) => number !== undefined && !rules.isOutsideNumber(number))
      : call.record.callerNumber;
  return extension === undefined ? call : { ...call, record: { ...call.record, extension } };
}

export const freeswitchAssembly: Assembly = {
  windowSeconds: 12 * 3600,
  keys: (record) => [record.callId, otherOf(record)].filter((uuid) => uuid !== undefined).map((uuid) => `uuid:${uuid}`),
  combine,
};
