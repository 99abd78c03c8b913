/** What a re-rate changes, as pages show it: totals, rows by person and the like, and the calls with before and after. */
import type { Band, CallId, RatingState } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { RerateGrouping, RerateKind } from '../model/rerate.ts';
import { CALL_VIEW, type CallView, type CallViewColumns, callViewOf } from './calls.ts';
import type { Conditions, Value } from './conditions.ts';
import { add, where } from './conditions.ts';
import type { Database } from './database.ts';

export interface ChargeChange {
  readonly currency: string;
  readonly before: AmountMicro;
  readonly after: AmountMicro;
}

export interface RerateTotals {
  /** Calls that have a price or should have one. */
  readonly calls: number;
  readonly newlyRated: number;
  readonly noLongerRated: number;
  readonly repriced: number;
  readonly samePrice: number;
  readonly unratedAfter: number;
  readonly charges: readonly ChargeChange[];
}

export interface RerateRow extends RerateTotals {
  /** Id of a person or department (`0`: none), band or month. */
  readonly key: string;
  /** Null for bands and months, and where there is none. */
  readonly name: string | null;
  readonly isClosed: boolean;
}

/** A call's price on one side of a change. */
export interface PriceSide {
  readonly rating: RatingState;
  readonly chargeMicro: AmountMicro | null;
  readonly currency: string | null;
  /** Null: no version priced it. */
  readonly tariffName: string | null;
  readonly versionNumber: number | null;
}

export interface RerateCall {
  readonly call: CallView;
  readonly kind: RerateKind;
  readonly isClosed: boolean;
  readonly before: PriceSide;
  readonly after: PriceSide;
}

export interface RerateCallFilter {
  readonly kind?: RerateKind | undefined;
  readonly personId?: number | undefined;
  readonly band?: Band | undefined;
  readonly isClosed: boolean;
}

interface SumColumns {
  readonly key: string;
  readonly name: string | null;
  readonly is_closed: number;
  readonly currency: string;
  readonly calls: number;
  readonly newly_rated: number;
  readonly no_longer_rated: number;
  readonly repriced: number;
  readonly same_price: number;
  readonly unrated_after: number;
  readonly before_text: string;
  readonly after_text: string;
}

interface SideColumns {
  readonly rating: RatingState;
  readonly charge_text: string | null;
  readonly currency: string | null;
  readonly tariff_name: string | null;
  readonly version_number: number | null;
}

const KEY_SQL: Readonly<Record<RerateGrouping | 'all', string>> = {
  person: 'CAST(s.person_id AS TEXT)',
  department: 'CAST(s.department_id AS TEXT)',
  band: 's.band',
  month: 's.month',
  all: "''",
};
const NAME_SQL: Readonly<Record<RerateGrouping | 'all', string>> = {
  person: '(SELECT name FROM people WHERE id = s.person_id)',
  department: '(SELECT name FROM departments WHERE id = s.department_id)',
  band: 'NULL',
  month: 'NULL',
  all: 'NULL',
};

export class RerateDifference {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Of open months, or of closed ones, where nothing is ever changed. */
  totals(rerateId: number, isClosed: boolean): RerateTotals {
    const { calls, newlyRated, noLongerRated, repriced, samePrice, unratedAfter, charges } =
      this.#rows(rerateId, 'all').find((row) => row.isClosed === isClosed) ?? NOTHING;
    return { calls, newlyRated, noLongerRated, repriced, samePrice, unratedAfter, charges };
  }

  /** The largest difference first. */
  rows(rerateId: number, by: RerateGrouping): readonly RerateRow[] {
    const rows = this.#rows(rerateId, by);
    if (by === 'month') return rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    return rows.toSorted(
      (a, b) => Number(widest(b) - widest(a)) || (a.name ?? a.key).localeCompare(b.name ?? b.key, 'vi'),
    );
  }

