/** Counts of the outcomes of one source: what is stored, and what a batch adds. */
import type { OutcomeCount } from '../store/ingest-state.ts';
import type { IngestCounts } from './control.ts';

interface Cell {
  readonly outcome: string;
  readonly rule: string;
  frames: number;
  bytes: number;
  lastAtMs: number;
}

export class OutcomeTally {
  readonly #stored = new Map<string, Cell>();
  readonly #added = new Map<string, Cell>();

  constructor(stored: readonly OutcomeCount[]) {
    for (const count of stored) merge(this.#stored, count);
  }

  add(outcome: string, rule: string, frames: number, bytes: number, lastAtMs: number): void {
    merge(this.#added, { outcome, rule, frames, bytes, lastAtMs });
  }

  /** Hands out what the batch adds, to be written in its transaction. */
  save(write: (count: OutcomeCount) => void): void {
    for (const cell of this.#added.values()) write(cell);
  }

  /** The transaction is stored: what was added belongs to the stored counts now. */
  commit(): void {
    for (const cell of this.#added.values()) merge(this.#stored, cell);
    this.#added.clear();
  }

  discard(): void {
    this.#added.clear();
  }

  counts(): IngestCounts {
    const counts = { call: 0, part: 0, noise: 0, malformed: 0 };
    for (const { outcome, frames } of this.#stored.values()) {
      if (Object.hasOwn(counts, outcome)) counts[outcome as keyof IngestCounts] += frames;
    }
    return counts;
  }

  /** Arrival of the newest call or part; null: none yet. */
  lastRecordAtMs(): number | null {
    let last: number | null = null;
    for (const { outcome, lastAtMs } of this.#stored.values()) {
      if ((outcome === 'call' || outcome === 'part') && (last === null || lastAtMs > last)) last = lastAtMs;
    }
    return last;
  }
}

function merge(cells: Map<string, Cell>, count: OutcomeCount): void {
  const key = `${count.outcome}|${count.rule}`;
  const cell = cells.get(key);
  if (cell === undefined) {
    cells.set(key, { ...count });
    return;
  }
  cell.frames += count.frames;
  cell.bytes += count.bytes;
  if (count.lastAtMs > cell.lastAtMs) cell.lastAtMs = count.lastAtMs;
}
