/**
 * Reads one stream of a source: frames, outcomes and calls, with offsets of the source. Its state is small and plain, so
 * a stream goes on after a restart exactly as if nothing had happened, wherever the restart came.
 */
import { type Assembler, type AssemblerState, createAssembler } from '../../parsers/assembler.ts';
import { createFramer, type Framer } from '../../parsers/framer.ts';
import { outcomeOfFrame } from '../../parsers/parse-stream.ts';
import type {
  AssemblyRecord,
  FormatDefinition,
  FormatOptions,
  Frame,
  FrameParser,
  ParseOutcome,
  StreamContext,
} from '../../parsers/types.ts';
import type { AssembledCall } from '../model/call.ts';
import type { CallRecord, Doubt } from '../model/call-record.ts';
import { comparableSeconds, partsOfPrinted } from '../model/time.ts';
import type { StreamState } from '../store/ingest-state.ts';
import { DateContext, type DatedRecord, type DateMemory, type DateRules, type LinkClock } from './date-context.ts';

/** Where a frame lies in its source. */
export interface FrameSpan {
  readonly offset: number;
  /** Bytes of the frame itself; bytes of other streams may lie between them. */
  readonly length: number;
  /** Past the last byte. */
  readonly endOffset: number;
  readonly receivedAtMs: number;
}

/** A stretch that no rule could read. Binary noise grows while it goes on. */
export interface UnreadStretch {
  readonly offset: number;
  readonly receivedAtMs: number;
  readonly reason: string;
  readonly detail: string | undefined;
  byteLength: number;
  frameCount: number;
  text: string;
}

/** What a stream is made into. */
export interface StreamSink {
  /** `alone` makes a call of the newest record alone; given where the record joins a call that was given before. */
  call(call: AssembledCall, firstOffset: number, span: FrameSpan, alone?: () => AssembledCall): void;
  unread(stretch: UnreadStretch): void;
  /** The stretch that begins there, as given before a restart. */
  unreadAt(offset: number): UnreadStretch | undefined;
  count(outcome: string, rule: string, frames: number, bytes: number, receivedAtMs: number): void;
}

/** A run of stream bytes that lie together in the source. */
interface Segment {
  readonly position: number;
  readonly offset: number;
}

interface SavedContext {
  /** What follows is that format's; another one begins anew. */
  readonly formatId: string;
  readonly format: StreamContext;
  readonly dates?: DateMemory;
  /** Where the last piece of an over-long line ended: what follows directly is more of it. */
  readonly longEnd?: number;
  readonly noise?: { readonly offset: number; readonly endPosition: number };
}

/** A frame that was parsed and waits for the rest of its chunk: the dates of a chunk are completed together. */
interface Taken {
  readonly frame: Frame;
  readonly span: FrameSpan;
  readonly outcome: ParseOutcome;
  readonly isMoreOfLong: boolean;
  readonly dated: DatedRecord | undefined;
}

interface OpenNoise {
  readonly stretch: UnreadStretch;
  /** Position in the stream past its last byte. */
  endPosition: number;
  isDirty: boolean;
}

const NO_DOUBTS: readonly Doubt[] = [];
const STRETCH_LIMIT = 2 ** 20;
const STRETCH_TEXT_LIMIT = 4096;

export class StreamReader {
  readonly streamId: number;
  /** Offsets behind which bytes may be missing. */
  gaps: readonly number[] = [];
  isFinished = false;
  /** Anything happened since it was saved. */
  isDirty = false;
  readonly #sink: StreamSink;
  readonly #format: FormatDefinition;
  readonly #options: FormatOptions;
  readonly #parser: FrameParser;
  #framer: Framer;
  readonly #assembler: Assembler;
  readonly #context: StreamContext;
  readonly #dates: DateContext;
  readonly #segments: Segment[] = [];
  readonly #startOffset: number;
  #position = 0;
  #read = 0;
  #longEnd: number | undefined;
  #noise: OpenNoise | undefined;
  #receivedAtMs = 0;

  constructor(
    streamId: number,
    format: FormatDefinition,
    options: FormatOptions,
    clock: LinkClock,
    sink: StreamSink,
    saved?: Pick<StreamState, 'nextOffset' | 'context' | 'openCalls'>,
  ) {
    this.streamId = streamId;
    this.#format = format;
    this.#options = options;
    this.#sink = sink;
    this.#parser = format.create(options);
    this.#framer = createFramer(format.framing);
    this.#startOffset = saved?.nextOffset ?? 0;
    const context = saved === undefined ? undefined : (JSON.parse(saved.context) as SavedContext);
    const isSameFormat = context?.formatId === format.id;
    this.#context = isSameFormat ? { ...context.format } : {};
    this.#dates = new DateContext(dateRulesOf(format, options), clock, isSameFormat ? context.dates : undefined);
    const open =
      saved === undefined || saved.openCalls === '' || !isSameFormat ? undefined : JSON.parse(saved.openCalls);
    this.#assembler = createAssembler(format, options, open as AssemblerState | undefined);
    this.#longEnd = context?.longEnd === undefined ? undefined : 0;
    if (context?.noise !== undefined) {
      const stretch = sink.unreadAt(context.noise.offset);
      if (stretch !== undefined) this.#noise = { stretch, endPosition: context.noise.endPosition, isDirty: false };
    }
  }

