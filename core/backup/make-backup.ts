/**
 * Makes a backup beside a running service. The books are copied before the journal: the journal only grows, so whatever the
 * copied books have read is in the copied journal, and reading goes on from there after a restore.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { dataFilesOf } from '../data-files.ts';
import type { BackupEntry, BackupManifest } from '../model/backup.ts';
import { AppError } from '../model/errors.ts';
import { localText } from '../model/time.ts';
import { databaseFacts, journalBytes } from '../store/backup-facts.ts';
import { fromSqliteError, mapSqliteErrors } from '../store/database.ts';
import { copyDatabase, userVersion } from '../store/database-copy.ts';
import { SettingsStore } from '../store/settings.ts';
import { describeFile, FORMAT_VERSION, writeArchive } from './archive.ts';
import { BACKED_UP_FOLDERS, KEY_FILE } from './data-folder-parts.ts';

export interface BackupOptions {
  readonly dataFolder: string;
  /** Must exist. */
  readonly targetFolder: string;
  readonly nowMs: number;
  readonly program: string;
  readonly withKey: boolean;
}

export type BackupPhase = 'copy' | 'read' | 'pack' | 'check';

export interface BackupProgress {
  readonly phase: BackupPhase;
  /** 0 to 1 of the phase; null where nobody can say. */
  readonly share: number | null;
}

export interface MadeBackup {
  readonly file: string;
  readonly manifest: BackupManifest;
}

const NAME = 'tollbook-backup';

/** `tollbook-backup-20261123-121500.zip`, in UTC. */
export function backupFileName(nowMs: number): string {
  const [day = '', clock = ''] = new Date(nowMs)
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z$/g, '')
    .split('T');
  return `${NAME}-${day}-${clock}.zip`;
}

export function isBackupFileName(name: string): boolean {
  return /^tollbook-backup-\d{8}-\d{6}\.zip$/.test(name);
}

/** When a backup says by its name that it was made. */
export function madeAtOf(name: string): number {
  const [, day = '', clock = ''] = /(\d{8})-(\d{6})/.exec(name) ?? [];
  const of = (text: string, from: number): number => Number(text.slice(from, from + 2));
  return Date.UTC(Number(day.slice(0, 4)), of(day, 4) - 1, of(day, 6), of(clock, 0), of(clock, 2), of(clock, 4));
}

function* filesBelow(folder: string, name: string): Generator<string> {
  for (const entry of readdirSync(path.join(folder, ...name.split('/')), { withFileTypes: true })) {
    const below = `${name}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(folder, below);
    // A name that a ZIP cannot carry belongs to no file of ours.
    else if (entry.isFile() && !/[\\:]/.test(below)) yield below;
  }
}

function otherFiles(dataFolder: string, withKey: boolean): readonly string[] {
  const present = new Set(readdirSync(dataFolder));
  return [
    ...BACKED_UP_FOLDERS.filter((name) => present.has(name)).flatMap((name) => [...filesBelow(dataFolder, name)]),
    ...(withKey && present.has(KEY_FILE) ? [KEY_FILE] : []),
  ];
}

function copyInto(source: string, target: string): void {
  mapSqliteErrors(source, () => {
    const db = new SqliteDatabase(source, { readonly: true, fileMustExist: true });
    try {
      copyDatabase(db, target);
    } finally {
      db.close();
    }
  });
}

function describeData(database: string, journal: string) {
  const db = new SqliteDatabase(database, { readonly: true });
  const bytes = new SqliteDatabase(journal, { readonly: true });
  try {
    const { newestCallLocalS, ...facts } = databaseFacts(db);
    return {
      ...facts,
      newestCallLocal: newestCallLocalS === null ? null : localText(newestCallLocalS),
      companyName: new SettingsStore(db).get().companyName,
      databaseVersion: userVersion(db),
      journalVersion: userVersion(bytes),
      journalBytes: journalBytes(bytes),
    };
  } finally {
    db.close();
    bytes.close();
  }
}

/** Throws AppError `disk-full`, `disk-read-only`, `database-damaged` and what else opening and copying the files throws. */
export async function makeBackup(
  options: BackupOptions,
  onProgress: (progress: BackupProgress) => void,
): Promise<MadeBackup> {
  const { dataFolder, targetFolder, nowMs, withKey } = options;
  const target = path.join(targetFolder, backupFileName(nowMs));
  const making = `${target}.making`;
  try {
    mkdirSync(making, { mode: 0o700 });
    const { database, journal } = dataFilesOf(dataFolder);
    const copies = { database: path.join(making, 'tollbook.db'), journal: path.join(making, 'journal.db') };
    onProgress({ phase: 'copy', share: null });
    copyInto(database, copies.database);
    copyInto(journal, copies.journal);
    const files = new Map([
      ['tollbook.db', copies.database],
      ['journal.db', copies.journal],
      ...otherFiles(dataFolder, withKey).map((name) => [name, path.join(dataFolder, ...name.split('/'))] as const),
    ]);
    const bytesTotal = [...files.values()].reduce((sum, file) => sum + statSync(file).size, 0);
    const entries: BackupEntry[] = [];
    let read = 0;
    for (const [name, file] of files) {
      const entry = await describeFile(file, name);
      entries.push(entry);
      read += entry.bytes;
      onProgress({ phase: 'read', share: read / Math.max(1, bytesTotal) });
    }
    const manifest: BackupManifest = {
      format: 'tollbook-backup',
      formatVersion: FORMAT_VERSION,
      program: options.program,
      madeAtMs: nowMs,
      ...describeData(copies.database, copies.journal),
      hasKey: files.has(KEY_FILE),
      entries,
    };
    await writeArchive(target, manifest, files, (share) => onProgress({ phase: 'pack', share }));
    return { file: target, manifest };
  } catch (error) {
    throw error instanceof AppError ? error : fromSqliteError(target, error);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}
