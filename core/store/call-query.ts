/**
 * Finds calls: pages newest first, a jump to any row, and totals. Built for millions of rows, so every kind of filter has
 * an index to start from (`seeds`) or the daily sums to say which days are worth reading.
 */
import type { Statement } from 'better-sqlite3';
import type { AttributionReason, Band, CallDirection, CallId, RatingState } from '../model/call.ts';
import { foldText } from '../model/fold.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import { localSecondsOfDay } from '../model/time.ts';
import { CALL_VIEW, type CallView, type CallViewColumns, callViewOf, reversedText } from './calls.ts';
import { dayNumberOf, SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';

/** What a call must be; absent: anything. Days are `YYYY-MM-DD`, both inclusive. */
export interface CallFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly personId?: number | undefined;
  /** A department and all below it. */
  readonly departmentId?: number | undefined;
  readonly code?: string | undefined;
  readonly extension?: string | undefined;
  readonly trunk?: string | undefined;
  /** First or last digits of the normalised or the dialled number. */
  readonly number?: string | undefined;
  readonly direction?: CallDirection | undefined;
  readonly band?: Band | undefined;
  readonly reason?: AttributionReason | undefined;
  readonly rating?: RatingState | undefined;
  readonly sourceId?: number | undefined;
  /** Part of a person's, destination's or caller's name, with or without marks. */
  readonly text?: string | undefined;
}

export interface CallQuery extends CallFilter {
  /** `next` of the page before. */
  readonly after?: string | undefined;
  /** Row number of the first call wanted, newest is 0. */
  readonly at?: number | undefined;
  readonly limit: number;
}

export interface CallPage {
  readonly calls: readonly CallView[];
  readonly next: string | null;
}

export interface ChargeSum {
  readonly currency: string;
  readonly amountMicro: AmountMicro;
}

export interface CallTotals {
  readonly calls: number;
  readonly talkSeconds: number;
  readonly charges: readonly ChargeSum[];
}

type Value = string | number;

interface Conditions {
  readonly sql: string[];
  readonly values: Value[];
}

interface Seed {
  readonly column: 'person_id' | 'code' | 'extension' | 'number' | 'dialled' | 'destination' | 'caller_name';
  readonly value: Value;
}

interface Plan {
  /** Everything but what the seeds already say; on `calls c`. */
  readonly conditions: Conditions;
  /** The whole filter; on `calls c`. */
  readonly whole: Conditions;
  /** Any of these finds every call of the filter; absent: no index starts there. Empty: nothing can match. */
  readonly seeds: readonly Seed[] | undefined;
  /** The whole filter on `daily_sums s`, where the sums know all of it. */
  readonly sums: Conditions | undefined;
}

interface Position {
  readonly startLocalS: number;
  readonly id: CallId;
}

interface IdRow {
  readonly id: number;
  readonly start_local_s: number;
}

interface TotalRow {
  readonly currency: string | null;
  readonly calls: number;
  readonly talk_s: number | null;
  readonly charge_text: string | null;
}

/** More seeds than this are slower than reading calls in order of time until a page is full. */
const SEEDS_LIMIT = 500;
const STATEMENTS_LIMIT = 200;
const NEWEST = 'ORDER BY c.start_local_s DESC, c.id DESC';
const SOURCE_SPAN = 2 ** 40;
const TOTALS = `COUNT(*) AS calls, SUM(talk_s) AS talk_s, CAST(SUM(charge_micro) AS TEXT) AS charge_text`;

