/** Calls that a PBX prints segment by segment: when a segment talked, and one call out of several. */
import type { AssembledCall, CallDirection, CodeField } from '../core/model/call.ts';
import type { CallRecord, Doubt } from '../core/model/call-record.ts';
import { comparableSeconds } from '../core/model/time.ts';
import { assembleSingle, firstCodeOf, legOf, outsideNumberOf } from './assembly.ts';
import type { AssemblyRecord } from './types.ts';

/** When the talk of a segment began: as printed, or its end less its duration. */
export function talkBegan(record: CallRecord): number | undefined {
  const end = comparableSeconds(record.end);
  return end === undefined ? comparableSeconds(record.start) : end - (record.durationSeconds ?? 0);
}

export function talkEnded(record: CallRecord): number | undefined {
  const end = comparableSeconds(record.end);
  if (end !== undefined) return end;
  const start = comparableSeconds(record.start);
  return start === undefined ? undefined : start + (record.durationSeconds ?? 0);
}

/** Data protection prints the last digits as `????` or `****`. */
const MASK = /\?+|(?<=\d)\*{3,}$/;
const isMasked = (number: string | undefined): boolean => number !== undefined && MASK.test(number);

/** A masked digit hides the rest of the number as a dot does. */
function outsideOf(record: CallRecord, direction: CallDirection) {
  const { dialedNumber, callerNumber } = record;
  return outsideNumberOf(
    {
      ...(dialedNumber === undefined ? {} : { dialedNumber: dialedNumber.replace(MASK, '.') }),
      ...(callerNumber === undefined ? {} : { callerNumber: callerNumber.replace(MASK, '.') }),
    },
    direction,
  );
}

function single(entry: AssemblyRecord, codeFields: readonly CodeField[]): AssembledCall {
  const call = assembleSingle(entry, codeFields);
  if (!isMasked(entry.record.dialedNumber) && !isMasked(entry.record.callerNumber)) return call;
  const outside = outsideOf(entry.record, call.direction);
  const isNew = outside.isHidden && !call.doubts.includes('number-hidden');
  return {
    ...call,
    outsideNumber: outside.number,
    doubts: isNew ? [...call.doubts, 'number-hidden'] : call.doubts,
  };
}

const isTalk = ({ record, part }: AssemblyRecord): boolean =>
  !part && record.answered !== false && (record.durationSeconds ?? 0) > 0;

function firstOf<K extends keyof CallRecord>(records: readonly AssemblyRecord[], key: K): CallRecord[K] | undefined {
  return records.find(({ record }) => record[key] !== undefined)?.record[key];
}

/**
 * One call of its segments: the talk is their sum, its party the first that talked, its code the first that was keyed.
 * Parts lend nothing but what no segment has.
 */
export function combineSegments(
  entries: readonly AssemblyRecord[],
  codeFields: readonly CodeField[],
  more: readonly Doubt[] = [],
): AssembledCall {
  const [first] = entries;
  if (first === undefined) throw new RangeError('a call has at least one record');
  const withMore = (call: AssembledCall): AssembledCall =>
    more.length === 0 ? call : { ...call, doubts: [...new Set([...call.doubts, ...more])] };
  if (entries.length === 1) return withMore(single(first, codeFields));

  const inOrder = [...entries].sort((a, b) => (talkBegan(a.record) ?? 0) - (talkBegan(b.record) ?? 0));
  const segments = inOrder.filter(({ part }) => !part);
  const [only] = segments;
  if (segments.length === 1 && only !== undefined) {
    const call = single(only, codeFields);
    return withMore({ ...call, legs: inOrder.map(legOf) });
  }
  const talked = segments.filter(isTalk);
  const main = talked[0] ?? segments[0] ?? inOrder[0] ?? first;
  const talkSeconds = talked.reduce((sum, { record }) => sum + (record.durationSeconds ?? 0), 0);
  const direction = firstOf(inOrder, 'direction');
  const found = firstCodeOf(segments, codeFields);
  const begin = firstOf(segments, 'start');
  const end = segments.findLast(({ record }) => record.end !== undefined)?.record.end;
  const dialedNumber = firstOf(segments, 'dialedNumber');
  const callerNumber = firstOf(segments, 'callerNumber');
  const ringSeconds = firstOf(segments, 'ringSeconds');
  const accountCode = firstOf(segments, 'accountCode');
  const isAnswered =
    talkSeconds > 0 ||
    (segments.length > 0 && segments.every(({ record }) => record.answered === false) ? false : undefined);
  const record: CallRecord = {
    ...main.record,
    ...(begin === undefined ? {} : { start: begin }),
    ...(end === undefined ? {} : { end }),
    ...(dialedNumber === undefined ? {} : { dialedNumber }),
    ...(callerNumber === undefined ? {} : { callerNumber }),
    ...(ringSeconds === undefined ? {} : { ringSeconds }),
    ...(accountCode === undefined ? {} : { accountCode }),
    ...(segments.length === 0 ? {} : { durationSeconds: talkSeconds }),
    ...(segments.some((segment) => segment.record.transferred === true) ? { transferred: true } : {}),
  };
  const outside = outsideOf(record, direction ?? 'none');
  const doubts = new Set<Doubt>(entries.flatMap((entry) => entry.doubts));
  if (outside.isHidden) doubts.add('number-hidden');
  return withMore({
    record,
    direction: direction ?? 'none',
    answered: isAnswered,
    talkSeconds,
    ringSeconds,
    ...found,
    outsideNumber: outside.number,
    legs: inOrder.map(legOf),
    doubts: [...doubts],
  });
}
