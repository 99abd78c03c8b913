/**
 * Makes the runs that are due, also those that fell due while the program was not running. Of a schedule that missed many,
 * the newest are made up, oldest first; of those before, one line in the log says how many were left out and since when.
 */

import { calendarOf } from '../ingest/office-calendar-of.ts';
import { SiteZone } from '../ingest/site-zone.ts';
import { DAY_S, dayOf } from '../model/office-calendar.ts';
import { type LocalDay, localDayOf, localSecondsOfDay } from '../model/time.ts';
import type { Database } from '../store/database.ts';
import { HolidayStore } from '../store/holidays.ts';
import { ScheduleRuns } from '../store/schedule-runs.ts';
import { type ScheduleRow, ScheduleStore } from '../store/schedules.ts';
import { SettingsStore } from '../store/settings.ts';
import { type DueDay, dueDays, lastDayOfTurn, nextDue, type SiteTime } from './rhythm.ts';

/** Missed runs of one schedule that are made up. */
export const MOST_MADE_UP = 7;
/** So much later than its moment a run is still on time: the program looks once a minute. */
const ON_TIME_MS = 10 * 60_000;

export function siteTimeOf(db: Database): SiteTime {
  const settings = new SettingsStore(db).get();
  return { zone: new SiteZone(settings.timeZone), calendar: calendarOf(settings, new HolidayStore(db).days()) };
}

export const dayText = (day: number): LocalDay => localDayOf(day * DAY_S);
export const dayNumber = (day: LocalDay): number => dayOf(localSecondsOfDay(day) ?? 0);

/** The next run; undefined while it is paused or stopped. */
export function nextRunMs(schedule: ScheduleRow, nowMs: number, site: SiteTime): number | undefined {
  if (schedule.isPaused || schedule.problem !== null) return undefined;
  return nextDue(schedule.rhythm, dayNumber(schedule.afterDay), nowMs, site)?.atMs;
}

/** True where something was made. Each run is there, and its day is over for the schedule, or neither is. */
export function makeDueRuns(db: Database, nowMs: number): boolean {
  const site = siteTimeOf(db);
  let isAny = false;
  for (const schedule of new ScheduleStore(db).list()) {
    if (schedule.isPaused || schedule.problem !== null) continue;
    const due = dueDays(schedule.rhythm, dayNumber(schedule.afterDay), nowMs, site);
    if (due.length === 0) continue;
    isAny = true;
    db.transaction(() => makeRuns(db, schedule, due, nowMs))();
  }
  return isAny;
}

function makeRuns(db: Database, schedule: ScheduleRow, due: readonly DueDay[], nowMs: number): void {
  const runs = new ScheduleRuns(db);
  const { id, name, task, maker, rhythm } = schedule;
  const same = { scheduleId: id, name, task, maker } as const;
  const leftOut = due.slice(0, -MOST_MADE_UP);
  const [first, last] = [leftOut[0], leftOut.at(-1)];
  if (first !== undefined && last !== undefined) {
    const result = `missed:${leftOut.length}:${dayText(first.day)}`;
    runs.add({ ...same, dueDay: dayText(last.day), reason: 'missed', state: 'left-out', result }, nowMs);
  }
  for (const { day, atMs } of due.slice(-MOST_MADE_UP)) {
    const reason = nowMs - atMs <= ON_TIME_MS ? 'due' : 'missed';
    runs.add({ ...same, dueDay: dayText(day), reason, state: 'waiting', result: '' }, nowMs);
  }
  const newest = due.at(-1);
  if (newest !== undefined) new ScheduleStore(db).passed(id, dayText(lastDayOfTurn(rhythm, newest.day)));
}
