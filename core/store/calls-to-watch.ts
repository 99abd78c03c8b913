/** Calls that were stored and not yet looked at by the rules of alerts, a row for each batch. */
import { type CallId, callIdOf, sourceIdOf, sourceOffsetOf } from '../model/call.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export interface WaitingCalls {
  readonly rowId: number;
  readonly sourceId: number;
  readonly callIds: readonly CallId[];
  /** Looked at with these, the row is done. */
  readonly isLast: boolean;
}

/** Gathers what a transaction stores, and writes it as part of the transaction. */
export class TouchedCalls {
  readonly #bySource = new Map<number, Set<CallId>>();

  add(id: CallId): void {
    const sourceId = sourceIdOf(id);
    const ids = this.#bySource.get(sourceId);
    if (ids === undefined) this.#bySource.set(sourceId, new Set([id]));
    else ids.add(id);
  }

  flush(db: Database): void {
    for (const [sourceId, ids] of this.#bySource) {
      const offsets = JSON.stringify([...ids].map(sourceOffsetOf));
      cachedStatement(db, 'INSERT INTO calls_to_watch (source_id, offsets) VALUES (?, ?)').run(sourceId, offsets);
    }
    this.#bySource.clear();
  }

  discard(): void {
    this.#bySource.clear();
  }
}

export class CallsToWatch {
  readonly #db: Database;
  /** The row that is being looked at, read once. */
  #open: { readonly rowId: number; readonly sourceId: number; readonly offsets: readonly number[] } | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Sources that have some. */
  sources(): readonly number[] {
    return this.#db.prepare('SELECT DISTINCT source_id FROM calls_to_watch').pluck().all() as number[];
  }

  /** The oldest ones of these sources, in the order in which they were stored. */
  next(sourceIds: readonly number[], limit: number): WaitingCalls | undefined {
    const row = this.#db
      .prepare(
        `SELECT id AS rowId, source_id AS sourceId, done FROM calls_to_watch
         WHERE source_id IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 1`,
      )
      .get(JSON.stringify(sourceIds)) as { rowId: number; sourceId: number; done: number } | undefined;
    if (row === undefined) return undefined;
    const { rowId, sourceId, done } = row;
    if (this.#open?.rowId !== rowId) {
      const text = this.#db.prepare('SELECT offsets FROM calls_to_watch WHERE id = ?').pluck().get(rowId) as string;
      this.#open = { rowId, sourceId, offsets: JSON.parse(text) as number[] };
    }
    const { offsets } = this.#open;
    return {
      rowId,
      sourceId,
      callIds: offsets.slice(done, done + limit).map((offset) => callIdOf(sourceId, offset)),
      isLast: done + limit >= offsets.length,
    };
  }

  /** Part of the transaction that stores what was found. */
  done({ rowId, callIds, isLast }: WaitingCalls): void {
    if (isLast) this.#db.prepare('DELETE FROM calls_to_watch WHERE id = ?').run(rowId);
    else this.#db.prepare('UPDATE calls_to_watch SET done = done + ? WHERE id = ?').run(callIds.length, rowId);
  }
}
