/**
 * From journal bytes to stored calls: framed, parsed, assembled, timed, booked, priced. One batch is one transaction that
 * also moves the reading position, so it can be killed anywhere and goes on as if nothing had happened. Synchronous:
 * the worker, the command line and the tests run the same code.
 */
import { type AssembledCall, type CallId, callIdOf } from '../model/call.ts';
import type { Doubt } from '../model/call-record.ts';
import { type CallRow, CallStore } from '../store/calls.ts';
import { TouchedCalls } from '../store/calls-to-watch.ts';
import { DailySums } from '../store/daily-sums.ts';
import { type Database, fromSqliteError } from '../store/database.ts';
import { DestinationStore } from '../store/destinations.ts';
import { IngestState } from '../store/ingest-state.ts';
import type { Journal } from '../store/journal.ts';
import { QuarantineStore } from '../store/quarantine.ts';
import { type BatchLimits, type BatchResult, IMPORT_BATCH_BYTES, releaseBytes, TOLD_IDS } from './batch.ts';
import type { CallBooker } from './book-call.ts';
import { callRowOfAssembled } from './call-row.ts';
import type { IngestCounts } from './control.ts';
import { LateDays } from './late-days.ts';
import { loadBooker } from './load-booker.ts';
import { MonthMarks } from './month-marks.ts';
import { MonthSettler } from './month-settle.ts';
import { OutcomeTally } from './outcome-tally.ts';
import { quarantineRow, unreadStretch } from './quarantine-row.ts';
import { CHUNKS_AT_ONCE_BYTES, type SourceReader, SourceReaders } from './source-readers.ts';
import type { FrameSpan, StreamReader, StreamSink } from './stream-reader.ts';

export interface IngestOptions {
  readonly db: Database;
  readonly journal: Journal;
}

export { type BatchLimits, type BatchResult, IMPORT_BATCH_BYTES, TOLD_IDS } from './batch.ts';

export class Ingest {
  readonly db: Database;
  readonly journal: Journal;
  readonly calls: CallStore;
  readonly sums: DailySums;
  /** Months whose calls wait to be priced in order. */
  readonly marks: MonthMarks;
  readonly quarantine: QuarantineStore;
  readonly #destinations: DestinationStore;
  readonly #lateDays: LateDays;
  readonly #settler: MonthSettler;
  readonly #state: IngestState;
  readonly #readers: SourceReaders;
  #booker: CallBooker | undefined;
  #isStale = false;
  #added: CallId[] = [];
  #updated: CallId[] = [];
  #total = 0;
  #records = 0;
  readonly #touched = new TouchedCalls();

