/** The records of one call in the order they happened, with what each side of each record is. */

import type { CallRecord } from '../../core/model/call-record.ts';
import type { LocalSeconds } from '../../core/model/time.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import type { AssemblyRecord } from '../types.ts';
import {
  type Channel,
  type DialString,
  dialStrings,
  type Evidence,
  evidenceOn,
  isOutsideNumber,
  type PeerKind,
  RELAY_TECHS,
  SURE,
} from './channel.ts';
import type { AsteriskSettings } from './options.ts';
import { CUT_SECONDS, calledChannel, callerChannel, endSeconds, isFarHalf } from './ties.ts';

export interface Leg {
  readonly item: AssemblyRecord;
  readonly record: CallRecord;
  readonly from: Channel | undefined;
  readonly to: Channel | undefined;
  /** What `Dial()` was told. */
  readonly dials: readonly DialString[];
  readonly isFarHalf: boolean;
  readonly isAnswered: boolean;
  readonly start: LocalSeconds | undefined;
  readonly end: LocalSeconds | undefined;
  readonly billsec: number;
}

/** Applications that connect to a channel which is already there, instead of calling one. */
const ATTACHING_APP = /^(ParkedCall|Pickup|PickupChan|Bridge)$/i;

export const lastApp = (leg: Leg): string => leg.record.extra?.['lastapp'] ?? '';

/** The called side is not what was dialled: a channel put in its place by a transfer. Local channels lead anywhere. */
function isSwappedIn(leg: Leg): boolean {
  const { to, dials: strings } = leg;
  if (to === undefined || strings.length === 0 || !/^Dial$/i.test(lastApp(leg))) return false;
  return !strings.some(
    (dialled) =>
      RELAY_TECHS.has(dialled.tech) ||
      (dialled.tech === to.tech &&
        (dialled.number !== undefined || dialled.peer.toLowerCase() === to.peer.toLowerCase())),
  );
}

export const isAttaching = (leg: Leg): boolean => ATTACHING_APP.test(lastApp(leg)) || isSwappedIn(leg);

function legOf(item: AssemblyRecord): Leg {
  const { record } = item;
  return {
    item,
    record,
    from: callerChannel(record),
    to: calledChannel(record),
    dials: dialStrings(record.extra?.['lastdata']),
    isFarHalf: isFarHalf(record),
    isAnswered: record.answered === true,
    start: comparableSeconds(record.start),
    end: endSeconds(record),
    billsec: record.durationSeconds ?? 0,
  };
}

const textOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const serialOf = (record: CallRecord): number => Number(/\.(\d+)$/.exec(record.callId ?? '')?.[1] ?? 0);
const sequenceOf = (record: CallRecord): number => Number(record.extra?.['sequence'] ?? 0) || 0;

export function legsInOrder(records: readonly AssemblyRecord[]): readonly Leg[] {
  return records
    .map(legOf)
    .sort(
      (a, b) =>
        (a.start ?? 0) - (b.start ?? 0) ||
        sequenceOf(a.record) - sequenceOf(b.record) ||
        serialOf(a.record) - serialOf(b.record) ||
        textOrder(a.to?.name ?? '', b.to?.name ?? ''),
    );
}

/** Kinds of all devices of one call, by the best evidence that any of its records gives. */
export class Devices {
  private readonly evidence = new Map<string, Evidence>();

  constructor(legs: readonly Leg[], settings: AsteriskSettings) {
    for (const leg of legs) {
      // The number fields of a far half name the other side, so they say nothing on its channels.
      const [record, dials] = leg.isFarHalf ? [{}, []] : [leg.record, leg.dials];
      if (leg.from !== undefined) this.add(leg.from, evidenceOn(leg.from, 'caller', record, dials, settings));
      if (leg.to !== undefined) this.add(leg.to, evidenceOn(leg.to, 'called', record, dials, settings));
    }
  }

  private add(channel: Channel, found: Evidence): void {
    const known = this.evidence.get(channel.device);
    if (known === undefined || found.weight > known.weight) this.evidence.set(channel.device, found);
  }

  kindOf(channel: Channel | undefined): PeerKind | 'relay' | undefined {
    if (channel === undefined) return undefined;
    return channel.isRelay ? 'relay' : this.evidence.get(channel.device)?.kind;
  }

  isTrunk(channel: Channel | undefined): channel is Channel {
    return this.kindOf(channel) === 'trunk';
  }

  isExtension(channel: Channel | undefined): channel is Channel {
    return this.kindOf(channel) === 'extension';
  }

  isSure(channel: Channel | undefined): boolean {
    return channel !== undefined && (this.evidence.get(channel.device)?.weight ?? 0) >= SURE;
  }
}

/** The number behind a code that was dialled in front of it. */
export function withoutCode(number: string | undefined, settings: AsteriskSettings): string | undefined {
  if (number === undefined) return undefined;
  return settings.dialPattern?.exec(number)?.groups?.['number'] ?? number;
}

/** The number in `Local/912345678@context`. */
export function relayNumber(channel: Channel): string {
  return channel.peer.split('@')[0] ?? '';
}

/**
 * A relay nothing else is known of: no record of its other half (the dialled half itself goes on after a transfer), and
 * none that shows where it led.
 */
export function isDeadEndRelay(leg: Leg, legs: readonly Leg[]): boolean {
  const relay = leg.to;
  if (relay === undefined || !relay.isRelay || leg.isFarHalf) return false;
  return !legs.some(
    (other) =>
      other !== leg &&
      !other.isFarHalf &&
      other.to !== undefined &&
      ((other.from?.name === relay.name && other.from.half !== '1') ||
        (other.from?.name === leg.from?.name && !other.to.isRelay)),
  );
}

export function leadsOutside(leg: Leg, legs: readonly Leg[], settings: AsteriskSettings): boolean {
  if (leg.to === undefined || !isDeadEndRelay(leg, legs)) return false;
  const number = relayNumber(leg.to);
  if (/\d/.test(number)) return isOutsideNumber(number, settings);
  // `Local/s@carrier` says nothing; a telephone that dialled an outside number does.
  const { callerNumber, dialedNumber } = leg.record;
  return isOutsideNumber(withoutCode(dialedNumber, settings), settings) && !isOutsideNumber(callerNumber, settings);
}

/** Seconds talked over these legs. Legs that tell the same time twice (both halves of a channel) count once. */
export function talkedSeconds(legs: readonly Leg[]): number {
  const spans = legs
    .filter((leg) => leg.isAnswered && leg.billsec > 0)
    .map((leg) => ({
      from: leg.end === undefined ? undefined : leg.end - leg.billsec,
      to: leg.end,
      seconds: leg.billsec,
    }))
    .sort((a, b) => (a.from ?? 0) - (b.from ?? 0));
  let total = 0;
  let reached: number | undefined;
  for (const span of spans) {
    const overlap = reached === undefined || span.from === undefined ? 0 : reached - span.from;
    total += overlap > CUT_SECONDS ? Math.max(0, span.seconds - overlap) : span.seconds;
    if (span.to !== undefined && (reached === undefined || span.to > reached)) reached = span.to;
  }
  return total;
}
