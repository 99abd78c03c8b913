/** When an alert may be sent: hours in which nobody wants to be woken, and how long to wait after a try that failed. */

import type { Severity } from '../model/alert.ts';
import { DAY_S, dayOf, secondsOfClock } from '../model/office-calendar.ts';
import type { LocalSeconds } from '../model/time.ts';

export interface QuietHours {
  readonly isOn: boolean;
  /** `HH:MM`; an end before the beginning is one of the next day. */
  readonly from: string;
  readonly to: string;
  /** Critical alerts are sent all the same. */
  readonly letsCriticalThrough: boolean;
}

/** The end of the quiet hours in which the moment lies; undefined outside of them. */
export function quietUntil(at: LocalSeconds, { isOn, from, to }: QuietHours): LocalSeconds | undefined {
  if (!isOn || from === to) return undefined;
  const day = dayOf(at);
  const begins = secondsOfClock(from);
  const ends = secondsOfClock(to) + (secondsOfClock(to) <= begins ? DAY_S : 0);
  for (const begun of [day - 1, day]) {
    if (at >= begun * DAY_S + begins && at < begun * DAY_S + ends) return begun * DAY_S + ends;
  }
  return undefined;
}

export function isHeldBack(at: LocalSeconds, severity: Severity, quiet: QuietHours): boolean {
  if (severity === 'critical' && quiet.letsCriticalThrough) return false;
  return quietUntil(at, quiet) !== undefined;
}

const FIRST_WAIT_S = 30;
const LONGEST_WAIT_S = 3600;
/** With the waits above: the last try is some ten hours after the first. */
export const MOST_TRIES = 16;

/** Seconds to the next try after so many that failed; undefined: it is given up. */
export function waitAfter(tries: number): number | undefined {
  return tries >= MOST_TRIES ? undefined : Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (tries - 1));
}
