/**
 * The public holidays of Việt Nam (Labour Code 2019, art. 112; before 2021 one day for the National Day, before 2013 four
 * days for the lunar new year). Two of them leave a choice that is made by decision each year: which five days around the
 * lunar new year, and whether the second National Day day is the day before or the day after. The days given here are
 * the usual choice, marked `chosen`; people correct them.
 *
 * The lunar days are a table: date-holidays reckons them, and a test compares every year of the table with it.
 */
import { type Holiday, mergeHolidays } from '../model/holiday.ts';
import { daysFromCivil, type LocalDay, localDayOf } from '../model/time.ts';
import lunar from './vietnam-lunar.json' with { type: 'json' };

const DAY_S = 86_400;
const TET_FIVE_DAYS_SINCE = 2013;
const HUNG_KINGS_SINCE = 2007;
const NATIONAL_DAY_TWO_DAYS_SINCE = 2021;

interface LunarDays {
  /** First day of the first month. */
  readonly newYear: LocalDay;
  /** Tenth day of the third month. */
  readonly hungKings: LocalDay;
}

const LUNAR: Readonly<Record<string, LunarDays | undefined>> = lunar;

/** First and last year whose lunar days are known. */
export const LUNAR_YEARS = { first: 2000, last: 2100 } as const;

const dayNumber = (day: LocalDay): number =>
  daysFromCivil(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));
const dayText = (number: number): LocalDay => localDayOf(number * DAY_S);
const isoWeekday = (number: number): number => ((((number + 3) % 7) + 7) % 7) + 1;

function newYearDays(year: number, { newYear }: LunarDays): readonly Holiday[] {
  const first = dayNumber(newYear);
  const eve: Holiday = {
    day: dayText(first - 1),
    name: { en: 'Lunar New Year’s Eve', vi: 'Giao thừa (ngày cuối năm âm lịch)' },
    basis: 'chosen',
  };
  const count = year >= TET_FIVE_DAYS_SINCE ? 4 : 3;
  const days = Array.from(
    { length: count },
    (_, i): Holiday => ({
      day: dayText(first + i),
      name: { en: `Lunar New Year, day ${i + 1}`, vi: `Tết Nguyên đán, mùng ${i + 1}` },
      basis: i === 0 ? 'lunar' : 'chosen',
    }),
  );
  return [eve, ...days];
}

function nationalDays(year: number): readonly Holiday[] {
  const second = daysFromCivil(year, 9, 2);
  const name = { en: 'National Day', vi: 'Quốc khánh' };
  const days: Holiday[] = [{ day: dayText(second), name, basis: 'law' }];
  if (year >= NATIONAL_DAY_TWO_DAYS_SINCE) {
    // The neighbour that makes the longer rest: after a Monday or Thursday, else before.
    const isAfter = [1, 4].includes(isoWeekday(second));
    days.push({
      day: dayText(isAfter ? second + 1 : second - 1),
      name: { en: 'National Day, second day', vi: 'Quốc khánh, ngày thứ hai' },
      basis: 'chosen',
    });
  }
  return days;
}

function daysOfLaw(year: number): readonly Holiday[] {
  const fixed = (month: number, day: number, en: string, vi: string): Holiday => ({
    day: dayText(daysFromCivil(year, month, day)),
    name: { en, vi },
    basis: 'law',
  });
  return [
    fixed(1, 1, 'New Year’s Day', 'Tết Dương lịch'),
    fixed(4, 30, 'Reunification Day', 'Ngày Giải phóng miền Nam, thống nhất đất nước'),
    fixed(5, 1, 'International Workers’ Day', 'Quốc tế Lao động'),
  ];
}

function hungKings({ hungKings: day }: LunarDays): Holiday {
  return { day, name: { en: 'Hùng Kings’ Commemoration Day', vi: 'Giỗ Tổ Hùng Vương' }, basis: 'lunar' };
}

/** A holiday on a weekly day off is taken on the next working day that is no holiday. */
function movedDays(holidays: readonly Holiday[], weeklyDaysOff: ReadonlySet<number>): readonly Holiday[] {
  const isOff = (day: number): boolean => weeklyDaysOff.has(isoWeekday(day));
  if (weeklyDaysOff.size === 7) return [];
  const taken = new Set(holidays.map(({ day }) => dayNumber(day)));
  return holidays
    .filter(({ day }) => isOff(dayNumber(day)))
    .map(({ day, name }) => {
      let moved = dayNumber(day) + 1;
      while (taken.has(moved) || isOff(moved)) moved += 1;
      taken.add(moved);
      return {
        day: dayText(moved),
        name: { en: `In lieu of ${name.en}`, vi: `Nghỉ bù ${name.vi}` },
        basis: 'moved',
      };
    });
}

/** Days off in lieu belong to the year of their holiday. `weeklyDaysOff`: ISO weekdays. */
export function vietnamHolidays(year: number, weeklyDaysOff: ReadonlySet<number>): readonly Holiday[] {
  const lunarDays = LUNAR[year];
  const holidays = mergeHolidays([
    ...daysOfLaw(year),
    ...nationalDays(year),
    ...(lunarDays === undefined ? [] : newYearDays(year, lunarDays)),
    ...(lunarDays === undefined || year < HUNG_KINGS_SINCE ? [] : [hungKings(lunarDays)]),
  ]);
  return mergeHolidays([...holidays, ...movedDays(holidays, weeklyDaysOff)]);
}
