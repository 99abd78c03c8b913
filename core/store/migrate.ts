/**
 * Brings a file's tables up to date, one transaction per migration with the version inside it. A file that holds data
 * is copied first and the copy is checked; a file written by a newer program is refused, never guessed at.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { AppError } from '../model/errors.ts';
import { copyDatabase, userVersion } from './database-copy.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export interface MigrateOptions {
  readonly migrations: readonly Migration[];
  readonly now: () => number;
  /** Where the copy before an upgrade goes; default: `backups` beside the file. */
  readonly backupFolder?: string;
}

export interface MigrateResult {
  readonly from: number;
  readonly to: number;
  /** The checked copy made before the upgrade, if the file held anything. */
  readonly backupPath: string | undefined;
}

/** Throws `database-from-future` when the file is newer than the newest migration. */
export function migrate(db: Database, options: MigrateOptions): MigrateResult {
  const ordered = inOrder(options.migrations);
  const newest = ordered.at(-1)?.version ?? 0;
  const from = userVersion(db);
  if (from > newest) {
    throw new AppError('database-from-future', { path: db.name, found: from, supported: newest });
  }
  const pending = ordered.filter((migration) => migration.version > from);
  if (pending.length === 0) return { from, to: from, backupPath: undefined };

  const backupPath = from === 0 ? undefined : backupBeforeUpgrade(db, from, options);
  // Rebuilding a table that others refer to needs the checks off while it runs; they are made good before the commit.
  db.pragma('foreign_keys = OFF');
  try {
    for (const migration of pending) apply(db, migration);
  } finally {
    db.pragma('foreign_keys = ON');
  }
  return { from, to: newest, backupPath };
}

function inOrder(migrations: readonly Migration[]): readonly Migration[] {
  let last = 0;
  for (const { version } of migrations) {
    if (version <= last || version % 5 !== 0) throw new Error(`migration ${version} is out of order after ${last}`);
    last = version;
  }
  return migrations;
}

function apply(db: Database, migration: Migration): void {
  db.transaction(() => {
    // Another thread of the service may have opened the same new file first.
    if (userVersion(db) >= migration.version) return;
    db.exec(migration.sql);
    const broken = db.pragma('foreign_key_check') as readonly unknown[];
    if (broken.length > 0) {
      throw new Error(`migration ${migration.version} leaves ${broken.length} rows that refer to nothing`);
    }
    db.pragma(`user_version = ${migration.version}`);
  }).immediate();
}

function backupBeforeUpgrade(db: Database, from: number, options: MigrateOptions): string {
  const folder = options.backupFolder ?? join(dirname(db.name), 'backups');
  mkdirSync(folder, { recursive: true });
  const stamp = new Date(options.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const extension = extname(db.name);
  const path = freeName(join(folder, `${basename(db.name, extension)}-v${from}-${stamp}`), extension);
  copyDatabase(db, path);
  return path;
}

function freeName(stem: string, extension: string): string {
  let path = `${stem}${extension}`;
  for (let n = 2; existsSync(path); n += 1) path = `${stem}-${n}${extension}`;
  return path;
}
