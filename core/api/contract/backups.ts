/** Backups: when they are made, those there are, and putting one back. */
import { z } from 'zod';
import { BACKUP_RESULTS, type BackupSettings as StoredSettings } from '../../model/backup.ts';
import { clockTime, Problem } from './common.ts';

const count = (high: number) => z.number().int().min(0).max(high);

export const BackupSettings = z.object({
  isOn: z.boolean(),
  /** On the wall clock of the site. */
  at: clockTime,
  /** Absolute; empty: in the data folder. */
  folder: z.string().trim().max(1000),
  keepDays: count(366),
  keepWeeks: count(520),
  keepMonths: count(240),
  /** With the key of stored passwords: whoever has the file can open them. */
  withKey: z.boolean(),
});
BackupSettings satisfies z.ZodType<StoredSettings>;
export type BackupSettings = z.infer<typeof BackupSettings>;

export const Backup = z.object({
  fileName: z.string(),
  bytes: z.number().int(),
  madeAtMs: z.number().int(),
  /** What is in it; null where the file cannot be read as a backup. */
  holds: z
    .object({
      companyName: z.string(),
      program: z.string(),
      calls: z.number().int(),
      people: z.number().int(),
      newestCallLocal: z.string().nullable(),
      journalBytes: z.number().int(),
      hasKey: z.boolean(),
    })
    .nullable(),
});
export type Backup = z.infer<typeof Backup>;

/** `make`: a backup is made and tried; `check`: one is tried; `stage`: one is unpacked to be put in place. */
const kind = z.enum(['make', 'check', 'stage']);

export const Backups = z.object({
  settings: BackupSettings,
  /** Where they are now. */
  folder: z.string(),
  /** The disk of the data folder: a broken disk would take both. */
  isSameDisk: z.boolean(),
  /** Null while scheduled backups are off. */
  nextAtMs: z.number().int().nullable(),
  /** Newest first. */
  backups: z.array(Backup),
  running: z
    .object({
      kind,
      startedAtMs: z.number().int(),
      phase: z.enum(['copy', 'read', 'pack', 'check']).nullable(),
      /** 0 to 1 of the phase; null where nobody can say. */
      share: z.number().nullable(),
    })
    .nullable(),
  /** How the last work ended since the service began. */
  lastEnd: z
    .object({ kind, fileName: z.string().nullable(), isCancelled: z.boolean(), problem: Problem.nullable() })
    .nullable(),
  /** Newest first. */
  runs: z.array(
    z.object({
      startedAtMs: z.number().int(),
      endedAtMs: z.number().int(),
      path: z.string(),
      result: z.enum(BACKUP_RESULTS),
      isScheduled: z.boolean(),
      bytes: z.number().int().nullable(),
      calls: z.number().int().nullable(),
      problem: Problem.nullable(),
    }),
  ),
  /** A restore that is asked for here ends by itself with a new start; otherwise somebody has to start the service anew. */
  restartsItself: z.boolean(),
});
export type Backups = z.infer<typeof Backups>;
