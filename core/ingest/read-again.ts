/** Reads quarantined bytes of a source again with its present format. What is read leaves the quarantine as calls. */
import { type CallId, callIdOf, sourceOffsetOf } from '../model/call.ts';
import type { QuarantineRow } from '../store/quarantine.ts';
import type { Ingest } from './ingest.ts';
import { StreamReader, type StreamSink, type UnreadStretch } from './stream-reader.ts';

const CHUNK_ROWS = 500;
/** A frame of the new format that takes up more rows is given up there. */
const MAX_ROWS_OF_FRAME = 500;
/** A source has a few connections at once; of more, those longest unread begin anew. */
const MAX_STREAMS = 64;
/** How far behind a row the separators are looked for that tie it to the next one. */
const SEPARATORS_REACH = 64;

/** Bytes that are part of no record by themselves: line ends, padding, flow control, end-of-file marks. */
const SEPARATORS = new Set([0x00, 0x0a, 0x0c, 0x0d, 0x11, 0x13, 0x1a]);

interface OutcomeChange {
  readonly outcome: string;
  readonly rule: string;
  readonly frames: number;
  readonly bytes: number;
  readonly receivedAtMs: number;
}

/** One stream, row after row: what its format remembers and its open calls go on from one row to the next. */
interface RowsOfStream {
  readonly reader: StreamReader;
  /** Read, but in a frame that is not over, or not settled yet. */
  rows: QuarantineRow[];
  /** Where the next row must begin to go on with the open frame. */
  nextOffset: number;
  calls: Parameters<StreamSink['call']>[];
  unread: UnreadStretch[];
  changes: OutcomeChange[];
}

type Progress = Readonly<Record<'read' | 'left', number>>;

/**
 * Yields, chunk by chunk, how many rows were read to the end and how many are left in some part. Each chunk is one
 * transaction. A row that is read to the end of a chunk and not settled stays in quarantine until a later one.
 */
export function* readAgain(ingest: Ingest, sourceId: number): Generator<Progress> {
  const rereading = new Rereading(ingest, sourceId);
  let after: CallId = -1;
  for (;;) {
    const from = after;
    const { count, last, progress } = ingest.change(() => {
      const rows = ingest.quarantine.ofSource(sourceId, from, CHUNK_ROWS);
      for (const row of rows) rereading.read(row);
      if (rows.length < CHUNK_ROWS) rereading.end();
      return { count: rows.length, last: rows.at(-1)?.id ?? from, progress: rereading.takeProgress() };
    });
    after = last;
    yield progress;
    if (count < CHUNK_ROWS) return;
  }
}

class Rereading {
  readonly #ingest: Ingest;
  readonly #sourceId: number;
  /** The one read last is the last. */
  readonly #streams = new Map<number, RowsOfStream>();
  /** Rows that this reading left itself; they are not read twice. */
  readonly #written = new Set<CallId>();
  #read = 0;
  #left = 0;

  constructor(ingest: Ingest, sourceId: number) {
    this.#ingest = ingest;
    this.#sourceId = sourceId;
  }

