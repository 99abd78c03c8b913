/** When the office is open: hours, weekdays and holidays of the site's wall clock. */
import type { LocalSeconds } from './time.ts';

export const DAY_S = 86_400;

/** Days since 1970-01-01 on the site's wall clock. */
export type DayNumber = number;

export interface OfficeCalendar {
  /** Seconds after midnight. A closing before the opening is one past midnight. */
  readonly opensAtS: number;
  readonly closesAtS: number;
  /** ISO weekdays, 1 is Monday. */
  readonly weekdays: ReadonlySet<number>;
  readonly holidays: ReadonlySet<DayNumber>;
}

export function dayOf(local: LocalSeconds): DayNumber {
  return Math.floor(local / DAY_S);
}

/** 1970-01-01 was a Thursday. */
export function isoWeekday(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Seconds after midnight of `HH:MM`. */
export function secondsOfClock(text: string): number {
  const [hours = '0', minutes = '0'] = text.split(':');
  return Number(hours) * 3600 + Number(minutes) * 60;
}

export function isOfficeDay(calendar: OfficeCalendar, day: DayNumber): boolean {
  return calendar.weekdays.has(isoWeekday(day)) && !calendar.holidays.has(day);
}

/** Seconds of the office's hours that begin on a day. */
export function openSeconds({ opensAtS, closesAtS }: OfficeCalendar): number {
  return closesAtS > opensAtS ? closesAtS - opensAtS : closesAtS + DAY_S - opensAtS;
}

/** Within the hours of the day, or of the day before where they go past midnight; widened on both sides. */
export function isOpenAt(calendar: OfficeCalendar, at: LocalSeconds, beforeS = 0, afterS = 0): boolean {
  const day = dayOf(at);
  return [day - 1, day].some((begun) => {
    if (!isOfficeDay(calendar, begun)) return false;
    const opens = begun * DAY_S + calendar.opensAtS;
    return at >= opens - beforeS && at < opens + openSeconds(calendar) + afterS;
  });
}
