/** Budgets as people set them, and the daily sums that they are compared with. */
import type { Allowance, Budget, DayUse } from '../model/budget.ts';
import type { Band, CallId } from '../model/call.ts';
import { AppError } from '../model/errors.ts';
import { chargeable } from './conditions.ts';
import type { Database } from './database.ts';

export interface BudgetRow extends Budget {
  readonly personName: string | null;
  readonly departmentName: string | null;
  readonly changedAtMs: number;
  readonly changedBy: string;
}

export type BudgetInput = Omit<Budget, 'id'>;

interface BudgetColumns {
  readonly id: number;
  readonly person_id: number | null;
  readonly department_id: number | null;
  readonly includes_sub: number;
  readonly bands: string;
  readonly kind: Allowance['kind'];
  readonly currency: string;
  readonly units_text: string;
  readonly from_month: string;
  readonly to_month: string | null;
  readonly thresholds: string;
  readonly warns_of_forecast: number;
  readonly note: string;
  readonly changed_at_ms: number;
  readonly changed_by: string;
  readonly person_name: string | null;
  readonly department_name: string | null;
}

const SELECT = `SELECT b.*, CAST(b.units AS TEXT) AS units_text, p.name AS person_name, d.name AS department_name
  FROM budgets b LEFT JOIN people p ON p.id = b.person_id LEFT JOIN departments d ON d.id = b.department_id`;

function rowOf(c: BudgetColumns): BudgetRow {
  const units = BigInt(c.units_text);
  return {
    id: c.id,
    personId: c.person_id,
    departmentId: c.department_id,
    includesSubDepartments: c.includes_sub !== 0,
    bands: JSON.parse(c.bands) as Band[],
    allowance: c.kind === 'money' ? { kind: 'money', currency: c.currency, units } : { kind: 'minutes', units },
    fromMonth: c.from_month,
    toMonth: c.to_month,
    thresholds: JSON.parse(c.thresholds) as number[],
    warnsOfForecast: c.warns_of_forecast !== 0,
    note: c.note,
    personName: c.person_name,
    departmentName: c.department_name,
    changedAtMs: c.changed_at_ms,
    changedBy: c.changed_by,
  };
}

function valuesOf(
  { allowance, ...budget }: BudgetInput,
  by: string,
  nowMs: number,
): (string | number | bigint | null)[] {
  return [
    budget.personId,
    budget.departmentId,
    Number(budget.includesSubDepartments),
    JSON.stringify(budget.bands),
    allowance.kind,
    allowance.kind === 'money' ? allowance.currency : '',
    allowance.units,
    budget.fromMonth,
    budget.toMonth,
    JSON.stringify(budget.thresholds),
    Number(budget.warnsOfForecast),
    budget.note,
    nowMs,
    by,
  ];
}

const COLUMNS = `person_id, department_id, includes_sub, bands, kind, currency, units, from_month, to_month, thresholds,
  warns_of_forecast, note, changed_at_ms, changed_by`;

interface UseColumns extends Omit<DayUse, 'chargeMicro'> {
  readonly charge: string;
}