  takeProgress(): Progress {
    const progress = { read: this.#read, left: this.#left };
    this.#read = 0;
    this.#left = 0;
    return progress;
  }

  /** Rows come in the order of their offsets. */
  read(row: QuarantineRow): void {
    if (this.#written.delete(row.id)) return;
    const { journal } = this.#ingest;
    const offset = sourceOffsetOf(row.id);
    const streamId = journal.readChunks(this.#sourceId, offset, 1)[0]?.streamId;
    if (streamId === undefined) {
      this.#left += 1;
      return;
    }
    const stream = this.#streamOf(streamId);
    if (stream.rows.length > 0 && (stream.nextOffset !== offset || stream.rows.length >= MAX_ROWS_OF_FRAME)) {
      this.#settle(stream);
    }
    stream.rows.push(row);
    const chunks = journal.readChunks(this.#sourceId, offset, row.byteLength + SEPARATORS_REACH, streamId);
    let missing = row.byteLength;
    let isBehind = false;
    for (const chunk of chunks) {
      const inside = chunk.bytes.subarray(0, missing);
      if (inside.length > 0) stream.reader.push(chunk.offset, inside, chunk.receivedAtMs);
      missing -= inside.length;
      if (missing > 0) continue;
      if (!stream.reader.isInsideFrame) break;
      const behind = chunk.bytes.subarray(inside.length, inside.length + SEPARATORS_REACH);
      const other = behind.findIndex((byte) => !SEPARATORS.has(byte));
      const between = other < 0 ? behind : behind.subarray(0, other);
      const betweenOffset = chunk.offset + inside.length;
      stream.nextOffset = betweenOffset + between.length;
      isBehind = true;
      if (between.length > 0) {
        // They were counted when they came, and will be again.
        const change = { outcome: 'noise', rule: 'separators', frames: 0, bytes: -between.length };
        stream.changes.push({ ...change, receivedAtMs: chunk.receivedAtMs });
        stream.reader.push(betweenOffset, between, chunk.receivedAtMs);
      }
      if (inside.length + between.length < chunk.bytes.length) break;
    }
    if (!isBehind || !stream.reader.isInsideFrame) this.#settle(stream);
  }

  /** What still waits is read as it is. */
  end(): void {
    for (const stream of this.#streams.values()) this.#settle(stream);
  }

  #streamOf(streamId: number): RowsOfStream {
    const known = this.#streams.get(streamId);
    const stream = known ?? this.#newStream(streamId);
    this.#streams.delete(streamId);
    this.#streams.set(streamId, stream);
    if (this.#streams.size > MAX_STREAMS) {
      for (const [oldest, waiting] of this.#streams) {
        this.#settle(waiting);
        this.#streams.delete(oldest);
        break;
      }
    }
    return stream;
  }

  #newStream(streamId: number): RowsOfStream {
    const { row, format, clock } = this.#ingest.sourceOf(this.#sourceId);
    const sink: StreamSink = {
      call: (...call) => void stream.calls.push(call),
      unread: (stretch) => void stream.unread.push({ ...stretch }),
      unreadAt: () => undefined,
      count: (outcome, rule, frames, bytes, receivedAtMs) =>
        void stream.changes.push({ outcome, rule, frames, bytes, receivedAtMs }),
    };
    const reader = new StreamReader(streamId, format, row.formatOptions, clock, sink);
    reader.gaps = this.#ingest.journal.gaps(streamId).map((gap) => gap.sourceOffset);
    const stream: RowsOfStream = { reader, rows: [], nextOffset: 0, calls: [], unread: [], changes: [] };
    return stream;
  }

  /** Stores what the rows became; where that is nothing, they stay as they are. */
  #settle(stream: RowsOfStream): void {
    stream.reader.cut();
    const { rows, calls, unread, changes } = stream;
    stream.rows = [];
    stream.calls = [];
    stream.unread = [];
    stream.changes = [];
    if (rows.length === 0) return;
    if (unread.length === 0) this.#read += rows.length;
    else this.#left += rows.length;
    if (calls.length === 0 && unread.length > 0) return;

    const { quarantine } = this.#ingest;
    for (const call of calls) this.#ingest.storeReadAgain(this.#sourceId, ...call);
    const lastId = rows.at(-1)?.id ?? 0;
    for (const row of rows) {
      quarantine.remove(row.id);
      this.#count({
        outcome: 'malformed',
        rule: row.reason,
        frames: -row.frameCount,
        bytes: -row.byteLength,
        receivedAtMs: row.receivedAtMs,
      });
    }
    for (const stretch of unread) this.#leave(stretch, lastId);
    for (const change of changes) this.#count(change);
  }

  #leave(stretch: UnreadStretch, lastId: CallId): void {
    const id = callIdOf(this.#sourceId, stretch.offset);
    if (id > lastId) this.#written.add(id);
    this.#ingest.quarantine.put({
      id,
      byteLength: stretch.byteLength,
      frameCount: stretch.frameCount,
      receivedAtMs: stretch.receivedAtMs,
      formatId: this.#ingest.sourceOf(this.#sourceId).row.formatId,
      reason: stretch.reason,
      detail: stretch.detail ?? null,
      text: stretch.text,
    });
  }

  #count({ outcome, rule, frames, bytes, receivedAtMs }: OutcomeChange): void {
    this.#ingest.addCount(this.#sourceId, outcome, rule, frames, bytes, receivedAtMs);
  }
}
