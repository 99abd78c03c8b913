/**
 * How much of a month's use a day carries: learnt from the weekdays of earlier months where there are enough of them,
 * otherwise every working day carries the same. Whole numbers, so that shares of money stay exact.
 */
import { type DayNumber, isOfficeDay, isoWeekday, type OfficeCalendar } from '../model/office-calendar.ts';

/** Parts of an average working day. */
export const WHOLE_DAY = 1000n;

export interface DayWeights {
  of(day: DayNumber): bigint;
  readonly isLearnt: boolean;
}

/** Eight of each weekday: about two months. */
const LEAST_WEEKS = 8;
const DAYS_A_WEEK = 7;

function evenWeights(calendar: OfficeCalendar): DayWeights {
  return { of: (day) => (isOfficeDay(calendar, day) ? WHOLE_DAY : 0n), isLearnt: false };
}

/** `history`: use of each day before `before`, days without any left out; `firstDay`: the first day that has calls at all. */
export function weightsOf(
  calendar: OfficeCalendar,
  history: ReadonlyMap<DayNumber, bigint>,
  firstDay: DayNumber | undefined,
  before: DayNumber,
): DayWeights {
  if (firstDay === undefined || before - firstDay < LEAST_WEEKS * DAYS_A_WEEK) return evenWeights(calendar);
  const sums = new Map<number, { units: bigint; days: bigint }>();
  for (let day = firstDay; day < before; day += 1) {
    if (calendar.holidays.has(day)) continue;
    const weekday = isoWeekday(day);
    const sum = sums.get(weekday) ?? { units: 0n, days: 0n };
    sums.set(weekday, { units: sum.units + (history.get(day) ?? 0n), days: sum.days + 1n });
  }
  const averages = new Map([...sums].map(([weekday, { units, days }]) => [weekday, days === 0n ? 0n : units / days]));
  const working = [...averages].filter(([weekday]) => calendar.weekdays.has(weekday)).map(([, average]) => average);
  const usual = working.length === 0 ? 0n : working.reduce((a, b) => a + b, 0n) / BigInt(working.length);
  if (usual === 0n) return evenWeights(calendar);
  return {
    // What a holiday carries is not learnt: there are too few of them.
    of: (day) => (calendar.holidays.has(day) ? 0n : ((averages.get(isoWeekday(day)) ?? 0n) * WHOLE_DAY) / usual),
    isLearnt: true,
  };
}
