/**
 * The file of a closed month: written once, kept with its hash, and given back as it is, so that a later version of the
 * program prints the same bytes. One that was lost or damaged is written anew from what the closing kept.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../model/errors.ts';
import { type ClosedFile, type ClosedFileKey, ClosedFileStore } from '../store/closed-files.ts';
import type { Database } from '../store/database.ts';
import { readLetterhead } from '../store/letterhead.ts';
import type { MonthSources } from '../store/month-sources.ts';
import { readWorkbookTemplate } from '../store/workbook-templates.ts';
import type { MonthExportOptions } from './export-month.ts';
import { readMonthSources } from './month-sources.ts';

export interface ClosedMonthFiles {
  readonly db: Database;
  /** Made when it is needed. */
  readonly folder: string;
  /** Writes a month's file. */
  readonly write: (options: MonthExportOptions, file: string) => Promise<void>;
  /** Runs while nobody else writes to the database. */
  readonly whileHeld: (work: () => void) => Promise<void>;
}

/**
 * Path of the file. Throws AppError `closed-file-differs` where the kept one is lost or damaged and what is written now
 * has other bytes.
 */
export async function closedMonthFile(
  files: ClosedMonthFiles,
  closingId: number,
  options: MonthExportOptions,
): Promise<string> {
  const { folder } = files;
  const store = new ClosedFileStore(files.db);
  const { month, type, language, isMasked } = options;
  const key: ClosedFileKey = { closingId, type, language, isMasked };
  const kept = store.get(key);
  if (kept !== undefined && (await isWhole(path.join(folder, kept.fileName), kept))) {
    return path.join(folder, kept.fileName);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = path.join(folder, `${randomUUID()}.part`);
  try {
    // A later letterhead or template is no reason to refuse a file that was lost.
    const letterheadId = kept === undefined ? readLetterhead(files.db).id : kept.letterheadId;
    const templateId = kept === undefined ? readWorkbookTemplate(files.db).id : kept.templateId;
    const sources = await keptSources(files, store, closingId, options);
    await files.write({ ...options, letterheadId, templateId, sources }, part);
    const fileName = `${month}-${closingId}-${language}${isMasked ? '' : '-codes'}.${type}`;
    const byteLength = (await stat(part)).size;
    const written = { fileName, sha256: await sha256Of(part), byteLength, letterheadId, templateId };
    const known = kept ?? store.get(key);
    if (known !== undefined && known.sha256 !== written.sha256) {
      throw new AppError('closed-file-differs', { file: known.fileName, month });
    }
    await rename(part, path.join(folder, fileName));
    await files.whileHeld(() => store.put(key, written));
    return path.join(folder, fileName);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Formats and office hours may change later: what the first file said is said by all. */
async function keptSources(
  files: ClosedMonthFiles,
  store: ClosedFileStore,
  closingId: number,
  options: MonthExportOptions,
): Promise<MonthSources> {
  const kept = store.sources(closingId);
  if (kept !== undefined) return kept;
  const sources = readMonthSources(files.db, options);
  await files.whileHeld(() => store.putSources(closingId, sources));
  return store.sources(closingId) ?? sources;
}

async function isWhole(file: string, { sha256, byteLength }: ClosedFile): Promise<boolean> {
  try {
    return (await stat(file)).size === byteLength && (await sha256Of(file)) === sha256;
  } catch {
    return false;
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
