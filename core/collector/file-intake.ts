/**
 * Takes files into the journal, each content once: a file that grew is read on, one that was written anew is taken as new,
 * a content that was read before under another name is left out. How far a file is read is stored with its bytes. The last
 * line of a file that does not end waits, because its writer may not be done. Knows nothing of where files come from.
 */
import { createHash } from 'node:crypto';
import type { FileMark, StoredFile } from '../store/journal.ts';
import type { CaptureProblem } from './control.ts';
import { type FileFacts, factsOf, fileBytes, isPacked } from './file-bytes.ts';
import { fileProblem } from './problem.ts';
import type { SourceHost } from './source.ts';

export interface FoundFile {
  /** What it is remembered under, and called by on the screen. */
  readonly path: string;
  /** Changes whenever the file does. */
  readonly version: string;
  /** Tell a renamed file; empty where the place has no such numbers. */
  readonly device: string;
  readonly inode: string;
  /** Its writer has said that it is done: nothing is waited for. */
  readonly isFinished: boolean;
  /** Where it can be read on this computer. */
  readonly local: string;
}

export interface FileIntakeOptions {
  readonly host: SourceHost;
  /** How long a last line without an end is waited for. */
  readonly tailMs: number;
  /** Files that are read whole will not grow, and their names are used again (they are moved away). */
  readonly endsWhenRead: boolean;
  readonly say: (problem: CaptureProblem) => void;
}

/** Streams of files that may grow are kept open, so that what the parser remembers goes on; the oldest is closed. */
const MOST_OPEN = 16;
const BATCH = 32;

interface Reading {
  readonly file: FoundFile;
  readonly stored: StoredFile | undefined;
  readonly facts: FileFacts;
  /** Where reading begins, and up to where. */
  readonly from: number;
  readonly to: number;
}

export class FileIntake {
  readonly #options: FileIntakeOptions;
  /** Stream by path, in the order of their last growth. */
  readonly #open = new Map<string, number>();
  /** Since when the tail of a file's version is waited for. */
  readonly #tails = new Map<string, { readonly version: string; readonly sinceMs: number }>();
  #isStopped = false;

