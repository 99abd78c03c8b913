/**
 * Months of tariffs whose prices depend on other calls: which of them wait to be priced in order, and their calls in that
 * order (of instants; calls that began together by their id).
 */

import type { CallId } from '../model/call.ts';
import { CALL_COLUMNS, type CallColumns, type CallRow, callRowOf } from './calls.ts';
import type { Database } from './database.ts';

export interface MonthToSettle {
  readonly tariffId: number;
  /** `YYYY-MM` on the tariff's clock. */
  readonly month: string;
  /** Seconds since 1970 UTC: calls before it are settled. */
  readonly fromInstantS: number;
}

/** What a stored call used of its month. */
export interface UseRow {
  readonly startLocalS: number;
  readonly utcOffsetMin: number;
  readonly versionId: number;
  readonly monthUse: string;
}

/** Both in seconds since 1970: local times of PBXs bound what is looked at, instants say which calls are meant. */
export interface CallSpan {
  readonly fromInstantS: number;
  readonly toInstantS: number;
}

/** No two clocks are further apart, and no PBX's further from UTC. */
const REACH_S = 14 * 3600;
const INSTANT = '(c.start_local_s - c.utc_offset_min * 60)';
const IN_SPAN = `c.start_local_s >= @fromInstantS - ${REACH_S} AND c.start_local_s < @toInstantS + ${REACH_S}
  AND ${INSTANT} >= @fromInstantS AND ${INSTANT} < @toInstantS
  AND c.tariff_version_id IN (SELECT id FROM tariff_versions WHERE tariff_id = @tariffId)`;

export class TariffMonths {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The calls of a month wait from that instant on, or from an earlier one that it waits from already. */
  mark({ tariffId, month, fromInstantS }: MonthToSettle): void {
    this.#db
      .prepare(
        `INSERT INTO tariff_months_to_settle (tariff_id, month, from_instant_s) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET from_instant_s = MIN(from_instant_s, excluded.from_instant_s)`,
      )
      .run(tariffId, month, fromInstantS);
  }

  /** Before calls are removed: those that began after the first of them may get what they used of their months. */
  markMonthsOf(fromId: CallId, toId: CallId): void {
    this.#db
      .prepare(
        `INSERT INTO tariff_months_to_settle (tariff_id, month, from_instant_s)
         SELECT v.tariff_id, strftime('%Y-%m', c.start_local_s, 'unixepoch'), MIN(${INSTANT})
         FROM calls c JOIN tariff_versions v ON v.id = c.tariff_version_id
         WHERE c.id >= ? AND c.id < ? AND c.month_use IS NOT NULL GROUP BY 1, 2
         ON CONFLICT DO UPDATE SET from_instant_s = MIN(from_instant_s, excluded.from_instant_s)`,
      )
      .run(fromId, toId);
  }

  first(): MonthToSettle | undefined {
    return this.#db
      .prepare(
        `SELECT tariff_id AS tariffId, month, from_instant_s AS fromInstantS FROM tariff_months_to_settle
         ORDER BY month, tariff_id LIMIT 1`,
      )
      .get() as MonthToSettle | undefined;
  }

  /** Names of the tariffs whose prices of a month wait. */
  waiting(month: string): readonly string[] {
    return this.#db
      .prepare<[string], string>(
        `SELECT DISTINCT t.name FROM tariff_months_to_settle w JOIN tariffs t ON t.id = w.tariff_id
         WHERE w.month = ? ORDER BY t.name`,
      )
      .pluck()
      .all(month);
  }

  /** Calls before that instant are settled. */
  settled({ tariffId, month, fromInstantS }: MonthToSettle): void {
    this.#db
      .prepare('UPDATE tariff_months_to_settle SET from_instant_s = ? WHERE tariff_id = ? AND month = ?')
      .run(fromInstantS, tariffId, month);
  }

  finished({ tariffId, month }: Pick<MonthToSettle, 'tariffId' | 'month'>): void {
    this.#db.prepare('DELETE FROM tariff_months_to_settle WHERE tariff_id = ? AND month = ?').run(tariffId, month);
  }

  /** Published versions of a tariff. */
  versions(tariffId: number): readonly number[] {
    return this.#db
      .prepare<[number], number>(
        "SELECT id FROM tariff_versions WHERE tariff_id = ? AND state = 'published' ORDER BY id",
      )
      .pluck()
      .all(tariffId);
  }

  /** Calls that the tariff prices, or could not. */
  calls(tariffId: number, span: CallSpan, limit: number): readonly CallRow[] {
    const rows = this.#db
      .prepare(`SELECT ${CALL_COLUMNS} FROM calls c WHERE ${IN_SPAN} ORDER BY ${INSTANT}, c.id LIMIT @limit`)
      .all({ tariffId, ...span, limit }) as CallColumns[];
    return rows.map(callRowOf);
  }

  uses(tariffId: number, span: CallSpan): readonly UseRow[] {
    return this.#db
      .prepare(
        `SELECT c.start_local_s AS startLocalS, c.utc_offset_min AS utcOffsetMin, c.tariff_version_id AS versionId,
           c.month_use AS monthUse
         FROM calls c WHERE ${IN_SPAN} AND c.month_use IS NOT NULL ORDER BY ${INSTANT}, c.id`,
      )
      .all({ tariffId, ...span }) as UseRow[];
  }
}
