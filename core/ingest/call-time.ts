/**
 * When a call began: from what the PBX printed and the site's zone. A record without a time, or with one that no calendar
 * has, is placed by the time its bytes arrived, and marked with a doubt.
 */
import type { CallRecord, Doubt, PrintedTime } from '../model/call-record.ts';
import { daysFromCivil, isCivilDate, isUtcTime, type LocalSeconds, partsOfPrinted } from '../model/time.ts';
import type { SiteZone } from './site-zone.ts';

export interface CallTime {
  readonly startLocalS: LocalSeconds;
  readonly utcOffsetMin: number;
  readonly doubts: readonly Doubt[];
}

export interface Arrival {
  readonly receivedAtMs: number;
  /** Bytes come while calls are made; false for a file read later, where the arrival says little. */
  readonly isLive: boolean;
}

const DAY_S = 86_400;
const LIVE_AHEAD_S = 3600;
/** A PBX that nobody read for a month may still send true records. */
const LIVE_BEHIND_S = 62 * DAY_S;

interface Moment {
  readonly local: LocalSeconds;
  readonly doubt: Doubt | undefined;
}

/** `talkSeconds` is what separates a printed end from the start. Never throws. */
export function callTimeOf(record: CallRecord, talkSeconds: number, arrival: Arrival, zone: SiteZone): CallTime {
  const printed = record.start ?? record.answer ?? record.end;
  const isEnd = record.start === undefined && record.answer === undefined;
  const afterPrint = isEnd ? 0 : talkSeconds;
  const arrivedInstant = Math.floor(arrival.receivedAtMs / 1000);
  const arrivedLocal = zone.localOfInstant(arrivedInstant);
  const moment = momentOf(printed, arrivedLocal - afterPrint);
  const doubts: Doubt[] = moment.doubt === undefined ? [] : [moment.doubt];

  const isUtc = moment.doubt === undefined && printed !== undefined && isUtcTime(printed);
  const placed = isUtc
    ? { instant: moment.local, doubt: undefined }
    : zone.placeLocal(moment.local, arrival.isLive ? arrivedInstant - afterPrint : undefined);
  const local = isUtc ? zone.localOfInstant(moment.local) : moment.local;
  if (placed.doubt !== undefined) doubts.push(placed.doubt);
  const startInstant = placed.instant - (isEnd ? talkSeconds : 0);
  const offsetS = zone.offsetSecondsAt(startInstant);
  if (isFarFromArrival(local + afterPrint - arrivedLocal, arrival.isLive)) doubts.push('clock-far-from-arrival');
  return { startLocalS: startInstant + offsetS, utcOffsetMin: Math.round(offsetS / 60), doubts };
}

function isFarFromArrival(aheadS: number, isLive: boolean): boolean {
  return isLive ? aheadS > LIVE_AHEAD_S || aheadS < -LIVE_BEHIND_S : aheadS > DAY_S;
}

/** `expected` is the arrival, moved to the moment that the printed time means. Dates are complete (date-context.ts). */
function momentOf(printed: PrintedTime | undefined, expected: LocalSeconds): Moment {
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  if (parts?.year === undefined || parts.month === undefined || parts.day === undefined)
    return { local: expected, doubt: 'date-from-arrival' };
  const { year, month, day, secondOfDay } = parts;
  if (!isCivilDate(year, month, day) || secondOfDay >= DAY_S) return { local: expected, doubt: 'date-impossible' };
  return { local: daysFromCivil(year, month, day) * DAY_S + secondOfDay, doubt: undefined };
}