export class BudgetStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Those of a month, or all. */
  list(month?: string): readonly BudgetRow[] {
    const rows =
      month === undefined
        ? this.#db.prepare(`${SELECT} ORDER BY b.id`).all()
        : this.#db
            .prepare(`${SELECT} WHERE b.from_month <= ? AND (b.to_month IS NULL OR b.to_month >= ?) ORDER BY b.id`)
            .all(month, month);
    return (rows as BudgetColumns[]).map(rowOf);
  }

  get(id: number): BudgetRow | undefined {
    const row = this.#db.prepare(`${SELECT} WHERE b.id = ?`).get(id) as BudgetColumns | undefined;
    return row === undefined ? undefined : rowOf(row);
  }

  add(input: BudgetInput, by: string, nowMs: number): number {
    const marks = COLUMNS.split(',').map(() => '?');
    const { lastInsertRowid } = this.#db
      .prepare(`INSERT INTO budgets (${COLUMNS}) VALUES (${marks.join(', ')})`)
      .run(valuesOf(input, by, nowMs));
    return Number(lastInsertRowid);
  }

  /** Throws `not-found`. */
  change(id: number, input: BudgetInput, by: string, nowMs: number): void {
    const set = COLUMNS.split(',').map((column) => `${column.trim()} = ?`);
    const { changes } = this.#db
      .prepare(`UPDATE budgets SET ${set.join(', ')} WHERE id = ?`)
      .run([...valuesOf(input, by, nowMs), id]);
    if (changes === 0) throw new AppError('not-found', { what: 'budget', id });
  }

  remove(id: number): void {
    if (this.#db.prepare('DELETE FROM budgets WHERE id = ?').run(id).changes === 0) {
      throw new AppError('not-found', { what: 'budget', id });
    }
  }

  /** Outside calls of some days; a call that came late counts on the day it was booked to. */
  uses(fromDay: number, endDay: number): readonly DayUse[] {
    const rows = this.#db
      .prepare(
        `SELECT day, person_id AS personId, department_id AS departmentId, band, currency, SUM(talk_s) AS seconds,
           CAST(SUM(charge_micro) AS TEXT) AS charge
         FROM daily_sums WHERE day >= ? AND day < ? AND ${chargeable()}
         GROUP BY day, person_id, department_id, band, currency`,
      )
      .all(fromDay, endDay) as UseColumns[];
    return rows.map(({ charge, ...use }) => ({ ...use, chargeMicro: BigInt(charge) }));
  }

  /** The first day of which there are calls. */
  firstDay(): number | undefined {
    return (this.#db.prepare('SELECT MIN(day) FROM daily_sums').pluck().get() as number | null) ?? undefined;
  }

  /** Seconds of outside calls of each day that has any. */
  secondsByDay(fromDay: number, endDay: number): ReadonlyMap<number, bigint> {
    const rows = this.#db
      .prepare(
        `SELECT day, SUM(talk_s) AS seconds FROM daily_sums WHERE day >= ? AND day < ? AND ${chargeable()}
         GROUP BY day`,
      )
      .all(fromDay, endDay) as { day: number; seconds: number }[];
    return new Map(rows.map(({ day, seconds }) => [day, BigInt(seconds)]));
  }

  /** Seconds of outside calls by day, person (0: nobody) and band. */
  volumes(fromDay: number, endDay: number): readonly { day: number; personId: number; band: Band; seconds: number }[] {
    return this.#db
      .prepare(
        `SELECT day, person_id AS personId, band, SUM(talk_s) AS seconds FROM daily_sums
         WHERE day >= ? AND day < ? AND ${chargeable()} GROUP BY day, person_id, band`,
      )
      .all(fromDay, endDay) as { day: number; personId: number; band: Band; seconds: number }[];
  }

  parents(): ReadonlyMap<number, number | null> {
    const rows = this.#db.prepare('SELECT id, parent_id AS parentId FROM departments').all() as {
      id: number;
      parentId: number | null;
    }[];
    return new Map(rows.map(({ id, parentId }) => [id, parentId]));
  }

  /** The longest outside calls of some days, of a person (0: nobody), of a band, or of both: what a volume is made of. */
  longestCalls(
    fromDay: number,
    endDay: number,
    of: { readonly personId?: number | undefined; readonly band?: Band | undefined },
    limit: number,
  ): readonly CallId[] {
    const values: (string | number)[] = [fromDay * 86_400, endDay * 86_400];
    let sql = `SELECT id FROM calls WHERE start_local_s >= ? AND start_local_s < ? AND ${chargeable()}`;
    if (of.personId === 0) sql += ' AND person_id IS NULL';
    else if (of.personId !== undefined) {
      sql += ' AND person_id = ?';
      values.push(of.personId);
    }
    if (of.band !== undefined) {
      sql += ' AND band = ?';
      values.push(of.band);
    }
    return this.#db
      .prepare(`${sql} ORDER BY talk_s DESC, id LIMIT ?`)
      .pluck()
      .all(...values, limit) as CallId[];
  }
}