  /** Reads the bytes that follow in the stream. */
  push(offset: number, bytes: Uint8Array, receivedAtMs: number): void {
    const last = this.#segments.at(-1);
    if (last === undefined || last.offset + (this.#position - last.position) !== offset) {
      this.#segments.push({ position: this.#position, offset });
    }
    this.#position += bytes.length;
    this.#receivedAtMs = receivedAtMs;
    this.isDirty = true;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    this.#take(this.#framer.push(text));
    this.#countSeparators(this.#framer.pendingOffset);
    this.#forgetSegments();
  }

  /** The stream is over: what is left becomes a record or is kept as unread. */
  end(): void {
    this.#take(this.#framer.end());
    this.#countSeparators(this.#position);
    this.isFinished = true;
    this.isDirty = true;
  }

  /** Bytes wait for more of their frame. */
  get isInsideFrame(): boolean {
    return this.#framer.pendingLength > 0;
  }

  /** What follows does not touch what came: frames and binary noise end here. What the format remembers and open calls go on. */
  cut(): void {
    this.#take(this.#framer.end());
    this.#countSeparators(this.#position);
    this.#endNoise();
    this.#framer = createFramer(this.#format.framing);
    this.#segments.length = 0;
    this.#position = 0;
    this.#read = 0;
    this.#longEnd = undefined;
  }

  /** Gives what is still gathered to the sink, so that it is stored with the rest of the batch. */
  flush(): void {
    if (this.#noise?.isDirty !== true) return;
    this.#sink.unread(this.#noise.stretch);
    this.#noise.isDirty = false;
  }

  save(): StreamState {
    const pending = this.#framer.pendingOffset;
    const isInside = this.#framer.pendingLength > 0;
    const nextOffset = isInside ? this.#offsetOf(pending) : this.#endOffsetOf(this.#position);
    const context: SavedContext = {
      formatId: this.#format.id,
      format: this.#context,
      dates: this.#dates.save(),
      ...(this.#longEnd === pending ? { longEnd: 0 } : {}),
      ...(this.#noise === undefined
        ? {}
        : { noise: { offset: this.#noise.stretch.offset, endPosition: this.#noise.endPosition - pending } }),
    };
    return {
      streamId: this.streamId,
      nextOffset,
      context: JSON.stringify(context),
      openCalls: this.isFinished || this.#format.assembly === undefined ? '' : JSON.stringify(this.#openCalls()),
      isFinished: this.isFinished,
    };
  }

  /** Groups far outside the window can take no record any more, so they need not be written with every batch. */
  #openCalls(): AssemblerState {
    const state = this.#assembler.save();
    const reach = (this.#format.assembly?.windowSeconds ?? 0) * 2;
    return {
      clockSeconds: state.clockSeconds,
      groups: state.groups.filter((group) => Math.abs(state.clockSeconds - group.lastSeconds) <= reach),
    };
  }

  /** The frames of one chunk. */
  #take(frames: readonly Frame[]): void {
    const taken = frames.map((frame) => this.#parse(frame));
    const dated = taken.flatMap((one) => one.dated ?? []);
    this.#dates.complete(dated, this.#receivedAtMs);
    for (const one of taken) this.#give(one);
  }

  #parse(frame: Frame): Taken {
    const isMoreOfLong = frame.offset === this.#longEnd;
    const outcome: ParseOutcome = isMoreOfLong
      ? { kind: 'malformed', reason: 'too-long' }
      : outcomeOfFrame(frame, this.#parser, this.#context);
    this.#longEnd = isMoreOfLong || frame.cut === 'too-long' ? frame.offset + frame.length : undefined;
    const span: FrameSpan = {
      offset: this.#offsetOf(frame.offset),
      length: frame.length,
      endOffset: this.#endOffsetOf(frame.offset + frame.length),
      receivedAtMs: this.#receivedAtMs,
    };
    this.#read += frame.length;
    const dated =
      outcome.kind === 'call' || outcome.kind === 'part'
        ? { record: outcome.record, doubts: outcome.doubts ?? NO_DOUBTS }
        : undefined;
    return { frame, span, outcome, isMoreOfLong, dated };
  }

  #give({ frame, span, outcome, isMoreOfLong, dated }: Taken): void {
    switch (outcome.kind) {
      case 'call':
      case 'part':
        this.#endNoise();
        this.#sink.count(outcome.kind, '', 1, frame.length, span.receivedAtMs);
        if (dated !== undefined) this.#assemble(dated, outcome.kind === 'part', span);
        return;
      case 'noise':
        this.#endNoise();
        this.#sink.count('noise', outcome.rule, 1, frame.length, span.receivedAtMs);
        return;
      case 'malformed':
        this.#keepUnread(frame, span, outcome.reason, outcome.detail, isMoreOfLong);
        return;
      case 'incomplete':
        this.#keepUnread(frame, span, 'incomplete', undefined, isMoreOfLong);
        return;
    }
  }

  #assemble({ record, doubts }: DatedRecord, part: boolean, span: FrameSpan): void {
    const isGapInside = this.gaps.length > 0 && this.gaps.some((gap) => span.offset < gap && gap < span.endOffset);
    const entry: AssemblyRecord = {
      record,
      part,
      doubts: isGapInside ? [...doubts, 'gap-inside'] : doubts,
      sourceOffset: span.offset,
      byteLength: span.length,
    };
    const step = this.#assembler.push(entry, printedSeconds(record));
    if (!step.isUpdate) this.#sink.call(step.call, step.firstOffset, span);
    else this.#sink.call(step.call, step.firstOffset, span, () => this.#callAlone(entry));
  }

  #callAlone(entry: AssemblyRecord): AssembledCall {
    return createAssembler(this.#format, this.#options).push(entry, printedSeconds(entry.record)).call;
  }

  #keepUnread(frame: Frame, span: FrameSpan, reason: string, detail: string | undefined, isMoreOfLong: boolean): void {
    const noise = this.#noise;
    const isBinary = isMoreOfLong || isBinaryText(frame.text);
    const isMore =
      noise !== undefined &&
      (isBinary || frame.text.length < SHORT_FRAME) &&
      noise.stretch.byteLength + frame.length <= STRETCH_LIMIT;
    this.#sink.count('malformed', isMore ? noise.stretch.reason : reason, 1, frame.length, span.receivedAtMs);
    const endPosition = frame.offset + frame.length;
    if (isMore) {
      noise.stretch.byteLength += endPosition - noise.endPosition;
      noise.stretch.frameCount += 1;
      if (noise.stretch.text.length < STRETCH_TEXT_LIMIT) {
        noise.stretch.text = `${noise.stretch.text}\n${frame.text}`.slice(0, STRETCH_TEXT_LIMIT);
      }
      noise.endPosition = endPosition;
      noise.isDirty = true;
      return;
    }
    this.#endNoise();
    const stretch: UnreadStretch = {
      offset: span.offset,
      receivedAtMs: span.receivedAtMs,
      reason,
      detail,
      byteLength: frame.length,
      frameCount: 1,
      text: frame.text.slice(0, STRETCH_TEXT_LIMIT),
    };
    if (isBinary || frame.cut === 'too-long') this.#noise = { stretch, endPosition, isDirty: true };
    else this.#sink.unread(stretch);
  }

  #endNoise(): void {
    this.flush();
    this.#noise = undefined;
  }

  /** Bytes between frames are counted too, so that the counts of a source add up to its bytes. */
  #countSeparators(readTo: number): void {
    const between = readTo - this.#read;
    if (between > 0) this.#sink.count('noise', 'separators', 0, between, this.#receivedAtMs);
    this.#read = readTo;
  }

  #offsetOf(position: number): number {
    for (let i = this.#segments.length - 1; i >= 0; i -= 1) {
      const segment = this.#segments[i];
      if (segment !== undefined && segment.position <= position) return segment.offset + position - segment.position;
    }
    return this.#startOffset + position;
  }