export class CallQueries {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Database) {
    this.#db = db;
  }

  page(query: CallQuery): CallPage {
    const plan = this.#plan(query);
    const position = query.after === undefined ? undefined : positionOf(query.after);
    const ids = this.#ids(plan, position, query.at ?? 0, query.limit + 1);
    const calls = this.#views(ids.slice(0, query.limit));
    const last = calls.at(-1);
    return {
      calls,
      next: ids.length > query.limit && last !== undefined ? `${last.startLocalS}.${last.id}` : null,
    };
  }

  totals(filter: CallFilter): CallTotals {
    const plan = this.#plan(filter);
    if (plan.seeds?.length === 0) return { calls: 0, talkSeconds: 0, charges: [] };
    if (plan.sums !== undefined) {
      return totalsOf(
        this.#all<TotalRow>(
          `SELECT currency, SUM(calls) AS calls, SUM(talk_s) AS talk_s, CAST(SUM(charge_micro) AS TEXT) AS charge_text
           FROM daily_sums s ${where(plan.sums)} GROUP BY currency`,
          plan.sums.values,
        ),
      );
    }
    if (plan.seeds === undefined) return this.#totalsOfScan(plan.whole);
    return totalsOf(
      this.#all<TotalRow>(
        `SELECT currency, ${TOTALS} FROM calls c ${where(plan.whole)} GROUP BY currency`,
        plan.whole.values,
      ),
    );
  }

  /** Grouping would sort every row by its currency; there are few currencies, so each is a column of one pass. */
  #totalsOfScan(conditions: Conditions): CallTotals {
    const currencies = this.#all<{ currency: string }>(
      "SELECT DISTINCT currency FROM daily_sums WHERE currency <> '' ORDER BY currency",
      [],
    ).map((row) => row.currency);
    const sums = currencies.map((_, i) => `CAST(SUM(charge_micro) FILTER (WHERE currency = ?) AS TEXT) AS charge${i}`);
    const columns = ['COUNT(*) AS calls', 'SUM(talk_s) AS talk_s', ...sums].join(', ');
    const [row] = this.#all<Record<string, number | string | null>>(
      `SELECT ${columns} FROM calls c ${where(conditions)}`,
      [...currencies, ...conditions.values],
    );
    const charges = currencies.flatMap((currency, i): ChargeSum[] => {
      const text = row?.[`charge${i}`];
      return text === null || text === undefined ? [] : [{ currency, amountMicro: amountMicro(BigInt(text)) }];
    });
    return { calls: Number(row?.['calls'] ?? 0), talkSeconds: Number(row?.['talk_s'] ?? 0), charges };
  }

  #ids(plan: Plan, position: Position | undefined, skip: number, limit: number): readonly IdRow[] {
    if (plan.seeds !== undefined) return this.#idsBySeeds(plan, plan.seeds, position, skip, limit);
    const isPlain = plan.whole.sql.length === 0;
    if (plan.sums !== undefined && (skip > 0 || !isPlain)) {
      return this.#idsByDays(plan.whole, plan.sums, position, skip, limit);
    }
    return this.#idsWhere(plan.whole, position, skip, limit);
  }

  #idsWhere(conditions: Conditions, position: Position | undefined, skip: number, limit: number): readonly IdRow[] {
    const both = before(conditions, position);
    return this.#all<IdRow>(`SELECT c.id, c.start_local_s FROM calls c ${where(both)} ${NEWEST} LIMIT ? OFFSET ?`, [
      ...both.values,
      limit,
      skip,
    ]);
  }

  /** Each seed gives its newest calls from its own index; the newest of all of them are the page. */
  #idsBySeeds(
    plan: Plan,
    seeds: readonly Seed[],
    position: Position | undefined,
    skip: number,
    limit: number,
  ): readonly IdRow[] {
    const found = new Map<number, IdRow>();
    for (const seed of seeds) {
      const seeded: Conditions = {
        sql: [`c.${seed.column} = ?`, ...plan.conditions.sql],
        values: [seed.value, ...plan.conditions.values],
      };
      const isOnly = seeds.length === 1;
      const rows = this.#idsWhere(seeded, position, isOnly ? skip : 0, isOnly ? limit : skip + limit);
      if (isOnly) return rows;
      for (const row of rows) found.set(row.id, row);
    }
    return [...found.values()]
      .sort((a, b) => b.start_local_s - a.start_local_s || b.id - a.id)
      .slice(skip, skip + limit);
  }

  /** Reads only days that the sums say have matches, and skips whole days without reading them. */
  #idsByDays(
    conditions: Conditions,
    sums: Conditions,
    position: Position | undefined,
    skip: number,
    limit: number,
  ): readonly IdRow[] {
    const found: IdRow[] = [];
    let toSkip = skip;
    const lastDay = position === undefined ? Number.MAX_SAFE_INTEGER : dayNumberOf(position.startLocalS);
    for (const { day, calls } of this.#daysOf(sums, lastDay, skip > 0)) {
      if (toSkip >= calls) {
        toSkip -= calls;
        continue;
      }
      const inDay: Conditions = {
        sql: ['c.start_local_s >= ?', 'c.start_local_s < ?', ...conditions.sql],
        values: [day * SECONDS_PER_DAY, (day + 1) * SECONDS_PER_DAY, ...conditions.values],
      };
      found.push(...this.#idsWhere(inDay, position, toSkip, limit - found.length));
      toSkip = 0;
      if (found.length >= limit) break;
    }
    return found;
  }

  /** Days with matches, newest first: one by one for a page, all at once for a jump. */
  *#daysOf(sums: Conditions, lastDay: number, isJump: boolean): Generator<{ day: number; calls: number }> {
    const upTo: Conditions = { sql: [...sums.sql, 's.day <= ?'], values: sums.values };
    const sql = `SELECT s.day, SUM(s.calls) AS calls FROM daily_sums s ${where(upTo)} GROUP BY s.day ORDER BY s.day DESC`;
    if (isJump) {
      yield* this.#all<{ day: number; calls: number }>(sql, [...sums.values, lastDay]);
      return;
    }
    let from = lastDay;
    for (;;) {
      const [next] = this.#all<{ day: number; calls: number }>(`${sql} LIMIT 1`, [...sums.values, from]);
      if (next === undefined) return;
      yield next;
      from = next.day - 1;
    }
  }

  #views(ids: readonly IdRow[]): CallView[] {
    const rows = this.#all<CallViewColumns>(`${CALL_VIEW} WHERE c.id IN (SELECT value FROM json_each(?))`, [
      JSON.stringify(ids.map((row) => row.id)),
    ]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap(({ id }) => {
      const row = byId.get(id);
      return row === undefined ? [] : [callViewOf(row)];
    });
  }

  #plan(filter: CallFilter): Plan {
    const conditions: Conditions = { sql: [], values: [] };
    const sums: Conditions = { sql: [], values: [] };
    const both = (call: string, sum: string, ...values: Value[]): void => {
      add(conditions, call, ...values);
      add(sums, sum, ...values);
    };
    const from = filter.from === undefined ? undefined : localSecondsOfDay(filter.from);
    if (from !== undefined) {
      add(conditions, 'c.start_local_s >= ?', from);
      add(sums, 's.day >= ?', dayNumberOf(from));
    }
    const to = filter.to === undefined ? undefined : localSecondsOfDay(filter.to);
    if (to !== undefined) {
      add(conditions, 'c.start_local_s < ?', to + SECONDS_PER_DAY);
      add(sums, 's.day <= ?', dayNumberOf(to));
    }
    if (filter.departmentId !== undefined) {
      const list = JSON.stringify(this.#departmentsBelow(filter.departmentId));
      const inList = 'department_id IN (SELECT value FROM json_each(?))';
      both(`c.${inList}`, `s.${inList}`, list);
    }
    for (const key of ['direction', 'band', 'reason', 'rating'] as const) {
      const value = filter[key];
      if (value !== undefined) both(`c.${key} = ?`, `s.${key} = ?`, value);
    }
    if (filter.sourceId !== undefined) {
      add(conditions, 'c.id >= ?', filter.sourceId * SOURCE_SPAN);
      add(conditions, 'c.id < ?', (filter.sourceId + 1) * SOURCE_SPAN);
      add(sums, 's.source_id = ?', filter.sourceId);
    }
    if (filter.trunk !== undefined) add(conditions, 'c.trunk = ?', filter.trunk);
    return this.#planSeeds(filter, conditions, sums);
  }

  /** The most telling part of the filter becomes the seeds, the others plain conditions. */
  #planSeeds(filter: CallFilter, conditions: Conditions, sums: Conditions): Plan {
    const alternatives: (readonly Seed[] | Conditions)[] = [];
    if (filter.code !== undefined) alternatives.push([{ column: 'code', value: filter.code }]);
    if (filter.number !== undefined) alternatives.push(this.#numberSeeds(filter.number));
    if (filter.extension !== undefined) alternatives.push([{ column: 'extension', value: filter.extension }]);
    if (filter.personId !== undefined) alternatives.push([{ column: 'person_id', value: filter.personId }]);
    if (filter.text !== undefined && foldText(filter.text) !== '') alternatives.push(this.#textSeeds(filter.text));

    const isSummable =
      filter.code === undefined &&
      filter.number === undefined &&
      filter.extension === undefined &&
      filter.text === undefined &&
      filter.trunk === undefined;
    if (isSummable && filter.personId !== undefined) add(sums, 's.person_id = ?', filter.personId);

    const lists = alternatives.filter(isSeeds).sort((a, b) => a.length - b.length);
    const seeds = lists.find((list) => list.length <= SEEDS_LIMIT);
    const whole: Conditions = { sql: [...conditions.sql], values: [...conditions.values] };
    for (const alternative of alternatives) {
      const condition = isSeeds(alternative) ? anyOf(alternative) : alternative;
      add(whole, condition.sql.join(' AND '), ...condition.values);
      if (alternative !== seeds) add(conditions, condition.sql.join(' AND '), ...condition.values);
    }
    return { conditions, whole, seeds, sums: isSummable ? sums : undefined };
  }

  #numberSeeds(text: string): readonly Seed[] | Conditions {
    const digits = text.replace(/[\s().+/-]/g, '');
    const upper = `${digits}\u{10ffff}`;
    const backwards = reversedText(digits);
    const rows = this.#all<{ digits: string }>(
      `SELECT digits FROM call_numbers WHERE digits >= ? AND digits < ?
       UNION SELECT digits FROM call_numbers WHERE reversed >= ? AND reversed < ? LIMIT ?`,
      [digits, upper, backwards, `${backwards}\u{10ffff}`, SEEDS_LIMIT / 2 + 1],
    );
    if (rows.length <= SEEDS_LIMIT / 2) {
      return rows.flatMap((row): Seed[] => [
        { column: 'number', value: row.digits },
        { column: 'dialled', value: row.digits },
      ]);
    }
    const first = (column: string): string => `(${column} >= ? AND ${column} < ?)`;
    const last = (column: string): string => `substr(${column}, ?) = ?`;
    return {
      sql: [`(${[first('c.number'), first('c.dialled'), last('c.number'), last('c.dialled')].join(' OR ')})`],
      values: [digits, upper, digits, upper, -digits.length, digits, -digits.length, digits],
    };
  }

  #textSeeds(text: string): readonly Seed[] {
    const folded = foldText(text);
    const pattern = `%${folded.replace(/[\\%_]/g, '\\$&')}%`;
    const people = this.#all<{ id: number }>("SELECT id FROM people WHERE search_name LIKE ? ESCAPE '\\'", [pattern]);
    const seeds: Seed[] = people.map((row) => ({ column: 'person_id', value: row.id }));
    for (const column of ['destination', 'caller_name'] as const) {
      for (const value of this.#distinct(column)) {
        if (foldText(value).includes(folded)) seeds.push({ column, value });
      }
    }
    return seeds;
  }

  /** Different values of an indexed column, hopping through the index instead of reading it. */
  #distinct(column: 'destination' | 'caller_name'): readonly string[] {
    return this.#all<{ value: string }>(
      `WITH RECURSIVE hop (value) AS (
         SELECT MIN(${column}) FROM calls WHERE ${column} IS NOT NULL
         UNION ALL
         SELECT (SELECT MIN(${column}) FROM calls WHERE ${column} > hop.value) FROM hop WHERE hop.value IS NOT NULL
       ) SELECT value FROM hop WHERE value IS NOT NULL`,
      [],
    ).map((row) => row.value);
  }

  #departmentsBelow(departmentId: number): readonly number[] {
    return this.#all<{ id: number }>(
      `WITH RECURSIVE below (id) AS (
         SELECT ? UNION SELECT d.id FROM departments d JOIN below b ON d.parent_id = b.id
       ) SELECT id FROM below`,
      [departmentId],
    ).map((row) => row.id);
  }

  #all<Row>(sql: string, values: readonly Value[]): readonly Row[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      if (this.#statements.size >= STATEMENTS_LIMIT) this.#statements.clear();
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement.all(...values) as Row[];
  }
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

