/** What a backup says of itself, when backups are made, and which of them stay. */

export interface BackupEntry {
  /** In the archive, with `/`. */
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface BackupManifest {
  readonly format: 'tollbook-backup';
  readonly formatVersion: number;
  /** Of the program that made it. */
  readonly program: string;
  readonly madeAtMs: number;
  readonly companyName: string;
  /** Of the tables of both files. */
  readonly databaseVersion: number;
  readonly journalVersion: number;
  readonly calls: number;
  readonly people: number;
  /** `YYYY-MM-DDTHH:MM:SS` on the wall clock of the site; null without calls. */
  readonly newestCallLocal: string | null;
  readonly journalBytes: number;
  /** The key of stored passwords is in it. */
  readonly hasKey: boolean;
  readonly entries: readonly BackupEntry[];
}

export interface BackupSettings {
  readonly isOn: boolean;
  /** `HH:MM` on the wall clock of the site. */
  readonly at: string;
  /** Absolute; empty: `backups` in the data folder. */
  readonly folder: string;
  readonly keepDays: number;
  readonly keepWeeks: number;
  readonly keepMonths: number;
  readonly withKey: boolean;
}

export const DEFAULT_BACKUP_SETTINGS: BackupSettings = {
  isOn: true,
  at: '12:15',
  folder: '',
  keepDays: 7,
  keepWeeks: 5,
  keepMonths: 12,
  withKey: false,
};

export const BACKUP_RESULTS = ['made', 'failed', 'cancelled'] as const;
export type BackupResult = (typeof BACKUP_RESULTS)[number];
