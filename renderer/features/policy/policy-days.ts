import type { DayRange } from '../../site-day.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAYS_SHOWN_AT_FIRST = 30;

/** The days of the address; without them the last thirty. */
export function daysOf(search: URLSearchParams, today: string): DayRange {
  const [from, to] = [search.get('from'), search.get('to')];
  const isDay = (text: string | null): text is string => text !== null && DAY.test(text);
  const last = isDay(to) ? to : today;
  return { from: isDay(from) ? from : daysBefore(last), to: last };
}

function daysBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - DAYS_SHOWN_AT_FIRST + 1);
  return at.toISOString().slice(0, 10);
}
