/** One transaction of reading: how long it may be, and what it did. */
import type { CallId } from '../model/call.ts';

export interface BatchLimits {
  /** Bytes read before the batch ends; a chunk is never split. */
  readonly maxBytes: number;
  /** Asked after each chunk; true ends the batch. */
  readonly shouldStop?: () => boolean;
}

export interface BatchResult {
  readonly sourceId: number;
  /** At most the newest `TOLD_IDS`, oldest first. */
  readonly added: readonly CallId[];
  readonly updated: readonly CallId[];
  /** Calls added and updated. */
  readonly total: number;
  readonly records: number;
  readonly nextOffset: number;
  /** There is more to do: ask again. */
  readonly hasMore: boolean;
}

/** Ids named in one event; a page that needs more asks for it. */
export const TOLD_IDS = 200;
/** Bytes of one transaction of an import: some 50,000 lines. */
export const IMPORT_BATCH_BYTES = 4 * 2 ** 20;

/**
 * Gives a large chunk's memory back at once. Left to the garbage collector, 64 MB of read chunks pile up before it looks
 * at memory outside its heap.
 */
export function releaseBytes(bytes: Uint8Array): void {
  if (bytes.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.byteLength) bytes.buffer.transfer(0);
}
