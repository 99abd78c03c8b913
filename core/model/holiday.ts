/** Days on which an office may be closed and a tariff may have another price. */
import type { LocalDay } from './time.ts';

/**
 * `law`: on that date every year. `lunar`: reckoned by another calendar. `chosen`: which day it is, is decided each year;
 * the usual choice until someone corrects it. `moved`: off in place of a holiday on a weekly day off. `own`: typed by people.
 */
export const HOLIDAY_BASES = ['law', 'lunar', 'chosen', 'moved', 'own'] as const;
export type HolidayBasis = (typeof HOLIDAY_BASES)[number];

export interface HolidayName {
  readonly en: string;
  readonly vi: string;
}

export interface Holiday {
  readonly day: LocalDay;
  readonly name: HolidayName;
  readonly basis: HolidayBasis;
}

/** Several on one day become one, with both names; the surer basis holds. */
export function mergeHolidays(holidays: readonly Holiday[]): readonly Holiday[] {
  const byDay = new Map<LocalDay, Holiday>();
  for (const holiday of holidays) {
    const known = byDay.get(holiday.day);
    byDay.set(holiday.day, known === undefined ? holiday : joined(known, holiday));
  }
  return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

function joined(a: Holiday, b: Holiday): Holiday {
  const text = (one: string, two: string): string => (one === two ? one : `${one}, ${two}`);
  const [first, second] = HOLIDAY_BASES.indexOf(a.basis) <= HOLIDAY_BASES.indexOf(b.basis) ? [a, b] : [b, a];
  return {
    day: a.day,
    name: { en: text(first.name.en, second.name.en), vi: text(first.name.vi, second.name.vi) },
    basis: first.basis,
  };
}
