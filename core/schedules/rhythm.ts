/**
 * When a schedule is due. Reckoned in days of the site's calendar, each with one moment of the site's clock, so that a
 * change of that clock makes no run come twice and none go missing: an hour that is skipped counts from the clock before
 * the change, and of an hour that comes twice the first one counts.
 */
import type { SiteZone } from '../ingest/site-zone.ts';
import {
  DAY_S,
  type DayNumber,
  dayOf,
  isOfficeDay,
  isoWeekday,
  type OfficeCalendar,
  secondsOfClock,
} from '../model/office-calendar.ts';
import type { Rhythm } from '../model/schedule.ts';
import { daysOfMonth, monthOfDay } from '../store/month-days.ts';

export interface SiteTime {
  readonly zone: SiteZone;
  readonly calendar: OfficeCalendar;
}

/** A day on which a schedule is due, and the moment on it in milliseconds since 1970. */
export interface DueDay {
  readonly day: DayNumber;
  readonly atMs: number;
}

/** The day of the site's clock at a moment. */
export function dayAt({ zone }: Pick<SiteTime, 'zone'>, atMs: number): DayNumber {
  return dayOf(zone.localOfInstant(Math.floor(atMs / 1000)));
}

/** Due days after a day up to a moment, oldest first. */
export function dueDays(rhythm: Rhythm, afterDay: DayNumber, untilMs: number, site: SiteTime): readonly DueDay[] {
  const due: DueDay[] = [];
  const last = dayAt(site, untilMs) + 1;
  for (let day = afterDay + 1; day <= last; day += 1) {
    const found = dueOn(rhythm, day, site);
    if (found === undefined || found.atMs > untilMs) continue;
    due.push(found);
    day = lastDayOfTurn(rhythm, day);
  }
  return due;
}

/** A year and a day: every rhythm comes round sooner. */
const REACH_DAYS = 366;

/** The first due day after a day whose moment is still to come. */
export function nextDue(rhythm: Rhythm, afterDay: DayNumber, nowMs: number, site: SiteTime): DueDay | undefined {
  const from = Math.max(afterDay + 1, dayAt(site, nowMs) - 1);
  for (let day = from; day <= from + REACH_DAYS; day += 1) {
    const found = dueOn(rhythm, day, site);
    if (found !== undefined && found.atMs > nowMs) return found;
  }
  return undefined;
}

/**
 * The last day for which a run on this one counts. A month has one run, also when its last working day becomes another
 * after it.
 */
export function lastDayOfTurn(rhythm: Rhythm, day: DayNumber): DayNumber {
  return rhythm.every === 'month' ? monthDays(day).last : day;
}

/** Days that need no run when a schedule begins at a moment: those whose moment is over. */
export function beginsAfter(rhythm: Rhythm, nowMs: number, site: SiteTime): DayNumber {
  const today = dayAt(site, nowMs);
  return momentOn(rhythm, today, site) > nowMs ? today - 1 : today;
}

function dueOn(rhythm: Rhythm, day: DayNumber, site: SiteTime): DueDay | undefined {
  return isDueOn(rhythm, day, site.calendar) ? { day, atMs: momentOn(rhythm, day, site) } : undefined;
}

function momentOn({ at }: Rhythm, day: DayNumber, { zone }: SiteTime): number {
  return zone.placeLocal(day * DAY_S + secondsOfClock(at)).instant * 1000;
}

function isDueOn(rhythm: Rhythm, day: DayNumber, calendar: OfficeCalendar): boolean {
  switch (rhythm.every) {
    case 'day':
      return true;
    case 'week':
      return isoWeekday(day) === rhythm.weekday;
    case 'month': {
      const { first, last } = monthDays(day);
      if (rhythm.on === 'day') return day === Math.min(first + rhythm.day - 1, last);
      return day === lastWorkingDay(first, last, calendar);
    }
  }
}

/** The last day of all where the whole month is off. */
function lastWorkingDay(first: DayNumber, last: DayNumber, calendar: OfficeCalendar): DayNumber {
  for (let day = last; day >= first; day -= 1) if (isOfficeDay(calendar, day)) return day;
  return last;
}

function monthDays(day: DayNumber): { readonly first: DayNumber; readonly last: DayNumber } {
  const { first, end } = daysOfMonth(monthOfDay(day));
  return { first, last: end - 1 };
}
