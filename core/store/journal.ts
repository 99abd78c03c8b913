/**
 * journal.db: every byte a source gave, exactly as it came, in append-only chunks chained by SHA-256. One thread writes
 * (the capture worker); any number of threads and processes read. Nothing here knows what the bytes mean.
 */
import { createHash } from 'node:crypto';
import { callIdOf, sourceOffsetOf } from '../model/call.ts';
import { type Database, fromSqliteError, openDatabase } from './database.ts';
import {
  type FileMark,
  type JournalChunk,
  type JournalEntry,
  type JournalGap,
  type JournalHead,
  type JournalStream,
  type StoredFile,
  toChunk,
  toHead,
  toStoredFile,
  toStream,
} from './journal-rows.ts';
import { prepareJournalStatements } from './journal-statements.ts';
import { journalMigrations } from './migrations/index.ts';

export type {
  FileMark,
  JournalChunk,
  JournalEntry,
  JournalGap,
  JournalHead,
  JournalStream,
  StoredFile,
} from './journal-rows.ts';

/** Longest chunk; longer input is cut into several in the same transaction. Bounds the memory a reader needs. */
export const MAX_CHUNK_BYTES = 256 * 1024;
export const GENESIS_HASH: Uint8Array = new Uint8Array(32);
/** Larger pages make long blobs cheaper: a 256 KB chunk takes 17 pages instead of 64. */
const PAGE_BYTES = 16 * 1024;
const CACHE_KIB = 8 * 1024;
const HEADER_BYTES = 32;

export interface OpenJournalOptions {
  readonly path: string;
  readonly now: () => number;
  readonly backupFolder?: string;
}

/** Every method throws AppError `disk-full`, `disk-read-only`, `database-locked` or `database-damaged` when SQLite does. */
export class Journal {
  readonly db: Database;
  readonly #now: () => number;
  readonly #sourceOfStream = new Map<number, number>();
  readonly #sql: ReturnType<typeof prepareJournalStatements>;

  constructor(db: Database, now: () => number) {
    this.db = db;
    this.#now = now;
    this.#sql = prepareJournalStatements(db);
  }

  static open(options: OpenJournalOptions): Journal {
    const db = openDatabase({
      ...options,
      migrations: journalMigrations,
      cacheKib: CACHE_KIB,
      pageBytes: PAGE_BYTES,
    });
    return new Journal(db, options.now);
  }

  close(): void {
    this.db.close();
  }

  openStream(sourceId: number, peer: string): number {
    const id = this.#write(() => Number(this.#sql.openStream.run(sourceId, peer, this.#now()).lastInsertRowid));
    this.#sourceOfStream.set(id, sourceId);
    return id;
  }

  /** `reason` is a fixed word (`ended`, `stopped`, `rotated`, `interrupted` …). A closed stream stays as it is. */
  closeStream(streamId: number, reason: string): void {
    this.#write(() => this.#sql.closeStream.run(this.#now(), reason, streamId));
  }

  /** Bytes may be missing from here on although the stream goes on. */
  markGap(streamId: number, reason: string): void {
    const sourceId = this.#source(streamId);
    this.#write(() => this.#sql.addGap.run(streamId, this.head(sourceId).nextOffset, this.#now(), reason));
  }

