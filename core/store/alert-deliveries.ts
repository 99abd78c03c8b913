/** What is to be sent of alerts and what became of it. */
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export const CHANNELS = ['desktop', 'email', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface DeliveryRow {
  readonly id: number;
  readonly alertId: number;
  readonly channel: Channel;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly tries: number;
  readonly nextTryAtMs: number;
  readonly createdAtMs: number;
  readonly doneAtMs: number | null;
  /** What the other side said, or why it could not be reached; may be empty. */
  readonly result: string;
}

const COLUMNS = `id, alert_id AS alertId, channel, state, tries, next_try_at_ms AS nextTryAtMs,
  created_at_ms AS createdAtMs, done_at_ms AS doneAtMs, result`;

export class AlertDeliveries {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** One that waits already for the same alert and channel tells of this too. */
  add(alertId: number, channel: Channel, nowMs: number): void {
    cachedStatement(
      this.#db,
      `INSERT INTO alert_deliveries (alert_id, channel, state, next_try_at_ms, created_at_ms)
       SELECT ?, ?, 'waiting', ?, ? WHERE NOT EXISTS
         (SELECT 1 FROM alert_deliveries WHERE alert_id = ? AND channel = ? AND state = 'waiting')`,
    ).run(alertId, channel, nowMs, nowMs, alertId, channel);
  }

  due(nowMs: number, limit: number): readonly DeliveryRow[] {
    return this.#db
      .prepare(
        `SELECT ${COLUMNS} FROM alert_deliveries WHERE state = 'waiting' AND next_try_at_ms <= ? ORDER BY id LIMIT ?`,
      )
      .all(nowMs, limit) as DeliveryRow[];
  }

  /** When something is due next; undefined: nothing waits. */
  nextAtMs(): number | undefined {
    const at = this.#db
      .prepare("SELECT MIN(next_try_at_ms) FROM alert_deliveries WHERE state = 'waiting'")
      .pluck()
      .get() as number | null;
    return at ?? undefined;
  }

  ofAlert(alertId: number): readonly DeliveryRow[] {
    return this.#db
      .prepare(`SELECT ${COLUMNS} FROM alert_deliveries WHERE alert_id = ? ORDER BY id`)
      .all(alertId) as DeliveryRow[];
  }

  /** There is nobody to whom these could be sent. */
  drop(ids: readonly number[]): void {
    this.#db
      .prepare('DELETE FROM alert_deliveries WHERE id IN (SELECT value FROM json_each(?))')
      .run(JSON.stringify(ids));
  }

  putOff(ids: readonly number[], untilMs: number): void {
    const put = this.#db.prepare('UPDATE alert_deliveries SET next_try_at_ms = ? WHERE id = ?');
    this.#db.transaction(() => {
      for (const id of ids) put.run(untilMs, id);
    })();
  }

  sent(ids: readonly number[], nowMs: number, result: string): void {
    this.#end(ids, 'sent', nowMs, result);
  }

  /** Another try later; without a time it is given up. */
  failed(ids: readonly number[], nextTryAtMs: number | undefined, nowMs: number, result: string): void {
    if (nextTryAtMs === undefined) {
      this.#end(ids, 'failed', nowMs, result);
      return;
    }
    const put = this.#db.prepare(
      'UPDATE alert_deliveries SET tries = tries + 1, next_try_at_ms = ?, result = ? WHERE id = ?',
    );
    this.#db.transaction(() => {
      for (const id of ids) put.run(nextTryAtMs, result, id);
    })();
  }

  #end(ids: readonly number[], state: 'sent' | 'failed', nowMs: number, result: string): void {
    const put = this.#db.prepare(
      'UPDATE alert_deliveries SET state = ?, tries = tries + 1, done_at_ms = ?, result = ? WHERE id = ?',
    );
    this.#db.transaction(() => {
      for (const id of ids) put.run(state, nowMs, result, id);
    })();
  }
}
