/**
 * One service per data folder. The lock is an open SQLite transaction on a file of its own: the operating system lets go
 * of it however the process ends, kill -9 and power cuts included, so no stale lock can keep an office out.
 */
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../model/errors.ts';

export interface FolderLock {
  release(): void;
}

/** Throws `folder-in-use` when another process holds the folder. */
export function lockFolder(folder: string): FolderLock {
  const db = new Database(path.join(folder, 'lock.db'), { timeout: 0 });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw new AppError('folder-in-use', { folder }, error);
  }
  return { release: () => db.close() };
}
