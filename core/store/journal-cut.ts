/** Removing the oldest bytes of a source for good. What is left is still a chain, from the hash where it was cut. */
import { callIdOf, sourceOffsetOf } from '../model/call.ts';
import type { Database } from './database.ts';

export interface JournalCut {
  readonly sourceId: number;
  readonly nextOffset: number;
  readonly chunkCount: number;
  readonly hash: Uint8Array;
}

interface ChunkHead {
  readonly id: number;
  readonly bytes: number;
  readonly receivedAtMs: number;
  readonly hash: Uint8Array;
}

const CHUNKS_AT_ONCE = 200;

export function cutOf(journal: Database, sourceId: number): JournalCut | undefined {
  return journal
    .prepare(
      `SELECT source_id AS sourceId, next_offset AS nextOffset, chunk_count AS chunkCount, hash FROM cuts WHERE source_id = ?`,
    )
    .get(sourceId) as JournalCut | undefined;
}

/** Whole chunks from the beginning that came before the moment and end before the offset. */
function* removable(journal: Database, sourceId: number, beforeOffset: number, beforeMs: number): Generator<ChunkHead> {
  const rows = journal
    .prepare(
      `SELECT id, length(bytes) AS bytes, received_at_ms AS receivedAtMs, hash FROM chunks
       WHERE id >= ? AND id < ? ORDER BY id`,
    )
    .iterate(callIdOf(sourceId, 0), callIdOf(sourceId, beforeOffset)) as IterableIterator<ChunkHead>;
  for (const chunk of rows) {
    if (chunk.receivedAtMs >= beforeMs || sourceOffsetOf(chunk.id) + chunk.bytes > beforeOffset) return;
    yield chunk;
  }
}

export function removableBytes(journal: Database, sourceId: number, beforeOffset: number, beforeMs: number): number {
  let bytes = 0;
  for (const chunk of removable(journal, sourceId, beforeOffset, beforeMs)) bytes += chunk.bytes;
  return bytes;
}

/** A few chunks; 0: there is nothing more to remove. */
export function cutOnce(
  journal: Database,
  sourceId: number,
  beforeOffset: number,
  beforeMs: number,
  nowMs: number,
): number {
  return journal
    .transaction(() => {
      const chunks: ChunkHead[] = [];
      for (const chunk of removable(journal, sourceId, beforeOffset, beforeMs)) {
        chunks.push(chunk);
        if (chunks.length === CHUNKS_AT_ONCE) break;
      }
      const last = chunks.at(-1);
      if (last === undefined) return 0;
      journal.prepare('DELETE FROM chunks WHERE id >= ? AND id <= ?').run(callIdOf(sourceId, 0), last.id);
      journal
        .prepare(
          `INSERT INTO cuts (source_id, next_offset, chunk_count, hash, cut_at_ms) VALUES (@sourceId, @nextOffset, @count, @hash, @nowMs)
           ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset, chunk_count = chunk_count + excluded.chunk_count,
             hash = excluded.hash, cut_at_ms = excluded.cut_at_ms`,
        )
        .run({
          sourceId,
          nextOffset: sourceOffsetOf(last.id) + last.bytes,
          count: chunks.length,
          hash: last.hash,
          nowMs,
        });
      return chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
    })
    .immediate();
}
