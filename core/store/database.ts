/**
 * Opens a SQLite file the one way Tollbook opens files: WAL, FULL sync on every open, foreign keys on, tables up to date.
 * Failures a person can act on come out as AppError.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase, { type Database as SqliteConnection } from 'better-sqlite3';
import { AppError } from '../model/errors.ts';
import { type Migration, migrate } from './migrate.ts';

export type Database = SqliteConnection;

export interface OpenDatabaseOptions {
  readonly path: string;
  readonly migrations: readonly Migration[];
  /** Milliseconds since 1970; names the copy made before an upgrade. */
  readonly now: () => number;
  readonly backupFolder?: string;
  /** Page cache of this connection, KiB. */
  readonly cacheKib?: number;
  /** Bytes of a page of a new file; a file that exists keeps its own. */
  readonly pageBytes?: number;
  /** How long to wait for another connection's lock; default 5 s. */
  readonly busyTimeoutMs?: number;
}

const BUSY_TIMEOUT_MS = 5000;
const DEFAULT_CACHE_KIB = 16 * 1024;
const WAL_KEEP_BYTES = 64 * 1024 * 1024;
/** Up to this size every page is looked at on opening (some 0.1 s); a larger file only at its head and tables' roots. */
const FULL_CHECK_BYTES = 32 * 1024 * 1024;

/**
 * Throws AppError `database-from-future`, `database-damaged`, `database-locked`, `disk-full` or `disk-read-only`.
 * Safe for several threads on the same file.
 */
export function openDatabase(options: OpenDatabaseOptions): Database {
  mkdirSyncMapped(dirname(options.path), options.path);
  return mapSqliteErrors(options.path, () => {
    const db = new SqliteDatabase(options.path, { timeout: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS });
    try {
      if (options.pageBytes !== undefined && isNew(db)) db.pragma(`page_size = ${options.pageBytes}`);
      db.pragma('journal_mode = WAL');
      // The driver is built with NORMAL for a WAL file that exists: without this line the last commits can be lost.
      db.pragma('synchronous = FULL');
      db.pragma('foreign_keys = ON');
      db.pragma(`cache_size = -${options.cacheKib ?? DEFAULT_CACHE_KIB}`);
      db.pragma(`journal_size_limit = ${WAL_KEEP_BYTES}`);
      probe(db);
      migrate(db, options);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Runs `work` and turns SQLite's codes into AppError; everything else passes through. */
export function mapSqliteErrors<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fromSqliteError(path, error);
  }
}

export function fromSqliteError(path: string, error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // A quota and a file system's largest file end a write without the word for a full disk.
  const isFull = code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE' || code === 'EFBIG';
  if (isFull || code === 'SQLITE_IOERR_SHMSIZE' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('disk-full', { path }, error);
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new AppError('disk-read-only', { path }, error);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new AppError('database-locked', { path }, error);
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_IOERR_CORRUPTFS') {
    return new AppError('database-damaged', { path, detail: error.message }, error);
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
    return new AppError('disk-read-only', { path }, error);
  }
  return error;
}

function mkdirSyncMapped(folder: string, path: string): void {
  mapSqliteErrors(path, () => mkdirSync(folder, { recursive: true }));
}

function isNew(db: Database): boolean {
  return db.pragma('page_count', { simple: true }) === 0;
}

/** Notices a file that is no database, cut short, or damaged where everything hangs from. */
function probe(db: Database): void {
  if (isNew(db)) return;
  const damaged = (detail: string): AppError => new AppError('database-damaged', { path: db.name, detail });
  if (statSync(db.name).size <= FULL_CHECK_BYTES) {
    const answer = String(db.pragma('quick_check(1)', { simple: true }));
    if (answer !== 'ok') throw damaged(answer);
    return;
  }
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0").pluck().all();
  for (const name of tables) db.prepare(`SELECT 1 FROM "${String(name)}" LIMIT 1`).get();
}