  constructor(options: IngestOptions) {
    this.db = options.db;
    this.journal = options.journal;
    this.sums = new DailySums(this.db);
    this.#lateDays = new LateDays(this.db);
    this.marks = new MonthMarks(this.db, () => this.booker().rules.tariffs);
    this.calls = new CallStore(
      this.db,
      this.sums,
      (call) => this.#lateDays.isInClosedMonth(call),
      (before, after) => this.marks.note(before, after),
    );
    this.#settler = new MonthSettler(this);
    this.quarantine = new QuarantineStore(this.db);
    this.#destinations = new DestinationStore(this.db);
    this.#state = new IngestState(this.db);
    this.#readers = new SourceReaders({
      db: this.db,
      journal: this.journal,
      sinkOf: (sourceId) => this.#sinkOf(sourceId),
    });
  }

  /** People, tariffs, settings or a source changed: what is remembered of them is read again before the next batch. */
  reload(): void {
    this.#isStale = true;
    if (!this.db.inTransaction) this.#refresh();
  }

  /** A batch that is being read ends with what it began with. */
  #refresh(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#booker = undefined;
    this.#readers.clear();
  }

  booker(): CallBooker {
    this.#booker ??= loadBooker(this.db, this.#destinations);
    return this.#booker;
  }

  counts(sourceId: number): IngestCounts {
    return this.#tally(sourceId).counts();
  }

  lastRecordAtMs(sourceId: number): number | null {
    return this.#tally(sourceId).lastRecordAtMs();
  }

  /** A source whose format is unknown has counts all the same. */
  #tally(sourceId: number): OutcomeTally {
    return this.#readers.known(sourceId)?.tally ?? new OutcomeTally(this.#state.counts(sourceId));
  }

  position(sourceId: number): number {
    return this.#state.position(sourceId);
  }

  /** Reads everything the journal holds of a source, in large batches. Gives the number of records read. */
  readAll(sourceId: number): number {
    let records = 0;
    for (;;) {
      const batch = this.readBatch(sourceId, { maxBytes: IMPORT_BATCH_BYTES });
      records += batch.records;
      if (!batch.hasMore) return records;
    }
  }

  /** Several batches as one transaction. When one of them fails nothing of any is stored, and it throws what that threw. */
  together(batches: () => void): void {
    try {
      this.db.transaction(batches).immediate();
    } catch (error) {
      this.#readers.clear();
      this.#discard();
      throw fromSqliteError(this.db.name, error);
    } finally {
      this.#refresh();
    }
  }

  /**
   * Reads what comes next of a source, in one transaction. Throws AppError `not-found` or `format-unknown`, or what
   * SQLite's errors mean; then nothing of the batch is stored.
   */
  readBatch(sourceId: number, limits: BatchLimits): BatchResult {
    const reader = this.#readers.of(sourceId);
    this.booker();
    this.#lateDays.refresh();
    this.#added = [];
    this.#updated = [];
    this.#total = 0;
    this.#records = 0;
    try {
      const read = (): boolean => this.#read(reader, limits);
      const hasMore = this.db.inTransaction ? read() : this.db.transaction(read).immediate();
      reader.tally.commit();
      return {
        sourceId,
        added: this.#added,
        updated: this.#updated,
        total: this.#total,
        records: this.#records,
        nextOffset: reader.position,
        hasMore,
      };
    } catch (error) {
      this.#forget(sourceId);
      throw fromSqliteError(this.db.name, error);
    } finally {
      this.#refresh();
    }
  }

  /** Bytes of the source wait for more of their frame. */
  isInsideFrame(sourceId: number): boolean {
    return [...(this.#readers.known(sourceId)?.streams.values() ?? [])].some((stream) => stream.isInsideFrame);
  }

  /**
   * Stores the calls that waiting lines already are. A record of several lines is over only when the next one begins,
   * and after the day's last call that is tomorrow. Nothing else is moved: when the rest comes, the record is read whole
   * and the same call is stored again.
   */
  peek(sourceId: number): Pick<BatchResult, 'added' | 'updated' | 'total'> {
    const reader = this.#readers.of(sourceId);
    this.#added = [];
    this.#updated = [];
    this.#total = 0;
    this.change(() => {
      for (const stream of reader.streams.values()) {
        if (stream.isInsideFrame) this.#readers.peek(reader, stream);
      }
    });
    return { added: this.#added, updated: this.#updated, total: this.#total };
  }

  /** Runs work that changes calls outside of reading, in one transaction with its sums. */
  change<T>(work: () => T): T {
    try {
      return this.db
        .transaction(() => {
          this.#lateDays.refresh();
          const result = work();
          this.sums.flush();
          this.#touched.flush(this.db);
          return result;
        })
        .immediate();
    } catch (error) {
      this.#discard();
      this.#readers.clear();
      throw fromSqliteError(this.db.name, error);
    } finally {
      this.#refresh();
    }
  }

  /** Prices that depend on other calls of their month wait to be put in order. */
  get hasMonthsToSettle(): boolean {
    return this.#settler.hasWork;
  }

  /** Puts a piece of them in order, in one transaction. Gives the calls that changed. */
  settleMonths(): readonly CallId[] {
    return this.change(() => this.#settler.step());
  }

  /** Zone and format of a source, for reading single frames again. */
  sourceOf(sourceId: number): Pick<SourceReader, 'row' | 'format' | 'zone' | 'clock'> {
    return this.#readers.of(sourceId);
  }

  /** Stores what a stream gives; part of a transaction. A record may have come after its call's month was closed. */
  storeJoined(
    sourceId: number,
    ...[call, firstOffset, span, alone]: Parameters<StreamSink['call']>
  ): { readonly change: 'added' | 'updated' | 'same'; readonly offset: number } {
    const isLate = alone !== undefined && this.#isAfterClosing(sourceId, firstOffset, span);
    const [whole, offset] = isLate ? [lateLeg(alone()), span.offset] : [call, firstOffset];
    const row = this.#rowOf(sourceId, whole, offset, span);
    const record = { sourceId, ...span, zone: this.#readers.of(sourceId).zone };
    const lateDay = this.#lateDays.dayOf(row, record);
    const isKnown = lateDay !== null || (this.#lateDays.isAnyClosed && offset !== span.offset);
    const [stored] = isKnown ? this.calls.rows([row.id]) : [];
    // Lines that waited for more of their record were stored as they were, and then their month was closed.
    if (stored !== undefined && this.#lateDays.isAfterClosing(stored, record)) return { change: 'same', offset };
    return { change: this.#put(row, stored === undefined ? lateDay : stored.lateDay, whole), offset };
  }

  /**
   * As `storeJoined` for what comes out of quarantine. The books of a closed month were made without it, so it is a call
   * of its own there, and late.
   */
  storeReadAgain(sourceId: number, ...[call, firstOffset, span, alone]: Parameters<StreamSink['call']>): void {
    const [stored] = this.calls.rows([callIdOf(sourceId, firstOffset)]);
    if (stored === undefined || !this.#lateDays.isInClosedMonth(stored)) {
      const row = this.#rowOf(sourceId, call, firstOffset, span);
      const record = { sourceId, ...span, zone: this.#readers.of(sourceId).zone };
      this.#put(row, stored === undefined ? this.#lateDays.dayOfReadAgain(row, record) : stored.lateDay, call);
      return;
    }
    const isInIt = this.calls.legs(stored.id).some((leg) => leg.sourceOffset === span.offset);
    if (alone !== undefined && !isInIt) this.storeReadAgain(sourceId, lateLeg(alone()), span.offset, span);
  }

  #rowOf(sourceId: number, call: AssembledCall, firstOffset: number, span: FrameSpan): CallRow {
    const { zone, clock, format } = this.#readers.of(sourceId);
    return callRowOfAssembled(
      call,
      {
        id: callIdOf(sourceId, firstOffset),
        endOffset: span.endOffset,
        receivedAtMs: span.receivedAtMs,
        isLive: clock.isLive,
        provedOffsetMin: format.utcOffsetMinutes?.(call.record),
      },
      zone,
      this.booker(),
    );
  }

  #put(row: CallRow, lateDay: number | null, { legs }: AssembledCall): 'added' | 'updated' | 'same' {
    const change = this.calls.put(lateDay === null ? row : { ...row, lateDay }, legs.length > 1 ? legs : undefined);
    if (change !== 'same') this.#touched.add(row.id);
    return change;
  }

  /** Changes the counts of a source outside of reading; part of a transaction. */
  addCount(sourceId: number, outcome: string, rule: string, frames: number, bytes: number, atMs: number): void {
    const { tally } = this.#readers.of(sourceId);
    tally.add(outcome, rule, frames, bytes, atMs);
    tally.save((count) => this.#state.addCount(sourceId, count));
    tally.commit();
  }

  #read(reader: SourceReader, limits: BatchLimits): boolean {
    const sourceId = reader.row.id;
    // Looked at before the bytes: a stream closed now has none that the reading below does not reach.
    const closed = [...reader.streams.values()].filter((one) => this.#isClosed(one));
    let bytes = 0;
    let isAtEnd = false;
    let isStopped = false;
    while (!isAtEnd && !isStopped && bytes < limits.maxBytes) {
      const chunks = this.journal.readChunks(
        sourceId,
        reader.position,
        Math.min(CHUNKS_AT_ONCE_BYTES, limits.maxBytes - bytes),
      );
      isAtEnd = chunks.length === 0;
      let stream: StreamReader | undefined;
      for (const chunk of chunks) {
        // Gaps are marked before the bytes behind them: those known now are all that lie before these chunks.
        if (stream?.streamId !== chunk.streamId) stream = this.#readers.stream(reader, chunk.streamId);
        stream.push(chunk.offset, chunk.bytes, chunk.receivedAtMs);
        reader.position = chunk.offset + chunk.bytes.length;
        bytes += chunk.bytes.length;
        releaseBytes(chunk.bytes);
        isStopped = limits.shouldStop?.() === true;
        if (isStopped) break;
      }
    }
    const ended = isAtEnd ? closed : [];
    for (const stream of ended) stream.end();
    if (bytes === 0 && ended.length === 0) return false;
    this.#save(reader);
    return !isAtEnd || [...reader.streams.values()].some((one) => this.#isClosed(one));
  }

  #isClosed({ streamId }: StreamReader): boolean {
    return this.journal.stream(streamId)?.closedAtMs != null;
  }

  #save(reader: SourceReader): void {
    const sourceId = reader.row.id;
    for (const stream of reader.streams.values()) {
      if (!stream.isDirty) continue;
      stream.flush();
      this.#state.saveStream(sourceId, stream.save());
      stream.isDirty = false;
      if (stream.isFinished) reader.streams.delete(stream.streamId);
    }
    this.#state.savePosition(sourceId, reader.position);
    reader.tally.save((count) => this.#state.addCount(sourceId, count));
    this.sums.flush();
    this.#touched.flush(this.db);
  }

  /** After a failed transaction memory and store disagree; the store is right. */
  #forget(sourceId: number): void {
    this.#readers.forget(sourceId);
    this.#discard();
  }

  #discard(): void {
    this.marks.discard();
    this.#settler.discard();
    this.#touched.discard();
    this.sums.discard();
    this.calls.discard();
    this.#destinations.discard();
  }

  #sinkOf(sourceId: number): StreamSink {
    return {
      call: (call, firstOffset, span, alone) => {
        this.#records += 1;
        const { change, offset } = this.storeJoined(sourceId, call, firstOffset, span, alone);
        if (change === 'same') return;
        this.#total += 1;
        this.#tell(change === 'added' ? this.#added : this.#updated, callIdOf(sourceId, offset));
      },
      unread: (stretch) => {
        this.quarantine.put(quarantineRow(sourceId, this.#readers.of(sourceId).row.formatId, stretch));
      },
      unreadAt: (offset) => {
        const row = this.quarantine.get(callIdOf(sourceId, offset));
        return row === undefined ? undefined : unreadStretch(offset, row);
      },
      count: (outcome, rule, frames, bytes, receivedAtMs) => {
        this.#readers.of(sourceId).tally.add(outcome, rule, frames, bytes, receivedAtMs);
      },
    };
  }

  #isAfterClosing(sourceId: number, firstOffset: number, { endOffset }: FrameSpan): boolean {
    if (!this.#lateDays.isAnyClosed) return false;
    const [stored] = this.calls.rows([callIdOf(sourceId, firstOffset)]);
    return stored !== undefined && this.#lateDays.isAfterClosing(stored, { sourceId, endOffset });
  }

  #tell(ids: CallId[], id: CallId): void {
    if (ids.at(-1) === id) return;
    ids.push(id);
    if (ids.length >= 2 * TOLD_IDS) ids.splice(0, ids.length - TOLD_IDS);
  }
}

/** The call of a closed month stays as it was reported: the record that came late is a call of its own, and marked. */
function lateLeg(call: AssembledCall): AssembledCall {
  return { ...call, doubts: [...new Set<Doubt>([...call.doubts, 'leg-missing'])] };
}
