/**
 * Cuts a byte stream (text of one character per byte) into frames, piece by piece. The same bytes give the same frames
 * however they are chunked. A frame's `offset` and `length` span its content; the separators between frames belong to
 * none, so frames + separators + pending add up to the input. A record is given out at its first separator byte: a bare
 * CR needs no waiting for a LF that may never come.
 */
import { GroupFramer } from './group-framer.ts';
import { JsonFramer } from './json-framer.ts';
import { Mitel5000Framer } from './mitel-5000-framer.ts';
import { NecFramer } from './nec-framer.ts';
import type { Frame, Framing } from './types.ts';

export interface Framer {
  /** The frames that these bytes complete. */
  push(text: string): Frame[];
  /** The stream is over: what was pending becomes frames, the last one marked `stream-ended`. */
  end(): Frame[];
  /** Offset of the first byte that no frame holds yet. Starting again here loses and doubles nothing. */
  readonly pendingOffset: number;
  readonly pendingLength: number;
}

/** An over-long line is given out in pieces of this many bytes, so one without an end cannot wait for ever. */
export const LONG_PIECE_BYTES = 2 ** 20;

/** Line ends and padding between a frame's last byte and the end of its separator (an empty line). */
const SEPARATOR_BYTES = 256;

const NUL = 0;
const LF = 10;
const FF = 12;
const CR = 13;
const XON = 0x11;
const XOFF = 0x13;
const CTRL_Z = 0x1a;
const QUOTE = 0x22;

/** Flow control, padding and end-of-file marks: no part of any record, wherever they stand. */
const isIgnorable = (code: number): boolean => code === NUL || code === XON || code === XOFF || code === CTRL_Z;
const isSeparator = (code: number): boolean => code === LF || code === CR || code === FF;

const IGNORABLE = /[\x00\x11\x13\x1a]/g;
/** Searching for each is many times faster than a pattern that looks for all. */
const holdsIgnorable = (text: string): boolean =>
  text.includes('\0') || text.includes('\x11') || text.includes('\x13') || text.includes('\x1a');

/** Scanner over `buffer`: finds where a frame ends, looking no further than `to`. One per framing kind. */
interface Scan {
  /** Index of the end of content and of the first byte after the separator; undefined: not yet. */
  find(buffer: string, from: number, to: number): { readonly contentEnd: number; readonly next: number } | undefined;
  /** Where an over-long frame ends, or `to`; asked again with what follows. */
  endOfLong(buffer: string, from: number, to: number): number;
  /** A frame that began is given up or done. */
  reset(): void;
  /** The buffer lost this many bytes at its front. */
  shift(by: number): void;
  /** Where a frame that grew too long may be cut to start afresh; -1: nowhere. */
  readonly fallbackCut: number;
  /** The frame cannot be whole as it stands (an open quote). */
  readonly isUnbalanced: boolean;
}

/** Where the next separator stands in `buffer`; its length when there is none. Remembers what it found. */
function separatorSearch(): (buffer: string, from: number) => number {
  let searched = '';
  let searchedFrom = 0;
  let [nextCr, nextLf, nextFf] = [-1, -1, -1];
  const nextOf = (buffer: string, separator: string, from: number): number => {
    const at = buffer.indexOf(separator, from);
    return at < 0 ? buffer.length : at;
  };
  return (buffer, from) => {
    // Behind an open quote the search goes back to its line's end.
    if (buffer !== searched || from < searchedFrom) {
      searched = buffer;
      nextCr = -1;
      nextLf = -1;
      nextFf = -1;
    }
    searchedFrom = from;
    if (nextCr < from) nextCr = nextOf(buffer, '\r', from);
    if (nextLf < from) nextLf = nextOf(buffer, '\n', from);
    if (nextFf < from) nextFf = nextOf(buffer, '\f', from);
    return Math.min(nextCr, nextLf, nextFf);
  };
}

function nextSeparator(buffer: string, from: number, to: number): number {
  let at = from;
  while (at < to && !isSeparator(buffer.charCodeAt(at))) at++;
  return at;
}

function lineScan(): Scan {
  const searched = separatorSearch();
  return {
    fallbackCut: -1,
    isUnbalanced: false,
    endOfLong: nextSeparator,
    reset: () => undefined,
    shift: () => undefined,
    find(buffer, from) {
      const end = searched(buffer, from);
      return end === buffer.length ? undefined : { contentEnd: end, next: end + 1 };
    },
  };
}

/** 1 when the number of quotes there is odd. Without a branch, for which quotes are too frequent and too irregular. */
function quoteParity(buffer: string, from: number, to: number): number {
  let quotes = 0;
  for (let i = from; i < to; i++) quotes += ((buffer.charCodeAt(i) ^ QUOTE) - 1) >>> 31;
  return quotes & 1;
}

