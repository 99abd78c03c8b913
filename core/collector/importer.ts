/**
 * Reads files into the journal once each. The position is stored with the bytes: after a kill an import goes on by itself
 * where it stopped, and the same file asked for again goes on too. A content that was read before is refused.
 */
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { AppError } from '../model/errors.ts';
import type { Journal, StoredFile } from '../store/journal.ts';
import type { ImportProgress } from './control.ts';
import { type FileHead, hasHead, identityOf, isSameFile, readHead } from './file-head.ts';
import type { JournalWriter } from './journal-writer.ts';
import { fileProblem } from './problem.ts';

export interface ImportRequest {
  readonly sourceId: number;
  readonly path: string;
  readonly fileName: string;
  readonly again: boolean;
  readonly deleteAfter: boolean;
}

export interface ImporterOptions {
  readonly journal: Journal;
  readonly writer: JournalWriter;
  readonly now: () => number;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly onStreamClosed: (sourceId: number, streamId: number) => void;
}

/** One transaction: large enough that the sync to the disk does not matter, small enough for a live source to wait for. */
const READ_BYTES = 4 * 1024 * 1024;
const PROGRESS_MS = 200;

interface RunningImport {
  progress: ImportProgress;
  isCancelled: boolean;
  reportedAtMs: number;
  readonly streamId: number;
  readonly request: ImportRequest;
}

