/**
 * Corrections of closed months. The calls of a closed month stay as they were reported; what turns out to be wrong about
 * one of them is a line in an open month that says how the call stood before and how it stands now. Nothing is deleted:
 * a correction is taken back by another one.
 */
import type { Statement } from 'better-sqlite3';
import type { Band, CallId } from '../model/call.ts';
import { AppError } from '../model/errors.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export const RESTATEMENT_KINDS = ['price', 'owner', 'removed', 'added', 'private', 'business'] as const;
export type RestatementKind = (typeof RESTATEMENT_KINDS)[number];

/** Whose a call is on the bills and what it costs there, with all corrections. */
export interface Standing {
  readonly personId: number | null;
  readonly departmentId: number | null;
  /** Null for a call that is on no bill: without a price, or taken off. */
  readonly chargeMicro: AmountMicro | null;
  readonly currency: string | null;
  readonly isPrivate: boolean;
}

export interface Correction {
  readonly callId: CallId;
  readonly kind: RestatementKind;
  readonly after: Standing;
}

/** What a correction is written with. `month` (`YYYY-MM`) has to be open. */
export interface RestatementAct {
  readonly month: string;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}

export interface Restatement {
  readonly id: number;
  readonly month: string;
  readonly callId: CallId;
  readonly kind: RestatementKind;
  readonly before: Standing;
  readonly after: Standing;
  readonly band: Band;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
  /** The line that this one takes back. */
  readonly takesBackId: number | null;
  /** The line that took this one back. */
  readonly takenBackById: number | null;
}

interface StandingColumns {
  readonly person: number | null;
  readonly department: number | null;
  readonly charge: string | null;
  readonly currency: string | null;
  readonly isPrivate: number;
}

interface RestatementColumns {
  readonly id: number;
  readonly month: string;
  readonly call_id: number;
  readonly kind: RestatementKind;
  readonly band: Band;
  readonly reason: string;
  readonly made_by: string;
  readonly made_at_ms: number;
  readonly takes_back_id: number | null;
  readonly taken_back_by_id: number | null;
  readonly before_person_id: number | null;
  readonly before_department_id: number | null;
  readonly before_charge: string | null;
  readonly before_currency: string | null;
  readonly before_is_private: number;
  readonly after_person_id: number | null;
  readonly after_department_id: number | null;
  readonly after_charge: string | null;
  readonly after_currency: string | null;
  readonly after_is_private: number;
}

const COLUMNS = `r.id, r.month, r.call_id, r.kind, r.band, r.reason, r.made_by, r.made_at_ms, r.takes_back_id,
  (SELECT b.id FROM restatements b WHERE b.takes_back_id = r.id) AS taken_back_by_id,
  r.before_person_id, r.before_department_id, CAST(r.before_charge_micro AS TEXT) AS before_charge, r.before_currency,
  r.before_is_private, r.after_person_id, r.after_department_id, CAST(r.after_charge_micro AS TEXT) AS after_charge,
  r.after_currency, r.after_is_private`;
const CALL_MONTH = `strftime('%Y-%m', COALESCE(c.late_day * 86400, c.start_local_s), 'unixepoch')`;

