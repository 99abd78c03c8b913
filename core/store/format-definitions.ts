/** The site's own format definitions. A change is a new version; earlier ones are kept, since calls were read with them. */
import { AppError } from '../model/errors.ts';
import type { Database } from './database.ts';

export interface StoredDefinition {
  readonly id: string;
  readonly version: number;
  /** JSON text, checked before it was stored. */
  readonly definition: string;
  readonly createdAtMs: number;
  /** Taken out of the lists; what it read still names it. */
  readonly removedAtMs: number | null;
}

interface Columns {
  readonly id: string;
  readonly version: number;
  readonly definition: string;
  readonly created_at_ms: number;
  readonly removed_at_ms: number | null;
}

const COLUMNS = 'id, version, definition, created_at_ms, removed_at_ms';
const NEWEST =
  'version = (SELECT MAX(version) FROM format_definitions AS newer WHERE newer.id = format_definitions.id)';

function rowOf(c: Columns): StoredDefinition {
  return {
    id: c.id,
    version: c.version,
    definition: c.definition,
    createdAtMs: c.created_at_ms,
    removedAtMs: c.removed_at_ms,
  };
}

export class FormatDefinitionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The newest version of each that is in use, by id. */
  list(): readonly StoredDefinition[] {
    return (
      this.#db
        .prepare(`SELECT ${COLUMNS} FROM format_definitions WHERE ${NEWEST} AND removed_at_ms IS NULL ORDER BY id`)
        .all() as Columns[]
    ).map(rowOf);
  }

  newestVersion(id: string): number | undefined {
    const version = this.#db.prepare('SELECT MAX(version) FROM format_definitions WHERE id = ?').pluck().get(id);
    return version === null || version === undefined ? undefined : Number(version);
  }

  /** The newest version, or the one asked for. */
  get(id: string, version?: number): StoredDefinition | undefined {
    const wanted = version ?? this.newestVersion(id);
    if (wanted === undefined) return undefined;
    const row = this.#db
      .prepare(`SELECT ${COLUMNS} FROM format_definitions WHERE id = ? AND version = ?`)
      .get(id, wanted) as Columns | undefined;
    return row === undefined ? undefined : rowOf(row);
  }

  /** All versions, oldest first. */
  versions(id: string): readonly StoredDefinition[] {
    return (
      this.#db.prepare(`SELECT ${COLUMNS} FROM format_definitions WHERE id = ? ORDER BY version`).all(id) as Columns[]
    ).map(rowOf);
  }

  /**
   * Stores the next version. `after` is the version it was made from, 0 for a new format; throws AppError `conflict` when
   * another one has come in between or the id is taken.
   */
  add(id: string, definition: string, after: number, nowMs: number): StoredDefinition {
    return this.#db
      .transaction(() => {
        const newest = this.newestVersion(id) ?? 0;
        if (newest !== after) throw new AppError('conflict', { what: 'format', name: id });
        this.#db
          .prepare('INSERT INTO format_definitions (id, version, definition, created_at_ms) VALUES (?, ?, ?, ?)')
          .run(id, newest + 1, definition, nowMs);
        return this.#mustGet(id);
      })
      .immediate();
  }

  /** Throws AppError `not-found`, or `conflict` when a source in use reads with it. */
  remove(id: string, nowMs: number): void {
    const stored = this.#mustGet(id);
    const source = this.#db
      .prepare('SELECT name FROM sources WHERE format_id = ? AND deleted_at_ms IS NULL LIMIT 1')
      .pluck()
      .get(id);
    if (source !== undefined) throw new AppError('format-in-use', { format: id, source: String(source) });
    this.#db
      .prepare('UPDATE format_definitions SET removed_at_ms = ? WHERE id = ? AND version = ?')
      .run(nowMs, id, stored.version);
  }

  #mustGet(id: string): StoredDefinition {
    const stored = this.get(id);
    if (stored === undefined) throw new AppError('not-found', { what: 'format', id });
    return stored;
  }
}
