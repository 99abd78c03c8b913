/**
 * What reading a source with another format would change: calls gained, lost and changed, whose they are and what they
 * cost. Closed months are left out on both sides: their calls stay as they were reported.
 */
import { callIdOf } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import { CALL_VIEW, type CallView, type CallViewColumns, callViewOf } from './calls.ts';
import type { Database } from './database.ts';

export interface RereadCounts {
  readonly gained: number;
  readonly lost: number;
  readonly changed: number;
  readonly same: number;
  /** Calls that would differ and stay as they are, because a month is closed. */
  readonly inClosedMonths: number;
  readonly unreadBefore: number;
  readonly unreadAfter: number;
}

/** Calls and charge of one person (null: of nobody) in one currency (empty: without a charge). */
export interface PersonChange {
  readonly personId: number | null;
  readonly personName: string | null;
  readonly currency: string;
  readonly callsBefore: number;
  readonly callsAfter: number;
  readonly chargeBefore: AmountMicro;
  readonly chargeAfter: AmountMicro;
}

export interface CallChange {
  readonly kind: 'gained' | 'lost' | 'changed';
  readonly before: CallView | null;
  readonly after: CallView | null;
}

export interface RereadDifference {
  readonly counts: RereadCounts;
  /** Only those whose calls or charge differ; all of them. */
  readonly people: readonly PersonChange[];
  /** The first of each kind, in the order of their bytes. */
  readonly examples: readonly CallChange[];
}

const EXAMPLES_OF_KIND = 50;

/** What the PBX said and what was made of it. Destinations follow from the number, and have their own ids on each side. */
const COMPARED = `start_local_s, utc_offset_min, end_offset, direction, is_answered, talk_s, ring_s, extension, trunk, code,
  code_field, dialled, caller, caller_name, cleaned, number, band, person_id, department_id, reason, rating,
  tariff_version_id, charge_micro, currency, billed_s, purpose, late_day, pbx_cost, condition, doubts, leg_count`;

const comparedOf = (alias: string): string =>
  COMPARED.split(',')
    .map((column) => `${alias}.${column.trim()}`)
    .join(', ');

const CLOSED = `strftime('%Y-%m', COALESCE(late_day * 86400, start_local_s), 'unixepoch') IN (SELECT month FROM main.closed_months)`;

interface Ids {
  readonly from: number;
  readonly to: number;
}

/** Looks at the source's calls here and in the shadow site's file, which is attached as `aside` meanwhile. */
export class RereadComparison {
  readonly #db: Database;
  readonly #ids: Ids;

