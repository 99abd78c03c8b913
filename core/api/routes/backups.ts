/** Backups on the pages. The work itself runs in a thread; the pages look how far it is. */

import { createReadStream, existsSync, statSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { readManifest } from '../../backup/archive.ts';
import type { KeptBackup } from '../../backup/backup-keeper.ts';
import { backupFileName } from '../../backup/make-backup.ts';
import type { Language } from '../../i18n/translate.ts';
import type { ErrorCode, ErrorValues } from '../../model/errors.ts';
import { AppError } from '../../model/errors.ts';
import type { Backup, Backups, Problem } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { problemOf } from '../problem.ts';
import type { Handlers } from '../register.ts';
import { spoolUpload } from '../spool.ts';

const SHOWN_RUNS = 30;

type BackupRoutes =
  | 'getBackups'
  | 'changeBackupSettings'
  | 'startBackup'
  | 'cancelBackup'
  | 'checkBackup'
  | 'downloadBackup'
  | 'uploadBackup'
  | 'restoreBackup';

function backupOf({ fileName, bytes, madeAtMs, manifest }: KeptBackup): Backup {
  if (manifest === null) return { fileName, bytes, madeAtMs, holds: null };
  const { companyName, program, calls, people, newestCallLocal, journalBytes, hasKey } = manifest;
  return {
    fileName,
    bytes,
    madeAtMs,
    holds: { companyName, program, calls, people, newestCallLocal, journalBytes, hasKey },
  };
}

function isOnDiskOf(folder: string, dataFolder: string): boolean {
  return !existsSync(folder) || statSync(folder).dev === statSync(dataFolder).dev;
}

/** Across disks a file cannot be renamed. */
async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch {
    await copyFile(from, `${to}.part`);
    await rename(`${to}.part`, to);
    await rm(from);
  }
}

export function backupRoutes({ deps }: ApiParts): Pick<Handlers, BackupRoutes> {
  const { backups } = deps;

  const problem = (
    found: { readonly code: ErrorCode; readonly values: ErrorValues } | null,
    language: Language,
  ): Problem | null => (found === null ? null : problemOf(found, language));

  const view = async (language: Language): Promise<Backups> => {
    const { folder, activity, lastEnd } = backups;
    return {
      settings: backups.settings(),
      folder,
      isSameDisk: isOnDiskOf(folder, deps.dataFolder),
      nextAtMs: backups.nextAtMs(),
      backups: (await backups.list()).map(backupOf),
      running:
        activity === null
          ? null
          : {
              kind: activity.kind,
              startedAtMs: activity.startedAtMs,
              phase: activity.progress?.phase ?? null,
              share: activity.progress?.share ?? null,
            },
      lastEnd: lastEnd === null ? null : { ...lastEnd, problem: problem(lastEnd.problem, language) },
      runs: backups.runs(SHOWN_RUNS).map(({ byteLength, problem: found, ...run }) => ({
        ...run,
        bytes: byteLength,
        problem: problem(found, language),
      })),
      restartsItself: deps.restart !== undefined,
    };
  };

  return {
    getBackups: ({ language }) => view(language),
    changeBackupSettings: ({ body, language }) => {
      backups.change(body);
      return view(language);
    },
    startBackup: ({ language }) => {
      backups.start(false);
      return view(language);
    },
    cancelBackup: async ({ language }) => {
      await backups.cancel();
      return view(language);
    },
    checkBackup: ({ body, language }) => {
      backups.check(body.fileName);
      return view(language);
    },
    downloadBackup: ({ query, viewer }) => {
      // A copy holds every number, and what the PBX sent.
      if (!viewer.seesNumbers) throw new AppError('not-allowed', { permission: 'unmask-numbers' });
      const stream = createReadStream(backups.fileOf(query.fileName));
      return {
        fileName: query.fileName,
        contentType: 'application/zip',
        body: Readable.toWeb(stream) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>,
      };
    },
    uploadBackup: async ({ body }) => {
      const file = await spoolUpload(deps.spoolFolder, body);
      try {
        const manifest = await readManifest(file);
        const fileName = backupFileName(manifest.madeAtMs);
        await mkdir(backups.folder, { recursive: true, mode: 0o700 });
        const target = path.join(backups.folder, fileName);
        await moveFile(file, target);
        return backupOf({ fileName, bytes: (await stat(target)).size, madeAtMs: manifest.madeAtMs, manifest });
      } finally {
        await rm(file, { force: true });
      }
    },
    restoreBackup: ({ body, language }) => {
      backups.stage(backups.fileOf(body.fileName), () => deps.restart?.());
      return view(language);
    },
  };
}