function csvScan(): Scan {
  const searched = separatorSearch();
  let parity = 0;
  let firstNewline = -1;
  return {
    get fallbackCut() {
      return firstNewline;
    },
    get isUnbalanced() {
      return parity === 1;
    },
    endOfLong: nextSeparator,
    shift(by) {
      if (firstNewline >= 0) firstNewline -= by;
    },
    reset() {
      parity = 0;
      firstNewline = -1;
    },
    find(buffer, from, to) {
      for (let at = from; ; ) {
        const end = Math.min(to, searched(buffer, at));
        parity ^= quoteParity(buffer, at, end);
        if (end === to) return undefined;
        if (parity === 0) return { contentEnd: end, next: end + 1 };
        if (firstNewline < 0) firstNewline = end;
        at = end + 1;
      }
    },
  };
}

/** Ends at the LF of an empty line; CR and padding do not make a line less empty. */
function blockScan(): Scan {
  let lineEnd = -1;
  let isLongAtLineStart = false;
  return {
    fallbackCut: -1,
    isUnbalanced: false,
    endOfLong(buffer, from, to) {
      for (let i = from; i < to; i++) {
        const code = buffer.charCodeAt(i);
        if (code === LF) {
          if (isLongAtLineStart) return i;
          isLongAtLineStart = true;
        } else if (code !== CR && !isIgnorable(code)) isLongAtLineStart = false;
      }
      return to;
    },
    shift(by) {
      if (lineEnd >= 0) lineEnd -= by;
    },
    reset() {
      lineEnd = -1;
      isLongAtLineStart = false;
    },
    find(buffer, from, to) {
      for (let i = from; i < to; i++) {
        const code = buffer.charCodeAt(i);
        if (code === LF) {
          if (lineEnd >= 0) return { contentEnd: lineEnd, next: i + 1 };
          lineEnd = i > 0 && buffer.charCodeAt(i - 1) === CR ? i - 1 : i;
        } else if (code !== CR && !isIgnorable(code)) lineEnd = -1;
      }
      return undefined;
    },
  };
}

/**
 * Ends with the last of `count` lines, or before a line that begins the next record or would make this one too long. Empty
 * lines do not count.
 */
function linesScan(count: number, first: RegExp, maxBytes: number): Scan {
  let frameStart = 0;
  let lineStart = -1;
  let lastEnd = -1;
  let lines = 0;
  return {
    fallbackCut: -1,
    isUnbalanced: false,
    endOfLong: nextSeparator,
    shift(by) {
      frameStart -= by;
      if (lineStart >= 0) lineStart -= by;
      if (lastEnd >= 0) lastEnd -= by;
    },
    reset() {
      lineStart = -1;
      lastEnd = -1;
      lines = 0;
    },
    find(buffer, from) {
      if (lineStart < 0) {
        frameStart = from;
        lineStart = from;
      }
      for (let i = from; i < buffer.length; i++) {
        if (lines > 0 && i - frameStart >= maxBytes) return { contentEnd: lastEnd, next: lineStart };
        const code = buffer.charCodeAt(i);
        if (code > CR || !isSeparator(code)) continue;
        if (i > lineStart) {
          const isFirst = first.test(buffer.slice(lineStart, i).replace(IGNORABLE, ''));
          if (lines > 0 && isFirst) return { contentEnd: lastEnd, next: lineStart };
          lines++;
          lastEnd = i;
          if ((lines === 1 && !isFirst) || lines === count) return { contentEnd: i, next: i + 1 };
        }
        lineStart = i + 1;
      }
      return undefined;
    },
  };
}

class SeparatedFramer implements Framer {
  private buffer = '';
  /** Stream offset of `buffer[0]`, which is always the first content byte of the pending frame. */
  private base: number;
  private scanned = 0;
  /** Set while inside an over-long frame: its first bytes; how many of its bytes are already let go. */
  private long: { head: string; released: number } | undefined;
  /** The buffer holds bytes that belong to no record. */
  private hasIgnorable = false;
  private readonly scan: Scan;
  private readonly maxBytes: number;

  constructor(scan: Scan, maxBytes: number, startOffset: number) {
    this.scan = scan;
    this.maxBytes = maxBytes;
    this.base = startOffset;
  }

  get pendingOffset(): number {
    return this.base - (this.long?.released ?? 0);
  }

  get pendingLength(): number {
    return this.buffer.length + (this.long?.released ?? 0);
  }

  push(text: string): Frame[] {
    const frames: Frame[] = [];
    this.hasIgnorable = (this.hasIgnorable && this.buffer.length > 0) || holdsIgnorable(text);
    this.buffer = this.buffer.length === 0 ? text : this.buffer + text;
    this.drain(frames, false);
    return frames;
  }

