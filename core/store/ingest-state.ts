/** Where reading of each stream stands, and how often each outcome was met. Moved in the transaction of the calls. */
import type { Statement } from 'better-sqlite3';
import type { Database } from './database.ts';

/** `stream_id` of the row that says up to where all bytes of a source have been looked at. */
const WHOLE_SOURCE = 0;

export interface StreamState {
  readonly streamId: number;
  /** First byte that belongs to no finished frame yet. */
  readonly nextOffset: number;
  /** What the format keeps along the stream; JSON. */
  readonly context: string;
  /** Calls that later records may join; JSON. */
  readonly openCalls: string;
  readonly isFinished: boolean;
}

export interface OutcomeCount {
  readonly outcome: string;
  /** Name of the noise rule or reason of the damage; empty for calls. */
  readonly rule: string;
  readonly frames: number;
  readonly bytes: number;
  readonly lastAtMs: number;
}

interface StreamColumns {
  readonly stream_id: number;
  readonly next_offset: number;
  readonly context: string;
  readonly open_calls: string;
  readonly is_finished: number;
}

interface CountColumns {
  readonly outcome: string;
  readonly rule: string;
  readonly frames: number;
  readonly bytes: number;
  readonly last_at_ms: number;
}

function stateOf(row: StreamColumns): StreamState {
  return {
    streamId: row.stream_id,
    nextOffset: row.next_offset,
    context: row.context,
    openCalls: row.open_calls,
    isFinished: row.is_finished !== 0,
  };
}

export class IngestState {
  readonly #db: Database;
  readonly #streams: Statement;
  readonly #position: Statement;
  readonly #isFinished: Statement;
  readonly #unfinished: Statement;
  readonly #save: Statement;
  readonly #addCount: Statement;
  readonly #counts: Statement;

  constructor(db: Database) {
    this.#db = db;
    this.#streams = db.prepare(
      'SELECT stream_id, next_offset, context, open_calls, is_finished FROM ingest_streams WHERE source_id = ? ORDER BY stream_id',
    );
    this.#position = db.prepare('SELECT next_offset FROM ingest_streams WHERE source_id = ? AND stream_id = ?').pluck();
    this.#isFinished = db
      .prepare('SELECT is_finished FROM ingest_streams WHERE source_id = ? AND stream_id = ?')
      .pluck();
    this.#unfinished = db.prepare(
      `SELECT stream_id, next_offset, context, open_calls, is_finished FROM ingest_streams
       WHERE source_id = ? AND stream_id <> ${WHOLE_SOURCE} AND is_finished = 0 ORDER BY stream_id`,
    );
    this.#save = db.prepare(
      `INSERT INTO ingest_streams (source_id, stream_id, next_offset, context, open_calls, is_finished)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset, context = excluded.context,
         open_calls = excluded.open_calls, is_finished = excluded.is_finished`,
    );
    this.#addCount = db.prepare(
      `INSERT INTO outcome_counts (source_id, outcome, rule, frames, bytes, last_at_ms) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET frames = frames + excluded.frames, bytes = bytes + excluded.bytes,
         last_at_ms = MAX(last_at_ms, excluded.last_at_ms)`,
    );
    this.#counts = db.prepare(
      'SELECT outcome, rule, frames, bytes, last_at_ms FROM outcome_counts WHERE source_id = ? ORDER BY outcome, rule',
    );
  }

  /** All bytes of the source before this offset have been read. */
  position(sourceId: number): number {
    return Number(this.#position.get(sourceId, WHOLE_SOURCE) ?? 0);
  }

  savePosition(sourceId: number, nextOffset: number): void {
    this.#save.run(sourceId, WHOLE_SOURCE, nextOffset, '{}', '[]', 0);
  }

  /** Every byte of the stream has been read, and nothing is to come. */
  isFinished(sourceId: number, streamId: number): boolean {
    return Number(this.#isFinished.get(sourceId, streamId) ?? 0) !== 0;
  }

  unfinishedStreams(sourceId: number): readonly StreamState[] {
    return (this.#unfinished.all(sourceId) as StreamColumns[]).map(stateOf);
  }

  saveStream(sourceId: number, state: StreamState): void {
    this.#save.run(
      sourceId,
      state.streamId,
      state.nextOffset,
      state.context,
      state.openCalls,
      state.isFinished ? 1 : 0,
    );
  }

  /** Takes over where another reading of the source stands, and what it counted. */
  replace(sourceId: number, other: IngestState): void {
    this.#db.prepare('DELETE FROM ingest_streams WHERE source_id = ?').run(sourceId);
    this.#db.prepare('DELETE FROM outcome_counts WHERE source_id = ?').run(sourceId);
    for (const state of other.streams(sourceId)) this.saveStream(sourceId, state);
    for (const count of other.counts(sourceId)) this.addCount(sourceId, count);
  }

  /** Every row of the source, the one for its position among them. */
  streams(sourceId: number): readonly StreamState[] {
    return (this.#streams.all(sourceId) as StreamColumns[]).map(stateOf);
  }

  /** Adds to what was counted before; negative numbers take away. */
  addCount(sourceId: number, count: OutcomeCount): void {
    this.#addCount.run(sourceId, count.outcome, count.rule, count.frames, count.bytes, count.lastAtMs);
  }

  counts(sourceId: number): readonly OutcomeCount[] {
    return (this.#counts.all(sourceId) as CountColumns[]).map((row) => ({
      outcome: row.outcome,
      rule: row.rule,
      frames: row.frames,
      bytes: row.bytes,
      lastAtMs: row.last_at_ms,
    }));
  }
}
