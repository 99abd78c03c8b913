/**
 * When a call began: from what the PBX printed, the site's zone and, where the print leaves something out, the time the
 * bytes arrived. Everything taken from the arrival is marked with a doubt.
 */
import type { CallRecord, Doubt, PrintedTime } from '../model/call-record.ts';
import {
  civilFromDays,
  daysFromCivil,
  isCivilDate,
  type LocalSeconds,
  type PrintedParts,
  partsOfPrinted,
} from '../model/time.ts';
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
/** How far a PBX's clock may run ahead before a date is taken from the day or year before. */
const AHEAD_S = 2 * DAY_S;
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
  const arrivedLocal = zone.localOfInstant(Math.floor(arrival.receivedAtMs / 1000));
  const moment = momentOf(printed, arrivedLocal - afterPrint);
  const doubts: Doubt[] = moment.doubt === undefined ? [] : [moment.doubt];

  const placed = zone.placeLocal(moment.local);
  if (placed.doubt !== undefined) doubts.push(placed.doubt);
  const startInstant = placed.instant - (isEnd ? talkSeconds : 0);
  const offsetS = zone.offsetSecondsAt(startInstant);
  if (isFarFromArrival(moment.local + afterPrint - arrivedLocal, arrival.isLive)) doubts.push('clock-far-from-arrival');
  return { startLocalS: startInstant + offsetS, utcOffsetMin: Math.round(offsetS / 60), doubts };
}

function isFarFromArrival(aheadS: number, isLive: boolean): boolean {
  return isLive ? aheadS > LIVE_AHEAD_S || aheadS < -LIVE_BEHIND_S : aheadS > DAY_S;
}

/** `expected` is the arrival, moved to the moment that the printed time means. */
function momentOf(printed: PrintedTime | undefined, expected: LocalSeconds): Moment {
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  if (parts === undefined) return { local: expected, doubt: 'date-from-arrival' };
  const { year, month, day } = parts;
  if (month === undefined || day === undefined) return momentOfClock(parts.secondOfDay, expected);
  if (year === undefined) return momentWithoutYear(parts, month, day, expected);
  if (!isCivilDate(year, month, day) || parts.secondOfDay >= DAY_S)
    return { local: expected, doubt: 'date-impossible' };
  return { local: daysFromCivil(year, month, day) * DAY_S + parts.secondOfDay, doubt: undefined };
}

/** A clock without a date is of the day that brings it nearest to the arrival. */
function momentOfClock(secondOfDay: number, expected: LocalSeconds): Moment {
  const days = Math.round((expected - secondOfDay) / DAY_S);
  return { local: days * DAY_S + secondOfDay, doubt: 'date-from-arrival' };
}

/** A date without a year is the newest one that is not after the arrival. */
function momentWithoutYear(parts: PrintedParts, month: number, day: number, expected: LocalSeconds): Moment {
  const newest = civilFromDays(Math.floor((expected + AHEAD_S) / DAY_S)).year;
  // 29 February may be eight years back: 1900 and 2100 have none.
  for (let year = newest; year > newest - 9; year -= 1) {
    if (!isCivilDate(year, month, day)) continue;
    const local = daysFromCivil(year, month, day) * DAY_S + parts.secondOfDay;
    if (local <= expected + AHEAD_S) return { local, doubt: 'year-from-arrival' };
  }
  return { local: expected, doubt: 'date-impossible' };
}
