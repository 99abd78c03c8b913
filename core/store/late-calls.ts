/**
 * Calls read from quarantine after their month was closed, and the day each is summed at. Kept apart from the calls, so
 * that reading the journal anew makes the same ones; a call that arrived late is known by its place in the journal.
 */
import type { CallId } from '../model/call.ts';
import type { Database } from './database.ts';

export class LateCallStore {
  readonly #db: Database;
  #days: Map<CallId, number> | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  dayOf(id: CallId): number | undefined {
    this.#days ??= new Map(this.#db.prepare('SELECT call_id, day FROM late_calls').raw().all() as [number, number][]);
    return this.#days.get(id);
  }

  /** Part of a transaction. */
  put(id: CallId, day: number): void {
    this.#db.prepare('INSERT INTO late_calls (call_id, day) VALUES (?, ?) ON CONFLICT DO NOTHING').run(id, day);
    this.discard();
  }

  /** Reads anew what is remembered, after a transaction that failed. */
  discard(): void {
    this.#days = undefined;
  }
}
