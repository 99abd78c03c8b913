/** The file of a backup: a ZIP of the copied files with `manifest.json` at its head, so that other programs can open it too. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile as ReadableZip } from 'yauzl';
import { ZipFile } from 'yazl';
import { z } from 'zod';
import type { BackupEntry, BackupManifest } from '../model/backup.ts';
import { AppError } from '../model/errors.ts';
import { fromSqliteError } from '../store/database.ts';

export const FORMAT_VERSION = 1;
const MANIFEST = 'manifest.json';
const MANIFEST_LIMIT_BYTES = 16 * 1024 * 1024;
/** Databases shrink to a third at the lightest level; a higher one takes longer than copying the rest. */
const COMPRESSION_LEVEL = 1;

const Manifest = z.object({
  format: z.literal('tollbook-backup'),
  formatVersion: z.number().int().min(1),
  program: z.string(),
  madeAtMs: z.number().int(),
  companyName: z.string(),
  databaseVersion: z.number().int(),
  journalVersion: z.number().int(),
  calls: z.number().int(),
  people: z.number().int(),
  newestCallLocal: z.string().nullable(),
  journalBytes: z.number().int(),
  hasKey: z.boolean(),
  entries: z.array(
    z.object({
      name: z.string().regex(/^(?!.*\.\.)[^\\/:][^\\:]*$/),
      bytes: z.number().int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
}) satisfies z.ZodType<BackupManifest>;

/** How much of all bytes is done, 0 to 1. */
export type OnShare = (share: number) => void;

function watched(onChunk: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onChunk(chunk);
      done(null, chunk);
    },
  });
}

/** What a file holds, as the manifest says it. */
export async function describeFile(file: string, name: string): Promise<BackupEntry> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return { name, bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

/** Never 0, so that a share can be taken of it. */
function bytesOf({ entries }: BackupManifest): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 1);
}

/** Under its name only once it is whole and on the disk. `files`: where each entry of the manifest is now. */
export async function writeArchive(
  target: string,
  manifest: BackupManifest,
  files: ReadonlyMap<string, string>,
  onShare: OnShare,
): Promise<void> {
  const part = `${target}.part`;
  const zip = new ZipFile();
  const options = { mtime: new Date(manifest.madeAtMs), compressionLevel: COMPRESSION_LEVEL };
  const total = bytesOf(manifest);
  let done = 0;
  try {
    zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 1)), MANIFEST, options);
    for (const { name } of manifest.entries) {
      const file = files.get(name);
      if (file === undefined) throw new Error(`no file for ${name}`);
      zip.addReadStreamLazy(name, options, (give) => {
        const counted = watched((chunk) => {
          done += chunk.length;
          onShare(done / total);
        });
        // What cannot be read breaks the stream that is given, and with it the whole archive.
        pipeline(createReadStream(file), counted).catch(() => undefined);
        give(null, counted);
      });
    }
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(part, { mode: 0o600 }));
    const handle = await open(part, 'r+');
    await handle.sync();
    await handle.close();
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw fromSqliteError(target, error);
  }
}

async function withArchive<T>(file: string, work: (zip: ReadableZip) => Promise<T>): Promise<T> {
  let zip: ReadableZip;
  try {
    zip = await openPromise(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new AppError(isMissing ? 'file-not-found' : 'backup-unreadable', { path: file }, error);
  }
  try {
    return await work(zip);
  } finally {
    zip.close();
  }
}

async function readSmall(zip: ReadableZip, entry: Entry): Promise<Buffer> {
  if (entry.uncompressedSize > MANIFEST_LIMIT_BYTES) throw new Error('too large');
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function entriesOf(zip: ReadableZip): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

async function manifestOf(
  zip: ReadableZip,
  entries: ReadonlyMap<string, Entry>,
  file: string,
): Promise<BackupManifest> {
  const entry = entries.get(MANIFEST);
  try {
    if (entry === undefined) throw new Error('no manifest');
    const manifest = Manifest.parse(JSON.parse((await readSmall(zip, entry)).toString('utf8')));
    if (manifest.formatVersion > FORMAT_VERSION) {
      throw new AppError('backup-from-future', { path: file, program: manifest.program });
    }
    return manifest;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('backup-unreadable', { path: file }, error);
  }
}

/** Throws AppError `file-not-found`, `backup-unreadable` (no backup, or cut short) or `backup-from-future`. */
export function readManifest(file: string): Promise<BackupManifest> {
  return withArchive(file, async (zip) => manifestOf(zip, await entriesOf(zip), file));
}

/**
 * Unpacks into an empty folder and holds every byte against the manifest. Throws what `readManifest` throws, `backup-damaged`
 * with the entry that differs, and `disk-full`.
 */
export function unpackArchive(file: string, folder: string, onShare: OnShare): Promise<BackupManifest> {
  return withArchive(file, async (zip) => {
    const entries = await entriesOf(zip);
    const manifest = await manifestOf(zip, entries, file);
    const total = bytesOf(manifest);
    let done = 0;
    for (const expected of manifest.entries) {
      const entry = entries.get(expected.name);
      const damaged = (cause?: unknown): AppError =>
        new AppError('backup-damaged', { path: file, detail: expected.name }, cause);
      if (entry === undefined || entry.uncompressedSize !== expected.bytes) throw damaged();
      const target = path.join(folder, ...expected.name.split('/'));
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      const hash = createHash('sha256');
      const counted = watched((chunk) => {
        hash.update(chunk);
        done += chunk.length;
        onShare(done / total);
      });
      try {
        await pipeline(await zip.openReadStreamPromise(entry), counted, createWriteStream(target, { mode: 0o600 }));
      } catch (error) {
        const known = fromSqliteError(target, error);
        throw known instanceof AppError ? known : damaged(error);
      }
      if (hash.digest('hex') !== expected.sha256) throw damaged();
    }
    return manifest;
  });
}
