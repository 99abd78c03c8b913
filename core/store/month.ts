/**
 * The month: outgoing outside calls by department, person or band, from the daily sums; and every call of it in order,
 * for reports. Rows add up to the totals because both come from the same sums.
 */
import type { Band, CallDirection } from '../model/call.ts';
import { amountMicro } from '../model/money.ts';
import { daysFromCivil, localDayOf } from '../model/time.ts';
import type { CallTotals, ChargeSum } from './call-filter.ts';
import { CALL_VIEW, type CallView, type CallViewColumns, callViewOf } from './calls.ts';
import { OUTBOUND } from './conditions.ts';
import { SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';

export type MonthGrouping = 'department' | 'person' | 'band';

/** Key of calls that nobody owns. */
export const NOBODY_KEY = '0';
/** Key of calls whose person was in no department. */
export const NO_DEPARTMENT_KEY = 'none';

export interface MonthRow extends CallTotals {
  /** Department or person id, or band; `NOBODY_KEY`, `NO_DEPARTMENT_KEY`. */
  readonly key: string;
  /** Empty for bands and for the two keys above: the reader's language names them. */
  readonly name: string;
  readonly parentKey: string | null;
  readonly unratedCalls: number;
  readonly byBand: Readonly<Partial<Record<Band, CallTotals>>>;
}

export interface OtherCalls {
  readonly direction: CallDirection;
  readonly calls: number;
  readonly answered: number;
  readonly talkSeconds: number;
}

export interface MonthSums {
  readonly month: string;
  readonly by: MonthGrouping;
  readonly rows: readonly MonthRow[];
  readonly totals: CallTotals;
  readonly unattributed: CallTotals;
  readonly unratedCalls: number;
  /** Calls without a price by their nature. */
  readonly others: readonly OtherCalls[];
}

/** Days since 1970 of a month's first day and of the day after its last. */
interface DayRange {
  readonly first: number;
  readonly end: number;
}

interface SumColumns {
  readonly key: string;
  readonly person_id: number;
  readonly band: Band;
  readonly rating: string;
  readonly currency: string;
  readonly calls: number;
  readonly talk_s: number;
  readonly charge_text: string;
}

class TotalsSum {
  calls = 0;
  talkSeconds = 0;
  readonly #charges = new Map<string, bigint>();

  add(row: SumColumns): void {
    this.calls += row.calls;
    this.talkSeconds += row.talk_s;
    if (row.currency !== '') {
      this.#charges.set(row.currency, (this.#charges.get(row.currency) ?? 0n) + BigInt(row.charge_text));
    }
  }

  value(): CallTotals {
    const charges: ChargeSum[] = [...this.#charges]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, sum]) => ({ currency, amountMicro: amountMicro(sum) }));
    return { calls: this.calls, talkSeconds: this.talkSeconds, charges };
  }
}

interface RowSum {
  readonly totals: TotalsSum;
  readonly bands: Map<Band, TotalsSum>;
  unratedCalls: number;
}

const KEY_SQL = {
  department: `CASE WHEN s.person_id = 0 THEN '${NOBODY_KEY}' WHEN s.department_id = 0 THEN '${NO_DEPARTMENT_KEY}'
    ELSE CAST(s.department_id AS TEXT) END`,
  person: 'CAST(s.person_id AS TEXT)',
  band: 's.band',
} as const;

const CHUNK_ROWS = 2000;

export class MonthStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** `month` is `YYYY-MM`. */
  sums(month: string, by: MonthGrouping): MonthSums {
    const { first, end } = daysOfMonth(month);
    const columns = this.#db
      .prepare(
        `SELECT ${KEY_SQL[by]} AS key, MIN(s.person_id, 1) AS person_id, s.band, s.rating, s.currency,
           SUM(s.calls) AS calls, SUM(s.talk_s) AS talk_s, CAST(SUM(s.charge_micro) AS TEXT) AS charge_text
         FROM daily_sums s WHERE s.day >= ? AND s.day < ? AND s.direction IN ${OUTBOUND}
         GROUP BY 1, 2, s.band, s.rating, s.currency`,
      )
      .all(first, end) as SumColumns[];
    const rows = new Map<string, RowSum>();
    const totals = new TotalsSum();
    const unattributed = new TotalsSum();
    let unratedCalls = 0;
    for (const column of columns) {
      totals.add(column);
      if (column.person_id === 0) unattributed.add(column);
      const row = rowOf(rows, column.key);
      row.totals.add(column);
      bandOf(row.bands, column.band).add(column);
      if (column.rating === 'unrated') {
        unratedCalls += column.calls;
        row.unratedCalls += column.calls;
      }
    }
    return {
      month,
      by,
      rows: this.#named(by, rows),
      totals: totals.value(),
      unattributed: unattributed.value(),
      unratedCalls,
      others: this.#others(first, end),
    };
  }

  /** Months that have calls, newest first. */
  months(): readonly string[] {
    const next = this.#db.prepare('SELECT MAX(day) FROM daily_sums WHERE day < ?').pluck();
    const months: string[] = [];
    let before = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const day = next.get(before) as number | null;
      if (day === null) return months;
      const month = monthOfDay(day);
      months.push(month);
      before = daysOfMonth(month).first;
    }
  }

  isClosed(month: string): boolean {
    return this.#db.prepare('SELECT 1 FROM closed_months WHERE month = ?').get(month) !== undefined;
  }

  closedMonths(): readonly string[] {
    return this.#db.prepare('SELECT month FROM closed_months ORDER BY month').pluck().all() as string[];
  }

  /** When each closed month was closed, milliseconds since 1970. */
  closedAtMs(): ReadonlyMap<string, number> {
    const rows = this.#db.prepare('SELECT month, closed_at_ms AS atMs FROM closed_months').all() as {
      month: string;
      atMs: number;
    }[];
    return new Map(rows.map((row) => [row.month, row.atMs]));
  }

  close(month: string, nowMs: number): void {
    this.#db
      .prepare('INSERT INTO closed_months (month, closed_at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(month, nowMs);
  }

  /** Every call of the month, oldest first, a chunk in memory at a time. */
  *calls(month: string): Generator<CallView> {
    const { first, end } = daysOfMonth(month);
    const chunk = this.#db.prepare(
      `${CALL_VIEW} WHERE c.start_local_s >= ? AND c.start_local_s < ? AND (c.start_local_s, c.id) > (?, ?)
       ORDER BY c.start_local_s, c.id LIMIT ${CHUNK_ROWS}`,
    );
    let [afterStart, afterId] = [first * SECONDS_PER_DAY, -1];
    for (;;) {
      const rows = chunk.all(afterStart, end * SECONDS_PER_DAY, afterStart, afterId) as CallViewColumns[];
      for (const row of rows) yield callViewOf(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < CHUNK_ROWS) return;
      [afterStart, afterId] = [last.start_local_s, last.id];
    }
  }

  #others(first: number, end: number): readonly OtherCalls[] {
    return this.#db
      .prepare(
        `SELECT direction, SUM(calls) AS calls, SUM(CASE WHEN is_answered = 1 THEN calls ELSE 0 END) AS answered,
           SUM(talk_s) AS talkSeconds
         FROM daily_sums WHERE day >= ? AND day < ? AND direction NOT IN ${OUTBOUND}
         GROUP BY direction ORDER BY direction`,
      )
      .all(first, end) as OtherCalls[];
  }

  #named(by: MonthGrouping, rows: ReadonlyMap<string, RowSum>): readonly MonthRow[] {
    const names = this.#names(by);
    return [...rows]
      .map(([key, row]): MonthRow => {
        const named = names.get(key);
        return {
          key,
          name: named?.name ?? '',
          parentKey: named?.parentKey ?? null,
          ...row.totals.value(),
          unratedCalls: row.unratedCalls,
          byBand: Object.fromEntries([...row.bands].map(([band, sum]) => [band, sum.value()])),
        };
      })
      .sort((a, b) => a.name.localeCompare(b.name, 'vi') || (a.key < b.key ? -1 : 1));
  }

  #names(by: MonthGrouping): ReadonlyMap<string, { readonly name: string; readonly parentKey: string | null }> {
    if (by === 'band') return new Map();
    const sql =
      by === 'department'
        ? 'SELECT id, name, parent_id AS parentId FROM departments'
        : 'SELECT id, name, NULL AS parentId FROM people';
    const rows = this.#db.prepare(sql).all() as { id: number; name: string; parentId: number | null }[];
    return new Map(
      rows.map((row) => [
        String(row.id),
        { name: row.name, parentKey: row.parentId === null ? null : String(row.parentId) },
      ]),
    );
  }
}

function rowOf(rows: Map<string, RowSum>, key: string): RowSum {
  let row = rows.get(key);
  if (row === undefined) {
    row = { totals: new TotalsSum(), bands: new Map(), unratedCalls: 0 };
    rows.set(key, row);
  }
  return row;
}

function bandOf(bands: Map<Band, TotalsSum>, band: Band): TotalsSum {
  let sum = bands.get(band);
  if (sum === undefined) {
    sum = new TotalsSum();
    bands.set(band, sum);
  }
  return sum;
}

/** Throws on a text that is no `YYYY-MM`. */
export function daysOfMonth(month: string): DayRange {
  const m = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (m === null) throw new Error(`not a month: ${month}`);
  const [year, number] = [Number(m[1]), Number(m[2])];
  const end = number === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, number + 1, 1);
  return { first: daysFromCivil(year, number, 1), end };
}

export function monthOfDay(day: number): string {
  return localDayOf(day * SECONDS_PER_DAY).slice(0, 7);
}
