/** Keeps the site's calendar of holidays filled: from the country's rules, for the years around today. */
import { computeHolidays, type HolidayPlace, VIETNAM } from './holidays/compute-holidays.ts';
import type { Database } from './store/database.ts';
import { HolidayStore } from './store/holidays.ts';
import { SettingsStore } from './store/settings.ts';

/** Calls may be read years later, and a tariff is drafted for years to come. */
const YEARS_BEFORE = 3;
const YEARS_AHEAD = 3;

/** ISO weekdays on which the office is closed. */
function weeklyDaysOff(db: Database): ReadonlySet<number> {
  const open = new Set(new SettingsStore(db).get().officeDays);
  return new Set([1, 2, 3, 4, 5, 6, 7].filter((weekday) => !open.has(weekday)));
}

/** Fills these years anew from a country's rules; what people typed or removed stays. */
export async function seedHolidays(db: Database, place: HolidayPlace, years: readonly number[]): Promise<void> {
  const holidays = await computeHolidays(place, years, weeklyDaysOff(db));
  new HolidayStore(db).seed(place, years, holidays);
}

/** At each start: the years around today that are not there yet. */
export async function ensureHolidays(db: Database, nowMs: number): Promise<void> {
  const store = new HolidayStore(db);
  const present = new Date(nowMs).getUTCFullYear();
  const known = new Set(store.seededYears());
  const missing = Array.from({ length: YEARS_BEFORE + 1 + YEARS_AHEAD }, (_, i) => present - YEARS_BEFORE + i).filter(
    (year) => !known.has(year),
  );
  if (missing.length === 0) return;
  await seedHolidays(db, store.seededFrom() ?? { country: VIETNAM, region: '' }, missing);
}
