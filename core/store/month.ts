/**
 * The month: outgoing outside calls by department, person or band, from the daily sums; what corrections of closed months
 * add to them; and every call of it in order, for reports. Rows add up to the totals because both come from the same sums.
 *
 * A call is of the month in which it began, or, when it came after that one was closed, of the month of its late day.
 */
import type { Scope } from '../model/access.ts';
import type { Band, CallDirection } from '../model/call.ts';
import { amountMicro } from '../model/money.ts';
import type { CallTotals, ChargeSum } from './call-filter.ts';
import { addScope, WHOLE_SITE } from './call-scope.ts';
import { CALL_VIEW, type CallView, type CallViewColumns, callViewOf } from './calls.ts';
import { ClosingStore } from './closings.ts';
import { type Conditions, chargeable, type Value } from './conditions.ts';
import { SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';
import { daysOfMonth, monthOfDay } from './month-days.ts';
import { type MonthNames, monthNames } from './month-names.ts';

export { daysOfMonth, monthOfDay } from './month-days.ts';

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
  readonly extra: ExtraCharges;
}

/** What stands beside the charges of the month's calls. */
export interface ExtraCharges {
  /** Part of the charges: of calls that were private. */
  readonly privateCharges: readonly ChargeSum[];
  /** What corrections of closed months add, or take away. */
  readonly corrections: readonly ChargeSum[];
  /** What they add to what was private. */
  readonly privateCorrections: readonly ChargeSum[];
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
  readonly extra: ExtraCharges;
  /** Outside calls of closed months that came late and count here; they are in the totals. */
  readonly late: CallTotals;
  /** Calls without a price by their nature. */
  readonly others: readonly OtherCalls[];
}

interface SummedColumns {
  readonly currency: string;
  readonly calls: number;
  readonly talk_s: number;
  readonly charge_text: string;
}

interface SumColumns extends SummedColumns {
  readonly key: string;
  readonly person_id: number;
  readonly band: Band;
  readonly rating: string;
}

class TotalsSum {
  calls = 0;
  talkSeconds = 0;
  readonly #charges = new Map<string, bigint>();

  add(row: SummedColumns): void {
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
  readonly extra: ExtraSum;
  unratedCalls: number;
}

interface ExtraColumns {
  readonly key: string;
  readonly currency: string;
  readonly chargeText: string;
  readonly privateText: string;
}

class ExtraSum {
  readonly #sums: Record<keyof ExtraCharges, Map<string, bigint>> = {
    privateCharges: new Map(),
    corrections: new Map(),
    privateCorrections: new Map(),
  };

  add(what: keyof ExtraCharges, currency: string, chargeText: string): void {
    const sums = this.#sums[what];
    if (currency !== '') sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(chargeText));
  }

  value(): ExtraCharges {
    const { privateCharges, corrections, privateCorrections } = this.#sums;
    return {
      privateCharges: chargeSums(privateCharges),
      corrections: chargeSums(corrections),
      privateCorrections: chargeSums(privateCorrections),
    };
  }
}

function chargeSums(sums: ReadonlyMap<string, bigint>): readonly ChargeSum[] {
  return [...sums]
    .filter(([, sum]) => sum !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({ currency, amountMicro: amountMicro(sum) }));
}

const KEY_SQL = {
  department: `CASE WHEN s.person_id = 0 THEN '${NOBODY_KEY}' WHEN s.department_id = 0 THEN '${NO_DEPARTMENT_KEY}'
    ELSE CAST(s.department_id AS TEXT) END`,
  person: 'CAST(s.person_id AS TEXT)',
  band: 's.band',
} as const;

const CHUNK_ROWS = 2000;

/** What a scope adds to a WHERE clause that is there. */
function scopeOn(scope: Scope, alias: string): { readonly and: string; readonly values: readonly Value[] } {
  const conditions: Conditions = { sql: [], values: [] };
  addScope(conditions, scope, alias);
  return { and: conditions.sql.map((sql) => `AND ${sql}`).join(' '), values: conditions.values };
}

/** On calls; with the values of `inMonthValues`. */
export function inMonth(alias: string): string {
  return `((${alias}.late_day IS NULL AND ${alias}.start_local_s >= ? AND ${alias}.start_local_s < ?)
    OR (${alias}.late_day >= ? AND ${alias}.late_day < ?))`;
}

