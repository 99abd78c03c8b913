/** A whole, checked copy of a SQLite file while others go on writing to it. */
import { renameSync, rmSync, statSync } from 'node:fs';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { AppError } from '../model/errors.ts';

export function userVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * One moment of `db`, written to `path`, which has its name only once it is whole and checked. Throws AppError
 * `database-damaged` when the copy is not sound.
 */
export function copyDatabase(db: Database, path: string): void {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  const version = userVersion(db);
  db.prepare('VACUUM INTO ?').run(part);
  checkCopy(part, version);
  renameSync(part, path);
}

/** Throws AppError `database-damaged` unless the file is sound and of this version. */
export function checkCopy(path: string, version: number): void {
  const copy = new SqliteDatabase(path, { readonly: true });
  try {
    const answer = copy.pragma('quick_check(1)', { simple: true });
    if (answer !== 'ok' || userVersion(copy) !== version || statSync(path).size === 0) {
      throw new AppError('database-damaged', { path, detail: String(answer) });
    }
  } finally {
    copy.close();
  }
}
