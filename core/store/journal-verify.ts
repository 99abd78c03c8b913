/** Recomputes the hash chains of a journal while it goes on growing, and names the first broken link of each source. */
import { callIdOf } from '../model/call.ts';
import { chainHash, GENESIS_HASH, type Journal, type JournalHead } from './journal.ts';
import { cutOf, type JournalCut } from './journal-cut.ts';

/**
 * - `changed`: the chunk's bytes, stream or arrival time are not what was stored.
 * - `missing`: one or more chunks are gone before this one.
 * - `cut-off`: the newest chunks are gone.
 * - `head-changed`: the chunks agree, and the stored newest hash or count does not.
 * - `head-missing`: there are chunks and no head, or chunks after the head.
 */
export type ChainBreakKind = 'changed' | 'missing' | 'cut-off' | 'head-changed' | 'head-missing';

export interface ChainBreak {
  readonly sourceId: number;
  readonly kind: ChainBreakKind;
  readonly offset: number;
  /** Arrival of the chunk at or after the break; null when nothing comes after it. */
  readonly receivedAtMs: number | null;
}

export interface VerifyProgress {
  readonly sourceId: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface VerifyResult {
  readonly sources: number;
  readonly chunks: number;
  readonly bytes: number;
  /** The first break of each source that has one; empty when all is well. */
  readonly breaks: readonly ChainBreak[];
}

export interface VerifyOptions {
  readonly onProgress?: (progress: VerifyProgress) => void;
  readonly signal?: AbortSignal;
}

/** Bytes between two turns of the event loop. */
const BYTES_PER_TURN = 8 * 1024 * 1024;

export async function verifyJournal(journal: Journal, options: VerifyOptions = {}): Promise<VerifyResult> {
  const heads = journal.heads();
  const bytesTotal = heads.reduce((sum, head) => sum + head.nextOffset, 0);
  const breaks: ChainBreak[] = [...chunksWithoutHead(journal, heads)];
  let chunks = 0;
  let bytes = 0;
  let sinceTurn = 0;
  for (const head of heads) {
    const chain = new Chain(head, cutOf(journal.db, head.sourceId));
    let broken: ChainBreak | undefined;
    for (const chunk of journal.storedChunks(head.sourceId, head.nextOffset)) {
      broken = chain.add(chunk);
      if (broken !== undefined) break;
      chunks += 1;
      bytes += chunk.bytes.length;
      sinceTurn += chunk.bytes.length;
      if (sinceTurn >= BYTES_PER_TURN) {
        sinceTurn = 0;
        options.onProgress?.({ sourceId: head.sourceId, bytesDone: bytes, bytesTotal });
        await new Promise((resolve) => setImmediate(resolve));
        options.signal?.throwIfAborted();
      }
    }
    broken ??= chain.end();
    if (broken !== undefined) breaks.push(broken);
    options.onProgress?.({ sourceId: head.sourceId, bytesDone: bytes, bytesTotal });
  }
  return { sources: heads.length, chunks, bytes, breaks };
}

class Chain {
  readonly #head: JournalHead;
  #hash: Uint8Array;
  #offset: number;
  #count: number;

  /** Older bytes were removed after their time: the chain goes on from where it was cut. */
  constructor(head: JournalHead, cut: JournalCut | undefined) {
    this.#head = head;
    this.#hash = cut?.hash ?? GENESIS_HASH;
    this.#offset = cut?.nextOffset ?? 0;
    this.#count = cut?.chunkCount ?? 0;
  }

  add(chunk: Parameters<typeof chainHash>[1] & { readonly hash: Uint8Array }): ChainBreak | undefined {
    const at = { sourceId: chunk.sourceId, receivedAtMs: chunk.receivedAtMs };
    if (chunk.offset !== this.#offset) return { ...at, kind: 'missing', offset: this.#offset };
    this.#hash = chainHash(this.#hash, chunk);
    if (Buffer.compare(this.#hash, chunk.hash) !== 0) return { ...at, kind: 'changed', offset: chunk.offset };
    this.#offset += chunk.bytes.length;
    this.#count += 1;
    return undefined;
  }

  end(): ChainBreak | undefined {
    const { sourceId, nextOffset, chunkCount, hash } = this.#head;
    const at = { sourceId, offset: this.#offset, receivedAtMs: null };
    if (this.#offset < nextOffset) return { ...at, kind: 'cut-off' };
    if (this.#count !== chunkCount || Buffer.compare(this.#hash, hash) !== 0) return { ...at, kind: 'head-changed' };
    return undefined;
  }
}

/** Heads only move together with chunks, so a chunk beyond its head, or without one, was put in or its head taken out. */
function* chunksWithoutHead(journal: Journal, heads: readonly JournalHead[]): Generator<ChainBreak> {
  const known = new Map(heads.map((head) => [head.sourceId, head.nextOffset]));
  const sourceIds = journal.db.prepare<[], number>('SELECT DISTINCT source_id FROM streams ORDER BY 1').pluck().all();
  const firstFrom = journal.db.prepare<[number, number], { id: number; received_at_ms: number }>(
    'SELECT id, received_at_ms FROM chunks WHERE id >= ? AND id < ? ORDER BY id LIMIT 1',
  );
  for (const sourceId of new Set([...known.keys(), ...sourceIds])) {
    const row = firstFrom.get(callIdOf(sourceId, known.get(sourceId) ?? 0), callIdOf(sourceId + 1, 0));
    // The chunk may have been stored since the heads were read.
    if (row === undefined || row.id < callIdOf(sourceId, journal.head(sourceId).nextOffset)) continue;
    yield {
      sourceId,
      kind: 'head-missing',
      offset: row.id - callIdOf(sourceId, 0),
      receivedAtMs: row.received_at_ms,
    };
  }
}
