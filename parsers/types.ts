/**
 * What a PBX format is: how its bytes are cut into frames, how a frame becomes a record, and how records become calls.
 * Everything here is pure: no Node, no clock, no I/O. Text has one character per byte (latin1), so no byte is lost;
 * a field that needs another character set decodes itself with the `encoding` option.
 */
import type { AssembledCall, CodeField } from '../core/model/call.ts';
import type { CallRecord, Doubt } from '../core/model/call-record.ts';

export type DateOrder = 'DMY' | 'MDY' | 'YMD' | 'YDM' | 'MD' | 'DM';

/** Options every format understands. A value that is absent means: the format's default. */
export interface CommonOptions {
  readonly dateOrder?: DateOrder;
  readonly clock?: '12h' | '24h';
  readonly timeIs?: 'start' | 'answer' | 'end';
  /** Character set of names and localized words: `utf-8`, `latin1`, `cp866`, `windows-1251`, `windows-1258`, `gbk` ... */
  readonly encoding?: string;
  /** IANA zone of the PBX's clock. Parsing never shifts times; ingest needs it. */
  readonly timeZone?: string;
  /** `YYYY-MM-DD` of an old file's first record; ingest counts on from it where dates are not whole. */
  readonly firstDate?: string;
}

/** Common options and the format's own, all as text, as they come from the command line or the settings. */
export type FormatOptions = Readonly<Record<string, string>>;

/** A setting of one format, shown in the source's form and by `tollbook formats --json`. */
export interface OptionDefinition {
  readonly name: string;
  readonly kind: 'choice' | 'text' | 'number' | 'boolean';
  readonly choices?: readonly string[];
  readonly default?: string;
  /** One sentence each: what it means and how to find the right value. */
  readonly help: { readonly en: string; readonly vi: string };
}

/** What a line is to the record of several lines that it may belong to. */
export type LineRole = 'first' | 'more' | 'alone';

export interface GroupFraming {
  readonly kind: 'group';
  /** Of a whole group, and of a line. */
  readonly maxBytes: number;
  readonly maxLines: number;
  /** True: an empty line ends the group. */
  readonly endsAtEmptyLine: boolean;
  /** False for lines that must go on: an empty line inside them ends nothing. Absent: any group may end. */
  isWhole?(text: string): boolean;
  roleOf(line: string): LineRole;
}

export type Framing =
  /** Lines ended by CR, LF, CR LF or LF CR; form feeds and NULs are separators too. */
  | { readonly kind: 'line'; readonly maxBytes: number }
  /** A line, but a newline inside double quotes does not end it (CSV). */
  | { readonly kind: 'csv'; readonly maxBytes: number }
  /** Lines up to an empty line form one frame (AMI events). */
  | { readonly kind: 'block'; readonly maxBytes: number }
  /** Always `count` lines, the first of which fits `first`. A line that fits it begins the next frame; others stand alone. */
  | { readonly kind: 'lines'; readonly maxBytes: number; readonly count: number; readonly first: RegExp }
  /** JSON values, each element of a list by itself; text that is no JSON line by line (json-framer.ts). */
  | { readonly kind: 'json'; readonly maxBytes: number }
  /** A first line and those that go on with it, up to a line that does not (group-framer.ts). */
  | GroupFraming
  /** Packets with their length in front (4 bytes, little-endian), or plain lines. */
  | { readonly kind: 'mitel-5000'; readonly maxBytes: number }
  /** NEC: packets with SYN in front and a parity byte behind, records between STX and ETX, or plain lines. */
  | { readonly kind: 'nec'; readonly maxBytes: number };

/** A stretch of bytes of one stream: its content. The separator bytes between frames belong to no frame. */
export interface Frame {
  readonly offset: number;
  readonly length: number;
  /** The content without padding and flow-control bytes; of an over-long frame only the first bytes. */
  readonly text: string;
  /** Set by the framer: cut at the maximum length, the stream ended inside it, or bytes outside STX and ETX. */
  readonly cut?: 'too-long' | 'stream-ended' | 'unframed';
}

