/** The SQL of journal.ts, with its rows as SQLite gives them. */
import type { Database } from './database.ts';

export interface ChunkRow {
  readonly id: number;
  readonly stream_id: number;
  readonly received_at_ms: number;
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
}

export interface HeadRow {
  readonly source_id: number;
  readonly next_offset: number;
  readonly chunk_count: number;
  readonly hash: Uint8Array;
}

export interface StreamRow {
  readonly id: number;
  readonly source_id: number;
  readonly peer: string;
  readonly opened_at_ms: number;
  readonly closed_at_ms: number | null;
  readonly close_reason: string | null;
}

export interface GapRow {
  readonly stream_id: number;
  readonly source_offset: number;
  readonly at_ms: number;
  readonly reason: string;
}

export interface FileRow {
  readonly stream_id: number;
  readonly source_id: number;
  readonly path: string;
  readonly device: string;
  readonly inode: string;
  readonly head_hash: Uint8Array;
  readonly head_length: number;
  readonly position: number;
  readonly content_hash: Uint8Array | null;
  readonly is_import: number;
  readonly is_cancelled: number;
  readonly delete_after: number;
  readonly version: string;
  readonly peer: string;
  readonly closed_at_ms: number | null;
}

const FILES =
  'SELECT files.*, streams.peer, streams.closed_at_ms FROM files JOIN streams ON streams.id = files.stream_id';

export function prepareJournalStatements(db: Database) {
  return {
    openStream: db.prepare<[number, string, number]>(
      'INSERT INTO streams (source_id, peer, opened_at_ms) VALUES (?, ?, ?)',
    ),
    closeStream: db.prepare<[number, string, number]>(
      'UPDATE streams SET closed_at_ms = ?, close_reason = ? WHERE id = ? AND closed_at_ms IS NULL',
    ),
    stream: db.prepare<[number], StreamRow>('SELECT * FROM streams WHERE id = ?'),
    streams: db.prepare<[number], StreamRow>('SELECT * FROM streams WHERE source_id = ? ORDER BY id'),
    unclosed: db.prepare<[number], StreamRow>(
      `SELECT * FROM streams WHERE source_id = ? AND closed_at_ms IS NULL
       AND id NOT IN (SELECT stream_id FROM files WHERE is_import = 1) ORDER BY id`,
    ),
    addGap: db.prepare<[number, number, number, string]>(
      'INSERT OR IGNORE INTO gaps (stream_id, source_offset, at_ms, reason) VALUES (?, ?, ?, ?)',
    ),
    gaps: db.prepare<[number], GapRow>('SELECT * FROM gaps WHERE stream_id = ? ORDER BY source_offset, at_ms'),
    addChunk: db.prepare<[number, number, number, Uint8Array, Uint8Array]>(
      'INSERT INTO chunks (id, stream_id, received_at_ms, bytes, hash) VALUES (?, ?, ?, ?, ?)',
    ),
    chunkAt: db.prepare<[number, number], ChunkRow>(
      'SELECT * FROM chunks WHERE id <= ? AND id >= ? ORDER BY id DESC LIMIT 1',
    ),
    chunkFrom: db.prepare<[number, number], ChunkRow>(
      'SELECT * FROM chunks WHERE id >= ? AND id < ? ORDER BY id LIMIT 1',
    ),
    chunkOfStream: db.prepare<[number, number, number], ChunkRow>(
      'SELECT * FROM chunks WHERE stream_id = ? AND id >= ? AND id < ? ORDER BY id LIMIT 1',
    ),
    firstOfStream: db.prepare<[number], { readonly id: number | null }>(
      'SELECT MIN(id) AS id FROM chunks WHERE stream_id = ?',
    ),
    head: db.prepare<[number], HeadRow>('SELECT * FROM heads WHERE source_id = ?'),
    heads: db.prepare<[], HeadRow>('SELECT * FROM heads ORDER BY source_id'),
    setHead: db.prepare<[number, number, number, Uint8Array]>(
      `INSERT INTO heads (source_id, next_offset, chunk_count, hash) VALUES (?, ?, ?, ?)
       ON CONFLICT (source_id) DO UPDATE SET
         next_offset = excluded.next_offset, chunk_count = excluded.chunk_count, hash = excluded.hash`,
    ),
    setFile: db.prepare(
      `INSERT INTO files (stream_id, source_id, path, device, inode, head_hash, head_length, position, is_import, delete_after, version, content_hash)
       VALUES (:streamId, :sourceId, :path, :device, :inode, :headHash, :headLength, :position, :isImport, :deleteAfter, :version, :contentHash)
       ON CONFLICT (stream_id) DO UPDATE SET
         path = excluded.path, device = excluded.device, inode = excluded.inode, head_hash = excluded.head_hash,
         head_length = excluded.head_length, position = excluded.position, delete_after = excluded.delete_after,
         version = excluded.version, content_hash = coalesce(excluded.content_hash, content_hash)`,
    ),
    finishFile: db.prepare<[Uint8Array, number]>('UPDATE files SET content_hash = ? WHERE stream_id = ?'),
    cancelFile: db.prepare<[number, number]>('UPDATE files SET is_cancelled = ? WHERE stream_id = ?'),
    files: db.prepare<[number], FileRow>(`${FILES} WHERE files.source_id = ? ORDER BY files.stream_id`),
    imports: db.prepare<[number], FileRow>(
      `${FILES} WHERE files.source_id = ? AND is_import = 1 ORDER BY files.stream_id`,
    ),
    openFiles: db.prepare<[number], FileRow>(
      `${FILES} WHERE files.source_id = ? AND closed_at_ms IS NULL AND is_import = 0 ORDER BY files.stream_id`,
    ),
    fileAt: db.prepare<[number, string], FileRow>(
      `${FILES} WHERE files.source_id = ? AND path = ? ORDER BY files.stream_id DESC LIMIT 1`,
    ),
    fileOfInode: db.prepare<[number, string, string], FileRow>(
      `${FILES} WHERE files.source_id = ? AND inode = ? AND device = ? ORDER BY files.stream_id DESC LIMIT 1`,
    ),
    fileWithContent: db.prepare<[number, Uint8Array], FileRow>(
      `${FILES} WHERE files.source_id = ? AND content_hash = ? ORDER BY files.stream_id LIMIT 1`,
    ),
  };
}
