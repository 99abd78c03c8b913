/** Frames that no rule could read, kept with their bytes until a fixed parser or another format reads them. */
import type { Statement } from 'better-sqlite3';
import { type CallId, callIdOf } from '../model/call.ts';
import type { Database } from './database.ts';

/** One stretch of unread bytes. `id` is made as a call's id is: source and offset of the first byte. */
export interface QuarantineRow {
  readonly id: CallId;
  readonly byteLength: number;
  /** Binary noise that goes on and on is one row of many frames. */
  readonly frameCount: number;
  readonly receivedAtMs: number;
  readonly formatId: string;
  readonly reason: string;
  readonly detail: string | null;
  /** One character per byte; at most the first `QUARANTINE_TEXT_LIMIT`. The journal has all of them. */
  readonly text: string;
}

export const QUARANTINE_TEXT_LIMIT = 4096;

interface QuarantineColumns {
  readonly id: number;
  readonly byte_length: number;
  readonly frame_count: number;
  readonly received_at_ms: number;
  readonly format_id: string;
  readonly reason: string;
  readonly detail: string | null;
  readonly text: string;
}

const COLUMNS = 'id, byte_length, frame_count, received_at_ms, format_id, reason, detail, text';

function rowOf(c: QuarantineColumns): QuarantineRow {
  return {
    id: c.id,
    byteLength: c.byte_length,
    frameCount: c.frame_count,
    receivedAtMs: c.received_at_ms,
    formatId: c.format_id,
    reason: c.reason,
    detail: c.detail,
    text: c.text,
  };
}

export interface QuarantineQuery {
  readonly sourceId?: number | undefined;
  /** Rows received before this row, for the next page. */
  readonly before?: CallId | undefined;
  readonly limit: number;
}

export class QuarantineStore {
  readonly #db: Database;
  readonly #insert: Statement;
  readonly #remove: Statement;
  readonly #get: Statement;

  constructor(db: Database) {
    this.#db = db;
    this.#insert = db.prepare(`INSERT INTO quarantine (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET byte_length = excluded.byte_length, frame_count = excluded.frame_count, format_id = excluded.format_id,
        reason = excluded.reason, detail = excluded.detail, text = excluded.text`);
    this.#remove = db.prepare('DELETE FROM quarantine WHERE id = ?');
    this.#get = db.prepare(`SELECT ${COLUMNS} FROM quarantine WHERE id = ?`);
  }

  put(row: QuarantineRow): void {
    this.#insert.run(
      row.id,
      row.byteLength,
      row.frameCount,
      row.receivedAtMs,
      row.formatId,
      row.reason,
      row.detail,
      row.text.slice(0, QUARANTINE_TEXT_LIMIT),
    );
  }

  get(id: CallId): QuarantineRow | undefined {
    const row = this.#get.get(id) as QuarantineColumns | undefined;
    return row === undefined ? undefined : rowOf(row);
  }

  remove(id: CallId): void {
    this.#remove.run(id);
  }

  /** Forgets every row of a source; its bytes stay in the journal. */
  removeAll(sourceId: number): void {
    this.#db
      .prepare('DELETE FROM quarantine WHERE id >= ? AND id < ?')
      .run(callIdOf(sourceId, 0), callIdOf(sourceId + 1, 0));
  }

  /** Newest first by place in the journal. */
  list(query: QuarantineQuery): readonly QuarantineRow[] {
    const cursor = query.before === undefined ? undefined : this.get(query.before);
    const conditions: string[] = [];
    const values: number[] = [];
    if (query.sourceId !== undefined) {
      conditions.push('id >= ? AND id < ?');
      values.push(callIdOf(query.sourceId, 0), callIdOf(query.sourceId + 1, 0));
    }
    if (cursor !== undefined) {
      conditions.push('(received_at_ms, id) < (?, ?)');
      values.push(cursor.receivedAtMs, cursor.id);
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const rows = this.#db
      .prepare(`SELECT ${COLUMNS} FROM quarantine ${where} ORDER BY received_at_ms DESC, id DESC LIMIT ?`)
      .all(...values, query.limit) as QuarantineColumns[];
    return rows.map(rowOf);
  }

  count(sourceId?: number): number {
    if (sourceId === undefined) return this.#count('id >= ? AND id < ?', 0, Number.MAX_SAFE_INTEGER);
    return this.#count('id >= ? AND id < ?', callIdOf(sourceId, 0), callIdOf(sourceId + 1, 0));
  }

  /** Rows that came in `[fromMs, toMs)`. */
  countReceived(fromMs: number, toMs: number): number {
    return this.#count('received_at_ms >= ? AND received_at_ms < ?', fromMs, toMs);
  }

  /** Rows of one source in order of their bytes, `limit` at a time, after `after`. */
  ofSource(sourceId: number, after: CallId, limit: number): readonly QuarantineRow[] {
    const rows = this.#db
      .prepare(`SELECT ${COLUMNS} FROM quarantine WHERE id > ? AND id < ? ORDER BY id LIMIT ?`)
      .all(Math.max(after, callIdOf(sourceId, 0) - 1), callIdOf(sourceId + 1, 0), limit) as QuarantineColumns[];
    return rows.map(rowOf);
  }

  #count(condition: string, from: number, to: number): number {
    return Number(this.#db.prepare(`SELECT COUNT(*) FROM quarantine WHERE ${condition}`).pluck().get(from, to));
  }
}
