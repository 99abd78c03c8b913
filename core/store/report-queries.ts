/** What the month's reports ask beyond the month page: a still picture of the file, and the facts of one month. */
import SqliteDatabase from 'better-sqlite3';
import type { AttributionReason } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import { CALL_VIEW, type CallView, type CallViewColumns, callViewOf } from './calls.ts';
import { chargeable } from './conditions.ts';
import { type Database, mapSqliteErrors } from './database.ts';
import { inMonth, inMonthValues } from './month.ts';
import { daysOfMonth, monthOfDay } from './month-days.ts';

export interface Snapshot {
  readonly db: Database;
  close(): void;
}

/**
 * A connection of its own that sees the file as it is now until it is closed, whatever is written meanwhile: a report
 * reads its totals first and its calls for minutes after.
 */
export function openSnapshot(path: string): Snapshot {
  return mapSqliteErrors(path, () => {
    const db = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
    // The transaction alone takes no picture: the first read does.
    db.exec('BEGIN');
    db.prepare('SELECT 1 FROM settings LIMIT 1').get();
    return { db, close: () => void db.close() };
  });
}

export interface ReasonSum {
  readonly reason: AttributionReason;
  readonly currency: string;
  readonly calls: number;
  readonly talkSeconds: number;
  readonly chargeMicro: AmountMicro;
}

export interface CallFacts {
  /** Tariffs that priced the month's calls. */
  readonly versionIds: readonly number[];
  /** Decimals (0 to 6) that the month's charges really have, by currency. */
  readonly chargeDecimals: ReadonlyMap<string, number>;
  readonly exceptionCount: number;
  /** Calls that came after their month was closed. */
  readonly lateCount: number;
  /** Calls that somebody said the purpose of. */
  readonly purposeCount: number;
}

/** Millionths in one unit, a tenth, a hundredth ... of a currency. */
const DECIMAL_UNITS = [1_000_000, 100_000, 10_000, 1_000, 100, 10] as const;
const CHARGEABLE = chargeable();
/** Calls a manager has to look at: nobody's, by a code that did not hold, or without a price. */
const IS_EXCEPTION = `(c.reason IN ('unknown-code', 'code-not-valid') OR c.rating = 'unrated'
  OR (${chargeable('c')} AND c.person_id IS NULL))`;

export class ReportQueries {
  readonly #db: Database;
  readonly #first: number;
  readonly #end: number;

  /** `month` is `YYYY-MM`. */
  constructor(db: Database, month: string) {
    this.#db = db;
    const { first, end } = daysOfMonth(month);
    this.#first = first;
    this.#end = end;
  }

  /** All records of the month, of whatever direction. */
  callCount(): number {
    const sql = 'SELECT COALESCE(SUM(calls), 0) FROM daily_sums WHERE day >= ? AND day < ?';
    return Number(this.#db.prepare(sql).pluck().get(this.#first, this.#end));
  }

  /** Outside calls by the reason they are booked for. */
  reasons(): readonly ReasonSum[] {
    const rows = this.#db
      .prepare(
        `SELECT reason, currency, SUM(calls) AS calls, SUM(talk_s) AS talkSeconds,
           CAST(SUM(charge_micro) AS TEXT) AS chargeText
         FROM daily_sums WHERE day >= ? AND day < ? AND ${CHARGEABLE} GROUP BY reason, currency`,
      )
      .all(this.#first, this.#end) as (Omit<ReasonSum, 'chargeMicro'> & { readonly chargeText: string })[];
    return rows.map(({ chargeText, ...row }) => ({ ...row, chargeMicro: amountMicro(BigInt(chargeText)) }));
  }

  /** By person: departments that the person's calls of the month are booked to. */
  departmentsOfPeople(): ReadonlyMap<number, readonly number[]> {
    const rows = this.#db
      .prepare(
        `SELECT DISTINCT person_id AS personId, department_id AS departmentId FROM daily_sums
         WHERE day >= ? AND day < ? AND ${CHARGEABLE} AND department_id <> 0 ORDER BY 1, 2`,
      )
      .all(this.#first, this.#end) as { personId: number; departmentId: number }[];
    const groups = Map.groupBy(rows, (row) => row.personId);
    return new Map([...groups].map(([personId, group]) => [personId, group.map((row) => row.departmentId)]));
  }

  /** What only the calls themselves know, in one reading of them. */
  callFacts(): CallFacts {
    // Decimals are counted as "not a whole number of this many millionths".
    const finer = DECIMAL_UNITS.map((unit, i) => `MAX(c.charge_micro % ${unit} != 0) AS finer${i}`);
    const rows = this.#db
      .prepare(
        `SELECT c.tariff_version_id AS versionId, c.currency, SUM(${IS_EXCEPTION}) AS exceptions,
           SUM(c.late_day IS NOT NULL) AS late, SUM(c.purpose IS NOT NULL) AS purposes, ${finer.join(', ')}
         FROM calls c WHERE ${inMonth('c')} GROUP BY c.tariff_version_id, c.currency`,
      )
      .all(...this.#months()) as (FinerColumns & {
      readonly versionId: number | null;
      readonly exceptions: number;
      readonly late: number;
      readonly purposes: number;
    })[];
    return {
      versionIds: [...new Set(rows.flatMap((row) => (row.versionId === null ? [] : [row.versionId])))],
      chargeDecimals: decimalsOf(rows),
      exceptionCount: rows.reduce((sum, row) => sum + row.exceptions, 0),
      lateCount: rows.reduce((sum, row) => sum + row.late, 0),
      purposeCount: rows.reduce((sum, row) => sum + row.purposes, 0),
    };
  }

  /** Decimals that the month's corrections really have, by currency. */
  correctionDecimals(): ReadonlyMap<string, number> {
    const finer = DECIMAL_UNITS.map((unit, i) => `MAX(charge_micro % ${unit} != 0) AS finer${i}`).join(', ');
    const rows = this.#db
      .prepare(`SELECT currency, ${finer} FROM restatement_sums WHERE month = ? GROUP BY currency`)
      .all(monthOfDay(this.#first)) as FinerColumns[];
    return decimalsOf(rows);
  }

  /** In order of time. The connection can do nothing else while this runs. */
  *exceptions(): Generator<CallView> {
    const rows = this.#db
      .prepare(
        `${CALL_VIEW} WHERE ${inMonth('c')} AND ${IS_EXCEPTION}
         ORDER BY c.late_day IS NOT NULL, c.start_local_s, c.id`,
      )
      .iterate(...this.#months());
    for (const row of rows) yield callViewOf(row as CallViewColumns);
  }

  #months(): readonly number[] {
    return inMonthValues(this.#first, this.#end);
  }
}

/** `finer0` and so on: whether an amount of the currency is no whole number of that unit. */
interface FinerColumns {
  readonly currency: string | null;
  readonly [finer: `finer${number}`]: number | null;
}

function decimalsOf(rows: readonly FinerColumns[]): ReadonlyMap<string, number> {
  const decimals = new Map<string, number>();
  for (const row of rows) {
    if (row.currency === null) continue;
    const needed = DECIMAL_UNITS.filter((_, i) => row[`finer${i}`] === 1).length;
    decimals.set(row.currency, Math.max(needed, decimals.get(row.currency) ?? 0));
  }
  return decimals;
}
