/** Sources as people set them up. A removed source keeps its row and its number: bytes and calls refer to it. */
import { callIdOf } from '../model/call.ts';
import { AppError } from '../model/errors.ts';
import type { SourceConfig } from '../model/source-config.ts';
import { mapSecrets } from '../model/source-secrets.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';
import { TariffMonths } from './tariff-months.ts';

export interface SourceInput {
  readonly name: string;
  readonly config: SourceConfig;
  readonly formatId: string;
  readonly formatOptions: Readonly<Record<string, string>>;
  readonly isEnabled: boolean;
}

export interface SourceRow extends SourceInput {
  readonly id: number;
  readonly isDemo: boolean;
  readonly createdAtMs: number;
  readonly deletedAtMs: number | null;
}

interface SourceColumns {
  readonly id: number;
  readonly name: string;
  readonly config: string;
  readonly format_id: string;
  readonly format_options: string;
  readonly is_enabled: number;
  readonly is_demo: number;
  readonly created_at_ms: number;
  readonly deleted_at_ms: number | null;
}

const COLUMNS = 'id, name, config, format_id, format_options, is_enabled, is_demo, created_at_ms, deleted_at_ms';

function rowOf(c: SourceColumns): SourceRow {
  return {
    id: c.id,
    name: c.name,
    config: JSON.parse(c.config) as SourceConfig,
    formatId: c.format_id,
    formatOptions: JSON.parse(c.format_options) as Record<string, string>,
    isEnabled: c.is_enabled !== 0,
    isDemo: c.is_demo !== 0,
    createdAtMs: c.created_at_ms,
    deletedAtMs: c.deleted_at_ms,
  };
}

export class SourceStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Sources in use, oldest first. */
  list(): readonly SourceRow[] {
    return (
      this.#db
        .prepare(`SELECT ${COLUMNS} FROM sources WHERE deleted_at_ms IS NULL ORDER BY id`)
        .all() as SourceColumns[]
    ).map(rowOf);
  }

  /** Also removed ones, whose calls still name them. */
  listAll(): readonly SourceRow[] {
    return (this.#db.prepare(`SELECT ${COLUMNS} FROM sources ORDER BY id`).all() as SourceColumns[]).map(rowOf);
  }

  get(id: number): SourceRow | undefined {
    const sql = `SELECT ${COLUMNS} FROM sources WHERE id = ?`;
    const row = cachedStatement<[number], SourceColumns>(this.#db, sql).get(id);
    return row === undefined ? undefined : rowOf(row);
  }

  /** Throws AppError `conflict` when another source has the name. */
  add(input: SourceInput, nowMs: number, isDemo = false): SourceRow {
    this.#refuseTakenName(input.name, undefined);
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO sources (name, kind, config, format_id, format_options, is_enabled, is_demo, created_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        input.name,
        input.config.kind,
        JSON.stringify(input.config),
        input.formatId,
        JSON.stringify(input.formatOptions),
        Number(input.isEnabled),
        Number(isDemo),
        nowMs,
      );
    return this.#mustGet(Number(lastInsertRowid));
  }

  /** Throws AppError `not-found` or `conflict`. */
  change(id: number, input: SourceInput): SourceRow {
    this.#mustGet(id);
    this.#refuseTakenName(input.name, id);
    this.#db
      .prepare(
        'UPDATE sources SET name = ?, kind = ?, config = ?, format_id = ?, format_options = ?, is_enabled = ? WHERE id = ?',
      )
      .run(
        input.name,
        input.config.kind,
        JSON.stringify(input.config),
        input.formatId,
        JSON.stringify(input.formatOptions),
        Number(input.isEnabled),
        id,
      );
    return this.#mustGet(id);
  }

  /** Takes the source out of use, forgets its secrets and frees its name. Throws AppError `not-found`. */
  remove(id: number, nowMs: number): void {
    const source = this.#mustGet(id);
    const config = JSON.stringify(mapSecrets(source.config, () => ''));
    this.#db
      .prepare('UPDATE sources SET name = ?, config = ?, is_enabled = 0, deleted_at_ms = ? WHERE id = ?')
      .run(`${source.name} #${id}`, config, nowMs, id);
  }

  /**
   * Seals secrets that an earlier version stored in the clear, and forgets those of removed sources. What the file held
   * before is overwritten. Answers with the count of sources that were changed.
   */
  sealSecrets(seal: (text: string) => string): number {
    let changed = 0;
    for (const { id, config, deletedAtMs } of this.listAll()) {
      const before = JSON.stringify(config);
      const after = JSON.stringify(mapSecrets(config, deletedAtMs === null ? seal : () => ''));
      if (after === before) continue;
      this.#db.pragma('secure_delete = ON');
      this.#db.prepare('UPDATE sources SET config = ? WHERE id = ?').run(after, id);
      changed += 1;
    }
    if (changed > 0) this.#db.pragma('wal_checkpoint(TRUNCATE)');
    return changed;
  }

  /** Removes all that was derived from a source's bytes: calls, sums, quarantine, counts and the reading position. */
  removeDerived(id: number): void {
    const from = callIdOf(id, 0);
    const to = callIdOf(id + 1, 0);
    this.#db.transaction(() => {
      new TariffMonths(this.#db).markMonthsOf(from, to);
      this.#db.prepare('DELETE FROM call_legs WHERE call_id >= ? AND call_id < ?').run(from, to);
      this.#db.prepare('DELETE FROM calls WHERE id >= ? AND id < ?').run(from, to);
      this.#db.prepare('DELETE FROM quarantine WHERE id >= ? AND id < ?').run(from, to);
      for (const table of ['daily_sums', 'ingest_streams', 'outcome_counts']) {
        this.#db.prepare(`DELETE FROM ${table} WHERE source_id = ?`).run(id);
      }
    })();
  }

  /** Removes what people decided about a source's calls, and the corrections of them: for calls that never were. */
  removeDecided(id: number): void {
    const from = callIdOf(id, 0);
    const to = callIdOf(id + 1, 0);
    this.#db.transaction(() => {
      this.#db
        .prepare(
          `DELETE FROM restatement_sums
           WHERE restatement_id IN (SELECT id FROM restatements WHERE call_id >= ? AND call_id < ?)`,
        )
        .run(from, to);
      for (const table of ['restatements', 'call_decisions', 'late_calls']) {
        this.#db.prepare(`DELETE FROM ${table} WHERE call_id >= ? AND call_id < ?`).run(from, to);
      }
    })();
  }

  #mustGet(id: number): SourceRow {
    const source = this.get(id);
    if (source === undefined || source.deletedAtMs !== null) throw new AppError('not-found', { what: 'source', id });
    return source;
  }

  #refuseTakenName(name: string, exceptId: number | undefined): void {
    const taken = this.#db.prepare('SELECT id FROM sources WHERE name = ?').pluck().get(name);
    if (taken !== undefined && taken !== exceptId) throw new AppError('conflict', { what: 'source', name });
  }
}
