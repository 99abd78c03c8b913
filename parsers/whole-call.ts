/** One call of several records that each tell a whole conversation or a part of it, with their times printed in full. */
import type { AssembledCall, CallDirection, CodeField } from '../core/model/call.ts';
import type { CallRecord, Doubt } from '../core/model/call-record.ts';
import { comparableSeconds } from '../core/model/time.ts';
import { answeredOf, type DirectionFound, firstCodeOf, legOf } from './assembly.ts';
import type { AssemblyRecord } from './types.ts';

const isTalked = (record: CallRecord): boolean => answeredOf(record) === true && (record.durationSeconds ?? 0) > 0;

/** Seconds in which at least one of these records was talking: legs of one call overlap. */
export function talkedSeconds(records: readonly CallRecord[]): number {
  const spans: { readonly from: number; readonly to: number }[] = [];
  let untimed = 0;
  for (const record of records) {
    if (!isTalked(record)) continue;
    const seconds = record.durationSeconds ?? 0;
    const end = comparableSeconds(record.end);
    const from =
      comparableSeconds(record.answer) ?? (end === undefined ? comparableSeconds(record.start) : end - seconds);
    if (from === undefined) untimed += seconds;
    else spans.push({ from, to: from + seconds });
  }
  spans.sort((a, b) => a.from - b.from);
  let total = untimed;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}

/** How a family reads its own records. */
export interface WholeCallRules {
  readonly codeFields: readonly CodeField[];
  direction(record: CallRecord): DirectionFound;
  outsideNumber(record: CallRecord, direction: CallDirection): string | undefined;
  /** Seconds from the start to the answer or, of a call nobody took, to its end. */
  ringSeconds(record: CallRecord): number | undefined;
  /** The record that says whose call it is; absent: the first that was talked on, else the first. */
  principal?(records: readonly CallRecord[]): CallRecord | undefined;
  /** The records that count as talk; absent: every answered one. */
  talking?(records: readonly CallRecord[]): readonly CallRecord[];
}

/** The call that these records are, whatever order they came in. */
export function wholeCall(items: readonly AssemblyRecord[], rules: WholeCallRules): AssembledCall {
  const inOrder = items.toSorted((a, b) => (a.record.start ?? '').localeCompare(b.record.start ?? ''));
  const records = inOrder.map((item) => item.record);
  const [first] = records;
  if (first === undefined) throw new RangeError('a call has at least one record');
  const principal = rules.principal?.(records) ?? records.find(isTalked) ?? first;
  const { direction, isGuessed } = rules.direction(principal);
  const talking = rules.talking?.(records) ?? records;
  const answers = talking.map(answeredOf);
  const answered = answers.includes(true) ? true : answers.includes(false) ? false : undefined;
  const isAnswered = answered === true && direction !== 'none';
  const talkSeconds = isAnswered ? talkedSeconds(talking) : 0;
  const ends = records.map((record) => record.end).filter((end) => end !== undefined);
  const lastEnd = ends.reduce<string | undefined>(
    (last, end) => (last === undefined || end > last ? end : last),
    undefined,
  );
  const doubts = new Set<Doubt>(items.flatMap((item) => item.doubts));
  if (isGuessed) doubts.add('direction-guessed');
  return {
    record:
      records.length === 1
        ? principal
        : {
            ...principal,
            ...(first.start === undefined ? {} : { start: first.start }),
            ...(lastEnd === undefined ? {} : { end: lastEnd }),
            durationSeconds: talkSeconds,
          },
    direction,
    answered: direction === 'none' ? false : answered,
    talkSeconds,
    ringSeconds: rules.ringSeconds(principal),
    ...(direction === 'incoming' || direction === 'none'
      ? { code: undefined, codeField: undefined }
      : firstCodeOf(inOrder, rules.codeFields)),
    outsideNumber: rules.outsideNumber(principal, direction),
    legs: items.map(legOf),
    doubts: [...doubts],
  };
}
