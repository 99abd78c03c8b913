/** The last days up to today, as the page of codes looks at them. */
import { civilFromDays, daysFromCivil } from '../../../core/model/time.ts';
import type { DayRange } from '../../site-day.ts';

export const PERIODS = ['30', '90', '365'] as const;
export type Period = (typeof PERIODS)[number];

export function periodOf(text: string | null): Period {
  return PERIODS.find((period) => period === text) ?? '30';
}

export function rangeOf(period: Period, today: string): DayRange {
  return { from: dayPlus(today, 1 - Number(period)), to: today };
}

export function dayPlus(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const civil = civilFromDays(daysFromCivil(year, month, date) + days);
  return [String(civil.year).padStart(4, '0'), pad(civil.month), pad(civil.day)].join('-');
}

/** A change of codes is easiest to tell when it falls on the first of a month. */
export function firstOfNextMonth(today: string): string {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return month === 12 ? `${year + 1}-01-01` : `${year}-${pad(month + 1)}-01`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
