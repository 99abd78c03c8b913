/**
 * The folder behind the SFTP drop folder, as its clients may use it: they upload, look at names and sizes, rename and
 * remove, and never get out of it nor read what is there. A file has its name only when it is complete; until then it
 * lies beside it under a hidden one, so that an upload that broke off can be continued or repeated.
 */
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { freeName } from './free-name.ts';

export class InboxRefusal extends Error {
  /** `spoiled`: a piece was refused before; `superseded`: the same name was begun anew. Both were told already. */
  readonly reason: 'no-such-file' | 'denied' | 'too-large' | 'too-many' | 'spoiled' | 'superseded';

  constructor(reason: InboxRefusal['reason']) {
    super(reason);
    this.reason = reason;
  }
}

export interface InboxOptions {
  readonly folder: string;
  readonly maxFileBytes: number;
  readonly mostUploadsPerMinute: number;
  readonly now: () => number;
}

export interface Upload {
  /** As the client calls it, without the leading slash. */
  readonly path: string;
  readonly handle: FileHandle;
  size: number;
  /** A piece of it could not be taken: it never becomes a file. */
  isSpoiled: boolean;
  /** The same name was begun anew (a client that lost its connection comes again): this one must not touch it any more. */
  isSuperseded: boolean;
}

export interface InboxEntry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
  readonly mtimeSeconds: number;
}

const HIDDEN = /^\.(.*)\.upload$/s;
const MINUTE_MS = 60_000;
const DEEPEST = 8;

export class SftpInbox {
  readonly #options: InboxOptions;
  /** Under way, by the name that they will have. */
  readonly #uploads = new Map<string, Upload>();
  #startedAtMs: number[] = [];

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** The path inside, always below `/`. */
  resolve(path: string): string {
    return posix.resolve('/', path);
  }

  /** `isNew`: whatever was uploaded under this name so far is not continued. */
  async open(path: string, isNew: boolean): Promise<Upload> {
    const now = this.#options.now();
    this.#startedAtMs = this.#startedAtMs.filter((at) => Math.abs(now - at) < MINUTE_MS);
    if (this.#startedAtMs.length >= this.#options.mostUploadsPerMinute) throw new InboxRefusal('too-many');
    const { final, hidden } = this.#places(path);
    await mkdir(dirname(final), { recursive: true, mode: 0o700 });
    // A folder of that name would have to give way.
    if ((await statOf(final))?.isDirectory() === true) throw new InboxRefusal('denied');
    const partSize = await sizeOf(hidden);
    if (!isNew && partSize === undefined && (await sizeOf(final)) !== undefined) await rename(final, hidden);
    // Removed and not cut: who still holds it open writes into nothing.
    if (isNew) await rm(hidden, { force: true });
    const handle = await open(hidden, (await sizeOf(hidden)) === undefined ? 'wx+' : 'r+', 0o600);
    this.#startedAtMs.push(now);
    const before = this.#uploads.get(final);
    if (before !== undefined) before.isSuperseded = true;
    const size = (await handle.stat()).size;
    const upload: Upload = {
      path: this.resolve(path).slice(1),
      handle,
      size,
      isSpoiled: false,
      isSuperseded: false,
    };
    this.#uploads.set(final, upload);
    return upload;
  }

  async write(upload: Upload, offset: number, bytes: Buffer): Promise<void> {
    const end = offset + bytes.length;
    try {
      if (upload.isSuperseded) throw new InboxRefusal('superseded');
      if (upload.isSpoiled) throw new InboxRefusal('spoiled');
      if (end > this.#options.maxFileBytes) throw new InboxRefusal('too-large');
      await upload.handle.write(bytes, 0, bytes.length, offset);
    } catch (error) {
      upload.isSpoiled = true;
      throw error;
    }
    upload.size = Math.max(upload.size, end);
  }

  /** The upload is complete: from now on the file has its name. A file of that name steps aside, so that none is lost. */
  async finish(upload: Upload): Promise<void> {
    const { final, hidden } = this.#places(upload.path);
    await upload.handle.sync();
    await upload.handle.close();
    if (upload.isSuperseded) throw new InboxRefusal('superseded');
    this.#uploads.delete(final);
    if (upload.isSpoiled) {
      await rm(hidden, { force: true });
      throw new InboxRefusal('spoiled');
    }
    if ((await sizeOf(final)) !== undefined) await rename(final, await freeName(final));
    await rename(hidden, final);
  }

  async breakOff(upload: Upload): Promise<void> {
    if (!upload.isSuperseded) this.#uploads.delete(this.#places(upload.path).final);
    await upload.handle.close().catch(() => undefined);
  }

  /** A file that is only half there has the size of that half: clients ask for it to continue. */
  async stat(path: string): Promise<InboxEntry> {
    const { final, hidden } = this.#places(path);
    const stats = (await statOf(final)) ?? (await statOf(hidden));
    if (stats === undefined) throw new InboxRefusal('no-such-file');
    return entryOf(basename(final), stats);
  }

  async list(path: string): Promise<readonly InboxEntry[]> {
    const folder = this.#inside(path);
    const names = await readdir(folder).catch(() => {
      throw new InboxRefusal('no-such-file');
    });
    const entries: InboxEntry[] = [];
    for (const name of names) {
      const stats = await statOf(join(folder, name));
      if (stats !== undefined) entries.push(entryOf(HIDDEN.exec(name)?.[1] ?? name, stats));
    }
    return entries;
  }

  async makeFolder(path: string): Promise<void> {
    if (this.resolve(path).split('/').length > DEEPEST) throw new InboxRefusal('denied');
    await mkdir(this.#inside(path), { recursive: true, mode: 0o700 });
  }

  async rename(from: string, to: string): Promise<void> {
    const [source, target] = [this.#places(from), this.#places(to)];
    const isWhole = (await sizeOf(source.final)) !== undefined;
    if (!isWhole && (await sizeOf(source.hidden)) === undefined) throw new InboxRefusal('no-such-file');
    await mkdir(dirname(target.final), { recursive: true, mode: 0o700 });
    if ((await sizeOf(target.final)) !== undefined) await rename(target.final, await freeName(target.final));
    await rename(isWhole ? source.final : source.hidden, isWhole ? target.final : target.hidden);
  }

  async remove(path: string): Promise<void> {
    const { final, hidden } = this.#places(path);
    if ((await sizeOf(final)) === undefined && (await sizeOf(hidden)) === undefined)
      throw new InboxRefusal('no-such-file');
    await rm(final, { force: true });
    await rm(hidden, { force: true });
  }

  #places(path: string): { readonly final: string; readonly hidden: string } {
    const final = this.#inside(path);
    const name = basename(final);
    // A name like those of uploads that are not complete would never be read.
    if (this.resolve(path) === '/' || HIDDEN.test(name)) throw new InboxRefusal('denied');
    if (this.resolve(path).split('/').length > DEEPEST) throw new InboxRefusal('denied');
    return { final, hidden: join(dirname(final), `.${name}.upload`) };
  }

  #inside(path: string): string {
    if (path.includes('\0') || path.includes('\\')) throw new InboxRefusal('denied');
    return join(this.#options.folder, ...this.resolve(path).split('/').filter(Boolean));
  }
}

async function statOf(path: string) {
  return await stat(path).catch(() => undefined);
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await statOf(path))?.size;
}

function entryOf(
  name: string,
  stats: { isDirectory(): boolean; readonly size: number; readonly mtimeMs: number },
): InboxEntry {
  return { name, isFolder: stats.isDirectory(), size: stats.size, mtimeSeconds: Math.floor(stats.mtimeMs / 1000) };
}
