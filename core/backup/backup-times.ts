/** When a backup is due, on the wall clock of the site. */
import { createZoneClock } from '../model/zone-clock.ts';

const DAY_S = 86_400;
const HOUR_MS = 3_600_000;
/** A backup that failed is tried again after this. */
const RETRY_MS = HOUR_MS;

export interface LastRuns {
  /** Instants, milliseconds; when none was made, when the books began. */
  readonly madeAtMs: number;
  readonly triedAtMs: number;
}

/** How far the site's wall clock is from UTC at an instant, milliseconds. */
export function siteOffsetMs(timeZone: string, atMs: number): number {
  const instantS = Math.floor(atMs / 1000);
  return Math.round(createZoneClock(timeZone)(instantS) - instantS) * 1000;
}

/** The last moment at or before `nowMs` at which the clock showed `at` (`HH:MM`). */
export function lastSlotMs(at: string, timeZone: string, nowMs: number): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const offsetMs = siteOffsetMs(timeZone, nowMs);
  const localS = Math.floor((nowMs + offsetMs) / 1000);
  const todayS = localS - (localS % DAY_S) + hours * 3600 + minutes * 60;
  const slotS = todayS <= localS ? todayS : todayS - DAY_S;
  return slotS * 1000 - offsetMs;
}

/** Also when the computer was off at the time: then as soon as it is on. */
export function isBackupDue(at: string, timeZone: string, nowMs: number, last: LastRuns): boolean {
  const slot = lastSlotMs(at, timeZone, nowMs);
  if (last.madeAtMs >= slot) return false;
  return last.triedAtMs < slot || nowMs - last.triedAtMs >= RETRY_MS;
}

/** The next slot after `nowMs`. */
export function nextSlotMs(at: string, timeZone: string, nowMs: number): number {
  return lastSlotMs(at, timeZone, nowMs + DAY_S * 1000);
}
