/**
 * Ties the records of one CTX call. N is the summary and the call; S, E, X and M are moments of it, A and C the codes that
 * its station keyed, and a line with `&` goes on with the record in front of it. Nothing but station, line and time ties
 * them: a code belongs to the call of its station that runs at that moment or begins soon after.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { assembleSingle, firstCodeOf, legOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

export const CODE_FIELDS: readonly CodeField[] = ['authorization', 'account'];

const WINDOW_SECONDS = 12 * 3600;
/** A code is keyed before the number; a call rings before its talk begins. */
const BEFORE_START_SECONDS = 180;
const AFTER_END_SECONDS = 30;
/** The record of a start waits for the end of its call. */
const LONGEST_CALL_SECONDS = 8 * 3600;

/** Names the newest record of the stream, for its second line. */
const LAST = 'last';

const typeOf = (record: CallRecord): string => record.conditionCode ?? '';
const isContinuation = (record: CallRecord): boolean => typeOf(record) === '&';
/** A record that closes a call and is one: the summary, or a call given up. */
const isSummary = (record: CallRecord): boolean => typeOf(record) === 'N' || typeOf(record) === 'B';
const isCode = (record: CallRecord): boolean => typeOf(record) === 'A' || typeOf(record) === 'C';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** When the summary's call ran. */
function spanOf(record: CallRecord): Span | undefined {
  const seconds = record.durationSeconds ?? 0;
  const end = comparableSeconds(record.end);
  if (end !== undefined) return { from: end - seconds, to: end };
  const start = comparableSeconds(record.start ?? record.answer);
  return start === undefined ? undefined : { from: start, to: start + seconds };
}

const momentOf = (record: CallRecord): number | undefined =>
  comparableSeconds(record.start ?? record.end ?? record.answer);

function isNear(summary: CallRecord, moment: CallRecord): boolean {
  const [span, at] = [spanOf(summary), momentOf(moment)];
  return (
    span !== undefined &&
    at !== undefined &&
    at >= span.from - BEFORE_START_SECONDS &&
    at <= span.to + AFTER_END_SECONDS
  );
}

/** Both are of one line or, where one names no line, of one station. A transfer goes to another station on the same line. */
function fits(a: CallRecord, b: CallRecord): boolean {
  const isSameStation = a.extension !== undefined && a.extension === b.extension;
  const isInside = a.direction === 'internal' || b.direction === 'internal';
  if (isInside && a.trunk !== b.trunk) return false;
  if (a.trunk === undefined || b.trunk === undefined) return isSameStation;
  if (a.trunk !== b.trunk) return false;
  const isTransfer = typeOf(a) === 'X' || typeOf(b) === 'X';
  return isTransfer || isSameStation || a.extension === undefined || b.extension === undefined;
}

function joins(records: readonly AssemblyRecord[], { record: next }: AssemblyRecord): boolean {
  const last = records.at(-1)?.record;
  if (last === undefined) return false;
  // Keys brought it to the newest record of the stream; two of these lines never belong to one record.
  if (isContinuation(next)) return !isContinuation(last);
  const events = records.map(({ record }) => record).filter((record) => !isContinuation(record));
  if (!events.every((record) => fits(record, next))) return false;
  const summary = events.find(isSummary);
  if (isSummary(next)) return summary === undefined && events.every((record) => isNear(next, record));
  if (summary !== undefined) return isNear(summary, next);
  if (isCode(next) && events.some((record) => typeOf(record) === typeOf(next))) return false;
  if (typeOf(next) === 'S' && events.some((record) => !isCode(record))) return false;
  const at = momentOf(next);
  const times = events.map(momentOf).filter((moment) => moment !== undefined);
  if (at === undefined || times.length === 0) return false;
  // A code says its line or comes just before the call; anything else may be as far away as a call is long.
  const isLoose = events.every((record) => isCode(record) && record.trunk === undefined);
  const wait = isLoose || typeOf(next) === 'S' ? BEFORE_START_SECONDS : LONGEST_CALL_SECONDS;
  return times.every((moment) => Math.abs(at - moment) <= wait);
}

/** A call whose summary has not come: from its start and its end, as far as they are there. */
function unfinished(records: readonly AssemblyRecord[]): CallRecord {
  const all = records.map(({ record }) => record);
  const start = all.find((record) => typeOf(record) === 'S');
  const end = all.find((record) => typeOf(record) === 'E');
  const base = start ?? end ?? all.find((record) => !isContinuation(record)) ?? all[0] ?? {};
  const [from, to] = [comparableSeconds(start?.start), comparableSeconds(end?.end)];
  const talked = end?.durationSeconds ?? (from === undefined || to === undefined || to < from ? undefined : to - from);
  return {
    ...base,
    ...(end?.end === undefined ? {} : { end: end.end }),
    ...(talked === undefined ? {} : { durationSeconds: talked }),
  };
}

function combine(records: readonly AssemblyRecord[]): AssembledCall {
  const [first] = records;
  if (first === undefined) throw new RangeError('a call has at least one record');
  const summary = records.find(({ record }) => isSummary(record));
  if (records.length === 1 && summary !== undefined) return assembleSingle(first, CODE_FIELDS);
  const all = records.map(({ record }) => record);
  const main = summary?.record ?? unfinished(records);
  const second = all.find(isContinuation);
  const found = firstCodeOf(records, CODE_FIELDS);
  const callerNumber = main.callerNumber ?? second?.callerNumber;
  const callerName = main.callerName ?? second?.callerName;
  const dialedNumber =
    main.dialedNumber ??
    all.find((record) => !isContinuation(record) && record.dialedNumber !== undefined)?.dialedNumber ??
    second?.dialedNumber;
  const { authCode: _authorization, accountCode: _account, ...printed } = main;
  const codes = {
    authCode: all.find((record) => record.authCode !== undefined)?.authCode,
    accountCode: all.find((record) => record.accountCode !== undefined)?.accountCode,
  };
  const record: CallRecord = {
    ...printed,
    ...(callerNumber === undefined ? {} : { callerNumber }),
    ...(callerName === undefined ? {} : { callerName }),
    ...(dialedNumber === undefined ? {} : { dialedNumber }),
    ...(codes.authCode === undefined ? {} : { authCode: codes.authCode }),
    ...(codes.accountCode === undefined ? {} : { accountCode: codes.accountCode }),
    ...(all.some((one) => one.transferred === true) ? { transferred: true } : {}),
    ...(second?.extra === undefined ? {} : { extra: { ...main.extra, ...second.extra } }),
  };
  const direction = record.direction ?? 'none';
  const answered = record.answered ?? (record.durationSeconds === undefined ? undefined : record.durationSeconds > 0);
  const outside = outsideNumberOf(record, direction);
  const doubts = new Set<Doubt>(records.flatMap((entry) => entry.doubts));
  if (outside.isHidden) doubts.add('number-hidden');
  if (summary === undefined) doubts.add('leg-missing');
  return {
    record,
    direction,
    answered,
    talkSeconds: answered === true ? (record.durationSeconds ?? 0) : 0,
    ringSeconds: undefined,
    ...found,
    outsideNumber: outside.number,
    legs: records.map(legOf),
    doubts: [...doubts],
  };
}

export const ctxAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys(record) {
    if (isContinuation(record)) return [LAST];
    return [
      ...(record.trunk === undefined ? [] : [`line:${record.trunk}`]),
      ...(record.extension === undefined ? [] : [`station:${record.extension}`]),
      LAST,
    ];
  },
  joins,
  combine,
};
