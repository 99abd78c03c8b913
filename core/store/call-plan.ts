/**
 * Decides how a filter is answered: from which indexed values to start (`seeds`), what is left to check on each call, and
 * whether the daily sums know the whole answer.
 */

import type { Scope } from '../model/access.ts';
import { foldText } from '../model/fold.ts';
import { DOT, digitsIn, HIDDEN_DIGITS, SHORTEST_PRIVATE_NUMBER } from '../model/masking.ts';
import { localSecondsOfDay } from '../model/time.ts';
import type { CallFilter } from './call-filter.ts';
import { addScope } from './call-scope.ts';
import { reversedText, SHARED_END_DIGITS } from './calls.ts';
import { add, type Conditions, chargeable, type Value } from './conditions.ts';
import { dayNumberOf, SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';
import { inMonth, inMonthValues } from './month.ts';
import { daysOfMonth } from './month-days.ts';
import { StatementPool } from './statement-pool.ts';

export interface Seed {
  readonly column: 'person_id' | 'code' | 'extension' | 'destination_id' | 'caller_name';
  readonly value: Value;
}

export interface CallPlan {
  /** Everything but what the seeds already say; on `calls c`. */
  readonly conditions: Conditions;
  /** The whole filter; on `calls c`. */
  readonly whole: Conditions;
  /** Any of these finds every call of the filter; absent: no index starts there. Empty: nothing can match. */
  readonly seeds: readonly Seed[] | undefined;
  /** The whole filter on `daily_sums s`, where the sums know all of it. */
  readonly sums: Conditions | undefined;
  /** With `sums`: late calls, which the sums have at another day than that of their start. On `calls c`. */
  readonly late: LateConditions | undefined;
}

export interface LateConditions {
  /** Those that the sums count by their late day. */
  readonly summed: Conditions;
  /** Those that the filter finds. */
  readonly found: Conditions;
}

/** More seeds than this are slower than reading calls in order of time until a page is full. */
const SEEDS_LIMIT = 500;
/** So many calls are found faster by reading all of them than by looking up each. */
const NUMBER_CALLS_LIMIT = 40_000;
/** So many numbers have too many calls. */
const NUMBERS_LIMIT = 10_000;
const NOBODY = 0;
const NO_DEPARTMENT = 0;
const SOURCE_SPAN = 2 ** 40;
const AFTER_ALL_DIGITS = '\u{10ffff}';

export class CallPlanner {
  readonly #statements: StatementPool;

  constructor(db: Database) {
    this.#statements = new StatementPool(db);
  }

  plan(filter: CallFilter, scope: Scope): CallPlan {
    const conditions: Conditions = { sql: [], values: [] };
    const sums: Conditions = { sql: [], values: [] };
    const both = (call: string, sum: string, ...values: Value[]): void => {
      add(conditions, call, ...values);
      add(sums, sum, ...values);
    };
    const days: Conditions = { sql: [], values: [] };
    const lateDays: Conditions = { sql: [], values: [] };
    if (filter.month !== undefined) {
      const { first, end } = daysOfMonth(filter.month);
      add(days, inMonth('c'), ...inMonthValues(first, end));
      add(lateDays, 'c.late_day >= ? AND c.late_day < ?', first, end);
      add(sums, 's.day >= ? AND s.day < ?', first, end);
    }
    const from = filter.from === undefined ? undefined : localSecondsOfDay(filter.from);
    if (from !== undefined) {
      add(days, 'c.start_local_s >= ?', from);
      add(lateDays, 'c.late_day >= ?', dayNumberOf(from));
      add(sums, 's.day >= ?', dayNumberOf(from));
    }
    const to = filter.to === undefined ? undefined : localSecondsOfDay(filter.to);
    if (to !== undefined) {
      add(days, 'c.start_local_s < ?', to + SECONDS_PER_DAY);
      add(lateDays, 'c.late_day <= ?', dayNumberOf(to));
      add(sums, 's.day <= ?', dayNumberOf(to));
    }
    if (filter.personId === NOBODY) both('c.person_id IS NULL', 's.person_id = 0');
    if (filter.departmentId === NO_DEPARTMENT) {
      both('c.person_id IS NOT NULL AND c.department_id IS NULL', 's.person_id <> 0 AND s.department_id = 0');
    } else if (filter.departmentId !== undefined) {
      const { departmentId } = filter;
      const list = JSON.stringify(
        filter.isDepartmentOnly === true ? [departmentId] : this.#departmentsBelow(departmentId),
      );
      const inList = 'department_id IN (SELECT value FROM json_each(?))';
      both(`c.${inList}`, `s.${inList}`, list);
    }
    for (const key of ['direction', 'band', 'reason', 'rating'] as const) {
      const value = filter[key];
      if (value !== undefined) both(`c.${key} = ?`, `s.${key} = ?`, value);
    }
    if (filter.isOutbound === true) both(chargeable('c'), chargeable('s'));
    if (filter.sourceId !== undefined) {
      add(conditions, 'c.id >= ?', filter.sourceId * SOURCE_SPAN);
      add(conditions, 'c.id < ?', (filter.sourceId + 1) * SOURCE_SPAN);
      add(sums, 's.source_id = ?', filter.sourceId);
    }
    if (scope.kind !== 'person') {
      addScope(conditions, scope, 'c');
      addScope(sums, scope, 's');
    }
    if (filter.trunk !== undefined) add(conditions, 'c.trunk = ?', filter.trunk);
    // 1970-01-01 was a Thursday.
    if (filter.weekday !== undefined) add(conditions, '(c.start_local_s / 86400 + 3) % 7 + 1 = ?', filter.weekday);
    if (filter.hour !== undefined) add(conditions, 'c.start_local_s % 86400 / 3600 = ?', filter.hour);
    if (filter.purpose !== undefined) add(conditions, 'c.purpose = ?', filter.purpose);
    // In these words the index of broken rules is known to hold them all.
    const isBreach = filter.isBreach === true || (filter.verdict !== undefined && filter.verdict !== 'obeys');
    if (isBreach) add(conditions, "c.verdict IS NOT NULL AND c.verdict <> 'obeys'");
    if (filter.verdict !== undefined) add(conditions, 'c.verdict = ?', filter.verdict);
    const own = scope.kind === 'person' ? scope.personId : filter.personId;
    if (filter.personId !== undefined && filter.personId !== own) both('0', '0');
    return this.#planSeeds({ ...filter, personId: own }, conditions, { days, lateDays }, sums);
  }

  /** The most telling part of the filter becomes the seeds, the others plain conditions. */
  #planSeeds(
    filter: CallFilter,
    others: Conditions,
    { days, lateDays }: Readonly<Record<'days' | 'lateDays', Conditions>>,
    sums: Conditions,
  ): CallPlan {
    const conditions = joined(days, others);
    const alternatives: (readonly Seed[] | Conditions)[] = [];
    if (filter.code !== undefined) alternatives.push([{ column: 'code', value: filter.code }]);
    if (filter.number !== undefined) alternatives.push(this.#numberConditions(filter.number));
    if (filter.extension !== undefined) alternatives.push([{ column: 'extension', value: filter.extension }]);
    if (filter.destinationId !== undefined) {
      alternatives.push([{ column: 'destination_id', value: filter.destinationId }]);
    }
    const personId = filter.personId === NOBODY ? undefined : filter.personId;
    if (personId !== undefined) alternatives.push([{ column: 'person_id', value: personId }]);
    if (filter.text !== undefined && foldText(filter.text) !== '') alternatives.push(this.#textSeeds(filter.text));

    const isSummable =
      filter.code === undefined &&
      filter.number === undefined &&
      filter.extension === undefined &&
      filter.text === undefined &&
      filter.trunk === undefined &&
      filter.destinationId === undefined &&
      filter.weekday === undefined &&
      filter.hour === undefined &&
      filter.purpose === undefined &&
      filter.verdict === undefined &&
      filter.isBreach !== true;
    if (isSummable && personId !== undefined) add(sums, 's.person_id = ?', personId);
    const owner: Conditions =
      personId === undefined ? { sql: [], values: [] } : { sql: ['c.person_id = ?'], values: [personId] };
    const late = { summed: joined(lateDays, others, owner), found: joined(days, others, owner) };

    const lists = alternatives.filter(isSeeds).sort((a, b) => a.length - b.length);
    const seeds = lists.find((list) => list.length <= SEEDS_LIMIT);
    const whole: Conditions = { sql: [...conditions.sql], values: [...conditions.values] };
    for (const alternative of alternatives) {
      const condition = isSeeds(alternative) ? anyOf(alternative) : alternative;
      add(whole, condition.sql.join(' AND '), ...condition.values);
      if (alternative !== seeds) add(conditions, condition.sql.join(' AND '), ...condition.values);
    }
    return { conditions, whole, seeds, sums: isSummable ? sums : undefined, late: isSummable ? late : undefined };
  }

  /** Calls of few are looked up by index; where the digits fit a large part of all calls, each call is checked. */
  #numberConditions(text: string): Conditions {
    if (text.includes(DOT)) return visibleNumber(text.replace(new RegExp(DOT, 'g'), ''));
    const digits = text.replace(/[\s().+/-]/g, '');
    const starting: readonly Value[] = [digits, digits + AFTER_ALL_DIGITS];
    const first = (column: string): string => `${column} >= ? AND ${column} < ?`;
    const last = (column: string): string => `substr(${column}, ?) = ?`;
    const fits: Conditions = {
      sql: [`(${first('c.number')} OR ${first('c.dialled')} OR ${last('c.number')} OR ${last('c.dialled')})`],
      values: [...starting, ...starting, -digits.length, digits, -digits.length, digits],
    };
    const endings = this.#numbersEndingIn(digits.slice(-SHARED_END_DIGITS));
    if (endings === undefined) return fits;
    const ids = ['number', 'dialled']
      .flatMap((column) => [first(column), `${column} IN (SELECT value FROM json_each(?))`])
      .map((condition) => `SELECT id FROM calls WHERE ${condition}`)
      .join(' UNION ALL ');
    const values = [...starting, endings, ...starting, endings];
    const [found] = this.#statements.all<{ calls: number }>(`SELECT COUNT(*) AS calls FROM (${ids} LIMIT ?)`, [
      ...values,
      NUMBER_CALLS_LIMIT,
    ]);
    if (found?.calls === NUMBER_CALLS_LIMIT) return fits;
    return { sql: [`c.id IN (${ids})`, ...fits.sql], values: [...values, ...fits.values] };
  }

  /** As a JSON list; undefined where there are too many. */
  #numbersEndingIn(digits: string): string | undefined {
    const from = reversedText(digits);
    const rows = this.#statements.all<{ reversed: string }>(
      'SELECT reversed FROM call_numbers WHERE reversed >= ? AND reversed < ? LIMIT ?',
      [from, from + AFTER_ALL_DIGITS, NUMBERS_LIMIT],
    );
    return rows.length === NUMBERS_LIMIT ? undefined : JSON.stringify(rows.map((row) => reversedText(row.reversed)));
  }

  #textSeeds(text: string): readonly Seed[] {
    const folded = foldText(text);
    const pattern = `%${folded.replace(/[\\%_]/g, '\\$&')}%`;
    const people = this.#statements.all<{ id: number }>("SELECT id FROM people WHERE search_name LIKE ? ESCAPE '\\'", [
      pattern,
    ]);
    const destinations = this.#statements
      .all<{ id: number; en: string; vi: string }>('SELECT id, name_en AS en, name_vi AS vi FROM destinations', [])
      .filter((place) => foldText(place.en).includes(folded) || foldText(place.vi).includes(folded));
    // A number that a PBX prints as a name is found as a number.
    const callers = this.#callerNames().filter(
      (name) => digitsIn(name) < SHORTEST_PRIVATE_NUMBER && foldText(name).includes(folded),
    );
    return [
      ...people.map((row): Seed => ({ column: 'person_id', value: row.id })),
      ...destinations.map((row): Seed => ({ column: 'destination_id', value: row.id })),
      ...callers.map((value): Seed => ({ column: 'caller_name', value })),
    ];
  }

  /** Different names of callers, hopping through their index instead of reading it. */
  #callerNames(): readonly string[] {
    return this.#statements
      .all<{ value: string }>(
        `WITH RECURSIVE hop (value) AS (
           SELECT MIN(caller_name) FROM calls WHERE caller_name IS NOT NULL
           UNION ALL
           SELECT (SELECT MIN(caller_name) FROM calls WHERE caller_name > hop.value) FROM hop WHERE hop.value IS NOT NULL
         ) SELECT value FROM hop WHERE value IS NOT NULL`,
        [],
      )
      .map((row) => row.value);
  }

  #departmentsBelow(departmentId: number): readonly number[] {
    return this.#statements
      .all<{ id: number }>(
        `WITH RECURSIVE below (id) AS (
           SELECT ? UNION SELECT d.id FROM departments d JOIN below b ON d.parent_id = b.id
         ) SELECT id FROM below`,
        [departmentId],
      )
      .map((row) => row.id);
  }
}

