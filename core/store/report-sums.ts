/**
 * Sums of a report's calls by anything they can be grouped by. From the daily sums where these know the answer, else from
 * the calls; both count a call on the day it is booked to, so that every grouping adds up to the same totals.
 */
import { where } from './conditions.ts';
import { SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';
import { CORRECTION_TABLES, type ReportSelection } from './report-selection.ts';

export type SumKey =
  | 'person'
  | 'department'
  | 'band'
  | 'source'
  | 'direction'
  | 'reason'
  | 'rating'
  | 'day'
  | 'code'
  | 'extension'
  | 'trunk'
  | 'destination'
  | 'number';

/** A group's key where its calls have no such value. */
export const NO_VALUE = '';
/** Department of calls whose person was in none; `NO_VALUE` is nobody's. */
export const WITHOUT_DEPARTMENT = 'none';
/** Number of private calls: they are counted and never listed. */
export const PRIVATE_NUMBER = '-';

interface KeySql {
  readonly call: string;
  /** Absent: the daily sums do not know it. */
  readonly sum?: string;
  /** On corrections, where it is not that of the call. */
  readonly correction?: string;
}

const DEPARTMENT_OF_SUM = `CASE WHEN s.person_id = 0 THEN '' WHEN s.department_id = 0 THEN 'none'
  ELSE CAST(s.department_id AS TEXT) END`;
const PERSON_OF_SUM = `CASE WHEN s.person_id = 0 THEN '' ELSE CAST(s.person_id AS TEXT) END`;

const KEYS: Readonly<Record<SumKey, KeySql>> = {
  person: { call: "COALESCE(CAST(c.person_id AS TEXT), '')", sum: PERSON_OF_SUM, correction: PERSON_OF_SUM },
  department: {
    call: `CASE WHEN c.person_id IS NULL THEN '' WHEN c.department_id IS NULL THEN 'none'
      ELSE CAST(c.department_id AS TEXT) END`,
    sum: DEPARTMENT_OF_SUM,
    correction: DEPARTMENT_OF_SUM,
  },
  band: { call: 'c.band', sum: 's.band', correction: 's.band' },
  source: { call: `CAST(c.id / ${2 ** 40} AS TEXT)`, sum: 'CAST(s.source_id AS TEXT)' },
  direction: { call: 'c.direction', sum: 's.direction' },
  reason: { call: 'c.reason', sum: 's.reason' },
  rating: { call: 'c.rating', sum: 's.rating' },
  day: {
    call: `CAST(COALESCE(c.late_day, c.start_local_s / ${SECONDS_PER_DAY}) AS TEXT)`,
    sum: 'CAST(s.day AS TEXT)',
    // A correction counts in its month; the first day stands for it.
    correction: `CAST(CAST(strftime('%s', s.month || '-01') AS INTEGER) / ${SECONDS_PER_DAY} AS TEXT)`,
  },
  code: { call: "COALESCE(c.code, '')" },
  extension: { call: "COALESCE(c.extension, '')" },
  trunk: { call: "COALESCE(c.trunk, '')" },
  destination: { call: "COALESCE(CAST(c.destination_id AS TEXT), '')" },
  number: {
    call: `CASE WHEN c.purpose = 'private' THEN '${PRIVATE_NUMBER}'
      WHEN c.direction = 'incoming' THEN COALESCE(c.caller, '') ELSE COALESCE(c.number, c.dialled, '') END`,
  },
};

export interface GroupSum {
  /** In the order they were asked for. */
  readonly keys: readonly string[];
  /** Empty where nothing was charged. */
  readonly currency: string;
  readonly calls: number;
  readonly talkSeconds: number;
  readonly unratedCalls: number;
  readonly chargeMicro: bigint;
}

export interface CorrectionSum {
  readonly keys: readonly string[];
  readonly currency: string;
  readonly amountMicro: bigint;
  readonly privateMicro: bigint;
}

export interface PrivateSum {
  readonly keys: readonly string[];
  readonly currency: string;
  readonly calls: number;
  readonly talkSeconds: number;
  readonly chargeMicro: bigint;
}

type Row = Readonly<Record<string, string | number | null>>;

export class ReportSums {
  readonly #db: Database;
  readonly #selection: ReportSelection;

  constructor(db: Database, selection: ReportSelection) {
    this.#db = db;
    this.#selection = selection;
  }

  /** Without keys: the totals, a row for each currency. */
  calls(keys: readonly SumKey[]): readonly GroupSum[] {
    const isSummed = this.#selection.isSummed && keys.every((key) => KEYS[key].sum !== undefined);
    const columns = keys.map((key, i) => `${isSummed ? KEYS[key].sum : KEYS[key].call} AS key${i}`);
    const { from, conditions } = isSummed
      ? { from: 'daily_sums s', conditions: this.#selection.ofSums() }
      : { from: 'calls c', conditions: this.#selection.ofCalls() };
    const sums = isSummed
      ? `s.currency AS currency, SUM(s.calls) AS calls, SUM(s.talk_s) AS talk,
         SUM(CASE WHEN s.rating = 'unrated' THEN s.calls ELSE 0 END) AS unrated,
         CAST(SUM(s.charge_micro) AS TEXT) AS charge`
      : `COALESCE(c.currency, '') AS currency, COUNT(*) AS calls, SUM(c.talk_s) AS talk,
         SUM(c.rating = 'unrated') AS unrated, CAST(COALESCE(SUM(c.charge_micro), 0) AS TEXT) AS charge`;
    const sql = `SELECT ${[...columns, sums].join(', ')} FROM ${from} ${where(conditions)}
      GROUP BY ${[...keys.map((_, i) => `key${i}`), 'currency'].join(', ')}`;
    return this.#rows(sql, conditions.values).map((row) => ({
      keys: keysOf(row, keys.length),
      currency: String(row['currency']),
      calls: Number(row['calls']),
      talkSeconds: Number(row['talk']),
      unratedCalls: Number(row['unrated']),
      chargeMicro: BigInt(String(row['charge'])),
    }));
  }

  /** What corrections of closed months add; none for parts of a month. */
  corrections(keys: readonly SumKey[]): readonly CorrectionSum[] {
    if (this.#selection.months.length === 0) return [];
    const conditions = this.#selection.ofCorrections();
    const columns = keys.map((key, i) => `${KEYS[key].correction ?? KEYS[key].call} AS key${i}`);
    const sums = `s.currency AS currency, CAST(SUM(s.charge_micro) AS TEXT) AS charge,
      CAST(SUM(s.private_micro) AS TEXT) AS private`;
    const sql = `SELECT ${[...columns, sums].join(', ')} FROM ${CORRECTION_TABLES} ${where(conditions)}
      GROUP BY ${[...keys.map((_, i) => `key${i}`), 's.currency'].join(', ')}`;
    return this.#rows(sql, conditions.values).map((row) => ({
      keys: keysOf(row, keys.length),
      currency: String(row['currency']),
      amountMicro: BigInt(String(row['charge'])),
      privateMicro: BigInt(String(row['private'])),
    }));
  }

  /** Private calls among them; the charges hold theirs. */
  privately(keys: readonly SumKey[]): readonly PrivateSum[] {
    const conditions = this.#selection.ofCalls();
    const columns = keys.map((key, i) => `${KEYS[key].call} AS key${i}`);
    const sums = `COALESCE(c.currency, '') AS currency, COUNT(*) AS calls, SUM(c.talk_s) AS talk,
      CAST(COALESCE(SUM(c.charge_micro), 0) AS TEXT) AS charge`;
    const both = { ...conditions, sql: ["c.purpose = 'private'", ...conditions.sql] };
    const sql = `SELECT ${[...columns, sums].join(', ')} FROM calls c ${where(both)}
      GROUP BY ${[...keys.map((_, i) => `key${i}`), 'currency'].join(', ')}`;
    return this.#rows(sql, conditions.values).map((row) => ({
      keys: keysOf(row, keys.length),
      currency: String(row['currency']),
      calls: Number(row['calls']),
      talkSeconds: Number(row['talk']),
      chargeMicro: BigInt(String(row['charge'])),
    }));
  }

  #rows(sql: string, values: readonly (string | number)[]): readonly Row[] {
    return this.#db.prepare(sql).all(...values) as Row[];
  }
}

function keysOf(row: Row, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => String(row[`key${i}`] ?? NO_VALUE));
}
