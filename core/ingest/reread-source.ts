/**
 * Reads all bytes of a source with another format, beside what is stored; shows what would change; and puts it in place
 * in one transaction, where a person wants it. Calls of closed months stay. Taking it back is reading it again as before:
 * calls are made of the journal and of what people typed, so nothing else needs to be kept.
 */
import { AppError } from '../model/errors.ts';
import { CallStore } from '../store/calls.ts';
import { DailySums } from '../store/daily-sums.ts';
import { IngestState } from '../store/ingest-state.ts';
import { ReadingChangeStore } from '../store/reading-changes.ts';
import { RereadComparison, type RereadDifference } from '../store/reread-difference.ts';
import { createShadowSite, removeShadowSite, type ShadowSource, shadowPathOf } from '../store/shadow-site.ts';
import { SourceStore } from '../store/sources.ts';
import { bookableOf } from './call-row.ts';
import { IMPORT_BATCH_BYTES, Ingest } from './ingest.ts';

const CHUNK_CALLS = 1000;

interface Aside {
  readonly source: ShadowSource;
  readonly ingest: Ingest;
  readonly path: string;
}

export class SourceRereader {
  readonly #ingest: Ingest;
  readonly #asides = new Map<number, Aside>();

  constructor(ingest: Ingest) {
    this.#ingest = ingest;
  }

  /** Yields the records of each batch. What another reading of the source left is thrown away first. */
  *read(source: ShadowSource): Generator<Readonly<Record<'records' | 'nextOffset', number>>> {
    this.drop(source.id);
    const path = shadowPathOf(this.#ingest.db.name, source.id);
    const db = createShadowSite(path, this.#ingest.db, source);
    const ingest = new Ingest({ db, journal: this.#ingest.journal });
    this.#asides.set(source.id, { source, ingest, path });
    try {
      for (;;) {
        const batch = ingest.readBatch(source.id, { maxBytes: IMPORT_BATCH_BYTES });
        yield { records: batch.records, nextOffset: batch.nextOffset };
        if (batch.hasMore) continue;
        // So that prices which depend on a month are compared as they will be.
        while (ingest.hasMonthsToSettle) {
          ingest.settleMonths();
          yield { records: 0, nextOffset: batch.nextOffset };
        }
        return;
      }
    } catch (error) {
      this.drop(source.id);
      throw error;
    }
  }

  /** What the reading would change. Throws AppError `not-found` when the source was not read before. */
  difference(sourceId: number): RereadDifference {
    const comparison = new RereadComparison(this.#ingest.db, this.#asideOf(sourceId).path, sourceId);
    try {
      return comparison.difference();
    } finally {
      comparison.close();
    }
  }

  /**
   * Puts the reading in place, with what came meanwhile, and remembers how the source was read before. `isUndo` forgets
   * the change that it takes back instead. Throws AppError `not-found` when the source was not read before.
   */
  apply(sourceId: number, nowMs: number, isUndo: boolean): Readonly<Record<'gained' | 'lost' | 'changed', number>> {
    const aside = this.#asideOf(sourceId);
    aside.ingest.readAll(sourceId);
    const comparison = new RereadComparison(this.#ingest.db, aside.path, sourceId);
    try {
      const { counts } = comparison.difference();
      this.#ingest.change(() => {
        this.#replaceCalls(aside, comparison);
        this.#replaceState(aside);
        this.#replaceFormat(aside, nowMs, isUndo);
      });
      return { gained: counts.gained, lost: counts.lost, changed: counts.changed };
    } finally {
      comparison.close();
      this.drop(sourceId);
      this.#ingest.reload();
    }
  }

  /** Throws the reading away. */
  drop(sourceId: number): void {
    const aside = this.#asides.get(sourceId);
    this.#asides.delete(sourceId);
    aside?.ingest.db.close();
    removeShadowSite(shadowPathOf(this.#ingest.db.name, sourceId));
  }

  #asideOf(sourceId: number): Aside {
    const aside = this.#asides.get(sourceId);
    if (aside === undefined) throw new AppError('not-found', { what: 'reread', id: sourceId });
    return aside;
  }

  /** Booked and priced as of now: people and prices may have changed since the source was read. */
  #replaceCalls(aside: Aside, comparison: RereadComparison): void {
    const read = new CallStore(aside.ingest.db, new DailySums(aside.ingest.db));
    const booker = this.#ingest.booker();
    for (const id of everyId(comparison, 'lost')) this.#ingest.calls.remove(id);
    for (const kind of ['gained', 'changed'] as const) {
      for (const id of everyId(comparison, kind)) {
        const [row] = read.rows([id]);
        if (row === undefined) continue;
        const stored = read.legs(id);
        const legs = stored.length > 1 ? stored.map(({ leg }) => leg) : undefined;
        this.#ingest.calls.put({ ...row, ...booker.book(bookableOf(row, () => stored)) }, legs);
      }
    }
  }

  #replaceState({ source, ingest }: Aside): void {
    const { quarantine, db } = this.#ingest;
    quarantine.removeAll(source.id);
    let after = -1;
    for (;;) {
      const rows = ingest.quarantine.ofSource(source.id, after, CHUNK_CALLS);
      for (const row of rows) quarantine.put(row);
      after = rows.at(-1)?.id ?? after;
      if (rows.length < CHUNK_CALLS) break;
    }
    new IngestState(db).replace(source.id, new IngestState(ingest.db));
  }

  #replaceFormat({ source }: Aside, nowMs: number, isUndo: boolean): void {
    const { db } = this.#ingest;
    const sources = new SourceStore(db);
    const before = sources.get(source.id);
    if (before === undefined) throw new AppError('not-found', { what: 'source', id: source.id });
    const changes = new ReadingChangeStore(db);
    const last = changes.last(source.id);
    if (isUndo && last !== undefined) changes.remove(last.id);
    else {
      const { formatId, formatOptions } = before;
      changes.add({ sourceId: source.id, formatId, formatOptions, changedAtMs: nowMs });
    }
    sources.change(source.id, { ...before, formatId: source.formatId, formatOptions: source.formatOptions });
  }
}

function* everyId(comparison: RereadComparison, kind: 'gained' | 'lost' | 'changed'): Generator<number> {
  let after = -1;
  for (;;) {
    const ids = comparison.idsOf(kind, after, CHUNK_CALLS);
    yield* ids;
    after = ids.at(-1) ?? after;
    if (ids.length < CHUNK_CALLS) return;
  }
}