  /**
   * The newest stream of this source and peer that a killed or stopped service left open, now with a gap marked; its
   * other open streams are closed as `interrupted`. Undefined when there is none.
   */
  continueStream(sourceId: number, peer: string, gapReason: string): number | undefined {
    return this.#write(() => {
      const open = this.unclosedStreams(sourceId);
      const found = open.findLast((stream) => stream.peer === peer);
      for (const stream of open) if (stream !== found) this.closeStream(stream.id, 'interrupted');
      if (found !== undefined) this.markGap(found.id, gapReason);
      return found?.id;
    });
  }

  /** Stores bytes of one stream; on return they are on the disk. Gives the source's next offset. */
  append(streamId: number, receivedAtMs: number, bytes: Uint8Array, file?: FileMark): number {
    const entry = file === undefined ? { streamId, receivedAtMs, bytes } : { streamId, receivedAtMs, bytes, file };
    this.appendAll([entry]);
    return this.head(this.#source(streamId)).nextOffset;
  }

  /** Several reads in one transaction: all are stored or none is. Order is kept. */
  appendAll(entries: readonly JournalEntry[]): void {
    this.#write(() => {
      for (const entry of entries) this.#appendOne(entry);
    });
  }

  #appendOne(entry: JournalEntry): void {
    const sourceId = this.#source(entry.streamId);
    let { nextOffset, chunkCount, hash } = this.head(sourceId);
    for (let at = 0; at < entry.bytes.length; at += MAX_CHUNK_BYTES) {
      const bytes = entry.bytes.subarray(at, at + MAX_CHUNK_BYTES);
      const chunk = { sourceId, streamId: entry.streamId, offset: nextOffset, receivedAtMs: entry.receivedAtMs, bytes };
      hash = chainHash(hash, chunk);
      this.#sql.addChunk.run(callIdOf(sourceId, nextOffset), entry.streamId, entry.receivedAtMs, bytes, hash);
      nextOffset += bytes.length;
      chunkCount += 1;
    }
    if (entry.bytes.length > 0) this.#sql.setHead.run(sourceId, nextOffset, chunkCount, hash);
    if (entry.file !== undefined) this.#setFile(entry.streamId, sourceId, entry.file);
  }

  #setFile(streamId: number, sourceId: number, file: FileMark): void {
    this.#sql.setFile.run({
      streamId,
      sourceId,
      path: file.path,
      device: file.device,
      inode: file.inode,
      headHash: file.headHash,
      headLength: file.headLength,
      position: file.position,
      isImport: file.isImport === true ? 1 : 0,
      deleteAfter: file.deleteAfter === true ? 1 : 0,
      version: file.version ?? '',
      contentHash: file.contentHash ?? null,
    });
  }

  /** An import reached its end: the stream is closed as `imported` and its content remembered, together. */
  finishImport(streamId: number, contentHash: Uint8Array): void {
    this.#write(() => {
      this.#sql.finishFile.run(contentHash, streamId);
      this.closeStream(streamId, 'imported');
    });
  }

  /** A cancelled import keeps its stream open, so that reading it later goes on in the middle of a record. */
  setImportCancelled(streamId: number, isCancelled: boolean): void {
    this.#write(() => this.#sql.cancelFile.run(isCancelled ? 1 : 0, streamId));
  }

  /** Files of a source, oldest first. */
  files(sourceId: number): readonly StoredFile[] {
    return this.#sql.files.all(sourceId).map(toStoredFile);
  }

  /** Files that were read by hand, oldest first; a folder's files, of which there can be very many, are not among them. */
  imports(sourceId: number): readonly StoredFile[] {
    return this.#sql.imports.all(sourceId).map(toStoredFile);
  }

  /** Files that are read on in their open streams; imports are not among them. */
  openFiles(sourceId: number): readonly StoredFile[] {
    return this.#sql.openFiles.all(sourceId).map(toStoredFile);
  }

  /** The newest file that was read under this path. */
  fileAt(sourceId: number, path: string): StoredFile | undefined {
    const row = this.#sql.fileAt.get(sourceId, path);
    return row === undefined ? undefined : toStoredFile(row);
  }

  /** The newest file that was read under any path with this identity. */
  fileOfInode(sourceId: number, device: string, inode: string): StoredFile | undefined {
    const row = this.#sql.fileOfInode.get(sourceId, inode, device);
    return row === undefined ? undefined : toStoredFile(row);
  }

  /** The oldest file whose bytes, as far as they were read, have this hash. */
  fileWithContent(sourceId: number, contentHash: Uint8Array): StoredFile | undefined {
    const row = this.#sql.fileWithContent.get(sourceId, contentHash);
    return row === undefined ? undefined : toStoredFile(row);
  }

  /** Where the first byte of a stream lies in its source; undefined: it has none yet. */
  firstOffset(streamId: number): number | undefined {
    const id = this.#sql.firstOfStream.get(streamId)?.id ?? undefined;
    return id === undefined ? undefined : sourceOffsetOf(id);
  }

  head(sourceId: number): JournalHead {
    const row = this.#sql.head.get(sourceId);
    return row === undefined ? { sourceId, nextOffset: 0, chunkCount: 0, hash: GENESIS_HASH } : toHead(row);
  }

  heads(): readonly JournalHead[] {
    return this.#sql.heads.all().map(toHead);
  }

  streams(sourceId: number): readonly JournalStream[] {
    return this.#sql.streams.all(sourceId).map(toStream);
  }

  /** Streams not closed yet, oldest first; imports are not among them. */
  unclosedStreams(sourceId: number): readonly JournalStream[] {
    return this.#sql.unclosed.all(sourceId).map(toStream);
  }

  stream(streamId: number): JournalStream | undefined {
    const row = this.#sql.stream.get(streamId);
    return row === undefined ? undefined : toStream(row);
  }

  gaps(streamId: number): readonly JournalGap[] {
    return this.#sql.gaps.all(streamId).map((row) => ({
      streamId: row.stream_id,
      sourceOffset: row.source_offset,
      atMs: row.at_ms,
      reason: row.reason,
    }));
  }

  /**
   * Chunks from `fromOffset` on, oldest first, of all streams of the source or of one. The first is cut to begin at
   * `fromOffset`. Stops after the chunk that reaches `maxBytes`, so at least one comes if there is any.
   */
  readChunks(sourceId: number, fromOffset: number, maxBytes: number, streamId?: number): readonly JournalChunk[] {
    return this.#read(() => {
      const chunks: JournalChunk[] = [];
      let total = 0;
      for (const chunk of this.#chunksFrom(sourceId, fromOffset, streamId)) {
        chunks.push(chunk);
        total += chunk.bytes.length;
        if (total >= maxBytes) break;
      }
      return chunks;
    });
  }

  /**
   * The bytes of a frame that begins at `offset`: it goes on in the chunks of the same stream, whatever came between.
   * Shorter than `length` when the stream holds no more; `receivedAtMs` is the arrival of its last byte.
   */
  readFrame(
    sourceId: number,
    offset: number,
    length: number,
  ): { readonly bytes: Uint8Array; readonly receivedAtMs: number; readonly streamId: number } | undefined {
    return this.#read(() => {
      const [first] = this.#chunksFrom(sourceId, offset);
      if (first === undefined || first.offset !== offset) return undefined;
      const { streamId } = first;
      const parts = [first.bytes.subarray(0, length)];
      let missing = length - first.bytes.length;
      let { receivedAtMs } = first;
      let next = offset + first.bytes.length;
      while (missing > 0) {
        const [chunk] = this.#chunksFrom(sourceId, next, streamId);
        if (chunk === undefined) break;
        parts.push(chunk.bytes.subarray(0, missing));
        missing -= chunk.bytes.length;
        receivedAtMs = chunk.receivedAtMs;
        next = chunk.offset + chunk.bytes.length;
      }
      return { bytes: Buffer.concat(parts), receivedAtMs, streamId };
    });
  }

  /** As `readFrame`, bytes alone; empty when nothing is stored there. */
  readFrameBytes(sourceId: number, offset: number, length: number): Uint8Array {
    return this.readFrame(sourceId, offset, length)?.bytes ?? new Uint8Array(0);
  }

  /**
   * Gives the exact bytes of a source, or of one stream of it, in the order they came, and answers with their count.
   * Waits for each `write` before the next.
   */
  async exportBytes(
    sourceId: number,
    write: (bytes: Uint8Array) => Promise<void> | void,
    streamId?: number,
  ): Promise<number> {
    let offset = 0;
    let total = 0;
    const end = this.head(sourceId).nextOffset;
    while (offset < end) {
      const chunks = this.readChunks(sourceId, offset, MAX_CHUNK_BYTES, streamId);
      const last = chunks.at(-1);
      if (last === undefined) break;
      for (const chunk of chunks) {
        await write(chunk.bytes);
        total += chunk.bytes.length;
      }
      offset = last.offset + last.bytes.length;
    }
    return total;
  }

  /** Chunks as stored, with their hashes, for the verifier. */
  *storedChunks(sourceId: number, beforeOffset: number): Generator<JournalChunk & { readonly hash: Uint8Array }> {
    let from = callIdOf(sourceId, 0);
    const end = callIdOf(sourceId, beforeOffset);
    while (from < end) {
      const row = this.#sql.chunkFrom.get(from, end);
      if (row === undefined) return;
      yield { ...toChunk(row), hash: row.hash };
      from = row.id + 1;
    }
  }

  /** When the newest byte of a source came; undefined when none has. */
  lastReceivedAtMs(sourceId: number): number | undefined {
    const row = this.#sql.chunkAt.get(callIdOf(sourceId + 1, 0) - 1, callIdOf(sourceId, 0));
    return row?.received_at_ms;
  }

  /** Several of these methods as one transaction. */
  transaction<T>(work: () => T): T {
    return this.#write(work);
  }

  /** Bytes the file takes on the disk, without what waits in the log beside it. */
  sizeBytes(): number {
    return (
      Number(this.db.pragma('page_count', { simple: true })) * Number(this.db.pragma('page_size', { simple: true }))
    );
  }

  *#chunksFrom(sourceId: number, fromOffset: number, streamId?: number): Generator<JournalChunk> {
    const sourceStart = callIdOf(sourceId, 0);
    const wanted = callIdOf(sourceId, fromOffset);
    const end = callIdOf(sourceId + 1, 0);
    const first = this.#sql.chunkAt.get(wanted, sourceStart);
    let from = wanted;
    if (first !== undefined) {
      const chunk = toChunk(first);
      const skip = fromOffset - chunk.offset;
      const isWanted = streamId === undefined || chunk.streamId === streamId;
      if (isWanted && skip < chunk.bytes.length)
        yield { ...chunk, offset: fromOffset, bytes: chunk.bytes.subarray(skip) };
      from = first.id + 1;
    }
    for (;;) {
      const row =
        streamId === undefined ? this.#sql.chunkFrom.get(from, end) : this.#sql.chunkOfStream.get(streamId, from, end);
      if (row === undefined) return;
      yield toChunk(row);
      from = row.id + 1;
    }
  }

  #source(streamId: number): number {
    const known = this.#sourceOfStream.get(streamId) ?? this.stream(streamId)?.sourceId;
    if (known === undefined) throw new Error(`stream ${streamId} is not in the journal`);
    this.#sourceOfStream.set(streamId, known);
    return known;
  }

  #write<T>(work: () => T): T {
    if (this.db.inTransaction) return work();
    return this.#read(() => this.db.transaction(work).immediate());
  }

  #read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw fromSqliteError(this.db.name, error);
    }
  }
}

/** SHA-256 over the previous hash, source, stream, offset and arrival (8 bytes each, big-endian), then the bytes. */
export function chainHash(previous: Uint8Array, chunk: JournalChunk): Uint8Array {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeBigUInt64BE(BigInt(chunk.sourceId), 0);
  header.writeBigUInt64BE(BigInt(chunk.streamId), 8);
  header.writeBigUInt64BE(BigInt(chunk.offset), 16);
  header.writeBigUInt64BE(BigInt(chunk.receivedAtMs), 24);
  return createHash('sha256').update(previous).update(header).update(chunk.bytes).digest();
}
