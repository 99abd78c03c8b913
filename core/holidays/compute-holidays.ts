/**
 * The public holidays of a country in given years. Việt Nam by our own rules (`vietnam.ts`); every other country by the
 * package date-holidays, which is loaded when it is first needed.
 */
import type Holidays from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';
import { type Holiday, type HolidayBasis, mergeHolidays } from '../model/holiday.ts';
import { type LocalDay, localDayOf, localSecondsOfDay } from '../model/time.ts';
import { vietnamHolidays } from './vietnam.ts';

const DAY_S = 86_400;
const DAY_MS = DAY_S * 1000;
export const VIETNAM = 'VN';

export interface HolidayPlace {
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** A state or province, by the country's own abbreviation; empty for the whole country. */
  readonly region: string;
}

export interface NamedPlace {
  readonly code: string;
  readonly name: string;
}

type Language = 'vi' | 'en';

async function load(): Promise<typeof Holidays> {
  return (await import('date-holidays')).default;
}

/** Days that are holidays for at least three quarters; the afternoon before Christmas is none. */
function wholeDays({ date, start, end }: HolidaysTypes.Holiday): readonly LocalDay[] {
  const first = localSecondsOfDay(date.slice(0, 10));
  const hours = Number(date.slice(11, 13));
  const days = Math.round((end.getTime() - start.getTime()) / DAY_MS);
  if (first === undefined || hours > 0) return [];
  return Array.from({ length: days }, (_, i) => localDayOf(first + i * DAY_S));
}

/** Rules of the package that name a month or a calendar that is reckoned by the moon. */
const LUNAR_RULE = /chinese|korean|vietnamese|muharram|safar|rabi|jumada|rajab|shaban|ramadan|shawwal|dhu al/i;

function basisOf({ rule, substitute }: HolidaysTypes.Holiday): HolidayBasis {
  if (substitute === true) return 'moved';
  return LUNAR_RULE.test(rule) ? 'lunar' : 'law';
}

const isPublic = ({ type }: HolidaysTypes.Holiday): boolean => type === 'public';

/** Empty for a country that is not known. `weeklyDaysOff`: ISO weekdays, for days off in lieu in Việt Nam. */
export async function computeHolidays(
  { country, region }: HolidayPlace,
  years: readonly number[],
  weeklyDaysOff: ReadonlySet<number>,
): Promise<readonly Holiday[]> {
  if (country === VIETNAM) return years.flatMap((year) => vietnamHolidays(year, weeklyDaysOff));
  const Loaded = await load();
  const calendar = region === '' ? new Loaded(country) : new Loaded(country, region);
  return mergeHolidays(years.flatMap((year) => ofYear(calendar, year)));
}

function ofYear(calendar: Holidays, year: number): readonly Holiday[] {
  const inEnglish = calendar.getHolidays(year, 'en').filter(isPublic);
  const inVietnamese = calendar.getHolidays(year, 'vi').filter(isPublic);
  return inEnglish.flatMap((holiday) => {
    const { name: en } = holiday;
    const vi = inVietnamese.find(({ rule, date }) => rule === holiday.rule && date === holiday.date)?.name ?? en;
    return wholeDays(holiday).map((day) => ({ day, name: { en, vi }, basis: basisOf(holiday) }));
  });
}

const byName =
  (language: Language) =>
  (a: NamedPlace, b: NamedPlace): number =>
    a.name.localeCompare(b.name, language);

/** Every country with known holidays, named in the reader's language. */
export async function holidayCountries(language: Language): Promise<readonly NamedPlace[]> {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const countries = new (await load())().getCountries('en');
  return Object.entries(countries)
    .map(([code, name]) => ({ code, name: names.of(code) ?? name }))
    .sort(byName(language));
}

/** States or provinces with holidays of their own; none for most countries. */
export async function holidayRegions(country: string, language: Language): Promise<readonly NamedPlace[]> {
  const states: Record<string, string> | undefined = new (await load())().getStates(country, language);
  return Object.entries(states ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort(byName(language));
}
