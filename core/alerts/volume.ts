/**
 * Minutes above the usual: a day against the same weekday of earlier weeks, and seven days against earlier weeks, so that
 * a slow leak shows too. The usual is the median, its spread the median distance from it: one wild week moves neither.
 * Judged are people, what they call abroad, and the site by band; what is told of a person is not told again of the site.
 */

import type { AlertValues, Finding } from '../model/alert.ts';
import type { CallId } from '../model/call.ts';
import { DAY_S, type DayNumber, isoWeekday, type OfficeCalendar } from '../model/office-calendar.ts';
import type { AlertRules } from './alert-rules.ts';
import { dayTextOf, minutesOf } from './case.ts';
import type { WatchState } from './watch-state.ts';

/** Talk seconds of outside calls by day. Keys: `person:7`, `person:7:international`, `band:mobile`. */
export type VolumeTable = ReadonlyMap<string, ReadonlyMap<DayNumber, number>>;

const WEEK = 7;
/** Fewer same weekdays say nothing. */
const LEAST_WEEKS = 4;
/** A median distance times this is a standard deviation of ordinary figures. */
const SPREAD_OF_MEDIAN_DISTANCE = 1.4826;
/** Even figures are not taken for more even than this part of themselves; seven days are steadier than one. */
const LEAST_SPREAD = { day: 0.25, week: 0.15 } as const;
const WEEK_TIMES = 0.75;
/** Free calls cost nothing, and an emergency is no fraud. */
const JUDGED_BANDS: ReadonlySet<string> = new Set([
  'local',
  'national',
  'mobile',
  'international',
  'premium',
  'unknown',
]);

/** Minutes below which nothing is unusual, in parts of the rule's: one person's days differ more than a site's. */
const LEAST_PARTS = {
  site: { day: 1, week: 3 },
  person: { day: 2, week: 6 },
  'person-abroad': { day: 1.25, week: 2.25 },
} as const;

export interface VolumeQuestion {
  readonly table: VolumeTable;
  readonly day: DayNumber;
  /** First day with calls: what lies before it is unknown, not quiet. */
  readonly firstDay: DayNumber;
  readonly calendar: OfficeCalendar;
  readonly rule: AlertRules['volume'];
  readonly state: WatchState;
  readonly scope: string;
}

/** A finding to which the calls are still to be looked up: those of its key on its day. */
export interface VolumeFinding {
  readonly key: string;
  readonly fromDay: DayNumber;
  readonly finding: Omit<Finding, 'callIds'> & { readonly callIds: readonly CallId[] };
}

interface Usual {
  readonly median: number;
  readonly limit: number;
  readonly weeks: number;
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? 0)) / 2;
}

/** Undefined where there are too few weeks. */
function usualOf(
  history: readonly number[],
  { spreads, times }: { readonly spreads: number; readonly times: number },
  leastSeconds: number,
  leastSpread: number,
): Usual | undefined {
  if (history.length < LEAST_WEEKS) return undefined;
  const median = medianOf(history);
  const distance = medianOf(history.map((value) => Math.abs(value - median)));
  const spread = Math.max(distance * SPREAD_OF_MEDIAN_DISTANCE, median * leastSpread);
  const limit = Math.max(leastSeconds, median * times, median + spreads * spread);
  return { median, limit, weeks: history.length };
}

type Days = ReadonlyMap<DayNumber, number>;

function earlierDays(days: Days, { day, firstDay, calendar, rule }: VolumeQuestion): readonly number[] {
  // A holiday is like a Sunday, and no ordinary day is like a holiday.
  const isHoliday = calendar.holidays.has(day);
  const like = isHoliday ? day - (isoWeekday(day) % WEEK) : day;
  const history: number[] = [];
  for (let week = isHoliday && like < day ? 0 : 1; week <= rule.weeks; week += 1) {
    const earlier = like - week * WEEK;
    if (earlier >= firstDay && !calendar.holidays.has(earlier)) history.push(days.get(earlier) ?? 0);
  }
  return history;
}

function sumOfWeek(days: Days, last: DayNumber): number {
  let sum = 0;
  for (let day = last - WEEK + 1; day <= last; day += 1) sum += days.get(day) ?? 0;
  return sum;
}

function earlierWeeks(days: Days, { day, firstDay, rule }: VolumeQuestion): readonly number[] {
  const history: number[] = [];
  for (let week = 1; week <= rule.weeks; week += 1) {
    const last = day - week * WEEK;
    if (last - WEEK + 1 >= firstDay) history.push(sumOfWeek(days, last));
  }
  return history;
}

interface Unusual {
  readonly span: 'day' | 'week';
  readonly seconds: number;
  readonly usual: Usual;
}

function unusualIn(key: string, days: Days, question: VolumeQuestion): Unusual | undefined {
  const { rule, day } = question;
  const parts = LEAST_PARTS[whoseOf(key)];
  const least = { day: rule.minutes * 60 * parts.day, week: rule.minutes * 60 * parts.week };
  const today = days.get(day) ?? 0;
  if (today === 0) return undefined;
  if (today >= least.day) {
    const usual = usualOf(earlierDays(days, question), rule, least.day, LEAST_SPREAD.day);
    if (usual !== undefined && today >= usual.limit) return { span: 'day', seconds: today, usual };
  }
  const week = sumOfWeek(days, day);
  if (week < least.week) return undefined;
  const weekly = { spreads: rule.spreads * WEEK_TIMES, times: Math.max(1, rule.times * WEEK_TIMES) };
  const usual = usualOf(earlierWeeks(days, question), weekly, least.week, LEAST_SPREAD.week);
  return usual !== undefined && week >= usual.limit ? { span: 'week', seconds: week, usual } : undefined;
}

