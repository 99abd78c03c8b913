/**
 * Mitel's records of one conversation. As a rule a transferred call is one record. With network OLI each leg has its own:
 * they share the call identifier (or name each other's as the associated one), and letters count them A, B, C. A record is
 * made for every trunk, so records over different trunks, or to different numbers, stay calls of their own: each is paid.
 * Call numbers begin again after 9999, so legs must also touch in time.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { answeredOf, assembleSingle, firstCodeOf, legOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

const CODE_FIELDS: readonly CodeField[] = ['account'];
/** A leg is printed when it ends, so the window must outlast the longest leg. */
const WINDOW_SECONDS = 12 * 3600;
/** Starts are printed to the minute on most systems; a transferred party may wait before somebody answers. */
const TOUCH_SECONDS = 300;
const YEAR_SECONDS = 366 * 86400;

interface Interval {
  readonly from: number;
  readonly to: number;
}

function intervalOf(record: CallRecord): Interval | undefined {
  const from = comparableSeconds(record.start);
  if (from === undefined) return undefined;
  return { from, to: from + (record.ringSeconds ?? 0) + (record.durationSeconds ?? 0) };
}

/** Seconds between the two, 0 where they overlap; the turn of the year is no distance. */
function distance(a: Interval, b: Interval): number {
  const apart = Math.max(a.from - b.to, b.from - a.to, 0);
  return apart > YEAR_SECONDS / 2 ? Math.max(0, YEAR_SECONDS - apart - (a.to - a.from) - (b.to - b.from)) : apart;
}

const sequenceOf = (record: CallRecord): string => record.extra?.['sequence'] ?? '';

/** The same record once more (a buffer that was read twice). */
const isRepeat = (a: CallRecord, b: CallRecord): boolean =>
  a.callId === b.callId &&
  sequenceOf(a) === sequenceOf(b) &&
  a.start === b.start &&
  a.durationSeconds === b.durationSeconds;

function isSameLine(a: CallRecord, b: CallRecord): boolean {
  if (a.trunk !== undefined && b.trunk !== undefined && a.trunk !== b.trunk) return false;
  const bothGoOut = a.direction === 'outgoing' && b.direction === 'outgoing';
  return !bothGoOut || a.dialedNumber === b.dialedNumber;
}

function joins(records: readonly AssemblyRecord[], next: AssemblyRecord): boolean {
  const interval = intervalOf(next.record);
  if (interval === undefined) return false;
  let isNear = false;
  for (const { record } of records) {
    if (isRepeat(record, next.record)) return true;
    if (record.callId === next.record.callId && sequenceOf(record) === sequenceOf(next.record)) return false;
    if (!isSameLine(record, next.record)) return false;
    const other = intervalOf(record);
    isNear ||= other !== undefined && distance(other, interval) <= TOUCH_SECONDS;
  }
  return isNear;
}

/** Each record once, in the order of its letters. */
function legsOf(records: readonly AssemblyRecord[]): readonly AssemblyRecord[] {
  const kept = records.filter(
    (entry, index) => !records.slice(0, index).some((before) => isRepeat(before.record, entry.record)),
  );
  const at = (entry: AssemblyRecord): number => intervalOf(entry.record)?.from ?? 0;
  return kept.toSorted((a, b) =>
    a.record.callId === b.record.callId
      ? sequenceOf(a.record).localeCompare(sequenceOf(b.record))
      : at(a) - at(b) || (a.record.callId ?? '').localeCompare(b.record.callId ?? ''),
  );
}

/** Letters of one identifier begin at A and leave none out. */
function isLegMissing(legs: readonly AssemblyRecord[]): boolean {
  const letters = new Map<string, string[]>();
  for (const { record } of legs) {
    const id = record.callId ?? '';
    letters.set(id, [...(letters.get(id) ?? []), sequenceOf(record)]);
  }
  return [...letters.values()].some((all) => all.some((letter, i) => letter !== '' && letter.charCodeAt(0) !== 65 + i));
}

function combine(records: readonly AssemblyRecord[]): AssembledCall {
  const legs = legsOf(records);
  const [first] = legs;
  if (first === undefined) throw new Error('a call has at least one record');
  const missing: readonly Doubt[] = isLegMissing(legs) ? ['leg-missing'] : [];
  if (legs.length === 1) {
    const single = assembleSingle(first, CODE_FIELDS);
    return { ...single, doubts: [...single.doubts, ...missing] };
  }
  const isOutside = (entry: AssemblyRecord): boolean => entry.record.direction !== 'internal';
  const paid = legs.some(isOutside) ? legs.filter(isOutside) : legs;
  const talked = paid.filter((entry) => answeredOf(entry.record) === true);
  const main = paid.find((entry) => entry.record.direction !== undefined) ?? first;
  const talker = talked[0] ?? main;
  const talkSeconds = talked.reduce((sum, entry) => sum + (entry.record.durationSeconds ?? 0), 0);
  const answered = talked.length > 0 ? true : answeredOf(main.record);
  const direction = main.record.direction ?? 'none';
  const { start, ringSeconds } = first.record;
  const extension = direction === 'incoming' ? talker.record.extension : main.record.extension;
  const record: CallRecord = {
    ...main.record,
    ...(start === undefined ? {} : { start }),
    ...(ringSeconds === undefined ? {} : { ringSeconds }),
    ...(extension === undefined ? {} : { extension }),
    durationSeconds: talkSeconds,
    ...(answered === undefined ? {} : { answered }),
    ...(talked.length > 1 || legs.some((entry) => entry.record.transferred === true) ? { transferred: true } : {}),
  };
  const outside = outsideNumberOf(record, direction);
  const doubts = new Set<Doubt>([...legs.flatMap((entry) => entry.doubts), ...missing]);
  if (outside.isHidden) doubts.add('number-hidden');
  return {
    record,
    direction,
    answered,
    talkSeconds,
    ringSeconds,
    ...firstCodeOf(legs, CODE_FIELDS),
    outsideNumber: outside.number,
    legs: legs.map(legOf),
    doubts: [...doubts],
  };
}

export const mitelAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys(record) {
    if (record.callId === undefined || sequenceOf(record) === '') return [];
    const node = record.extra?.['systemId'] ?? '';
    const associated = record.extra?.['associatedId'];
    const own = `id:${node}:${record.callId}`;
    return associated === undefined ? [own] : [own, `id:${node}:${associated}`];
  },
  joins,
  combine,
};
