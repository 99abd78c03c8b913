/**
 * Which records belong to one call. Same `uniqueid`: always (busy and a false answer, failover, ring group). Another
 * channel's record belongs only when it carries a channel on (transfer, Local halves): `linkedid` alone would also tie two
 * outside calls that were put together in one bridge, and each of those has its own owner.
 */
import type { CallRecord } from '../../core/model/call-record.ts';
import { comparableSeconds, type LocalSeconds } from '../../core/model/time.ts';
import type { AssemblyRecord } from '../types.ts';
import { byDevice, type Channel, channelOf } from './channel.ts';
import { EXTENSION_DIGITS } from './options.ts';
import { uniqueIdEpoch } from './utc-offset.ts';

/** Start, answer and end are cut to seconds each by itself, so times that meet may be printed this far apart. */
export const CUT_SECONDS = 2;

/** The printed end; the database's table prints none, so there it is as long after the start as the record lasted. */
export function endSeconds(record: CallRecord): LocalSeconds | undefined {
  if (record.end !== undefined) return comparableSeconds(record.end);
  const [start, duration] = [comparableSeconds(record.start), Number(record.extra?.['duration'] ?? Number.NaN)];
  return start === undefined || Number.isNaN(duration) ? undefined : start + duration;
}

const DEFAULT_DIGITS = { extensionDigits: EXTENSION_DIGITS } as const;

const FAR_APP = /^(AppDial2?|AppQueue)$/i;

/** The called side's own record: the same talk again, or the rest of a transferred line. */
export const isFarHalf = (record: CallRecord): boolean =>
  FAR_APP.test(record.extra?.['lastapp'] ?? '') || record.extra?.['lastdata'] === '(Outgoing Line)';

interface Sides {
  readonly record: CallRecord;
  readonly caller: Channel | undefined;
  readonly called: Channel | undefined;
}

/** Of the record that was asked for last: keys, ties and legs of one record ask one after the other. */
let last: Sides | undefined;

function sidesOf(record: CallRecord): Sides {
  if (last?.record !== record) {
    const { channel, dstchannel } = record.extra ?? {};
    last = { record, caller: channelOf(channel), called: channelOf(dstchannel) };
  }
  return last;
}

export const callerChannel = (record: CallRecord): Channel | undefined => sidesOf(record).caller;
export const calledChannel = (record: CallRecord): Channel | undefined => sidesOf(record).called;

/** How much the name alone looks like a line. */
function lineLikeness(channel: Channel | undefined): number {
  if (channel === undefined) return Number.NEGATIVE_INFINITY;
  const { kind, weight } = byDevice(channel, DEFAULT_DIGITS);
  return kind === 'trunk' ? weight : -weight;
}

/**
 * The line stands first: one that another telephone had dialled over belongs to that telephone's call, also when the
 * record that takes it over has the uniqueid of a call between telephones (attended transfer). In a called side's own
 * record the line is the calling channel, unless the names say otherwise (both were called, the telephone first).
 */
export function asteriskKeys(record: CallRecord): readonly string[] {
  const [caller, called] = [callerChannel(record), calledChannel(record)];
  const isCallerLine = isFarHalf(record) && lineLikeness(caller) >= lineLikeness(called);
  const [line, other] = isCallerLine ? [caller, called] : [called, caller];
  const isRelayDialled = line?.isRelay === true && /(^|&)Local\//i.test(record.extra?.['lastdata'] ?? '');
  const lineKeys = line === undefined ? [] : [`c:${line.name}`];
  const idKeys = record.callId === undefined ? [] : [`u:${record.callId}`];
  return [
    // A Local channel that was dialled is this call's own.
    ...(isRelayDialled ? [...idKeys, ...lineKeys] : [...lineKeys, ...idKeys]),
    ...(record.linkedId === undefined ? [] : [`l:${record.linkedId}`]),
    ...(other === undefined ? [] : [`c:${other.name}`]),
  ];
}

function sharedChannels(a: CallRecord, b: CallRecord): readonly Channel[] {
  const theirs = [callerChannel(b)?.name, calledChannel(b)?.name];
  return [callerChannel(a), calledChannel(a)].filter(
    (channel): channel is Channel => channel !== undefined && theirs.includes(channel.name),
  );
}

/** The later record's channel was made before that record began: it went on from the earlier one. */
function isCarriedOn(earlier: CallRecord, later: CallRecord, from: LocalSeconds, to: LocalSeconds): boolean {
  // A parked call is fetched by a channel of its own, made at that moment.
  if (/^ParkedCall$/i.test(later.extra?.['lastapp'] ?? '')) return true;
  const [earlierEpoch, laterEpoch] = [uniqueIdEpoch(earlier.callId), uniqueIdEpoch(later.callId)];
  if (earlierEpoch === undefined || laterEpoch === undefined) {
    // Without ids: the same caller goes on, or the party that was dialled now calls a telephone.
    const { callerNumber } = later;
    if (callerNumber === undefined) return isFarHalf(later);
    if (callerNumber === earlier.callerNumber) return true;
    const number = callerNumber.replace('+', '');
    return earlier.dialedNumber?.endsWith(number) === true || earlier.extra?.['lastdata']?.includes(number) === true;
  }
  return to - laterEpoch - (from - earlierEpoch) > CUT_SECONDS;
}

function isTied(a: CallRecord, b: CallRecord): boolean {
  if (a.callId !== undefined && a.callId === b.callId) return true;
  const shared = sharedChannels(a, b);
  if (shared.length === 0) return false;
  if (a.linkedId !== undefined && a.linkedId === b.linkedId) return true;
  const [startA, startB] = [comparableSeconds(a.start), comparableSeconds(b.start)];
  if (startA === undefined || startB === undefined) return false;
  const isAFirst = startA === startB ? (endSeconds(a) ?? startA) >= (endSeconds(b) ?? startB) : startA < startB;
  const [earlier, later] = isAFirst ? [a, b] : [b, a];
  const [from, to] = isAFirst ? [startA, startB] : [startB, startA];
  const gap = to - (endSeconds(earlier) ?? from);
  if (gap > CUT_SECONDS) return false;
  if (shared.some((channel) => channel.isUnique || channel.isRelay)) return true;
  // `DAHDI/1-1` is the name of every call on that port; only times and ids tell a transfer from the next call.
  return gap < 0 || isCarriedOn(earlier, later, from, to);
}

/** One channel made two answered calls under two codes without hanging up: each has its own owner. */
function isUnderAnotherCode(a: CallRecord, b: CallRecord): boolean {
  const [codeA, codeB] = [a.accountCode, b.accountCode];
  return (
    callerChannel(a)?.name === callerChannel(b)?.name &&
    codeA !== undefined &&
    codeB !== undefined &&
    codeA !== codeB &&
    a.dialedNumber !== b.dialedNumber &&
    [a, b].every((record) => record.answered === true && calledChannel(record) !== undefined)
  );
}

export function asteriskJoins(records: readonly AssemblyRecord[], next: AssemblyRecord): boolean {
  if (records.some((known) => isUnderAnotherCode(known.record, next.record))) return false;
  return records.some((known) => isTied(known.record, next.record));
}
