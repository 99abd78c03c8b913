/**
 * Which calls a report is about, as conditions of a query: its filter and what its reader may see. The same selection is
 * put to the calls, to the daily sums and to the corrections of closed months, so that reports of one filter agree.
 */
import type { Scope } from '../model/access.ts';
import type { ReportFilter } from '../model/report-request.ts';
import { localSecondsOfDay } from '../model/time.ts';
import { addScope, departmentsInScope } from './call-scope.ts';
import { add, type Conditions, chargeable } from './conditions.ts';
import { SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';
import { inMonth, inMonthValues } from './month.ts';
import { daysOfMonth, monthOfDay } from './month-days.ts';

/** Days since 1970; `end` is not part of it. */
export interface ReportDays {
  readonly first: number;
  readonly end: number;
}

/** Of restatement_sums `s`, with the call each of them is about as `c`. */
export const CORRECTION_TABLES =
  'restatement_sums s JOIN restatements r ON r.id = s.restatement_id JOIN calls c ON c.id = r.call_id';

const SOURCE_SPAN = 2 ** 40;

export class ReportSelection {
  readonly filter: ReportFilter;
  readonly days: ReportDays;
  /** Whole months of the period: corrections of closed months count in a month, not on a day. */
  readonly months: readonly string[];
  readonly #scope: Scope;
  /** With those below them, as a JSON list; undefined: all. */
  readonly #departments: string | undefined;

  /** Throws on days that are none: whoever asks has checked them. */
  constructor(db: Database, filter: ReportFilter, scope: Scope) {
    this.filter = filter;
    this.#scope = scope;
    this.days = { first: dayNumber(filter.from), end: dayNumber(filter.to) + 1 };
    this.months = wholeMonths(this.days);
    this.#departments = filter.departmentIds.length === 0 ? undefined : withThoseBelow(db, filter.departmentIds);
  }

  /** True for a reader who sees the calls of the whole site. */
  get isWholeSite(): boolean {
    return this.#scope.kind === 'all';
  }

  /** Own private calls are listed for whoever made them; everybody else sees how many they were. */
  get listsPrivate(): boolean {
    return this.#scope.kind === 'person';
  }

  /** Of these calls those that may have a row; on `calls c`. */
  listed({ sql, values }: Conditions): Conditions {
    return { sql: this.listsPrivate ? sql : ["c.purpose IS NOT 'private'", ...sql], values };
  }

  /** True where `daily_sums` knows all that the filter asks for. */
  get isSummed(): boolean {
    const { codes, extensions, trunks } = this.filter;
    return codes.length + extensions.length + trunks.length === 0;
  }

  /** On `calls c`. */
  ofCalls(): Conditions {
    const conditions: Conditions = { sql: [], values: [] };
    this.#addDays(conditions);
    this.#addCounted(conditions);
    return conditions;
  }

  /** The same in two: calls in time, found in order of their start, and late ones. On `calls c`. */
  ofCallsApart(): readonly [inTime: Conditions, late: Conditions] {
    const { first, end } = this.days;
    const inTime: Conditions = { sql: [], values: [] };
    const starts = 'c.late_day IS NULL AND c.start_local_s >= ? AND c.start_local_s < ?';
    add(inTime, starts, first * SECONDS_PER_DAY, end * SECONDS_PER_DAY);
    const late: Conditions = { sql: [], values: [] };
    add(late, 'c.late_day >= ? AND c.late_day < ?', first, end);
    for (const conditions of [inTime, late]) this.#addCounted(conditions);
    return [inTime, late];
  }

  #addCounted(conditions: Conditions): void {
    this.#addDirections(conditions, 'c');
    this.#addOwners(conditions, 'c');
    this.#addCallFilters(conditions);
    addList(conditions, 'c.band', this.filter.bands);
  }

  /** Incoming calls, answered or not, whatever directions are chosen; on `calls c`. */
  ofIncoming(): Conditions {
    const conditions: Conditions = { sql: [], values: [] };
    this.#addDays(conditions);
    add(conditions, "c.direction = 'incoming'");
    this.#addOwners(conditions, 'c');
    this.#addCallFilters(conditions);
    return conditions;
  }

  /** Calls of every direction that held one of the trunks, whoever they are booked to; on `calls c`. */
  ofTrunks(): Conditions {
    const conditions: Conditions = { sql: [], values: [] };
    this.#addDays(conditions);
    add(conditions, 'c.trunk IS NOT NULL');
    addList(conditions, 'c.trunk', this.filter.trunks);
    addList(conditions, `(c.id / ${SOURCE_SPAN})`, this.filter.sourceIds);
    return conditions;
  }

  /** On `daily_sums s`; only where `isSummed`. */
  ofSums(): Conditions {
    const conditions: Conditions = { sql: [], values: [] };
    add(conditions, 's.day >= ? AND s.day < ?', this.days.first, this.days.end);
    this.#addDirections(conditions, 's');
    this.#addOwners(conditions, 's');
    addList(conditions, 's.source_id', this.filter.sourceIds);
    addList(conditions, 's.band', this.filter.bands);
    return conditions;
  }

  /** On `CORRECTION_TABLES`: who is charged stands on the correction, where it went on its call. */
  ofCorrections(): Conditions {
    const conditions: Conditions = { sql: [], values: [] };
    add(conditions, 's.month IN (SELECT value FROM json_each(?))', JSON.stringify(this.months));
    addList(conditions, 'c.direction', this.filter.directions);
    this.#addOwners(conditions, 's');
    this.#addCallFilters(conditions);
    addList(conditions, 's.band', this.filter.bands);
    return conditions;
  }

  /** Few people, codes or extensions are found by their own index; `+` keeps the index of days out of it. */
  #addDays(conditions: Conditions): void {
    const { personIds, codes, extensions } = this.filter;
    const isSeeded = (personIds.length > 0 && !personIds.includes(0)) || codes.length + extensions.length > 0;
    add(conditions, inMonth(isSeeded ? '+c' : 'c'), ...inMonthValues(this.days.first, this.days.end));
  }

  #addDirections(conditions: Conditions, alias: 'c' | 's'): void {
    if (this.filter.directions.length === 0) add(conditions, chargeable(alias));
    else addList(conditions, `${alias}.direction`, this.filter.directions);
  }

  #addOwners(conditions: Conditions, alias: 'c' | 's'): void {
    const isCall = alias === 'c';
    const { personIds, departmentIds } = this.filter;
    if (personIds.length > 0) {
      const known = `${alias}.person_id IN (SELECT value FROM json_each(?))`;
      const nobody = isCall && personIds.includes(0) ? ` OR ${alias}.person_id IS NULL` : '';
      add(conditions, `(${known}${nobody})`, JSON.stringify(personIds));
    }
    if (this.#departments !== undefined) {
      const known = `${alias}.department_id IN (SELECT value FROM json_each(?) WHERE value <> 0)`;
      const without = isCall
        ? `${alias}.person_id IS NOT NULL AND ${alias}.department_id IS NULL`
        : `${alias}.person_id <> 0 AND ${alias}.department_id = 0`;
      const none = departmentIds.includes(0) ? ` OR (${without})` : '';
      add(conditions, `(${known}${none})`, this.#departments);
    }
    addScope(conditions, this.#scope, alias);
  }

  #addCallFilters(conditions: Conditions): void {
    const { codes, extensions, trunks, sourceIds } = this.filter;
    addList(conditions, 'c.code', codes);
    addList(conditions, 'c.extension', extensions);
    addList(conditions, 'c.trunk', trunks);
    addList(conditions, `(c.id / ${SOURCE_SPAN})`, sourceIds);
  }
}

function addList(conditions: Conditions, column: string, values: readonly (string | number)[]): void {
  if (values.length > 0) add(conditions, `${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values));
}

function dayNumber(day: string): number {
  const seconds = localSecondsOfDay(day);
  if (seconds === undefined) throw new Error(`not a day: ${day}`);
  return seconds / SECONDS_PER_DAY;
}

function wholeMonths({ first, end }: ReportDays): readonly string[] {
  const months: string[] = [];
  for (let day = first; day < end; ) {
    const month = daysOfMonth(monthOfDay(day));
    if (month.first === day && month.end <= end) months.push(monthOfDay(day));
    day = month.end;
  }
  return months;
}

function withThoseBelow(db: Database, departmentIds: readonly number[]): string {
  return JSON.stringify([...(departmentsInScope(db, { kind: 'departments', departmentIds }) ?? [])]);
}
