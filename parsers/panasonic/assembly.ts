/**
 * Ties Panasonic records of one conversation: transfer legs (TR), group legs of duration 0 before the leg that answers,
 * RC and AN before the final line, KX-TA ring lines, and the two records of a call forwarded to a trunk (FW).
 *
 * A trunk carries one call at a time, so the trunk is the key and only its newest call can be joined. Times are printed
 * to the minute: legs touch when what is left between them is no more than that and a ringing time. In doubt records
 * stay calls of their own: two calls made one hide a call, one call made two is seen.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { answeredOf, assembleSingle, firstCodeOf, legOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord, FormatOptions } from '../types.ts';

/** A leg's record comes at its end, so the window must outlast the longest leg. */
const WINDOW_SECONDS = 12 * 3600;
/** Two printed minutes differ by up to one more than the moments they stand for. */
const TOUCH_SECONDS = 90;
const LONGEST_RING_SECONDS = 600;

export const CODE_FIELDS: readonly CodeField[] = ['verification', 'account'];

function codeFieldsOf(options: FormatOptions): readonly CodeField[] {
  const source = options['codeSource'];
  if (source === 'account') return ['account'];
  if (source === 'verification') return ['verification'];
  return CODE_FIELDS;
}

/** When the leg began to talk, as printed or as its end less its duration. */
function beganAt(record: CallRecord): number | undefined {
  const end = comparableSeconds(record.end);
  return end === undefined ? comparableSeconds(record.start) : end - (record.durationSeconds ?? 0);
}

function endedAt(record: CallRecord): number | undefined {
  const start = comparableSeconds(record.start);
  return comparableSeconds(record.end) ?? (start === undefined ? undefined : start + (record.durationSeconds ?? 0));
}

const isWithin = (from: number | undefined, to: number | undefined, least: number, most: number): boolean =>
  from !== undefined && to !== undefined && to - from >= least && to - from <= most;

const touches = (before: CallRecord, next: CallRecord): boolean =>
  isWithin(endedAt(before), beganAt(next), -TOUCH_SECONDS, TOUCH_SECONDS);

/** Both show the same outside party, or neither shows one. */
function isSameParty(a: CallRecord, b: CallRecord): boolean {
  return (
    a.callerNumber === b.callerNumber &&
    a.callerName === b.callerName &&
    (a.direction !== 'outgoing' || a.dialedNumber === b.dialedNumber)
  );
}

const isForward = (record: CallRecord): boolean => record.conditionCode === 'FW' && record.direction === 'outgoing';

function isForwardPair(a: CallRecord, b: CallRecord): boolean {
  const [inside, out] = isForward(a) ? [b, a] : [a, b];
  const seconds = out.durationSeconds ?? 0;
  return (
    isForward(out) &&
    inside.direction === 'incoming' &&
    inside.trunk !== out.trunk &&
    seconds > 0 &&
    inside.durationSeconds === seconds &&
    isWithin(endedAt(inside), endedAt(out), -60, 60)
  );
}

function isSameTrunkCall(last: CallRecord, next: CallRecord): boolean {
  if (last.trunk === undefined || last.trunk !== next.trunk || last.direction !== next.direction) return false;
  if (last.conditionCode === 'NA' || !isSameParty(last, next)) return false;
  if (next.conditionCode === 'RC' || next.conditionCode === 'FW') return false;
  if (last.conditionCode === 'RC') {
    const moment = next.conditionCode === 'AN' ? comparableSeconds(next.answer) : beganAt(next);
    return isWithin(comparableSeconds(last.start), moment, -TOUCH_SECONDS, LONGEST_RING_SECONDS);
  }
  if (next.conditionCode === 'AN') return false;
  if (last.conditionCode === 'AN') {
    return (
      last.extension === next.extension &&
      isWithin(comparableSeconds(last.answer), beganAt(next), -TOUCH_SECONDS, TOUCH_SECONDS)
    );
  }
  if (next.transferred === true) return (next.durationSeconds ?? 0) > 0 && touches(last, next);
  if (next.direction !== 'incoming') return false;
  // KX-TA: a line while it rings, another with the same start when somebody answers.
  if (last.startOrEnd === 'start') {
    const isRingLine = last.extension === undefined && last.durationSeconds === undefined;
    return isRingLine && next.extension !== undefined && last.start !== undefined && last.start === next.start;
  }
  // A leg of no duration that was not lost (NA) went on ringing somewhere else.
  return last.durationSeconds === 0 && last.extension !== next.extension && touches(last, next);
}