  #endOffsetOf(position: number): number {
    return position === 0 ? this.#offsetOf(0) : this.#offsetOf(position - 1) + 1;
  }

  /** Keeps the segments that the bytes still pending lie in. */
  #forgetSegments(): void {
    if (this.#segments.length < 2) return;
    const pending = Math.max(0, this.#framer.pendingOffset - 1);
    let first = 0;
    while (first + 1 < this.#segments.length && (this.#segments[first + 1]?.position ?? 0) <= pending) first += 1;
    this.#segments.splice(0, first);
  }
}

/** After binary noise even a few bytes that look like text are more of it. */
const SHORT_FRAME = 8;
const BINARY_SHARE = 0.3;

function isBinaryText(text: string): boolean {
  let odd = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if ((code < 0x20 && code !== 9) || code > 0x7e) odd += 1;
  }
  return odd > text.length * BINARY_SHARE;
}

/** Of formats that print day and month as numbers, where nobody has said in which order. */
function dateRulesOf(format: FormatDefinition, options: FormatOptions): DateRules {
  const order = format.defaults.dateOrder;
  return {
    firstDate: options['firstDate'] === '' ? undefined : options['firstDate'],
    isOrderOpen: options['dateOrder'] === undefined && order !== undefined && !order.startsWith('Y'),
  };
}

/** Seconds on the PBX's clock, for the window of assembly only. */
export function printedSeconds(record: CallRecord): number | undefined {
  const printed = record.end ?? record.start ?? record.answer;
  if (printed === undefined) return undefined;
  return comparableSeconds(printed) ?? partsOfPrinted(printed)?.secondOfDay;
}
