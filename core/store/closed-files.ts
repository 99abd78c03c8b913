/** The files that were written of closed months: the first of each kind and language is the one that is given ever after. */
import type { Database } from './database.ts';
import type { MonthSources } from './month-sources.ts';

export interface ClosedFileKey {
  readonly closingId: number;
  readonly type: string;
  readonly language: string;
  readonly isMasked: boolean;
}

export interface ClosedFile {
  /** In the folder of closed months. */
  readonly fileName: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly byteLength: number;
  /** The letterhead it was printed with; null: none. */
  readonly letterheadId: number | null;
  /** The workbook template it was printed with; null: the look that is built in. */
  readonly templateId: number | null;
}

export class ClosedFileStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get({ closingId, type, language, isMasked }: ClosedFileKey): ClosedFile | undefined {
    return this.#db
      .prepare(
        `SELECT file_name AS fileName, sha256, byte_length AS byteLength, letterhead_id AS letterheadId,
           template_id AS templateId
         FROM closed_files
         WHERE closing_id = ? AND type = ? AND language = ? AND is_masked = ?`,
      )
      .get(closingId, type, language, Number(isMasked)) as ClosedFile | undefined;
  }

  /** The first one stays. */
  put({ closingId, type, language, isMasked }: ClosedFileKey, file: ClosedFile): void {
    this.#db
      .prepare(
        `INSERT INTO closed_files (closing_id, type, language, is_masked, file_name, sha256, byte_length, letterhead_id,
           template_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(
        ...[closingId, type, language, Number(isMasked)],
        ...[file.fileName, file.sha256, file.byteLength, file.letterheadId, file.templateId],
      );
  }

  /** What the first file of the closing said of its sources. */
  sources(closingId: number): MonthSources | undefined {
    const text = this.#db
      .prepare('SELECT sources FROM closed_month_sources WHERE closing_id = ?')
      .pluck()
      .get(closingId);
    return typeof text === 'string' ? (JSON.parse(text) as MonthSources) : undefined;
  }

  /** The first ones stay. */
  putSources(closingId: number, sources: MonthSources): void {
    this.#db
      .prepare('INSERT INTO closed_month_sources (closing_id, sources) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(closingId, JSON.stringify(sources));
  }
}