  constructor(db: Database, shadowPath: string, sourceId: number) {
    this.#db = db;
    this.#ids = { from: callIdOf(sourceId, 0), to: callIdOf(sourceId + 1, 0) };
    db.prepare('ATTACH ? AS aside').run(shadowPath);
    try {
      db.exec(`
        CREATE TEMP TABLE reread_fixed (id INTEGER PRIMARY KEY);
        CREATE TEMP TABLE reread_change (id INTEGER PRIMARY KEY, kind TEXT NOT NULL);`);
      this.#compare();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#db.exec('DROP TABLE IF EXISTS temp.reread_fixed; DROP TABLE IF EXISTS temp.reread_change');
    this.#db.prepare('DETACH aside').run();
  }

  difference(): RereadDifference {
    return { counts: this.#counts(), people: this.#people(), examples: this.#examples() };
  }

  /** Ids of one kind in order, after one. */
  idsOf(kind: CallChange['kind'], after: number, limit: number): readonly number[] {
    return this.#db
      .prepare('SELECT id FROM temp.reread_change WHERE kind = ? AND id > ? ORDER BY id LIMIT ?')
      .pluck()
      .all(kind, after, limit) as number[];
  }

  #run(sql: string): void {
    this.#db.prepare(sql).run(this.#ids);
  }

  #compare(): void {
    const range = 'id >= @from AND id < @to';
    this.#run(`INSERT INTO temp.reread_fixed
      SELECT id FROM main.calls WHERE ${range} AND ${CLOSED}
      UNION SELECT id FROM aside.calls WHERE ${range} AND ${CLOSED}`);
    const isOpen = 'NOT IN (SELECT id FROM temp.reread_fixed)';
    this.#run(`INSERT INTO temp.reread_change
      SELECT id, 'lost' FROM main.calls WHERE ${range} AND id ${isOpen}
        AND id NOT IN (SELECT id FROM aside.calls WHERE ${range})
      UNION ALL
      SELECT id, 'gained' FROM aside.calls WHERE ${range} AND id ${isOpen}
        AND id NOT IN (SELECT id FROM main.calls WHERE ${range})
      UNION ALL
      SELECT m.id, 'changed' FROM main.calls m JOIN aside.calls a ON a.id = m.id
        WHERE m.id >= @from AND m.id < @to AND m.id ${isOpen} AND (${comparedOf('m')}) IS NOT (${comparedOf('a')})`);
  }

  #counts(): RereadCounts {
    const one = (sql: string): number => Number(this.#db.prepare(sql).pluck().get(this.#ids));
    const kind = (name: CallChange['kind']): number =>
      Number(this.#db.prepare('SELECT COUNT(*) FROM temp.reread_change WHERE kind = ?').pluck().get(name));
    const range = 'id >= @from AND id < @to';
    const open = `${range} AND id NOT IN (SELECT id FROM temp.reread_fixed)`;
    const [lost, changed] = [kind('lost'), kind('changed')];
    return {
      gained: kind('gained'),
      lost,
      changed,
      same: one(`SELECT COUNT(*) FROM main.calls WHERE ${open}`) - lost - changed,
      inClosedMonths: one(`SELECT COUNT(*) FROM temp.reread_fixed f
        LEFT JOIN main.calls m ON m.id = f.id LEFT JOIN aside.calls a ON a.id = f.id
        WHERE f.id >= @from AND f.id < @to AND (${comparedOf('m')}) IS NOT (${comparedOf('a')})`),
      unreadBefore: one(`SELECT COUNT(*) FROM main.quarantine WHERE ${range}`),
      unreadAfter: one(`SELECT COUNT(*) FROM aside.quarantine WHERE ${range}`),
    };
  }

  #people(): PersonChange[] {
    const side = (schema: string, before: number): string => `
      SELECT person_id, COALESCE(currency, '') AS currency, ${before} AS is_before, COUNT(*) AS calls,
        COALESCE(SUM(charge_micro), 0) AS charge
      FROM ${schema}.calls WHERE id >= @from AND id < @to AND id NOT IN (SELECT id FROM temp.reread_fixed)
      GROUP BY person_id, currency`;
    const rows = this.#db
      .prepare(
        `SELECT s.person_id AS personId, p.name AS personName, s.currency AS currency,
           SUM(CASE is_before WHEN 1 THEN s.calls ELSE 0 END) AS callsBefore,
           SUM(CASE is_before WHEN 0 THEN s.calls ELSE 0 END) AS callsAfter,
           CAST(SUM(CASE is_before WHEN 1 THEN s.charge ELSE 0 END) AS TEXT) AS chargeBefore,
           CAST(SUM(CASE is_before WHEN 0 THEN s.charge ELSE 0 END) AS TEXT) AS chargeAfter
         FROM (${side('main', 1)} UNION ALL ${side('aside', 0)}) s LEFT JOIN main.people p ON p.id = s.person_id
         GROUP BY s.person_id, s.currency
         HAVING callsBefore <> callsAfter OR chargeBefore <> chargeAfter
         ORDER BY ABS(callsAfter - callsBefore) DESC, p.name, s.currency`,
      )
      .all(this.#ids) as (Omit<PersonChange, 'chargeBefore' | 'chargeAfter'> & {
      readonly chargeBefore: string;
      readonly chargeAfter: string;
    })[];
    return rows.map((row) => ({
      ...row,
      chargeBefore: amountMicro(BigInt(row.chargeBefore)),
      chargeAfter: amountMicro(BigInt(row.chargeAfter)),
    }));
  }

  #examples(): CallChange[] {
    const kinds = ['gained', 'lost', 'changed'] as const;
    return kinds.flatMap((kind) =>
      this.idsOf(kind, -1, EXAMPLES_OF_KIND).map((id) => ({
        kind,
        before: this.#callIn('main', id),
        after: this.#callIn('aside', id),
      })),
    );
  }

  #callIn(schema: 'main' | 'aside', id: number): CallView | null {
    const view = CALL_VIEW.replaceAll(/(FROM|JOIN) (\w+)/g, `$1 ${schema}.$2`);
    const row = this.#db.prepare(`${view} WHERE c.id = ?`).get(id) as CallViewColumns | undefined;
    return row === undefined ? null : callViewOf(row);
  }
}
