/**
 * What the dashboard asks beyond totals of filters: outside calls by day, department, person and destination, calls by hour,
 * and who had which outside line when. From the daily sums where they know it, from indexes of the calls where not.
 */
import type { Scope } from '../model/access.ts';
import { amountMicro } from '../model/money.ts';
import type { LocalSeconds } from '../model/time.ts';
import { cachedStatement } from './cached-statement.ts';
import type { CallTotals, ChargeSum } from './call-filter.ts';
import { addScope } from './call-scope.ts';
import { add, type Conditions, chargeable, where } from './conditions.ts';
import { SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';
import type { DayRange } from './month-days.ts';

/** Outside calls of one day, department, person or destination. */
export interface GroupTotals extends CallTotals {
  /** Day number or id; 0: of nobody, in no department, to a place nobody knows. */
  readonly key: number;
}

export interface HourCount {
  /** Hours since 1970-01-01 on the site's wall clock. */
  readonly hour: number;
  readonly calls: number;
}

/** An outside line in use. */
export interface LineUse {
  readonly trunk: string;
  readonly from: LocalSeconds;
  readonly to: LocalSeconds;
}

interface GroupColumns {
  readonly key: number;
  readonly currency: string;
  readonly calls: number;
  readonly talkSeconds: number;
  readonly chargeText: string;
}

const SUM_KEYS = { day: 's.day', department: 's.department_id', person: 's.person_id' } as const;
const HOUR_S = 3600;
const HOURS_A_DAY = 24;
/** Longer calls than this are not looked for when they began before the hours asked for. */
const LONGEST_CALL_S = 4 * HOUR_S;

export class DashboardQueries {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** By the day a call is booked to, so that days add up to their month. */
  sums(by: keyof typeof SUM_KEYS, { first, end }: DayRange, scope: Scope): readonly GroupTotals[] {
    const conditions: Conditions = { sql: [], values: [] };
    add(conditions, `s.day >= ? AND s.day < ? AND ${chargeable('s')}`, first, end);
    addScope(conditions, scope, 's');
    // A person's calls are booked to departments; what nobody made is in none of them either.
    const key = by === 'department' ? 'CASE WHEN s.person_id = 0 THEN -1 ELSE s.department_id END' : SUM_KEYS[by];
    return grouped(
      this.#db
        .prepare(
          `SELECT ${key} AS key, s.currency, SUM(s.calls) AS calls, SUM(s.talk_s) AS talkSeconds,
             CAST(SUM(s.charge_micro) AS TEXT) AS chargeText
           FROM daily_sums s ${where(conditions)} GROUP BY 1, 2 ORDER BY 1, 2`,
        )
        .all(...conditions.values) as GroupColumns[],
    );
  }

  /** By the place called, of calls that began on these days. */
  destinations({ first, end }: DayRange, scope: Scope): readonly GroupTotals[] {
    const conditions = this.#began(first, end, scope);
    add(conditions, `${chargeable('c')} AND c.destination_id IS NOT NULL`);
    return grouped(
      this.#db
        .prepare(
          `SELECT c.destination_id AS key, COALESCE(c.currency, '') AS currency, COUNT(*) AS calls,
             SUM(c.talk_s) AS talkSeconds, CAST(COALESCE(SUM(c.charge_micro), 0) AS TEXT) AS chargeText
           FROM calls c ${where(conditions)} GROUP BY 1, 2 ORDER BY 1, 2`,
        )
        .all(...conditions.values) as GroupColumns[],
    );
  }

  destinationName(id: number): { readonly en: string; readonly vi: string } | undefined {
    const sql = 'SELECT name_en AS en, name_vi AS vi FROM destinations WHERE id = ?';
    return cachedStatement<[number], { en: string; vi: string }>(this.#db, sql).get(id);
  }

  /** Calls of whatever direction by the hour of their start. */
  hours({ first, end }: DayRange, scope: Scope): readonly HourCount[] {
    if (scope.kind === 'all') return this.#hoursOfAll(first, end);
    const conditions = this.#began(first, end, scope);
    return this.#db
      .prepare(
        `SELECT c.start_local_s / ${HOUR_S} AS hour, COUNT(*) AS calls FROM calls c ${where(conditions)}
         GROUP BY 1 ORDER BY 1`,
      )
      .all(...conditions.values) as HourCount[];
  }

  /** Counting each stretch of the index costs an eighth of grouping its entries. */
  #hoursOfAll(first: number, end: number): readonly HourCount[] {
    const count = cachedStatement<[number, number], { calls: number }>(
      this.#db,
      'SELECT COUNT(*) AS calls FROM calls WHERE start_local_s >= ? AND start_local_s < ?',
    );
    const hours: HourCount[] = [];
    for (let hour = first * HOURS_A_DAY; hour < end * HOURS_A_DAY; hour += 1) {
      const calls = count.get(hour * HOUR_S, (hour + 1) * HOUR_S)?.calls ?? 0;
      if (calls > 0) hours.push({ hour, calls });
    }
    return hours;
  }

  /** From the first ring to the end. */
  lineUses(from: LocalSeconds, to: LocalSeconds): readonly LineUse[] {
    const sql = `SELECT trunk, start_local_s AS "from", start_local_s + COALESCE(ring_s, 0) + talk_s AS "to" FROM calls
      WHERE start_local_s >= ? AND start_local_s < ? AND trunk IS NOT NULL AND trunk <> ''`;
    const rows = cachedStatement<[number, number], LineUse>(this.#db, sql).all(from - LONGEST_CALL_S, to);
    return rows.filter((use) => use.to > from);
  }

  hasCalls(): boolean {
    return cachedStatement(this.#db, 'SELECT 1 FROM daily_sums LIMIT 1').get() !== undefined;
  }

  #began(first: number, end: number, scope: Scope): Conditions {
    const conditions: Conditions = { sql: [], values: [] };
    add(conditions, 'c.start_local_s >= ? AND c.start_local_s < ?', first * SECONDS_PER_DAY, end * SECONDS_PER_DAY);
    addScope(conditions, scope, 'c');
    return conditions;
  }
}

/** Rows in order of their key; each currency is a row of its own, `''` of calls without a price. */
function grouped(rows: readonly GroupColumns[]): readonly GroupTotals[] {
  const groups = Map.groupBy(rows, (row) => row.key);
  return [...groups].map(([key, parts]) => ({
    key,
    calls: parts.reduce((sum, row) => sum + row.calls, 0),
    talkSeconds: parts.reduce((sum, row) => sum + row.talkSeconds, 0),
    charges: parts.flatMap(({ currency, chargeText }): ChargeSum[] =>
      currency === '' ? [] : [{ currency, amountMicro: amountMicro(BigInt(chargeText)) }],
    ),
  }));
}