export type ParseOutcome =
  | { readonly kind: 'call'; readonly record: CallRecord; readonly doubts?: readonly Doubt[] }
  /** A record that is part of a call and no call alone (received and answered events, code records). */
  | { readonly kind: 'part'; readonly record: CallRecord; readonly doubts?: readonly Doubt[] }
  /** A line that is known and carries no call. `rule` is the noise rule's name. */
  | { readonly kind: 'noise'; readonly rule: string }
  /** Mine, but damaged; or nothing this format knows. `reason` is a stable word, `detail` says more. */
  | { readonly kind: 'malformed'; readonly reason: string; readonly detail?: string }
  | { readonly kind: 'incomplete' };

/** State a format keeps along one stream (a date from a heading, a ruler's columns). Plain JSON, saved with the position. */
export type StreamContext = Record<string, string>;

export interface FrameParser {
  /** Never throws. May read and change `context`. */
  parse(text: string, context: StreamContext): ParseOutcome;
}

/** One record with the frame it came from, as assembly sees it. */
export interface AssemblyRecord {
  readonly record: CallRecord;
  readonly part: boolean;
  readonly doubts: readonly Doubt[];
  readonly sourceOffset: number;
  readonly byteLength: number;
}

/**
 * How records of one call are tied. Every record is stored at once; a later record of the same call updates it. So
 * nothing waits, and a call whose later legs never come is simply what it was.
 */
export interface Assembly {
  /** Calls stay open to later records for this long on the PBX's own clock. */
  readonly windowSeconds: number;
  /** Names of the groups this record may belong to, best first. No key: a call of its own. */
  keys(record: CallRecord): readonly string[];
  /** True when `next` belongs to the group that `records` are (same key already). */
  joins?(records: readonly AssemblyRecord[], next: AssemblyRecord): boolean;
  /** The call that these records are, in the order they came. Never throws. */
  combine(records: readonly AssemblyRecord[], options: FormatOptions): AssembledCall;
  /** True when no later record can join. */
  isComplete?(records: readonly AssemblyRecord[]): boolean;
}

/** How records can come: `file` is any file (imported, followed, from a folder, over SFTP). */
export type Transport =
  | 'serial'
  | 'tcp-client'
  | 'tcp-listener'
  | 'udp-listener'
  | 'http-push'
  /** NEC's request and acknowledge protocol over TCP. */
  | 'nec-link'
  /** Login and acknowledgements of Mitel 5000 and Inter-Tel Axxess. */
  | 'mitel-5000-link'
  | 'database'
  | 'file'
  | 'ami';

export type Confidence = 'proved' | 'documented' | 'unconfirmed';

export interface FormatDefinition {
  /** Stored with every call: never rename, never reuse. */
  readonly id: string;
  /** Names that other programs and documents use for this very page; `formatById` knows them too. */
  readonly aliases?: readonly string[];
  readonly vendor: string;
  /** Name for people, e.g. `Panasonic KX-TDA/TDE/NCP/NS pattern A`. */
  readonly title: string;
  readonly models: readonly string[];
  readonly transports: readonly Transport[];
  readonly confidence: Confidence;
  /** What is UNSURE in the sources; shown to the user beside the format. */
  readonly unsure?: { readonly en: string; readonly vi: string };
  readonly framing: Framing;
  readonly options: readonly OptionDefinition[];
  /** Defaults of the common options. */
  readonly defaults: CommonOptions;
  /** Where the personal code stands, best first. */
  readonly codeFields: readonly CodeField[];
  /** Formats whose samples this one may also accept. Both sides say so. */
  readonly confusableWith?: readonly string[];
  create(options: FormatOptions): FrameParser;
  /**
   * For detection only. False for a record that this format can read, but whose PBX would hardly print it so (an answered
   * call without the ring time that this page always has).
   */
  isTypical?(record: CallRecord): boolean;
  /** For detection only. What these lines suggest for settings that have no list of choices (a template's fields). */
  proposeOptions?(lines: readonly string[]): FormatOptions | undefined;
  /** For detection only. Minutes the printed clock is ahead of UTC, where the record itself proves it. */
  utcOffsetMinutes?(record: CallRecord): number | undefined;
  readonly assembly?: Assembly;
}
