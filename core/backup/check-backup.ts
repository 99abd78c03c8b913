/** Proves that a backup can be restored: unpacks it, and looks at both databases and the journal's chain. */
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { BackupManifest } from '../model/backup.ts';
import { AppError } from '../model/errors.ts';
import { checkCopy } from '../store/database-copy.ts';
import { Journal } from '../store/journal.ts';
import { verifyJournal } from '../store/journal-verify.ts';
import { unpackArchive } from './archive.ts';
import type { BackupProgress } from './make-backup.ts';

/**
 * Unpacks into `folder`, which must be empty, and proves it. Throws what `unpackArchive` throws, `database-damaged` and
 * `journal-chain-broken`.
 */
export async function unpackAndProve(
  file: string,
  folder: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<BackupManifest> {
  const manifest = await unpackArchive(file, folder, (share) => onProgress({ phase: 'read', share }));
  onProgress({ phase: 'check', share: null });
  checkCopy(path.join(folder, 'tollbook.db'), manifest.databaseVersion);
  const journalFile = path.join(folder, 'journal.db');
  checkCopy(journalFile, manifest.journalVersion);
  const journal = Journal.open({ path: journalFile, now: Date.now });
  try {
    const { breaks } = await verifyJournal(journal, {
      onProgress: ({ bytesDone, bytesTotal }) =>
        onProgress({ phase: 'check', share: bytesTotal === 0 ? null : bytesDone / bytesTotal }),
    });
    const [first] = breaks;
    if (first !== undefined) {
      throw new AppError('journal-chain-broken', { sourceId: first.sourceId, offset: first.offset });
    }
  } finally {
    journal.close();
  }
  return manifest;
}

/** The same in a folder of its own that is removed afterwards; `beside` must have room for what is in the backup. */
export async function checkBackup(
  file: string,
  beside: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<BackupManifest> {
  const folder = mkdtempSync(path.join(beside, 'tollbook-check-'));
  try {
    return await unpackAndProve(file, folder, onProgress);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
