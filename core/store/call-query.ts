/** Finds calls: pages newest first, a jump to any row, and totals; built for millions of rows. */
import type { Scope } from '../model/access.ts';
import type { CallId } from '../model/call.ts';
import { amountMicro } from '../model/money.ts';
import type { CallFilter, CallPage, CallQuery, CallTotals, ChargeSum } from './call-filter.ts';
import { type CallPlan, CallPlanner, type LateConditions, type Seed } from './call-plan.ts';
import { CALL_VIEW, type CallView, type CallViewColumns, callViewOf } from './calls.ts';
import { type Conditions, type Value, where } from './conditions.ts';
import { dayNumberOf, SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';
import { StatementPool } from './statement-pool.ts';

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

/** Rows of day, currency, calls, talk time and charge. */
interface SummedDays {
  readonly sql: string;
  readonly values: readonly Value[];
  readonly hasLate: boolean;
}

const IS_PRIVATE = "c.purpose = 'private'";
const NOT_PRIVATE = "c.purpose IS NOT 'private'";
const NEWEST = 'ORDER BY c.start_local_s DESC, c.id DESC';
const TOTALS = `COUNT(*) AS calls, SUM(talk_s) AS talk_s, CAST(SUM(charge_micro) AS TEXT) AS charge_text`;

export class CallQueries {
  readonly #planner: CallPlanner;
  readonly #statements: StatementPool;

  constructor(db: Database) {
    this.#planner = new CallPlanner(db);
    this.#statements = new StatementPool(db);
  }

  /** `listed`: without private calls of others than whose scope it is. */
  page(query: CallQuery, scope: Scope, which: 'listed' | 'all' = 'listed'): CallPage {
    const listed = this.#plan(query, scope, which);
    const plan = this.#hasRemoved() ? { ...listed, sums: undefined, late: undefined } : listed;
    const position = query.after === undefined ? undefined : positionOf(query.after);
    const ids = this.#ids(plan, position, query.at ?? 0, query.limit + 1);
    const calls = this.#views(ids.slice(0, query.limit));
    const last = calls.at(-1);
    return {
      calls,
      next: ids.length > query.limit && last !== undefined ? `${last.startLocalS}.${last.id}` : null,
    };
  }

  /** Calls that a filter counts and that are in no list of it. */
  unlisted(filter: CallFilter, scope: Scope): number {
    if (this.#hasRemoved()) {
      const { whole } = this.#plan(filter, scope, 'listed');
      return this.totals(filter, scope).calls - this.#count(whole);
    }
    if (scope.kind === 'person' || !this.#hasPrivate()) return 0;
    const { whole } = this.#plan(filter, scope, 'all');
    return this.#count({ ...whole, sql: [IS_PRIVATE, ...whole.sql] });
  }

  #count(conditions: Conditions): number {
    const sql = `SELECT COUNT(*) AS calls FROM calls c ${where(conditions)}`;
    return this.#statements.all<{ calls: number }>(sql, conditions.values)[0]?.calls ?? 0;
  }

  /** Who looks for a number or a name learns nothing of private calls, not even how many there are. */
  #plan(filter: CallFilter, scope: Scope, which: 'listed' | 'all'): CallPlan {
    const plan = this.#planner.plan(filter, scope);
    const asksWhom = (filter.number ?? filter.text) !== undefined && filter.purpose !== 'private';
    if (scope.kind === 'person' || (which === 'all' && !asksWhom) || !this.#hasPrivate()) return plan;
    return withoutPrivate(plan);
  }

  /** Calls were removed after their time: the sums of their days know more than there is. */
  #hasRemoved(): boolean {
    return this.#statements.all('SELECT 1 FROM month_redactions WHERE detail_at_ms IS NOT NULL LIMIT 1', []).length > 0;
  }

  #hasPrivate(): boolean {
    return this.#statements.all(`SELECT 1 FROM calls c WHERE ${IS_PRIVATE} LIMIT 1`, []).length > 0;
  }

  totals(filter: CallFilter, scope: Scope): CallTotals {
    const plan = this.#plan(filter, scope, 'all');
    if (plan.seeds?.length === 0) return { calls: 0, talkSeconds: 0, charges: [] };
    if (plan.sums !== undefined) {
      const { sql, values } = this.#daysWithLate(plan.sums, plan.late);
      return totalsOf(
        this.#statements.all<TotalRow>(
          `SELECT currency, SUM(calls) AS calls, SUM(talk_s) AS talk_s, CAST(SUM(charge_micro) AS TEXT) AS charge_text
           FROM (${sql}) GROUP BY currency HAVING SUM(calls) > 0`,
          values,
        ),
      );
    }
    if (plan.seeds === undefined) return this.#totalsOfScan(plan.whole);
    return totalsOf(
      this.#statements.all<TotalRow>(
        `SELECT currency, ${TOTALS} FROM calls c ${where(plan.whole)} GROUP BY currency`,
        plan.whole.values,
      ),
    );
  }

  /** Days of the sums, with late calls at the day of their start, where the list of calls has them. */
  #daysWithLate(sums: Conditions, late: LateConditions | undefined): SummedDays {
    const sql = `SELECT s.day, s.currency, s.calls, s.talk_s, s.charge_micro FROM daily_sums s ${where(sums)}`;
    if (late === undefined || !this.#hasLate()) return { sql, values: sums.values, hasLate: false };
    const calls = (day: string, sign: '+' | '-', conditions: Conditions): string =>
      `SELECT ${day}, COALESCE(c.currency, ''), ${sign}1, ${sign}c.talk_s, ${sign}COALESCE(c.charge_micro, 0)
       FROM calls c ${where({ ...conditions, sql: ['c.late_day IS NOT NULL', ...conditions.sql] })}`;
    return {
      sql: [
        sql,
        calls('c.late_day', '-', late.summed),
        calls(`c.start_local_s / ${SECONDS_PER_DAY}`, '+', late.found),
      ].join(' UNION ALL '),
      values: [...sums.values, ...late.summed.values, ...late.found.values],
      hasLate: true,
    };
  }

  #hasLate(): boolean {
    return this.#statements.all('SELECT 1 FROM calls WHERE late_day IS NOT NULL LIMIT 1', []).length > 0;
  }

  /** Grouping would sort every row by its currency; there are few currencies, so each is a column of one pass. */
  #totalsOfScan(conditions: Conditions): CallTotals {
    const currencies = this.#statements
      .all<{ currency: string }>("SELECT DISTINCT currency FROM daily_sums WHERE currency <> '' ORDER BY currency", [])
      .map((row) => row.currency);
    const sums = currencies.map((_, i) => `CAST(SUM(charge_micro) FILTER (WHERE currency = ?) AS TEXT) AS charge${i}`);
    const columns = ['COUNT(*) AS calls', 'SUM(talk_s) AS talk_s', ...sums].join(', ');
    const [row] = this.#statements.all<Record<string, number | string | null>>(
      `SELECT ${columns} FROM calls c ${where(conditions)}`,
      [...currencies, ...conditions.values],
    );
    const charges = currencies.flatMap((currency, i): ChargeSum[] => {
      const text = row?.[`charge${i}`];
      return text === null || text === undefined ? [] : [{ currency, amountMicro: amountMicro(BigInt(text)) }];
    });
    return { calls: Number(row?.['calls'] ?? 0), talkSeconds: Number(row?.['talk_s'] ?? 0), charges };
  }

  #ids(plan: CallPlan, position: Position | undefined, skip: number, limit: number): readonly IdRow[] {
    if (plan.seeds !== undefined) return this.#idsBySeeds(plan, plan.seeds, position, skip, limit);
    const isPlain = plan.whole.sql.length === 0;
    if (plan.sums !== undefined && (skip > 0 || !isPlain)) {
      return this.#idsByDays(plan.whole, this.#daysWithLate(plan.sums, plan.late), position, skip, limit);
    }
    return this.#idsWhere(plan.whole, position, skip, limit);
  }

  #idsWhere(conditions: Conditions, position: Position | undefined, skip: number, limit: number): readonly IdRow[] {
    const both = before(conditions, position);
    return this.#statements.all<IdRow>(
      `SELECT c.id, c.start_local_s FROM calls c ${where(both)} ${NEWEST} LIMIT ? OFFSET ?`,
      [...both.values, limit, skip],
    );
  }

  /** Each seed gives its newest calls from its own index; the newest of all of them are the page. */
  #idsBySeeds(
    plan: CallPlan,
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
    days: SummedDays,
    position: Position | undefined,
    skip: number,
    limit: number,
  ): readonly IdRow[] {
    const found: IdRow[] = [];
    let toSkip = skip;
    const lastDay = position === undefined ? Number.MAX_SAFE_INTEGER : dayNumberOf(position.startLocalS);
    for (const { day, calls } of this.#daysOf(days, lastDay, skip > 0)) {
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
  *#daysOf(days: SummedDays, lastDay: number, isJump: boolean): Generator<{ day: number; calls: number }> {
    const sql = `SELECT day, SUM(calls) AS calls FROM (${days.sql}) WHERE day <= ?
      GROUP BY day HAVING SUM(calls) > 0 ORDER BY day DESC`;
    if (isJump || days.hasLate) {
      yield* this.#statements.all<{ day: number; calls: number }>(sql, [...days.values, lastDay]);
      return;
    }
    let from = lastDay;
    for (;;) {
      const [next] = this.#statements.all<{ day: number; calls: number }>(`${sql} LIMIT 1`, [...days.values, from]);
      if (next === undefined) return;
      yield next;
      from = next.day - 1;
    }
  }

  #views(ids: readonly IdRow[]): CallView[] {
    const rows = this.#statements.all<CallViewColumns>(`${CALL_VIEW} WHERE c.id IN (SELECT value FROM json_each(?))`, [
      JSON.stringify(ids.map((row) => row.id)),
    ]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap(({ id }) => {
      const row = byId.get(id);
      return row === undefined ? [] : [callViewOf(row)];
    });
  }
}

function withoutPrivate(plan: CallPlan): CallPlan {
  const without = ({ sql, values }: Conditions): Conditions => ({ sql: [NOT_PRIVATE, ...sql], values });
  // The sums of days count them, so the days are read themselves.
  return {
    ...plan,
    conditions: without(plan.conditions),
    whole: without(plan.whole),
    sums: undefined,
    late: undefined,
  };
}

function before(conditions: Conditions, position: Position | undefined): Conditions {
  if (position === undefined) return conditions;
  return {
    sql: [...conditions.sql, '(c.start_local_s, c.id) < (?, ?)'],
    values: [...conditions.values, position.startLocalS, position.id],
  };
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
