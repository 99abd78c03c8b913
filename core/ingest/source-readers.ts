/** What is remembered of each source while it is read: its format, its zone, its streams and where they stand. */
import type { FormatDefinition } from '../../parsers/types.ts';
import { FormatCatalogue } from '../formats/catalogue.ts';
import { AppError } from '../model/errors.ts';
import { isLiveKind } from '../model/source-config.ts';
import type { Database } from '../store/database.ts';
import { IngestState } from '../store/ingest-state.ts';
import type { Journal } from '../store/journal.ts';
import { SettingsStore } from '../store/settings.ts';
import { type SourceRow, SourceStore } from '../store/sources.ts';
import type { LinkClock } from './date-context.ts';
import { OutcomeTally } from './outcome-tally.ts';
import { SiteZone } from './site-zone.ts';
import { StreamReader, type StreamSink } from './stream-reader.ts';

/** Bytes read from the journal at a time. */
export const CHUNKS_AT_ONCE_BYTES = 2 ** 19;
const LF = 10;
const CR = 13;

/** One source being read. */
export interface SourceReader {
  readonly row: SourceRow;
  readonly format: FormatDefinition;
  readonly zone: SiteZone;
  readonly clock: LinkClock;
  readonly sink: StreamSink;
  readonly streams: Map<number, StreamReader>;
  readonly tally: OutcomeTally;
  /** All bytes of the source before this offset were looked at. */
  position: number;
}

export interface SourceReadersOptions {
  readonly db: Database;
  readonly journal: Journal;
  readonly sinkOf: (sourceId: number) => StreamSink;
}

export class SourceReaders {
  readonly #db: Database;
  readonly #journal: Journal;
  readonly #sinkOf: (sourceId: number) => StreamSink;
  readonly #state: IngestState;
  readonly #sources: SourceStore;
  readonly #formats: FormatCatalogue;
  readonly #readers = new Map<number, SourceReader>();
  readonly #zones = new Map<string, SiteZone>();

  constructor({ db, journal, sinkOf }: SourceReadersOptions) {
    this.#db = db;
    this.#journal = journal;
    this.#sinkOf = sinkOf;
    this.#state = new IngestState(db);
    this.#sources = new SourceStore(db);
    this.#formats = new FormatCatalogue(db);
  }

  /** Only what is remembered already. */
  known(sourceId: number): SourceReader | undefined {
    return this.#readers.get(sourceId);
  }

  forget(sourceId: number): void {
    this.#readers.delete(sourceId);
  }

  clear(): void {
    this.#readers.clear();
  }

  /** As the source stands in the store. Throws AppError `not-found` or `format-unknown`. */
  of(sourceId: number): SourceReader {
    const known = this.#readers.get(sourceId);
    if (known !== undefined) return known;
    const row = this.#sources.get(sourceId);
    if (row === undefined) throw new AppError('not-found', { what: 'source', id: sourceId });
    const format = this.#formats.byId(row.formatId);
    if (format === undefined) throw new AppError('format-unknown', { formatId: row.formatId, source: row.name });
    const zone = this.#zone(
      row.formatOptions['timeZone'] ?? format.defaults.timeZone ?? new SettingsStore(this.#db).get().timeZone,
    );
    const reader: SourceReader = {
      row,
      format,
      zone,
      clock: {
        localOfArrival: (receivedAtMs) => zone.localOfInstant(Math.floor(receivedAtMs / 1000)),
        isLive: isLiveKind(row.config.kind),
      },
      sink: this.#sinkOf(sourceId),
      streams: new Map(),
      tally: new OutcomeTally(this.#state.counts(sourceId)),
      position: this.#state.position(sourceId),
    };
    this.#readers.set(sourceId, reader);
    for (const state of this.#state.unfinishedStreams(sourceId)) {
      const stream = new StreamReader(state.streamId, format, row.formatOptions, reader.clock, reader.sink, state);
      stream.gaps = this.#gapsOf(state.streamId);
      reader.streams.set(state.streamId, stream);
      this.readTail(reader, stream, state.nextOffset);
    }
    return reader;
  }

  /** The stream as it stands, or a new one; with the gaps known by now. */
  stream(reader: SourceReader, streamId: number): StreamReader {
    let stream = reader.streams.get(streamId);
    if (stream === undefined) {
      stream = new StreamReader(streamId, reader.format, reader.row.formatOptions, reader.clock, reader.sink);
      reader.streams.set(streamId, stream);
    }
    stream.gaps = this.#gapsOf(streamId);
    return stream;
  }

  /**
   * Reads the waiting lines of a stream as if it ended there, and gives the calls among them to the source's sink. The
   * stream itself is not moved. Nothing happens inside a line.
   */
  peek(reader: SourceReader, stream: StreamReader): void {
    const state = stream.save();
    const nothing = (): undefined => undefined;
    const callsOnly: StreamSink = { call: reader.sink.call, unread: nothing, unreadAt: nothing, count: nothing };
    const { formatOptions } = reader.row;
    const copy = new StreamReader(stream.streamId, reader.format, formatOptions, reader.clock, callsOnly, state);
    if (this.readTail(reader, copy, state.nextOffset)) copy.end();
  }

  /**
   * Gives a stream the bytes of its unfinished frame again; they make no frame, as they made none before. True when they
   * end with a line.
   */
  readTail(reader: SourceReader, stream: StreamReader, from: number): boolean {
    let offset = from;
    let lastByte: number | undefined;
    while (offset < reader.position) {
      const chunks = this.#journal.readChunks(reader.row.id, offset, CHUNKS_AT_ONCE_BYTES, stream.streamId);
      const inside = chunks.filter((chunk) => chunk.offset < reader.position);
      for (const chunk of inside) {
        stream.push(chunk.offset, chunk.bytes, chunk.receivedAtMs);
        lastByte = chunk.bytes.at(-1);
      }
      const last = inside.at(-1);
      if (last === undefined) break;
      offset = last.offset + last.bytes.length;
    }
    stream.isDirty = false;
    reader.tally.discard();
    return lastByte === LF || lastByte === CR;
  }

  #gapsOf(streamId: number): readonly number[] {
    return this.#journal.gaps(streamId).map((gap) => gap.sourceOffset);
  }

  #zone(timeZone: string): SiteZone {
    let zone = this.#zones.get(timeZone);
    if (zone === undefined) {
      zone = new SiteZone(timeZone);
      this.#zones.set(timeZone, zone);
    }
    return zone;
  }
}