export class Importer {
  readonly #options: ImporterOptions;
  readonly #imports = new Map<string, RunningImport>();
  #queue: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: ImporterOptions) {
    this.#options = options;
  }

  list(): readonly ImportProgress[] {
    return [...this.#imports.values()].map((running) => running.progress);
  }

  /** Throws AppError `file-not-found`, `file-not-readable` or `file-already-imported`. */
  async start(request: ImportRequest): Promise<string> {
    const handle = await openFile(request.path, request.fileName);
    try {
      const unfinished = await this.#findUnfinished(handle, request.sourceId);
      if (unfinished !== undefined) return await this.#goOn(unfinished, request);
      if (!request.again) await this.#refuseKnown(handle, request);
      const streamId = await this.#register(handle, request);
      return this.#enqueue(streamId, request, 0, await sizeOf(handle));
    } finally {
      await handle.close();
    }
  }

  /** Goes on with imports of this source that a killed service left unfinished, and removes read copies it left behind. */
  async resume(sourceId: number): Promise<void> {
    for (const file of this.#options.journal.imports(sourceId)) {
      if (this.#imports.has(importIdOf(file.streamId))) continue;
      const isThere = await this.#isThere(file);
      if (file.contentHash !== null) {
        if (file.deleteAfter && isThere) await rm(file.path, { force: true });
      } else if (!file.isCancelled && file.closedAtMs === null && isThere && (await this.#isUnchanged(file))) {
        const { path, peer: fileName, deleteAfter, position } = file;
        this.#enqueue(file.streamId, { sourceId, path, fileName, again: false, deleteAfter }, position, position);
      }
    }
  }

  cancel(importId: string): void {
    const running = this.#imports.get(importId);
    if (running === undefined) throw new AppError('not-found', { what: 'import', id: importId });
    running.isCancelled = true;
  }

  /** Stops between two pieces; what is stored stays, and the import goes on after the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#queue;
  }

  async #isThere(file: StoredFile): Promise<boolean> {
    const stats = await stat(file.path, { bigint: true }).catch(() => undefined);
    return stats?.isFile() === true && isSameFile(identityOf(stats), file) && stats.size >= BigInt(file.position);
  }

  /** A deleted file's number is given to the next one, so what was read is compared before anything is added to it. */
  async #isUnchanged(file: StoredFile): Promise<boolean> {
    const handle = await open(file.path, 'r').catch(() => undefined);
    if (handle === undefined) return false;
    try {
      return (await hasHead(handle, file)) && (await this.#hasSameBytes(handle, file));
    } finally {
      await handle.close();
    }
  }

  /** An import of this source that stopped half-way in a file with the same bytes so far. */
  async #findUnfinished(handle: FileHandle, sourceId: number): Promise<StoredFile | undefined> {
    const size = await sizeOf(handle);
    for (const file of this.#options.journal.imports(sourceId)) {
      const isOpen = file.contentHash === null && file.closedAtMs === null;
      if (!isOpen || file.position > size || (file.position === 0 && file.headLength === 0)) continue;
      if ((await hasHead(handle, file)) && (await this.#hasSameBytes(handle, file))) return file;
    }
    return undefined;
  }

  async #hasSameBytes(handle: FileHandle, file: StoredFile): Promise<boolean> {
    const ofJournal = createHash('sha256');
    // A resumed import may be adding to it just now: no more than what `file` says is compared.
    let left = file.position;
    const add = (bytes: Uint8Array): void => {
      const part = bytes.subarray(0, left);
      left -= part.length;
      ofJournal.update(part);
    };
    await this.#options.journal.exportBytes(file.sourceId, add, file.streamId);
    const ofFile = createHash('sha256');
    await hashFile(handle, ofFile, file.position);
    return Buffer.compare(ofJournal.digest(), ofFile.digest()) === 0;
  }

  async #goOn(found: StoredFile, request: ImportRequest): Promise<string> {
    const id = importIdOf(found.streamId);
    if (this.#imports.get(id)?.progress.state === 'running') return id;
    const handle = await openFile(request.path, request.fileName);
    try {
      // It may have come to its end since it was found unfinished.
      const [file = found] = this.#options.journal
        .imports(found.sourceId)
        .filter((one) => one.streamId === found.streamId);
      if (file.contentHash !== null) {
        throw new AppError('file-already-imported', { fileName: request.fileName, earlier: file.peer });
      }
      const mark = { ...(await this.#identify(handle, request)), position: file.position };
      await this.#options.writer.run(request.sourceId, (journal) => {
        journal.setImportCancelled(file.streamId, false);
        journal.appendAll([{ streamId: file.streamId, receivedAtMs: 0, bytes: new Uint8Array(0), file: mark }]);
      });
      return this.#enqueue(file.streamId, request, file.position, await sizeOf(handle));
    } finally {
      await handle.close();
    }
  }

  async #refuseKnown(handle: FileHandle, request: ImportRequest): Promise<void> {
    const size = await sizeOf(handle);
    const candidates = this.#options.journal
      .files(request.sourceId)
      .filter((file) => file.contentHash !== null && file.position === size);
    if (candidates.length === 0) return;
    const hash = createHash('sha256');
    await hashFile(handle, hash, size);
    const digest = hash.digest();
    const known = candidates.find(
      (file) => file.contentHash !== null && Buffer.compare(file.contentHash, digest) === 0,
    );
    if (known === undefined) return;
    throw new AppError('file-already-imported', { fileName: request.fileName, earlier: known.peer });
  }

  async #register(handle: FileHandle, request: ImportRequest): Promise<number> {
    const file = { ...(await this.#identify(handle, request)), position: 0 };
    return await this.#options.writer.run(request.sourceId, (journal) => {
      const streamId = journal.openStream(request.sourceId, request.fileName);
      journal.appendAll([{ streamId, receivedAtMs: 0, bytes: new Uint8Array(0), file }]);
      return streamId;
    });
  }

  async #identify(handle: FileHandle, request: ImportRequest) {
    const identity = identityOf(await handle.stat({ bigint: true }));
    const head: FileHead = await readHead(handle);
    return { path: request.path, ...identity, ...head, isImport: true, deleteAfter: request.deleteAfter };
  }

  /** One file at a time: two large ones would only take turns on the disk. */
  #enqueue(streamId: number, request: ImportRequest, bytesDone: number, bytesTotal: number): string {
    const importId = importIdOf(streamId);
    const { sourceId, fileName } = request;
    const running: RunningImport = {
      streamId,
      request,
      isCancelled: false,
      reportedAtMs: 0,
      progress: { importId, sourceId, streamId, fileName, state: 'running', bytesTotal, bytesDone, problem: null },
    };
    this.#imports.set(importId, running);
    this.#options.onProgress(running.progress);
    this.#queue = this.#queue.then(() => this.#run(running));
    return importId;
  }

  async #run(running: RunningImport): Promise<void> {
    if (this.#isStopped) return;
    let handle: FileHandle | undefined;
    try {
      handle = await openFile(running.request.path, running.request.fileName);
      await this.#read(running, handle);
    } catch (error) {
      if (this.#isStopped) return;
      this.#report(running, { state: 'failed', problem: fileProblem(error, running.request.fileName) });
    } finally {
      await handle?.close();
    }
    const isOver = running.progress.state === 'done' || running.progress.state === 'cancelled';
    if (isOver && running.request.deleteAfter) await rm(running.request.path, { force: true }).catch(() => undefined);
  }

  async #read(running: RunningImport, handle: FileHandle): Promise<void> {
    const { writer } = this.#options;
    const { sourceId } = running.request;
    const mark = await this.#identify(handle, running.request);
    let position = running.progress.bytesDone;
    const hash = createHash('sha256');
    await hashFile(handle, hash, position);
    this.#report(running, { bytesTotal: await sizeOf(handle) });
    const ahead = new ReadAhead(handle, position);
    while (!this.#isStopped) {
      if (running.isCancelled) {
        await ahead.end();
        await writer.run(sourceId, (journal) => journal.setImportCancelled(running.streamId, true));
        this.#report(running, { state: 'cancelled' });
        return;
      }
      const bytes = await ahead.next();
      if (bytes.length === 0) break;
      hash.update(bytes);
      position += bytes.length;
      await writer.append(sourceId, running.streamId, bytes, { ...mark, position });
      this.#report(running, { bytesDone: position, bytesTotal: Math.max(position, running.progress.bytesTotal) });
    }
    await ahead.end();
    if (this.#isStopped) return;
    await writer.run(sourceId, (journal) => journal.finishImport(running.streamId, hash.digest()));
    this.#options.onStreamClosed(sourceId, running.streamId);
    this.#report(running, { state: 'done' });
  }

  #report(running: RunningImport, change: Partial<ImportProgress>): void {
    running.progress = { ...running.progress, ...change };
    const now = this.#options.now();
    if (running.progress.state === 'running' && now - running.reportedAtMs < PROGRESS_MS) return;
    running.reportedAtMs = now;
    this.#options.onProgress(running.progress);
  }
}