/** Numbers of which these first digits are visible to readers from whom the last ones are hidden. */
function visibleNumber(digits: string): Conditions {
  const fits = (column: string): string =>
    `(c.${column} >= ? AND c.${column} < ? AND c.${column} NOT GLOB '*[^0-9]*'
      AND (length(c.${column}) >= ? OR length(c.${column}) < ?))`;
  const values = [digits, digits + AFTER_ALL_DIGITS, digits.length + HIDDEN_DIGITS, SHORTEST_PRIVATE_NUMBER];
  return { sql: [`(${fits('number')} OR ${fits('dialled')})`], values: [...values, ...values] };
}

function joined(...parts: readonly Conditions[]): Conditions {
  return { sql: parts.flatMap((part) => part.sql), values: parts.flatMap((part) => part.values) };
}

function isSeeds(alternative: readonly Seed[] | Conditions): alternative is readonly Seed[] {
  return Array.isArray(alternative);
}

function anyOf(seeds: readonly Seed[]): Conditions {
  const byColumn = new Map<string, Value[]>();
  for (const { column, value } of seeds) {
    const values = byColumn.get(column);
    if (values === undefined) byColumn.set(column, [value]);
    else values.push(value);
  }
  if (byColumn.size === 0) return { sql: ['0'], values: [] };
  const parts = [...byColumn.keys()].map((column) => `c.${column} IN (SELECT value FROM json_each(?))`);
  return { sql: [`(${parts.join(' OR ')})`], values: [...byColumn.values()].map((list) => JSON.stringify(list)) };
}
