/** How long a source has been quiet, counting only the hours in which calls are expected. */
import { createZoneClock, type ZoneClock } from '../model/zone-clock.ts';
import type { QuietRule } from './control.ts';

const DAY_S = 86_400;

/** Minutes of [fromMs, toMs) inside office hours on the site's wall clock. A change of clocks may shift it by an hour. */
export function officeMinutes(fromMs: number, toMs: number, rule: QuietRule): number {
  const from = localSecondsOf(fromMs, rule.timeZone);
  const to = localSecondsOf(toMs, rule.timeZone);
  const opens = secondOfDay(rule.officeFrom);
  const closes = secondOfDay(rule.officeTo);
  let seconds = 0;
  // An office open past midnight has its hours on the day on which they begin.
  const end = closes > opens ? closes : closes + DAY_S;
  for (let day = Math.floor(from / DAY_S) - 1; day * DAY_S < to; day += 1) {
    if (!rule.officeDays.includes(isoWeekday(day))) continue;
    const start = Math.max(from, day * DAY_S + opens);
    const stop = Math.min(to, day * DAY_S + end);
    if (stop > start) seconds += stop - start;
  }
  return seconds / 60;
}

/** 1970-01-01 was a Thursday. */
function isoWeekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function secondOfDay(text: string): number {
  const [hours = '0', minutes = '0'] = text.split(':');
  return Number(hours) * 3600 + Number(minutes) * 60;
}

const clocks = new Map<string, ZoneClock>();

function localSecondsOf(ms: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = createZoneClock(timeZone);
    clocks.set(timeZone, clock);
  }
  return Math.floor(clock(ms / 1000));
}