/** Reads the next piece while the one before is stored. A piece is valid until the next call of `next`. */
class ReadAhead {
  readonly #handle: FileHandle;
  readonly #buffers = [Buffer.allocUnsafe(READ_BYTES), Buffer.allocUnsafe(READ_BYTES)];
  #position: number;
  #reading: Promise<Buffer>;

  constructor(handle: FileHandle, position: number) {
    this.#handle = handle;
    this.#position = position;
    this.#reading = this.#read();
  }

  /** Empty at the end of the file. */
  async next(): Promise<Buffer> {
    const bytes = await this.#reading;
    this.#position += bytes.length;
    this.#buffers.reverse();
    if (bytes.length > 0) this.#reading = this.#read();
    return bytes;
  }

  /** Waits for the reading under way, so that the file can be closed. */
  async end(): Promise<void> {
    await this.#reading.catch(() => undefined);
  }

  #read(): Promise<Buffer> {
    const reading = this.#readPiece();
    // Its failure is met by the next call of next(), which may come later than this turn.
    reading.catch(() => undefined);
    return reading;
  }

  async #readPiece(): Promise<Buffer> {
    const [buffer = Buffer.alloc(0)] = this.#buffers;
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, this.#position);
    return buffer.subarray(0, bytesRead);
  }
}

/** The same after a restart, so that whoever watched an import finds it again. */
function importIdOf(streamId: number): string {
  return `import-${streamId}`;
}

async function openFile(path: string, fileName: string): Promise<FileHandle> {
  try {
    const handle = await open(path, 'r');
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (error) {
    const { code, values } = fileProblem(error, fileName);
    throw new AppError(code, values, error);
  }
  throw new AppError('file-not-readable', { path: fileName, detail: 'not a file' });
}

async function sizeOf(handle: FileHandle): Promise<number> {
  return (await handle.stat()).size;
}

async function hashFile(handle: FileHandle, hash: Hash, length: number): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, Math.max(length, 1)));
  let position = 0;
  while (position < length) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, length - position), position);
    if (bytesRead === 0) return;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}
