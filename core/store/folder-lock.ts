/**
 * One service per data folder. The lock is an open SQLite transaction on a file of its own: the operating system lets go
 * of it however the process ends, kill -9 and power cuts included, so no stale lock can keep an office out.
 */
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../model/errors.ts';
import { fromSqliteError, mapSqliteErrors } from './database.ts';

export interface FolderLock {
  release(): void;
}

/** Throws `folder-in-use` when another process holds the folder, `disk-full` or `disk-read-only`. */
export function lockFolder(folder: string): FolderLock {
  const file = path.join(folder, 'lock.db');
  const db = mapSqliteErrors(file, () => new Database(file, { timeout: 0 }));
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    const known = fromSqliteError(file, error);
    const isHeld = known instanceof AppError && known.code === 'database-locked';
    throw isHeld ? new AppError('folder-in-use', { folder }, error) : known;
  }
  return { release: () => db.close() };
}
