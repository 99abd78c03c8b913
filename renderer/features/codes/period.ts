/** The last days up to today, as the page of codes looks at them. */
import { type DayRange, dayPlus } from '../../site-day.ts';

export const PERIODS = ['30', '90', '365'] as const;
export type Period = (typeof PERIODS)[number];

export function periodOf(text: string | null): Period {
  return PERIODS.find((period) => period === text) ?? '30';
}

export function rangeOf(period: Period, today: string): DayRange {
  return { from: dayPlus(today, 1 - Number(period)), to: today };
}
