/** The days of a month, and the month of a day. */
import { daysFromCivil, localDayOf } from '../model/time.ts';
import { SECONDS_PER_DAY } from './daily-sums.ts';

/** Days since 1970 of a month's first day and of the day after its last. */
export interface DayRange {
  readonly first: number;
  readonly end: number;
}

/** Throws on a text that is no `YYYY-MM`. */
export function daysOfMonth(month: string): DayRange {
  const m = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (m === null) throw new Error(`not a month: ${month}`);
  const [year, number] = [Number(m[1]), Number(m[2])];
  const end = number === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, number + 1, 1);
  return { first: daysFromCivil(year, number, 1), end };
}

export function monthOfDay(day: number): string {
  return localDayOf(day * SECONDS_PER_DAY).slice(0, 7);
}
