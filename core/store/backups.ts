/** When backups are made, and what became of the last ones. */
import { type BackupResult, type BackupSettings, DEFAULT_BACKUP_SETTINGS } from '../model/backup.ts';
import type { ErrorCode, ErrorValues } from '../model/errors.ts';
import type { Database } from './database.ts';

export interface BackupRun {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly path: string;
  readonly result: BackupResult;
  readonly isScheduled: boolean;
  readonly byteLength: number | null;
  readonly calls: number | null;
  readonly problem: { readonly code: ErrorCode; readonly values: ErrorValues } | null;
}

type Row = Omit<BackupRun, 'isScheduled' | 'problem'> & {
  readonly isScheduled: number;
  readonly problem: string | null;
};

const KEPT_RUNS = 500;

export class BackupStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  settings(): BackupSettings {
    const text = this.#db.prepare<[], string>('SELECT value FROM backup_settings').pluck().get() ?? '{}';
    return { ...DEFAULT_BACKUP_SETTINGS, ...(JSON.parse(text) as Partial<BackupSettings>) };
  }

  change(settings: BackupSettings): void {
    this.#db.prepare('UPDATE backup_settings SET value = ?').run(JSON.stringify(settings));
  }

  /** From when a backup can have been missed: when these books began. */
  sinceMs(): number {
    return this.#db.prepare<[], number>('SELECT since_ms FROM backup_settings').pluck().get() ?? 0;
  }

  add(run: BackupRun): void {
    this.#db.transaction(() => {
      this.#db
        .prepare(
          `INSERT INTO backup_runs (started_at_ms, ended_at_ms, path, result, is_scheduled, byte_length, calls, problem)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          run.startedAtMs,
          run.endedAtMs,
          run.path,
          run.result,
          Number(run.isScheduled),
          run.byteLength,
          run.calls,
          run.problem === null ? null : JSON.stringify(run.problem),
        );
      this.#db.prepare('DELETE FROM backup_runs WHERE id <= (SELECT MAX(id) FROM backup_runs) - ?').run(KEPT_RUNS);
    })();
  }

  /** Newest first. */
  runs(limit: number): readonly BackupRun[] {
    const rows = this.#db
      .prepare<[number], Row>(
        `SELECT started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, path, result, is_scheduled AS isScheduled,
           byte_length AS byteLength, calls, problem
         FROM backup_runs ORDER BY id DESC LIMIT ?`,
      )
      .all(limit);
    return rows.map((row) => ({
      ...row,
      isScheduled: row.isScheduled === 1,
      problem: row.problem === null ? null : (JSON.parse(row.problem) as BackupRun['problem']),
    }));
  }
}