export function inMonthValues(first: number, end: number): readonly [number, number, number, number] {
  return [first * SECONDS_PER_DAY, end * SECONDS_PER_DAY, first, end];
}

export class MonthStore {
  readonly #db: Database;
  readonly #closings: ClosingStore;

  constructor(db: Database) {
    this.#db = db;
    this.#closings = new ClosingStore(db);
  }

  /** `month` is `YYYY-MM`; `scope`: of whose calls. */
  sums(month: string, by: MonthGrouping, scope: Scope = WHOLE_SITE): MonthSums {
    const { first, end } = daysOfMonth(month);
    const within = scopeOn(scope, 's');
    const columns = this.#db
      .prepare(
        `SELECT ${KEY_SQL[by]} AS key, MIN(s.person_id, 1) AS person_id, s.band, s.rating, s.currency,
           SUM(s.calls) AS calls, SUM(s.talk_s) AS talk_s, CAST(SUM(s.charge_micro) AS TEXT) AS charge_text
         FROM daily_sums s WHERE s.day >= ? AND s.day < ? AND ${chargeable('s')} ${within.and}
         GROUP BY 1, 2, s.band, s.rating, s.currency`,
      )
      .all(first, end, ...within.values) as SumColumns[];
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
    const extra = new ExtraSum();
    this.#addExtra(month, by, rows, extra, scope);
    return {
      month,
      by,
      rows: this.#named(month, by, rows),
      totals: totals.value(),
      unattributed: unattributed.value(),
      unratedCalls,
      extra: extra.value(),
      late: this.#late(first, end, scope),
      others: this.#others(first, end, scope),
    };
  }