  /** Changed calls in order of call, after one. */
  calls(rerateId: number, filter: RerateCallFilter, after: CallId, limit: number): readonly RerateCall[] {
    const conditions: Conditions = { sql: [], values: [] as Value[] };
    add(conditions, 'r.rerate_id = ? AND r.call_id > ? AND r.is_closed = ?', rerateId, after, Number(filter.isClosed));
    if (filter.kind !== undefined) add(conditions, 'r.kind = ?', filter.kind);
    if (filter.personId !== undefined) add(conditions, 'COALESCE(r.person_id, 0) = ?', filter.personId);
    if (filter.band !== undefined) add(conditions, 'r.band = ?', filter.band);
    const found = this.#db
      .prepare(`SELECT r.call_id AS id, r.kind FROM rerate_changes r ${where(conditions)} ORDER BY r.call_id LIMIT ?`)
      .all(...conditions.values, limit) as { id: CallId; kind: RerateKind }[];
    return found.flatMap(({ id, kind }) => {
      const call = this.#db.prepare(`${CALL_VIEW} WHERE c.id = ?`).get(id) as CallViewColumns | undefined;
      if (call === undefined) return [];
      const side = (name: 'before' | 'after'): PriceSide => this.#side(rerateId, id, name);
      return [
        { call: callViewOf(call), kind, isClosed: filter.isClosed, before: side('before'), after: side('after') },
      ];
    });
  }

  #side(rerateId: number, id: CallId, side: 'before' | 'after'): PriceSide {
    const row = this.#db
      .prepare(
        `SELECT r.rating_${side} AS rating, CAST(r.charge_${side} AS TEXT) AS charge_text, r.currency_${side} AS currency,
           t.name AS tariff_name, v.number AS version_number
         FROM rerate_changes r LEFT JOIN tariff_versions v ON v.id = r.version_${side}
           LEFT JOIN tariffs t ON t.id = v.tariff_id
         WHERE r.rerate_id = ? AND r.call_id = ?`,
      )
      .get(rerateId, id) as SideColumns;
    return {
      rating: row.rating,
      chargeMicro: row.charge_text === null ? null : amountMicro(BigInt(row.charge_text)),
      currency: row.currency,
      tariffName: row.tariff_name,
      versionNumber: row.version_number,
    };
  }

  #rows(rerateId: number, by: RerateGrouping | 'all'): readonly RerateRow[] {
    const columns = this.#db
      .prepare(
        `SELECT ${KEY_SQL[by]} AS key, ${NAME_SQL[by]} AS name, s.is_closed, s.currency, SUM(s.calls) AS calls,
           SUM(s.newly_rated) AS newly_rated, SUM(s.no_longer_rated) AS no_longer_rated, SUM(s.repriced) AS repriced,
           SUM(s.same_price) AS same_price, SUM(s.unrated_after) AS unrated_after,
           CAST(SUM(s.charge_before) AS TEXT) AS before_text, CAST(SUM(s.charge_after) AS TEXT) AS after_text
         FROM rerate_sums s WHERE s.rerate_id = ? GROUP BY 1, s.is_closed, s.currency ORDER BY 1, s.is_closed, s.currency`,
      )
      .all(rerateId) as SumColumns[];
    return [...Map.groupBy(columns, ({ key, is_closed }) => `${is_closed} ${key}`).values()].map(rowOf);
  }
}

const NOTHING: RerateTotals = {
  calls: 0,
  newlyRated: 0,
  noLongerRated: 0,
  repriced: 0,
  samePrice: 0,
  unratedAfter: 0,
  charges: [],
};

/** One row of the columns of its currencies. */
function rowOf(columns: readonly SumColumns[]): RerateRow {
  const sum = (of: (column: SumColumns) => number): number => columns.reduce((all, column) => all + of(column), 0);
  const [first] = columns;
  return {
    key: first?.key ?? '',
    name: first?.name ?? null,
    isClosed: first?.is_closed === 1,
    calls: sum((column) => column.calls),
    newlyRated: sum((column) => column.newly_rated),
    noLongerRated: sum((column) => column.no_longer_rated),
    repriced: sum((column) => column.repriced),
    samePrice: sum((column) => column.same_price),
    unratedAfter: sum((column) => column.unrated_after),
    charges: columns
      .filter(({ currency }) => currency !== '')
      .map(({ currency, before_text, after_text }) => ({
        currency,
        before: amountMicro(BigInt(before_text)),
        after: amountMicro(BigInt(after_text)),
      })),
  };
}

function widest({ charges }: RerateTotals): bigint {
  return charges.reduce((most, { before, after }) => {
    const size = after > before ? after - before : before - after;
    return size > most ? size : most;
  }, 0n);
}
