/** From the calls of a case to what is told of it. */

import type { AlertKind, AlertValues, Finding, Severity, WatchedCall } from '../model/alert.ts';
import { DAY_S, type DayNumber, dayOf, isOpenAt, type OfficeCalendar } from '../model/office-calendar.ts';
import { type LocalSeconds, localDayOf } from '../model/time.ts';
import type { AlertRules } from './alert-rules.ts';
import { CaseLog, type WatchState } from './watch-state.ts';

export interface WatchContext {
  readonly rules: AlertRules;
  readonly calendar: OfficeCalendar;
  readonly state: WatchState;
  /** Begins all keys: calls of the past are kept apart from those of today. */
  readonly scope: string;
}

/** One rule: what a call makes of the cases it belongs to. */
export type CallRule = (call: WatchedCall, context: WatchContext) => readonly Finding[];

/** Adds a call to the log of a case and gives the log. */
export function logCall(call: WatchedCall, key: string, { state, scope }: WatchContext): CaseLog {
  const log = CaseLog.read(state.get(`${scope}${key}`)).with({
    id: call.id,
    startLocalS: call.startLocalS,
    seconds: call.talkSeconds,
  });
  state.set(`${scope}${key}`, log.toState());
  return log;
}

export function findingOf(
  kind: AlertKind,
  severity: Severity,
  key: string,
  log: CaseLog,
  values: AlertValues,
  { scope }: WatchContext,
): Finding {
  return {
    kind,
    severity,
    caseKey: `${scope}${key}`,
    count: log.count,
    values: { ...values, calls: log.count, minutes: minutesOf(log.seconds) },
    callIds: log.calls.map(({ id }) => id),
    firstLocalS: log.firstLocalS,
    lastLocalS: log.lastLocalS,
  };
}

/** A case that is one call. */
export function findingOfCall(
  kind: AlertKind,
  severity: Severity,
  call: WatchedCall,
  values: AlertValues,
  { scope }: WatchContext,
): Finding {
  return {
    kind,
    severity,
    caseKey: `${scope}${kind}:${call.id}`,
    count: 1,
    values,
    callIds: [call.id],
    firstLocalS: call.startLocalS,
    lastLocalS: call.startLocalS,
  };
}

/** Begun minutes: a call of two seconds is not "0 minutes". */
export function minutesOf(seconds: number): number {
  return Math.ceil(seconds / 60);
}

export function dayTextOf(day: DayNumber): string {
  return localDayOf(day * DAY_S);
}

export function isNight(at: LocalSeconds, { calendar, rules }: WatchContext): boolean {
  const { overtimeBefore, overtimeAfter } = rules['night-international'];
  return !isOpenAt(calendar, at, overtimeBefore * 3600, overtimeAfter * 3600);
}

/** The day on whose evening the night began: calls before noon belong to the night before. */
export function nightOf(at: LocalSeconds): DayNumber {
  return dayOf(at - DAY_S / 2);
}
