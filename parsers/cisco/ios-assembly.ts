/**
 * Legs of one call over an IOS gateway: same ConnectionId. They run side by side, so their talk times are not added: the
 * longest answered leg that went out counts, without one the leg that came in. Which number is inside shows only by its
 * length; a direction concluded so is marked as a guess. Feature messages are parts.
 */
import type { AssembledCall, CallDirection } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { cleanNumber, directionOf, firstCodeOf, legOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord, FormatOptions } from '../types.ts';
import { extensionDigitsOf } from './options.ts';

/** Messages come when a leg ends. */
const WINDOW_SECONDS = 12 * 3600;
const TRANSFERS = ['BXFER', 'CXFER'];

const originOf = (entry: AssemblyRecord): string | undefined => entry.record.extra?.['callOrigin'];

/** UDP may bring a message twice. */
function isRepeat(a: CallRecord, b: CallRecord): boolean {
  return (
    a.callId === b.callId &&
    a.start === b.start &&
    a.end === b.end &&
    a.callerNumber === b.callerNumber &&
    a.dialedNumber === b.dialedNumber &&
    a.conditionCode === b.conditionCode &&
    a.extra?.['callLegType'] === b.extra?.['callLegType']
  );
}

function concluded(caller: string | undefined, called: string | undefined, digits: number): CallDirection | undefined {
  if (caller === undefined || called === undefined) return undefined;
  const isInside = (number: string): boolean => /^\d+$/.test(number) && number.length <= digits;
  if (isInside(caller)) return isInside(called) ? 'internal' : 'outgoing';
  return isInside(called) ? 'incoming' : 'tandem';
}

const longest = (legs: readonly AssemblyRecord[]): AssemblyRecord | undefined =>
  legs.toSorted((a, b) => (b.record.durationSeconds ?? 0) - (a.record.durationSeconds ?? 0))[0];

function combine(records: readonly AssemblyRecord[], options: FormatOptions): AssembledCall {
  const kept = records.filter(
    (entry, index) => !records.slice(0, index).some((before) => isRepeat(before.record, entry.record)),
  );
  const legs = kept.filter((entry) => !entry.part);
  const features = kept.filter((entry) => entry.part);
  const [cameIn, wentOut] = [legs.filter((e) => originOf(e) === '2'), legs.filter((e) => originOf(e) === '1')];
  const main = longest(wentOut) ?? longest(cameIn) ?? kept[0];
  if (main === undefined) throw new Error('a call has at least one record');
  const [feature] = features;
  const caller = cameIn.find((entry) => entry.record.callerNumber !== undefined)?.record.callerNumber;
  const called =
    main.record.dialedNumber ?? wentOut.find((e) => e.record.dialedNumber !== undefined)?.record.dialedNumber;
  const callerNumber = caller ?? feature?.record.callerNumber;
  const starts = (legs.length > 0 ? legs : kept).flatMap((entry) => entry.record.start ?? []).toSorted();
  const [start] = starts;
  const numbers = {
    ...(callerNumber === undefined ? {} : { callerNumber }),
    ...(called === undefined ? {} : { dialedNumber: called }),
  };
  const found = concluded(callerNumber, called, extensionDigitsOf(options));
  const direction = legs.length === 0 ? 'none' : (found ?? directionOf(numbers).direction);
  const extension =
    direction === 'incoming' ? called : direction === 'outgoing' || direction === 'internal' ? callerNumber : undefined;
  const answered = legs.length === 0 ? false : main.record.answered;
  const talkSeconds = answered === true ? (main.record.durationSeconds ?? 0) : 0;
  const isTransferred = features.some((entry) => TRANSFERS.includes(entry.record.conditionCode ?? ''));
  const record: CallRecord = {
    ...main.record,
    ...(start === undefined ? {} : { start }),
    ...numbers,
    ...(direction === 'none' ? {} : { direction }),
    ...(extension === undefined ? {} : { extension }),
    ...(isTransferred ? { transferred: true } : {}),
  };
  const doubts = new Set<Doubt>(kept.flatMap((entry) => entry.doubts));
  if (cameIn.length === 0 || wentOut.length === 0) doubts.add('leg-missing');
  if (legs.length > 0) doubts.add('direction-guessed');
  const outside = cleanNumber(direction === 'incoming' ? callerNumber : called).number;
  return {
    record,
    direction,
    answered,
    talkSeconds,
    ringSeconds: undefined,
    ...firstCodeOf(kept, ['account']),
    outsideNumber: direction === 'internal' || direction === 'none' ? undefined : outside,
    legs: kept.map(legOf),
    doubts: [...doubts],
  };
}

export const iosAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: (record) => (record.callId === undefined ? [] : [`id:${record.callId}`]),
  combine,
};
