/** Days of the site's wall clock, which need not be the clock of the computer that shows the page. */
import { localSecondsOfDay, monthAfter, shiftDay } from '../core/model/time.ts';

export const DATE_PRESETS = [
  'today',
  'yesterday',
  'thisWeek',
  'lastWeek',
  'last7',
  'thisMonth',
  'lastMonth',
  'last30',
  'thisYear',
] as const;
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

/** `day` is a date of the calendar. */
export function dayPlus(day: string, days: number): string {
  return shiftDay(day, days) ?? day;
}

export function dayBefore(day: string): string {
  return dayPlus(day, -1);
}

export function dayAfter(day: string): string {
  return dayPlus(day, 1);
}

/** First and last day of a month `YYYY-MM`. */
export function monthRange(month: string): DayRange {
  return { from: `${month}-01`, to: dayBefore(`${monthAfter(month)}-01`) };
}

export function firstOfNextMonth(today: string): string {
  return `${monthAfter(today.slice(0, 7))}-01`;
}

/** Weeks begin on Monday. */
export function presetRange(preset: DatePreset, today: string): DayRange {
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: dayBefore(today), to: dayBefore(today) };
    case 'thisWeek':
      return { from: dayPlus(today, -daysSinceMonday(today)), to: today };
    case 'lastWeek': {
      const monday = dayPlus(today, -daysSinceMonday(today));
      return { from: dayPlus(monday, -7), to: dayBefore(monday) };
    }
    case 'last7':
      return { from: dayPlus(today, -6), to: today };
    case 'last30':
      return { from: dayPlus(today, -29), to: today };
    case 'thisYear':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    case 'thisMonth':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'lastMonth':
      return monthRange(dayBefore(`${today.slice(0, 7)}-01`).slice(0, 7));
  }
}

function daysSinceMonday(day: string): number {
  // 1970-01-01 was a Thursday.
  return ((localSecondsOfDay(day) ?? 0) / 86_400 + 3) % 7;
}

/** The period that a range is today; undefined: fixed days. */
export function presetOf(range: Partial<DayRange>, today: string): DatePreset | undefined {
  return DATE_PRESETS.find((preset) => {
    const { from, to } = presetRange(preset, today);
    return from === range.from && to === range.to;
  });
}