export class RestatementStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** How a stored call stands now; undefined where there is no such call. */
  standing(callId: CallId): Standing | undefined {
    const last = this.#statement<StandingColumns>(
      `SELECT after_person_id AS person, after_department_id AS department, CAST(after_charge_micro AS TEXT) AS charge,
           after_currency AS currency, after_is_private AS isPrivate
         FROM restatements r WHERE call_id = ? AND EXISTS (SELECT 1 FROM restatements h
           WHERE h.call_id = r.call_id AND h.takes_back_id IS NULL
             AND NOT EXISTS (SELECT 1 FROM restatements b WHERE b.takes_back_id = h.id))
         ORDER BY id DESC LIMIT 1`,
    ).get(callId);
    const row =
      last ??
      this.#statement<StandingColumns>(
        `SELECT person_id AS person, department_id AS department, CAST(charge_micro AS TEXT) AS charge, currency,
         purpose IS 'private' AS isPrivate
       FROM calls WHERE id = ?`,
      ).get(callId);
    return row === undefined ? undefined : standingOf(row);
  }

  /**
   * Writes corrections, in one transaction; those that change nothing leave no line. Gives the number of lines. Throws
   * AppError `month-closed` when `act.month` is closed, and `not-found` for an unknown call.
   */
  add(corrections: Iterable<Correction>, act: RestatementAct): number {
    this.#checkOpen(act.month);
    return this.#db.transaction(() => {
      let lines = 0;
      for (const correction of corrections) {
        const before = this.standing(correction.callId);
        if (before === undefined) throw new AppError('not-found', { what: 'call', id: correction.callId });
        if (isSame(before, correction.after)) continue;
        this.#write(correction, before, act, null);
        lines += 1;
      }
      return lines;
    })();
  }

  /** New prices for calls of closed months; the rest of how they stand stays. Otherwise as `add`. */
  addPrices(
    prices: Iterable<{
      readonly callId: CallId;
      readonly chargeMicro: AmountMicro | null;
      readonly currency: string | null;
    }>,
    act: RestatementAct,
  ): number {
    const corrections = function* (store: RestatementStore): Generator<Correction> {
      for (const { callId, chargeMicro, currency } of prices) {
        const before = store.standing(callId);
        if (before === undefined) throw new AppError('not-found', { what: 'call', id: callId });
        yield { callId, kind: 'price', after: { ...before, chargeMicro, currency } };
      }
    };
    return this.add(corrections(this), act);
  }

  /**
   * Takes a correction back by a line that restores what it changed. Throws AppError `not-found`, `month-closed`, and
   * `restatement-settled` where it was taken back before or a later correction changed the same again.
   */
  takeBack(id: number, act: RestatementAct): Restatement {
    this.#checkOpen(act.month);
    return this.#db.transaction(() => {
      const line = this.get(id);
      if (line === undefined) throw new AppError('not-found', { what: 'restatement', id });
      const present = this.standing(line.callId);
      if (present === undefined) throw new AppError('not-found', { what: 'call', id: line.callId });
      if (line.takenBackById !== null || line.takesBackId !== null) throw new AppError('restatement-settled', { id });
      const after = restored(present, line);
      if (after === undefined) throw new AppError('restatement-settled', { id });
      const kind = line.kind === 'removed' ? 'added' : line.kind;
      const written = this.get(this.#write({ callId: line.callId, kind, after }, present, act, id));
      if (written === undefined) throw new Error('a correction just written is not there');
      return written;
    })();
  }

  /** Lines that hold and correct calls of a month, newest first. */
  holding(callMonth: string): readonly number[] {
    return this.#db
      .prepare(
        `SELECT r.id FROM restatements r JOIN calls c ON c.id = r.call_id
         WHERE ${CALL_MONTH} = ? AND r.takes_back_id IS NULL
           AND NOT EXISTS (SELECT 1 FROM restatements b WHERE b.takes_back_id = r.id) ORDER BY r.id DESC`,
      )
      .pluck()
      .all(callMonth) as number[];
  }

  get(id: number): Restatement | undefined {
    const row = this.#db.prepare(`SELECT ${COLUMNS} FROM restatements r WHERE r.id = ?`).get(id);
    return row === undefined ? undefined : restatementOf(row as RestatementColumns);
  }

  /** Lines of one call, oldest first. */
  ofCall(callId: CallId): readonly Restatement[] {
    const rows = this.#db
      .prepare(`SELECT ${COLUMNS} FROM restatements r WHERE r.call_id = ? ORDER BY r.id`)
      .all(callId);
    return (rows as RestatementColumns[]).map(restatementOf);
  }

  /** Lines that count in a month, oldest first. */
  ofMonth(month: string, limit = -1): readonly Restatement[] {
    const rows = this.#db
      .prepare(`SELECT ${COLUMNS} FROM restatements r WHERE r.month = ? ORDER BY r.id LIMIT ?`)
      .all(month, limit);
    return (rows as RestatementColumns[]).map(restatementOf);
  }

  count(month: string): number {
    return Number(this.#db.prepare('SELECT COUNT(*) FROM restatements WHERE month = ?').pluck().get(month));
  }

  #write(correction: Correction, before: Standing, act: RestatementAct, takesBackId: number | null): number {
    const { callId, kind, after } = correction;
    const band = this.#statement<{ band: Band }>('SELECT band FROM calls WHERE id = ?').get(callId)?.band ?? 'unknown';
    const { lastInsertRowid } = this.#statement(
      `INSERT INTO restatements (month, call_id, kind, band, reason, made_by, made_at_ms, takes_back_id,
           before_person_id, before_department_id, before_charge_micro, before_currency, before_is_private,
           after_person_id, after_department_id, after_charge_micro, after_currency, after_is_private)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      act.month,
      callId,
      kind,
      band,
      act.reason,
      act.by,
      act.atMs,
      takesBackId,
      ...columnsOf(before),
      ...columnsOf(after),
    );
    const id = Number(lastInsertRowid);
    const sum = this.#statement(
      `INSERT INTO restatement_sums (restatement_id, place, month, person_id, department_id, band, currency, charge_micro,
         private_micro) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const [place, part] of partsOf(before, after).entries()) {
      const { standing, chargeMicro, privateMicro } = part;
      const owner = [standing.personId ?? 0, standing.departmentId ?? 0];
      sum.run(id, place, act.month, ...owner, band, standing.currency ?? '', chargeMicro, privateMicro);
    }
    return id;
  }

  #statement<Row>(sql: string): Statement<unknown[], Row> {
    return cachedStatement<unknown[], Row>(this.#db, sql);
  }

  #checkOpen(month: string): void {
    const isClosed = this.#db.prepare('SELECT 1 FROM closed_months WHERE month = ?').get(month) !== undefined;
    if (isClosed) throw new AppError('month-closed', { month });
  }
}