function add(conditions: Conditions, sql: string, ...values: Value[]): void {
  conditions.sql.push(sql);
  conditions.values.push(...values);
}

function before(conditions: Conditions, position: Position | undefined): Conditions {
  if (position === undefined) return conditions;
  return {
    sql: [...conditions.sql, '(c.start_local_s, c.id) < (?, ?)'],
    values: [...conditions.values, position.startLocalS, position.id],
  };
}

function where(conditions: Conditions): string {
  return conditions.sql.length === 0 ? '' : `WHERE ${conditions.sql.join(' AND ')}`;
}

/** Undefined for a text that no page gave: the first page is the answer then. */
function positionOf(text: string): Position | undefined {
  const m = /^(-?\d{1,15})\.(\d{1,16})$/.exec(text);
  return m === null ? undefined : { startLocalS: Number(m[1]), id: Number(m[2]) };
}

function totalsOf(rows: readonly TotalRow[]): CallTotals {
  let calls = 0;
  let talkSeconds = 0;
  const charges: ChargeSum[] = [];
  for (const row of rows) {
    calls += row.calls;
    talkSeconds += row.talk_s ?? 0;
    if (row.currency !== null && row.currency !== '' && row.charge_text !== null) {
      charges.push({ currency: row.currency, amountMicro: amountMicro(BigInt(row.charge_text)) });
    }
  }
  return { calls, talkSeconds, charges };
}