function whoseOf(key: string): keyof typeof LEAST_PARTS {
  if (!key.startsWith('person:')) return 'site';
  return key.endsWith(':international') ? 'person-abroad' : 'person';
}

/** A case goes on for a week, and counts the days on which it was unusual. */
function caseOf(key: string, { state, scope, day }: VolumeQuestion): { begun: DayNumber; days: number } {
  const stateKey = `${scope}volume:${key}`;
  const known = state.get(stateKey) as [number, number, number] | undefined;
  const [begun = day, last = day, days = 1] = known !== undefined && day - known[0] < WEEK ? known : [];
  const next = last === day ? days : days + 1;
  if (known?.[0] !== begun || known[1] !== day) state.set(stateKey, [begun, day, next]);
  return { begun, days: next };
}

/** A case of this key was begun within the week before. */
function hasCase(key: string, { state, scope, day }: VolumeQuestion): boolean {
  const known = state.get(`${scope}volume:${key}`) as [number, number, number] | undefined;
  return known !== undefined && day - known[0] < WEEK;
}

/** What is judged of people: what they call abroad before all that they call; the one that has a case goes on with it. */
function keysOfPeople(question: VolumeQuestion): readonly (readonly string[])[] {
  const people = [...question.table.keys()].filter((key) => /^person:\d+$/.test(key));
  return people.map((person) => {
    const keys = [`${person}:international`, person];
    const open = keys.filter((key) => hasCase(key, question));
    return open.length > 0 ? open : keys;
  });
}

function findingFor(key: string, unusual: Unusual, question: VolumeQuestion): VolumeFinding {
  const { day, rule, scope } = question;
  const { begun, days } = caseOf(key, question);
  const [kind = '', of = '', band = ''] = key.split(':');
  const values: AlertValues = {
    span: unusual.span,
    day: dayTextOf(day),
    ...(kind === 'person' ? { personId: Number(of), band } : { band: of }),
    minutes: minutesOf(unusual.seconds),
    usualMinutes: Math.round(unusual.usual.median / 60),
    limitMinutes: Math.round(unusual.usual.limit / 60),
    weeks: unusual.usual.weeks,
  };
  const fromDay = unusual.span === 'week' ? day - WEEK + 1 : day;
  return {
    key,
    fromDay,
    finding: {
      kind: 'volume',
      severity: rule.severity,
      caseKey: `${scope}volume:${key}:${begun}`,
      count: days,
      values,
      callIds: [],
      firstLocalS: begun * DAY_S,
      lastLocalS: day * DAY_S,
    },
  };
}

/** The site's band without the people of whom something is told already. */
function without(days: Days, people: readonly Days[]): Days {
  if (people.length === 0) return days;
  const rest = new Map(days);
  for (const person of people) {
    for (const [day, seconds] of person) rest.set(day, (rest.get(day) ?? 0) - seconds);
  }
  return rest;
}

/** Whether anything of the day or its week is enough to be unusual at all; a table of seven days suffices. */
export function mayBeUnusual(table: VolumeTable, day: DayNumber, rule: AlertRules['volume']): boolean {
  for (const [key, days] of table) {
    const { day: ofDay, week } = LEAST_PARTS[whoseOf(key)];
    if ((days.get(day) ?? 0) >= rule.minutes * 60 * ofDay) return true;
    if (days.has(day) && sumOfWeek(days, day) >= rule.minutes * 60 * week) return true;
  }
  return false;
}

/** Days before the judged one that are needed. */
export function volumeDays(rule: AlertRules['volume']): number {
  return (rule.weeks + 1) * WEEK + WEEK;
}

/** What of a day is unusual. Asked again during the day it gives the same cases, with newer figures. */
export function findUnusualVolume(question: VolumeQuestion): readonly VolumeFinding[] {
  const { table } = question;
  const found: VolumeFinding[] = [];
  const told = new Set<string>();
  for (const keys of keysOfPeople(question)) {
    for (const key of keys) {
      const isOpen = hasCase(key, question);
      const unusual = unusualIn(key, table.get(key) ?? new Map(), question);
      if (unusual !== undefined) found.push(findingFor(key, unusual, question));
      if (unusual === undefined && !isOpen) continue;
      told.add(key.split(':', 2).join(':'));
      break;
    }
  }
  for (const key of table.keys()) {
    if (!key.startsWith('band:')) continue;
    const band = key.slice('band:'.length);
    if (!JUDGED_BANDS.has(band)) continue;
    const people = [...told].flatMap((person) => table.get(`${person}:${band}`) ?? []);
    const unusual = unusualIn(key, without(table.get(key) ?? new Map(), people), question);
    if (unusual !== undefined) found.push(findingFor(key, unusual, question));
  }
  return found;
}