  constructor(options: FileIntakeOptions) {
    this.#options = options;
    for (const file of options.host.openFiles()) this.#open.set(file.path, file.streamId);
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Streams that nobody goes on with. */
  async closeAll(reason: string): Promise<void> {
    for (const streamId of this.#open.values()) await this.#options.host.closeStream(streamId, reason);
    this.#open.clear();
  }

  /** True when this version was read whole before. */
  isRead(file: FoundFile): boolean {
    return this.#options.host.fileAt(file.path)?.version === file.version;
  }

  /**
   * Takes these files, in this order. Answers with those that are dealt with; the others (unreadable, or with a last line
   * that is waited for) want another look. `present`: every inode there is now.
   */
  async take(files: readonly FoundFile[], present: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const done = new Set<string>();
    for (let at = 0; at < files.length && !this.#isStopped; at += BATCH) {
      await this.#takeBatch(files.slice(at, at + BATCH), present, done);
    }
    return done;
  }

  /** Several small files in one transaction: thousands of them take seconds, not minutes. */
  async #takeBatch(files: readonly FoundFile[], present: ReadonlySet<string>, done: Set<string>): Promise<void> {
    const looked = await Promise.all(files.map((file) => this.#lookAt(file, present)));
    const inBatch = new Map<string, string>();
    const writing: Promise<void>[] = [];
    for (const reading of looked) {
      if (reading === undefined || this.#isStopped) continue;
      const { file, facts, to } = reading;
      const key = Buffer.from(facts.contentHash).toString('hex');
      const earlier = inBatch.get(key);
      if (facts.size > 0) inBatch.set(key, file.path);
      const isWhole = to === facts.size;
      const finish = async (work: Promise<void>): Promise<void> => {
        await work;
        if (isWhole) done.add(file.path);
      };
      if (earlier !== undefined && reading.from === 0) writing.push(finish(this.#repeated(reading, earlier)));
      else if (facts.bytes !== undefined) writing.push(finish(this.#takeSmall(reading, facts.bytes)));
      else {
        await Promise.all(writing.splice(0));
        if (await this.#takeLarge(reading)) done.add(file.path);
      }
    }
    await Promise.all(writing);
    await this.#closeOldest();
  }

  /** What is to be read of a file; undefined: nothing now. */
  async #lookAt(file: FoundFile, present: ReadonlySet<string>): Promise<Reading | undefined> {
    const { host, say, tailMs, endsWhenRead } = this.#options;
    const tail = this.#tails.get(file.path);
    // A clock that was set back is not waited for.
    const waitedMs = tail?.version === file.version ? host.now() - tail.sinceMs : -1;
    if (waitedMs >= 0 && waitedMs < tailMs) return undefined;
    const atPath = host.fileAt(file.path);
    const renamed = file.inode === '' ? undefined : host.fileOfInode(file.device, file.inode);
    try {
      let stored = atPath;
      let facts = await factsOf(file.local, atPath?.position);
      if (!isBeginning(atPath, facts) && renamed !== undefined && renamed.path !== file.path) {
        const again = await factsOf(file.local, renamed.position);
        if (isBeginning(renamed, again)) [stored, facts] = [renamed, again];
      }
      const goesOn = isBeginning(stored, facts);
      if (stored !== undefined && !goesOn) {
        // The old file may live on under another name (a log that is rotated): then nothing was overwritten.
        const isRotated = stored.inode !== '' && stored.inode !== file.inode && present.has(stored.inode);
        if (!isRotated && !endsWhenRead) say({ code: 'file-rewritten', values: { path: file.path } });
      }
      const from = goesOn ? (stored?.position ?? 0) : 0;
      const to = this.#endOf(file, facts, from);
      if (to === undefined) return undefined;
      return { file, stored: goesOn ? stored : undefined, facts, from, to };
    } catch (error) {
      say(this.#problemOf(error, file));
      return undefined;
    }
  }

  #problemOf(error: unknown, file: FoundFile): CaptureProblem {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // A packed file is whole or it is not: its last bytes are still to come.
    if (isPacked(file.path) && code === 'Z_BUF_ERROR') return { code: 'file-unfinished', values: { path: file.path } };
    return fileProblem(error, file.path);
  }

  /** Up to where the file may be read now. */
  #endOf(file: FoundFile, facts: FileFacts, from: number): number | undefined {
    const isEnded = file.isFinished || isPacked(file.path) || facts.linesEnd === facts.size;
    if (isEnded) {
      this.#tails.delete(file.path);
      return facts.size;
    }
    const tail = this.#tails.get(file.path);
    const now = this.#options.host.now();
    if (tail?.version === file.version && now - tail.sinceMs >= this.#options.tailMs) {
      this.#tails.delete(file.path);
      return facts.size;
    }
    if (tail?.version !== file.version || tail.sinceMs > now)
      this.#tails.set(file.path, { version: file.version, sinceMs: now });
    return facts.linesEnd > from ? facts.linesEnd : undefined;
  }

  async #takeSmall(reading: Reading, bytes: Uint8Array): Promise<void> {
    const { host } = this.#options;
    const { facts, from, to } = reading;
    const isWhole = to === facts.size;
    const contentHash = isWhole ? facts.contentHash : createHash('sha256').update(bytes.subarray(0, to)).digest();
    const known = from === 0 && to > 0 && isWhole ? host.fileWithContent(contentHash) : undefined;
    if (known !== undefined && known.streamId !== reading.stored?.streamId) {
      await this.#repeated(reading, known.path);
      return;
    }
    await this.#store(reading, bytes.subarray(from, to), to, contentHash, isWhole);
    if (isWhole) await this.#afterEnd(reading);
  }

  /** Whether it is read to its end: a stop may come in between, or the file be cut. */
  async #takeLarge(reading: Reading): Promise<boolean> {
    const { host } = this.#options;
    const { file, facts, from, to } = reading;
    const known = from === 0 ? host.fileWithContent(facts.contentHash) : undefined;
    if (known !== undefined && known.streamId !== reading.stored?.streamId) {
      await this.#repeated(reading, known.path);
      return true;
    }
    const hash = createHash('sha256');
    let current = reading;
    let position = 0;
    for await (const bytes of fileBytes(file.local)) {
      if (this.#isStopped || position >= to) break;
      const piece = bytes.subarray(0, to - position);
      hash.update(piece);
      const wanted = piece.subarray(Math.max(0, from - position));
      position += piece.length;
      if (position <= from || wanted.length === 0) continue;
      const isWhole = position === facts.size;
      const stored = await this.#store(current, wanted, position, hash.copy().digest(), isWhole);
      current = { ...current, stored };
      if (isWhole) await this.#afterEnd(current);
    }
    return position === facts.size;
  }

  /** Appends to the file's open stream, or to a new one. */
  async #store(
    reading: Reading,
    bytes: Uint8Array,
    position: number,
    contentHash: Uint8Array,
    isWhole: boolean,
  ): Promise<StoredFile | undefined> {
    const { host, endsWhenRead } = this.#options;
    const { file, stored, facts } = reading;
    const mark = markOf(file, position, contentHash, isWhole ? file.version : '');
    if (stored !== undefined && (stored.closedAtMs === null || bytes.length === 0)) {
      await host.append(stored.streamId, bytes, mark);
      if (stored.closedAtMs === null) this.#keepOpen(file.path, stored.streamId, stored.path);
      return stored;
    }
    const isOver = isWhole && (endsWhenRead || facts.linesEnd !== facts.size || isPacked(file.path));
    const streamId = await host.appendFile(file.path, bytes, mark, isOver ? 'read' : null);
    if (!isOver) this.#keepOpen(file.path, streamId, file.path);
    return host.fileAt(file.path);
  }

  async #afterEnd({ file, facts }: Reading): Promise<void> {
    const streamId = this.#open.get(file.path);
    if (streamId === undefined) return;
    if (!this.#options.endsWhenRead && facts.linesEnd === facts.size && !isPacked(file.path)) return;
    this.#open.delete(file.path);
    await this.#options.host.closeStream(streamId, 'read');
  }

  /** Remembered without its bytes, so that it is not looked at again. */
  async #repeated({ file, facts }: Reading, earlier: string): Promise<void> {
    const { host, say } = this.#options;
    const mark = markOf(file, facts.size, facts.contentHash, file.version);
    await host.appendFile(file.path, new Uint8Array(0), mark, 'repeated');
    if (earlier !== file.path) say({ code: 'file-repeated', values: { path: file.path, earlier } });
  }

  #keepOpen(path: string, streamId: number, pathBefore: string): void {
    this.#open.delete(pathBefore);
    this.#open.set(path, streamId);
  }

  async #closeOldest(): Promise<void> {
    for (const [path, streamId] of this.#open) {
      if (this.#open.size <= MOST_OPEN) return;
      this.#open.delete(path);
      await this.#options.host.closeStream(streamId, 'read');
    }
  }
}

/** Whether the file begins with all that was read of it. */
function isBeginning(stored: StoredFile | undefined, facts: FileFacts): boolean {
  if (stored === undefined || stored.isImport || stored.contentHash === null || facts.prefixHash === undefined)
    return false;
  return Buffer.compare(stored.contentHash, facts.prefixHash) === 0;
}

function markOf(file: FoundFile, position: number, contentHash: Uint8Array, version: string): FileMark {
  const { path, device, inode } = file;
  return { path, device, inode, headHash: new Uint8Array(0), headLength: 0, position, contentHash, version };
}
