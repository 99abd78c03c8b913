/** The newest frames of a source, read back from the journal and parsed with its present format. */
import { codeOf } from '../../parsers/assembly.ts';
import { createFramer, type Framer } from '../../parsers/framer.ts';
import { outcomeOfFrame } from '../../parsers/parse-stream.ts';
import type { FormatDefinition, Frame, FrameParser, ParseOutcome, StreamContext } from '../../parsers/types.ts';
import type { CallRecord } from '../model/call-record.ts';
import { maskCode, maskCodeIn, maskKnownCodes, type Secrets, showCode } from '../model/masking.ts';
import type { Journal, JournalChunk } from '../store/journal.ts';
import type { SourceRow } from '../store/sources.ts';
import type { RawLine } from './contract.ts';
import type { ApiParts } from './parts.ts';

/** How far back from the end is read: some 600 lines of a PBX, and bounded whatever the source sends. */
const TAIL_BYTES = 64 * 1024;

interface StreamReading {
  readonly format: FormatDefinition;
  /** Every format, for lines that their own cannot read. */
  readonly formats: readonly FormatDefinition[];
  readonly framer: Framer;
  readonly parser: FrameParser;
  readonly context: StreamContext;
  /** Begins inside a frame, as far as can be known: its first frame is not shown. */
  isCut: boolean;
  /** Where each chunk begins in this stream's text, and in the source. */
  readonly chunks: { readonly at: number; readonly chunk: JournalChunk }[];
  length: number;
}

/** Codes of a record, so that they can be masked wherever they stand. */
export function codesIn(record: CallRecord, format: FormatDefinition): readonly string[] {
  const codes = [record.accountCode, record.authCode, codeOf(record, format.codeFields).code];
  return [...new Set(codes.filter((code): code is string => code !== undefined && code !== ''))];
}

const trialParsers = new WeakMap<FormatDefinition, FrameParser>();

/** The format's parser with its own defaults, made once: hundreds of lines are tried with a hundred formats. */
function trialParserOf(format: FormatDefinition): FrameParser {
  const known = trialParsers.get(format);
  if (known !== undefined) return known;
  const made = format.create({});
  trialParsers.set(format, made);
  return made;
}

/** Shorter ones, found by a format that is only tried, would hide the digits of dates and times. */
const SHORTEST_TRIED_CODE = 4;

/**
 * A text that its own format could not read, with every code masked that somebody has or that any format finds in it: a
 * mistyped code is nobody's, and with the wrong format chosen nothing else tells where codes stand.
 */
export function maskUnread(text: string, secrets: Secrets, formats: readonly FormatDefinition[]): string {
  if (secrets.mask === showCode) return text;
  const found = new Set<string>();
  const frames = [text, ...(text.includes('\n') ? text.split(/[\r\n]+/) : [])];
  for (const format of formats) {
    const parser = trialParserOf(format);
    for (const frame of frames) {
      const outcome = parser.parse(frame, {});
      if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
      for (const code of codesIn(outcome.record, format)) if (code.length >= SHORTEST_TRIED_CODE) found.add(code);
    }
  }
  return maskKnownCodes([...found].reduce(maskCodeIn, text), secrets);
}

/** A record as plain JSON with its codes masked. */
export function maskRecord(record: CallRecord, codes: readonly string[]): Record<string, unknown> {
  if (codes.length === 0) return { ...record };
  const maskValue = (value: unknown): unknown => {
    if (typeof value === 'string') return codes.includes(value) ? maskCode(value) : codes.reduce(maskCodeIn, value);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskValue(inner)]));
  };
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, maskValue(value)]));
}

function reasonOf(outcome: ParseOutcome): string | null {
  if (outcome.kind === 'noise') return outcome.rule;
  return outcome.kind === 'malformed' ? outcome.reason : null;
}

function chunkAt(reading: StreamReading, position: number): { readonly at: number; readonly chunk: JournalChunk } {
  const found = reading.chunks.findLast((entry) => entry.at <= position);
  if (found === undefined) throw new Error(`no chunk holds position ${position}`);
  return found;
}

function lineOf(reading: StreamReading, frame: Frame, secrets: Secrets): RawLine {
  const outcome = outcomeOfFrame(frame, reading.parser, reading.context);
  const first = chunkAt(reading, frame.offset);
  const last = chunkAt(reading, Math.max(frame.offset, frame.offset + frame.length - 1));
  const record = outcome.kind === 'call' || outcome.kind === 'part' ? outcome.record : undefined;
  const hidden = record === undefined || secrets.mask === showCode ? [] : codesIn(record, reading.format);
  return {
    sourceOffset: first.chunk.offset + frame.offset - first.at,
    receivedAtMs: last.chunk.receivedAtMs,
    text:
      record === undefined ? maskUnread(frame.text, secrets, reading.formats) : hidden.reduce(maskCodeIn, frame.text),
    outcome: outcome.kind,
    reason: reasonOf(outcome),
    record: record === undefined ? null : maskRecord(record, hidden),
  };
}

/** At most `limit` lines, oldest first. Empty when the format is not known any more. */
export function newestLines(parts: ApiParts, source: SourceRow, limit: number): RawLine[] {
  const { journal } = parts.deps;
  const secrets = parts.secrets();
  const format = parts.formats.byId(source.formatId);
  if (format === undefined) return [];
  const formats = parts.formats.list();
  const from = Math.max(0, journal.head(source.id).nextOffset - TAIL_BYTES);
  const readings = new Map<number, StreamReading>();
  const lines: RawLine[] = [];
  for (const chunk of journal.readChunks(source.id, from, 2 * TAIL_BYTES)) {
    let reading = readings.get(chunk.streamId);
    if (reading === undefined) {
      reading = {
        format,
        formats,
        framer: createFramer(format.framing),
        parser: format.create(source.formatOptions),
        context: {},
        isCut: from > 0 && chunk.offset === from,
        chunks: [],
        length: 0,
      };
      readings.set(chunk.streamId, reading);
    }
    reading.chunks.push({ at: reading.length, chunk });
    reading.length += chunk.bytes.length;
    for (const frame of reading.framer.push(Buffer.from(chunk.bytes).toString('latin1'))) {
      if (reading.isCut) reading.isCut = false;
      else lines.push(lineOf(reading, frame, secrets));
    }
  }
  return lines.slice(-limit);
}

/**
 * The newest bytes of a source as text, one character per byte, for format detection. What a serial port gave with
 * settings that were changed since is left out: it says nothing of the present ones.
 */
export function newestText(journal: Journal, { id, config }: Pick<SourceRow, 'id' | 'config'>): string {
  const from = Math.max(0, journal.head(id).nextOffset - TAIL_BYTES);
  const isOfOtherSettings = (streamId: number): boolean =>
    config.kind === 'serial' && journal.stream(streamId)?.closeReason === 'removed';
  const chunks = journal.readChunks(id, from, 2 * TAIL_BYTES).filter(({ streamId }) => !isOfOtherSettings(streamId));
  const text = Buffer.concat(chunks.map((chunk) => chunk.bytes)).toString('latin1');
  const cut = from > 0 && chunks[0]?.offset === from ? text.search(/[\r\n]/) : -1;
  return cut < 0 ? text : text.slice(cut + 1);
}
