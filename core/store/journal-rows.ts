/** What the journal holds, as its users see it, and the way there from SQLite's rows. */
import { sourceIdOf, sourceOffsetOf } from '../model/call.ts';
import type { ChunkRow, FileRow, HeadRow, StreamRow } from './journal-statements.ts';

export interface JournalChunk {
  readonly sourceId: number;
  readonly streamId: number;
  /** Of the first byte in the source's offset space. */
  readonly offset: number;
  readonly receivedAtMs: number;
  readonly bytes: Uint8Array;
}

export interface JournalStream {
  readonly id: number;
  readonly sourceId: number;
  /** Who or what sent it: `10.0.0.5:4021`, a port's path, a file's name. */
  readonly peer: string;
  readonly openedAtMs: number;
  readonly closedAtMs: number | null;
  readonly closeReason: string | null;
}

export interface JournalGap {
  readonly streamId: number;
  readonly sourceOffset: number;
  readonly atMs: number;
  readonly reason: string;
}

export interface JournalHead {
  readonly sourceId: number;
  /** Where the next byte will go; also the count of bytes so far. */
  readonly nextOffset: number;
  readonly chunkCount: number;
  readonly hash: Uint8Array;
}

/** Which file, and how far it is stored. `head*` is the SHA-256 of its first bytes: inode numbers are used again. */
export interface FileMark {
  readonly path: string;
  readonly device: string;
  readonly inode: string;
  readonly headHash: Uint8Array;
  readonly headLength: number;
  readonly position: number;
  readonly isImport?: boolean;
  readonly deleteAfter?: boolean;
  /** Set once the file was read whole: tells it from a changed one. */
  readonly version?: string;
  /** Of the first `position` bytes. Imports have one only when they are finished. */
  readonly contentHash?: Uint8Array;
}

export interface StoredFile extends Required<Omit<FileMark, 'contentHash'>> {
  readonly streamId: number;
  readonly sourceId: number;
  readonly peer: string;
  readonly contentHash: Uint8Array | null;
  readonly isCancelled: boolean;
  readonly closedAtMs: number | null;
}

export interface JournalEntry {
  readonly streamId: number;
  readonly receivedAtMs: number;
  readonly bytes: Uint8Array;
  readonly file?: FileMark;
}

export function toChunk(row: ChunkRow): JournalChunk {
  return {
    sourceId: sourceIdOf(row.id),
    streamId: row.stream_id,
    offset: sourceOffsetOf(row.id),
    receivedAtMs: row.received_at_ms,
    bytes: row.bytes,
  };
}

export function toHead(row: HeadRow): JournalHead {
  return { sourceId: row.source_id, nextOffset: row.next_offset, chunkCount: row.chunk_count, hash: row.hash };
}

export function toStream(row: StreamRow): JournalStream {
  return {
    id: row.id,
    sourceId: row.source_id,
    peer: row.peer,
    openedAtMs: row.opened_at_ms,
    closedAtMs: row.closed_at_ms,
    closeReason: row.close_reason,
  };
}

export function toStoredFile(row: FileRow): StoredFile {
  return {
    streamId: row.stream_id,
    sourceId: row.source_id,
    peer: row.peer,
    path: row.path,
    device: row.device,
    inode: row.inode,
    headHash: row.head_hash,
    headLength: row.head_length,
    position: row.position,
    contentHash: row.content_hash,
    isImport: row.is_import !== 0,
    isCancelled: row.is_cancelled !== 0,
    deleteAfter: row.delete_after !== 0,
    closedAtMs: row.closed_at_ms,
    version: row.version,
  };
}
