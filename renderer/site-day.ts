/** Days of the site's wall clock, which need not be the clock of the computer that shows the page. */
import { civilFromDays, daysFromCivil } from '../core/model/time.ts';

export const DATE_PRESETS = ['today', 'yesterday', 'thisWeek', 'thisMonth', 'lastMonth'] as const;
export type DatePreset = (typeof DATE_PRESETS)[number];

export interface DayRange {
  /** `YYYY-MM-DD`, both inclusive. */
  readonly from: string;
  readonly to: string;
}

export function todayIn(timeZone: string, nowMs: number): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...(timeZone === '' ? {} : { timeZone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return format.format(nowMs);
}

function dayNumber(day: string): number {
  return daysFromCivil(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));
}

function dayText(number: number): string {
  const { year, month, day } = civilFromDays(number);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function dayBefore(day: string): string {
  return dayText(dayNumber(day) - 1);
}

export function dayAfter(day: string): string {
  return dayText(dayNumber(day) + 1);
}

/** First and last day of a month `YYYY-MM`. */
export function monthRange(month: string): DayRange {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  const next = number === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, number + 1, 1);
  return { from: `${month}-01`, to: dayText(next - 1) };
}

/** Weeks begin on Monday. */
export function presetRange(preset: DatePreset, today: string): DayRange {
  const now = dayNumber(today);
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: dayText(now - 1), to: dayText(now - 1) };
    case 'thisWeek':
      // 1970-01-01 was a Thursday.
      return { from: dayText(now - ((now + 3) % 7)), to: today };
    case 'thisMonth':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'lastMonth':
      return monthRange(dayText(dayNumber(`${today.slice(0, 7)}-01`) - 1).slice(0, 7));
  }
}