function merged(records: readonly AssemblyRecord[], options: FormatOptions): AssembledCall {
  const codeFields = codeFieldsOf(options);
  const [first] = records;
  const last = records.at(-1);
  if (first === undefined || last === undefined) throw new Error('a call has at least one record');
  if (records.length === 1) return assembleSingle(first, codeFields);

  const forward = records.find((entry) => isForward(entry.record));
  const talked = records.filter((entry) => !entry.part && (entry.record.durationSeconds ?? 0) > 0);
  const main = forward ?? talked[0] ?? records.findLast((entry) => !entry.part) ?? last;
  const incoming = forward === undefined ? undefined : records.find((entry) => entry !== forward);
  const talkSeconds =
    forward === undefined
      ? talked.reduce((sum, entry) => sum + (entry.record.durationSeconds ?? 0), 0)
      : (forward.record.durationSeconds ?? 0);
  const rings = records.slice(0, records.indexOf(main) + 1).map((entry) => entry.record.ringSeconds);
  const ringSeconds = rings.some((ring) => ring !== undefined)
    ? rings.reduce<number>((sum, ring) => sum + (ring ?? 0), 0)
    : undefined;
  const answers = records.map((entry) => answeredOf(entry.record));
  const answered = answers.includes(true) ? true : answers.findLast((answer) => answer !== undefined);
  const direction = forward === undefined ? (main.record.direction ?? 'none') : 'tandem';

  const record: { -readonly [K in keyof CallRecord]?: CallRecord[K] } = { ...main.record };
  if (main.record.durationSeconds !== undefined) record.durationSeconds = talkSeconds;
  if (ringSeconds !== undefined) record.ringSeconds = ringSeconds;
  const end = records.findLast((entry) => entry.record.end !== undefined)?.record.end;
  if (end !== undefined) record.end = end;
  if (records.some((entry) => entry.record.transferred === true)) record.transferred = true;
  if (incoming !== undefined) {
    record.direction = 'tandem';
    if (incoming.record.callerNumber !== undefined) record.callerNumber = incoming.record.callerNumber;
    if (incoming.record.trunk !== undefined) record.trunk = incoming.record.trunk;
    if (forward?.record.trunk !== undefined) record.trunkOut = forward.record.trunk;
  }

  const outside = outsideNumberOf(record, direction);
  const doubts = new Set<Doubt>(records.flatMap((entry) => entry.doubts));
  if (outside.isHidden) doubts.add('number-hidden');
  return {
    record,
    direction,
    answered,
    talkSeconds,
    ringSeconds,
    ...firstCodeOf(records, codeFields),
    outsideNumber: outside.number,
    legs: records.map(legOf),
    doubts: [...doubts],
  };
}

/** KX-TD500 prints `E117` for extension 117; the letters of floating numbers, doorphones and TIE groups tell them apart. */
function extensionOf(printed: string): string {
  return /^E\d+$/.test(printed) ? printed.slice(1) : printed;
}

function withPlainExtension<T extends { readonly extension?: string }>(of: T): T {
  return of.extension === undefined ? of : { ...of, extension: extensionOf(of.extension) };
}

function combine(records: readonly AssemblyRecord[], options: FormatOptions): AssembledCall {
  const call = merged(records, options);
  return { ...call, record: withPlainExtension(call.record), legs: call.legs.map(withPlainExtension) };
}

export const panasonicAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys(record) {
    if (record.trunk === undefined || record.direction === 'internal') return [];
    const trunk = `trunk:${record.trunk}`;
    if (isForward(record)) return ['forward', trunk];
    const canBeForwarded = record.direction === 'incoming' && (record.durationSeconds ?? 0) > 0;
    return canBeForwarded ? [trunk, 'forward'] : [trunk];
  },
  joins(records, next) {
    const last = records.at(-1);
    if (last === undefined) return false;
    const hasForward = records.some((entry) => isForward(entry.record));
    if (records.length === 1 && isForwardPair(last.record, next.record)) return true;
    return !hasForward && isSameTrunkCall(last.record, next.record);
  },
  combine,
};