export interface RestatementPart {
  readonly standing: Standing;
  readonly chargeMicro: AmountMicro;
  readonly privateMicro: AmountMicro;
}

/** What a correction takes from the one and gives to the other; one part where both are the same. */
export function partsOf(before: Standing, after: Standing): readonly RestatementPart[] {
  const amount = ({ chargeMicro }: Standing): bigint => chargeMicro ?? 0n;
  const own = (standing: Standing): bigint => (standing.isPrivate ? amount(standing) : 0n);
  const part = (standing: Standing, charge: bigint, privately: bigint): RestatementPart => ({
    standing,
    chargeMicro: amountMicro(charge),
    privateMicro: amountMicro(privately),
  });
  const isOneOwner = before.personId === after.personId && before.departmentId === after.departmentId;
  const isOneCurrency = before.currency === after.currency || before.currency === null || after.currency === null;
  if (isOneOwner && isOneCurrency) {
    const currency = after.currency ?? before.currency;
    return [part({ ...after, currency }, amount(after) - amount(before), own(after) - own(before))];
  }
  return [part(before, -amount(before), -own(before)), part(after, amount(after), own(after))];
}

/** The present standing with what `line` changed as it was before; undefined where that was changed again since. */
function restored(present: Standing, { before, after }: Restatement): Standing | undefined {
  const keys = ['personId', 'departmentId', 'chargeMicro', 'currency', 'isPrivate'] as const;
  const changed = keys.filter((key) => before[key] !== after[key]);
  if (changed.some((key) => present[key] !== after[key])) return undefined;
  return { ...present, ...Object.fromEntries(changed.map((key) => [key, before[key]])) };
}

function isSame(a: Standing, b: Standing): boolean {
  return (
    a.personId === b.personId &&
    a.departmentId === b.departmentId &&
    a.chargeMicro === b.chargeMicro &&
    a.currency === b.currency &&
    a.isPrivate === b.isPrivate
  );
}

function columnsOf(standing: Standing): readonly (number | bigint | string | null)[] {
  const { personId, departmentId, chargeMicro, currency, isPrivate } = standing;
  return [personId, departmentId, chargeMicro, currency, Number(isPrivate)];
}

function standingOf(row: StandingColumns): Standing {
  return {
    personId: row.person,
    departmentId: row.department,
    chargeMicro: row.charge === null ? null : amountMicro(BigInt(row.charge)),
    currency: row.currency,
    isPrivate: row.isPrivate === 1,
  };
}

function restatementOf(row: RestatementColumns): Restatement {
  return {
    id: row.id,
    month: row.month,
    callId: row.call_id,
    kind: row.kind,
    before: standingOf({
      person: row.before_person_id,
      department: row.before_department_id,
      charge: row.before_charge,
      currency: row.before_currency,
      isPrivate: row.before_is_private,
    }),
    after: standingOf({
      person: row.after_person_id,
      department: row.after_department_id,
      charge: row.after_charge,
      currency: row.after_currency,
      isPrivate: row.after_is_private,
    }),
    band: row.band,
    reason: row.reason,
    by: row.made_by,
    atMs: row.made_at_ms,
    takesBackId: row.takes_back_id,
    takenBackById: row.taken_back_by_id,
  };
}
