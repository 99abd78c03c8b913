/**
 * With `legs` set to `ab` a bridged FreeSWITCH call gives two lines: that of the caller names the other's uuid. The caller's
 * line is the call. No direction is printed; the context tells where the caller stood.
 */
import type { CallRecord } from '../../core/model/call-record.ts';
import { cleanNumber } from '../assembly.ts';
import type { Assembly, AssemblyRecord, FormatOptions } from '../types.ts';
import { printedSeconds, type WholeCallRules, wholeCall } from '../whole-call.ts';

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

function makeRules(options: FormatOptions): WholeCallRules {
  const outside = regexOr(options['outsideContexts'], OUTSIDE_CONTEXTS);
  const digits = Number(options['extensionDigits'] ?? EXTENSION_DIGITS);
  const isInside = (number: string | undefined): boolean =>
    number === undefined || !/^\d+$/.test(number) ? !/^\+\d/.test(number ?? '') : number.length <= digits;
  return {
    codeFields: ['account'],
    direction(record) {
      const isFromOutside = outside.test(record.extra?.['context'] ?? '');
      const isToInside = isInside(record.dialedNumber);
      // A scanner's call from outside to an outside number reaches nobody inside either way.
      if (isFromOutside) return { direction: 'incoming', isGuessed: true };
      return { direction: isToInside ? 'internal' : 'outgoing', isGuessed: true };
    },
    outsideNumber(record, direction) {
      if (direction === 'incoming') return cleanNumber(record.callerNumber).number;
      return direction === 'outgoing' ? cleanNumber(record.dialedNumber).number : undefined;
    },
    ringSeconds(record) {
      const [start, until] = [printedSeconds(record.start), printedSeconds(record.answer ?? record.end)];
      return start === undefined || until === undefined || until < start ? undefined : until - start;
    },
    principal: (records) => callersOf(records)[0],
    talking: callersOf,
  };
}

const made = new WeakMap<FormatOptions, WholeCallRules>();

function rulesOf(options: FormatOptions): WholeCallRules {
  const known = made.get(options) ?? makeRules(options);
  made.set(options, known);
  return known;
}

function combine(items: readonly AssemblyRecord[], options: FormatOptions) {
  const call = wholeCall(items, rulesOf(options));
  const { callerNumber, dialedNumber } = call.record;
  const extension = call.direction === 'incoming' ? dialedNumber : callerNumber;
  return { ...call, record: { ...call.record, ...(extension === undefined ? {} : { extension }) } };
}

export const freeswitchAssembly: Assembly = {
  windowSeconds: 12 * 3600,
  keys: (record) => [record.callId, otherOf(record)].filter((uuid) => uuid !== undefined).map((uuid) => `uuid:${uuid}`),
  combine,
};
