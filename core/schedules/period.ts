/** Days of a report, said as seen from the day it is due, so that a run that is late is about the same days. */
import { DAY_S, type DayNumber, isoWeekday } from '../model/office-calendar.ts';
import type { Period } from '../model/schedule.ts';
import { civilFromDays, daysFromCivil, type LocalDay, localDayOf } from '../model/time.ts';
import { daysOfMonth } from '../store/month-days.ts';

export interface DayRange {
  readonly from: LocalDay;
  readonly to: LocalDay;
}

const textOf = (day: DayNumber): LocalDay => localDayOf(day * DAY_S);

/** Whole days before the due day, but for `this-month`: up to and with the due day. Weeks begin on Monday. */
export function rangeOf(period: Period, due: DayNumber): DayRange {
  const { year, month } = civilFromDays(due);
  const range = (from: DayNumber, to: DayNumber): DayRange => ({ from: textOf(from), to: textOf(to) });
  switch (period) {
    case 'yesterday':
      return range(due - 1, due - 1);
    case 'last-7-days':
      return range(due - 7, due - 1);
    case 'last-week': {
      const monday = due - isoWeekday(due) + 1;
      return range(monday - 7, monday - 1);
    }
    case 'this-month':
      return range(firstOfMonth(year, month), due);
    case 'last-month':
      return range(firstOfMonth(year, month - 1), firstOfMonth(year, month) - 1);
    case 'last-quarter': {
      const begun = month - ((month - 1) % 3);
      return range(firstOfMonth(year, begun - 3), firstOfMonth(year, begun) - 1);
    }
    case 'last-year':
      return range(firstOfMonth(year - 1, 1), firstOfMonth(year, 1) - 1);
  }
}

/** The month before that of the due day, `YYYY-MM`. */
export function lastMonth(due: DayNumber): string {
  return rangeOf('last-month', due).from.slice(0, 7);
}

export function rangeOfMonth(month: string): DayRange {
  const { first, end } = daysOfMonth(month);
  return { from: textOf(first), to: textOf(end - 1) };
}

/** `month` may lie beyond the year's ends by less than a year. */
function firstOfMonth(year: number, month: number): DayNumber {
  if (month < 1) return daysFromCivil(year - 1, month + 12, 1);
  return month > 12 ? daysFromCivil(year + 1, month - 12, 1) : daysFromCivil(year, month, 1);
}
