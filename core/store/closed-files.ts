/** The files that were written of closed months: the first of each kind and language is the one that is given ever after. */
import type { Database } from './database.ts';

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
}

export class ClosedFileStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get({ closingId, type, language, isMasked }: ClosedFileKey): ClosedFile | undefined {
    return this.#db
      .prepare(
        `SELECT file_name AS fileName, sha256, byte_length AS byteLength, letterhead_id AS letterheadId
         FROM closed_files
         WHERE closing_id = ? AND type = ? AND language = ? AND is_masked = ?`,
      )
      .get(closingId, type, language, Number(isMasked)) as ClosedFile | undefined;
  }

  /** The first one stays. */
  put({ closingId, type, language, isMasked }: ClosedFileKey, file: ClosedFile): void {
    this.#db
      .prepare(
        `INSERT INTO closed_files (closing_id, type, language, is_masked, file_name, sha256, byte_length, letterhead_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(closingId, type, language, Number(isMasked), file.fileName, file.sha256, file.byteLength, file.letterheadId);
  }
}