  end(): Frame[] {
    const frames: Frame[] = [];
    this.drain(frames, true);
    return frames;
  }

  private drain(frames: Frame[], isOver: boolean): void {
    const { buffer, scan, maxBytes } = this;
    let start = 0;
    let from = this.scanned;
    for (;;) {
      if (this.long !== undefined) {
        start = this.drainLong(frames, buffer, start, isOver);
        from = start;
        if (this.long !== undefined) break;
      }
      if (from === start) {
        while (start < buffer.length) {
          const code = buffer.charCodeAt(start);
          if (code > CTRL_Z || !(isSeparator(code) || isIgnorable(code))) break;
          start++;
        }
        from = start;
        scan.reset();
      }
      const to = Math.min(buffer.length, start + maxBytes + SEPARATOR_BYTES);
      const found = from < to ? scan.find(buffer, from, to) : undefined;
      const length = (found?.contentEnd ?? buffer.length) - start;
      if (length > maxBytes) {
        const cut = scan.fallbackCut;
        if (cut > start && cut - start <= maxBytes) {
          frames.push(this.frame(buffer.slice(start, cut), start, cut - start, 'too-long'));
          start = cut + 1;
          from = start;
          continue;
        }
        this.long = { head: buffer.slice(start, start + maxBytes), released: 0 };
        continue;
      }
      if (found === undefined) {
        if (!isOver || length === 0) {
          from = buffer.length;
          break;
        }
        const cut = scan.fallbackCut;
        if (scan.isUnbalanced && cut > start) {
          frames.push(this.frame(buffer.slice(start, cut), start, cut - start, 'too-long'));
          start = cut + 1;
          from = start;
          continue;
        }
        let end = buffer.length;
        while (isSeparator(buffer.charCodeAt(end - 1))) end--;
        frames.push(this.frame(buffer.slice(start, end), start, end - start, 'stream-ended'));
        start = buffer.length;
        from = start;
        break;
      }
      frames.push(this.frame(buffer.slice(start, found.contentEnd), start, length, undefined));
      start = found.next;
      from = start;
    }
    this.keep(start, from);
  }

  /** Lets go of an over-long frame up to its separator, a piece at a time. Returns the index after what it let go. */
  private drainLong(frames: Frame[], buffer: string, start: number, isOver: boolean): number {
    const long = this.long;
    if (long === undefined) return start;
    let at = start;
    for (;;) {
      const room = LONG_PIECE_BYTES - long.released;
      const to = Math.min(buffer.length, at + room);
      const end = this.scan.endOfLong(buffer, at, to);
      long.released += end - at;
      at = end;
      const isEnded = end < to;
      if (!isEnded && long.released < LONG_PIECE_BYTES && !isOver) return at;
      if (long.released > 0) {
        frames.push({
          offset: this.base + at - long.released,
          length: long.released,
          text: long.head.replace(IGNORABLE, ''),
          cut: 'too-long',
        });
      }
      long.released = 0;
      long.head = '';
      if (isEnded || (isOver && at === buffer.length)) {
        this.long = undefined;
        return at;
      }
      if (at === buffer.length) return at;
      long.head = buffer.slice(at, at + this.maxBytes);
    }
  }

  private frame(content: string, start: number, length: number, cut: Frame['cut']): Frame {
    const text = this.hasIgnorable ? content.replace(IGNORABLE, '') : content;
    const offset = this.base + start;
    return cut === undefined ? { offset, length, text } : { offset, length, text, cut };
  }

  private keep(start: number, from: number): void {
    this.base += start;
    this.buffer = start === 0 ? this.buffer : this.buffer.slice(start);
    this.scanned = from - start;
    this.scan.shift(start);
  }
}

/** A framer whose first byte has this offset in its stream. */
export function createFramer(framing: Framing, startOffset = 0): Framer {
  switch (framing.kind) {
    case 'line':
      return new SeparatedFramer(lineScan(), framing.maxBytes, startOffset);
    case 'csv':
      return new SeparatedFramer(csvScan(), framing.maxBytes, startOffset);
    case 'block':
      return new SeparatedFramer(blockScan(), framing.maxBytes, startOffset);
    case 'lines':
      return new SeparatedFramer(
        linesScan(framing.count, framing.first, framing.maxBytes),
        framing.maxBytes,
        startOffset,
      );
    case 'json':
      return new JsonFramer(framing.maxBytes, startOffset);
    case 'group':
      return new GroupFramer(new SeparatedFramer(lineScan(), framing.maxBytes, startOffset), framing, startOffset);
    case 'mitel-5000':
      return new Mitel5000Framer(framing.maxBytes, startOffset);
    case 'nec':
      return new NecFramer(framing.maxBytes, startOffset);
  }
}
