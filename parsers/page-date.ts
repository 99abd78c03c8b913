/**
 * The date that a page's heading or a line of its own prints, kept in the stream's context for the records below it, which
 * print no year (`XXXX-MM-DD`) or no date at all (`THH:MM:SS`).
 */
import { civilFromDays, daysFromCivil, isCivilDate } from '../core/model/time.ts';
import type { StreamContext } from './types.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const HALF_YEAR_DAYS = 183;
/** A call that began so much earlier than the last one belongs to the next day; long calls alone are never this late. */
const BACKWARDS_MINUTES = 4 * 60;
/** And one that seems to be so much later began the day before and is printed now. */
const FORWARDS_MINUTES = 20 * 60;

const DAY_KEY = 'pageDay';
const MINUTE_KEY = 'pageMinute';

/** Days of `YYYY-MM-DD`; undefined for a date without a year, or that the calendar has not. */
function dayNumber(date: string): number | undefined {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  return Number.isNaN(year) || !isCivilDate(year, month, day) ? undefined : daysFromCivil(year, month, day);
}

function dateOf(day: number): string {
  const { year, month, day: dayOfMonth } = civilFromDays(day);
  return `${year}-${two(month)}-${two(dayOfMonth)}`;
}

/** A heading with the date `YYYY-MM-DD` (or `XXXX-MM-DD`) was seen: what follows is of this day or later. */
export function rememberPageDate(context: StreamContext, date: string): void {
  if (context[DAY_KEY] === date) return;
  context[DAY_KEY] = date;
  delete context[MINUTE_KEY];
}

/** `XXXX-MM-DD` with the year that brings it nearest to the heading's date; unchanged while no heading was seen. */
export function withPageYear(context: StreamContext, date: string): string {
  const page = context[DAY_KEY];
  if (page === undefined || !date.startsWith('XXXX')) return date;
  if (page !== yearOf.page || date !== yearOf.printed) yearOf = { page, printed: date, dated: datedBy(page, date) };
  return yearOf.dated;
}

/** The last date that was given its year: records of one day come together. */
let yearOf = { page: '', printed: '', dated: '' };

function datedBy(page: string, date: string): string {
  const pageDay = dayNumber(page);
  if (pageDay === undefined) return date;
  const year = Number(page.slice(0, 4));
  for (const candidate of [year, year - 1, year + 1]) {
    const dated = `${candidate}${date.slice(4)}`;
    const day = dayNumber(dated);
    if (day !== undefined && Math.abs(day - pageDay) <= HALF_YEAR_DAYS) return dated;
  }
  return date;
}

/** A record printed its own date in full: what follows without one is of that day or later. */
export function rememberRecordDay(context: StreamContext, date: string, time: string): void {
  context[DAY_KEY] = date;
  context[MINUTE_KEY] = String(minuteOf(time));
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/**
 * The day of a record that prints the clock alone; undefined while no heading was seen. A clock that runs backwards by
 * hours has passed midnight.
 */
export function pageDayAt(context: StreamContext, time: string): string | undefined {
  const page = context[DAY_KEY];
  if (page === undefined) return undefined;
  const minute = minuteOf(time);
  const last = context[MINUTE_KEY];
  // Without the year the days are counted in a leap year, which has every date.
  const isYearless = page.startsWith('XXXX');
  const day = dayNumber(isYearless ? `2000${page.slice(4)}` : page);
  if (day === undefined) return undefined;
  const named = (at: number): string => (isYearless ? `XXXX${dateOf(at).slice(4)}` : dateOf(at));
  const step = last === undefined ? 0 : minute - Number(last);
  if (step > FORWARDS_MINUTES) return named(day - 1);
  const today = step < -BACKWARDS_MINUTES ? named(day + 1) : page;
  context[DAY_KEY] = today;
  if (last === undefined || step > 0 || today !== page) context[MINUTE_KEY] = String(minute);
  return today;
}
