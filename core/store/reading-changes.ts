/** With which format and options each source was read before, so that a change can be taken back. */
import type { Database } from './database.ts';

export interface ReadingChange {
  readonly id: number;
  readonly sourceId: number;
  readonly formatId: string;
  readonly formatOptions: Readonly<Record<string, string>>;
  /** When the source was read anew with something else. */
  readonly changedAtMs: number;
}

interface Columns {
  readonly id: number;
  readonly source_id: number;
  readonly format_id: string;
  readonly format_options: string;
  readonly changed_at_ms: number;
}

export class ReadingChangeStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Keeps how the source was read until now. */
  add(change: Omit<ReadingChange, 'id'>): void {
    this.#db
      .prepare('INSERT INTO reading_changes (source_id, format_id, format_options, changed_at_ms) VALUES (?, ?, ?, ?)')
      .run(change.sourceId, change.formatId, JSON.stringify(change.formatOptions), change.changedAtMs);
  }

  /** The last way of reading before the present one. */
  last(sourceId: number): ReadingChange | undefined {
    const row = this.#db
      .prepare(
        'SELECT id, source_id, format_id, format_options, changed_at_ms FROM reading_changes WHERE source_id = ? ORDER BY id DESC LIMIT 1',
      )
      .get(sourceId) as Columns | undefined;
    return row === undefined
      ? undefined
      : {
          id: row.id,
          sourceId: row.source_id,
          formatId: row.format_id,
          formatOptions: JSON.parse(row.format_options) as Record<string, string>,
          changedAtMs: row.changed_at_ms,
        };
  }

  remove(id: number): void {
    this.#db.prepare('DELETE FROM reading_changes WHERE id = ?').run(id);
  }
}
