/** Which period of a tariff a local second belongs to, and until when nothing can change. */
import { type LocalSeconds, localSecondsOfDay } from '../model/time.ts';
import { readTimeOfDay } from './local-time.ts';
import type { Tariff } from './tariff.ts';

/** Why a period holds: it is listed for that weekday and time, the day is a holiday, or nothing else fits. */
export type PeriodReason = 'time' | 'holiday' | 'default';

export interface PeriodAt {
  readonly name: string | undefined;
  readonly reason: PeriodReason;
}

export interface PeriodTable {
  /** False where every second of every day is in the same period. */
  readonly varies: boolean;
  at(local: LocalSeconds): PeriodAt;
  /** First second after `local` at which the period may differ. */
  nextChange(local: LocalSeconds): LocalSeconds;
}

interface Window {
  readonly days: ReadonlySet<number> | undefined;
  readonly from: number;
  readonly to: number;
  readonly at: PeriodAt;
}

/** ISO weekday (1 is Monday) of a day number; 1970-01-01 was a Thursday. */
export function isoWeekday(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

export function periodTable(tariff: Tariff): PeriodTable {
  const windows: Window[] = (tariff.periods ?? []).map((period) => ({
    days: period.days === undefined ? undefined : new Set(period.days),
    from: (period.from === undefined ? undefined : readTimeOfDay(period.from)) ?? 0,
    to: (period.to === undefined ? undefined : readTimeOfDay(period.to)) ?? 86400,
    at: { name: period.name, reason: 'time' },
  }));
  const fallback: PeriodAt = { name: tariff.defaultPeriod, reason: 'default' };
  const holiday: PeriodAt = { name: tariff.holidayPeriod, reason: 'holiday' };
  const holidays = new Set(
    tariff.holidayPeriod === undefined
      ? []
      : (tariff.holidays ?? []).map((day) => (localSecondsOfDay(day) ?? 0) / 86400),
  );
  const cuts = [...new Set([...windows.flatMap((w) => [w.from, w.to]), 86400])].sort((a, b) => a - b);
  return {
    varies: windows.length > 0 || holidays.size > 0,
    at(local) {
      const day = Math.floor(local / 86400);
      if (holidays.has(day)) return holiday;
      const second = local - day * 86400;
      const weekday = isoWeekday(day);
      for (const w of windows) {
        if (w.days !== undefined && !w.days.has(weekday)) continue;
        if (w.from <= w.to ? second >= w.from && second < w.to : second >= w.from || second < w.to) return w.at;
      }
      return fallback;
    },
    nextChange(local) {
      const midnight = Math.floor(local / 86400) * 86400;
      const second = local - midnight;
      for (const cut of cuts) if (cut > second) return midnight + cut;
      return midnight + 86400;
    },
  };
}