  /** What was private among the month's calls, and what corrections bring to it; by row, in the totals and in `extra`. */
  #addExtra(month: string, by: MonthGrouping, rows: Map<string, RowSum>, total: ExtraSum, scope: Scope): void {
    const { first, end } = daysOfMonth(month);
    const [ofCalls, ofCorrections] = [scopeOn(scope, 'c'), scopeOn(scope, 's')];
    const ownCalls = this.#db
      .prepare(
        `SELECT ${KEY_SQL[by]} AS key, s.currency, CAST(SUM(s.charge_micro) AS TEXT) AS chargeText, '0' AS privateText
         FROM (SELECT COALESCE(c.person_id, 0) AS person_id, COALESCE(c.department_id, 0) AS department_id, c.band,
             c.currency, c.charge_micro
           FROM calls c WHERE c.purpose = 'private' AND c.charge_micro IS NOT NULL AND ${chargeable('c')}
             AND ${inMonth('c')} ${ofCalls.and}) s
         GROUP BY 1, 2`,
      )
      .all(...inMonthValues(first, end), ...ofCalls.values) as ExtraColumns[];
    const corrections = this.#db
      .prepare(
        `SELECT ${KEY_SQL[by]} AS key, s.currency, CAST(SUM(s.charge_micro) AS TEXT) AS chargeText,
           CAST(SUM(s.private_micro) AS TEXT) AS privateText
         FROM restatement_sums s WHERE s.month = ? ${ofCorrections.and} GROUP BY 1, 2`,
      )
      .all(month, ...ofCorrections.values) as ExtraColumns[];
    for (const { key, currency, chargeText } of ownCalls) {
      for (const sum of [rowOf(rows, key).extra, total]) sum.add('privateCharges', currency, chargeText);
    }
    for (const { key, currency, chargeText, privateText } of corrections) {
      for (const sum of [rowOf(rows, key).extra, total]) {
        sum.add('corrections', currency, chargeText);
        sum.add('privateCorrections', currency, privateText);
      }
    }
  }

  #late(first: number, end: number, scope: Scope): CallTotals {
    const within = scopeOn(scope, 'c');
    const rows = this.#db
      .prepare(
        `SELECT COALESCE(currency, '') AS currency, COUNT(*) AS calls, SUM(talk_s) AS talk_s,
           CAST(COALESCE(SUM(charge_micro), 0) AS TEXT) AS charge_text
         FROM calls c WHERE late_day >= ? AND late_day < ? AND ${chargeable('c')} ${within.and} GROUP BY 1`,
      )
      .all(first, end, ...within.values) as SummedColumns[];
    const sum = new TotalsSum();
    for (const row of rows) sum.add(row);
    return sum.value();
  }

  /** Months that have calls or corrections, newest first. */
  months(scope: Scope = WHOLE_SITE): readonly string[] {
    const within = scopeOn(scope, 's');
    const next = this.#db.prepare(`SELECT MAX(day) FROM daily_sums s WHERE day < ? ${within.and}`).pluck();
    const corrected = this.#db.prepare(`SELECT DISTINCT month FROM restatement_sums s WHERE 1 ${within.and}`).pluck();
    const months = new Set(corrected.all(...within.values) as string[]);
    let before = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const day = next.get(before, ...within.values) as number | null;
      if (day === null) return [...months].sort().reverse();
      const month = monthOfDay(day);
      months.add(month);
      before = daysOfMonth(month).first;
    }
  }

  isClosed(month: string): boolean {
    return this.#closings.isClosed(month);
  }

  closedMonths(): readonly string[] {
    return this.#closings.closedMonths();
  }

  /** Every call of the month, oldest first, and after them those that came late; a chunk in memory at a time. */
  *calls(month: string): Generator<CallView> {
    const { first, end } = daysOfMonth(month);
    const own = 'c.start_local_s >= ? AND c.start_local_s < ? AND c.late_day IS NULL';
    yield* this.#callsWhere(own, first * SECONDS_PER_DAY, end * SECONDS_PER_DAY);
    yield* this.#callsWhere('c.late_day >= ? AND c.late_day < ?', first, end);
  }

  *#callsWhere(condition: string, from: number, to: number): Generator<CallView> {
    const chunk = this.#db.prepare(
      `${CALL_VIEW} WHERE ${condition} AND (c.start_local_s, c.id) > (?, ?)
       ORDER BY c.start_local_s, c.id LIMIT ${CHUNK_ROWS}`,
    );
    let [afterStart, afterId] = [Number.MIN_SAFE_INTEGER, -1];
    for (;;) {
      const rows = chunk.all(from, to, afterStart, afterId) as CallViewColumns[];
      for (const row of rows) yield callViewOf(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < CHUNK_ROWS) return;
      [afterStart, afterId] = [last.start_local_s, last.id];
    }
  }

  #others(first: number, end: number, scope: Scope): readonly OtherCalls[] {
    const within = scopeOn(scope, 's');
    return this.#db
      .prepare(
        `SELECT direction, SUM(calls) AS calls, SUM(CASE WHEN is_answered = 1 THEN calls ELSE 0 END) AS answered,
           SUM(talk_s) AS talkSeconds
         FROM daily_sums s WHERE day >= ? AND day < ? AND NOT ${chargeable('s')} ${within.and}
         GROUP BY direction ORDER BY direction`,
      )
      .all(first, end, ...within.values) as OtherCalls[];
  }

  #named(month: string, by: MonthGrouping, rows: ReadonlyMap<string, RowSum>): readonly MonthRow[] {
    const names = rowNames(monthNames(this.#db, month), by);
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
          extra: row.extra.value(),
        };
      })
      .sort((a, b) => a.name.localeCompare(b.name, 'vi') || (a.key < b.key ? -1 : 1));
  }
}

type RowNames = ReadonlyMap<string, { readonly name: string; readonly parentKey: string | null }>;

function rowNames({ people, departments }: MonthNames, by: MonthGrouping): RowNames {
  if (by === 'band') return new Map();
  if (by === 'person') return new Map([...people].map(([id, { name }]) => [String(id), { name, parentKey: null }]));
  return new Map(
    [...departments].map(([id, { name, parentId }]) => [
      String(id),
      { name, parentKey: parentId === null ? null : String(parentId) },
    ]),
  );
}

function rowOf(rows: Map<string, RowSum>, key: string): RowSum {
  let row = rows.get(key);
  if (row === undefined) {
    row = { totals: new TotalsSum(), bands: new Map(), extra: new ExtraSum(), unratedCalls: 0 };
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
