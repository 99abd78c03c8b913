/**
 * Cuts a stream of JSON values into frames: one object a frame, over as many lines as it likes. A list of objects, bare or
 * in an object (`{"cdr_root":[{`), is what leads to it as a frame of its own and then its elements, one a frame, so that
 * each record has its own place in the stream. Text that is no JSON is cut into lines.
 *
 * Nothing is remembered from one frame to the next, so reading may begin again at any of them. Damage ends at the next
 * line: a string holds no bare line end, and an object that begins where none may stand begins a frame.
 * Only a message cut right behind a colon takes the next one with it into its damaged frame.
 */
import type { Frame } from './types.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LF = 10;
const FF = 12;
const CR = 13;
/** A list of the value itself or of one of its members; deeper ones belong to a record. */
const LIST_DEPTH = 2;

const isPadding = (code: number): boolean => code === 0 || code === 0x11 || code === 0x13 || code === 0x1a;
const isLineEnd = (code: number): boolean => code === LF || code === CR || code === FF;
const isBlank = (code: number): boolean => code === 0x20 || code === 9 || isLineEnd(code) || isPadding(code);
/** What may stand between two records, and behind the last one of a list. */
const isBetween = (code: number): boolean =>
  isBlank(code) || code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT;

const PADDING = /[\x00\x11\x13\x1a]/g;

/** How far the pending frame has been looked at. */
interface Position {
  readonly isJson: boolean;
  at: number;
  depth: number;
  isInString: boolean;
  isEscaped: boolean;
  /** The last byte outside strings that is no blank. */
  last: number;
  /** Where it stands, or where the string that it opened ends. */
  lastAt: number;
}

interface Found {
  readonly contentEnd: number;
  readonly next: number;
}

function findLineEnd(buffer: string, position: Position, limit: number): Found | undefined {
  for (; position.at < limit; position.at++) {
    if (isLineEnd(buffer.charCodeAt(position.at))) return { contentEnd: position.at, next: position.at + 1 };
  }
  return undefined;
}

function findValueEnd(buffer: string, position: Position, limit: number): Found | undefined {
  for (; position.at < limit; position.at++) {
    const { at } = position;
    const code = buffer.charCodeAt(at);
    if (position.isInString) {
      if (isLineEnd(code)) return { contentEnd: at, next: at + 1 };
      if (position.isEscaped) position.isEscaped = false;
      else if (code === BACKSLASH) position.isEscaped = true;
      else if (code === QUOTE) {
        position.isInString = false;
        position.lastAt = at;
      }
      continue;
    }
    if (isBlank(code)) continue;
    const { last, lastAt } = position;
    position.last = code;
    position.lastAt = at;
    if (code === QUOTE) position.isInString = true;
    else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      const isMember = last === COLON || last === COMMA || last === OPEN_LIST;
      const isElement = code === OPEN_OBJECT && last === OPEN_LIST && position.depth <= LIST_DEPTH;
      if (position.depth > 0 && (isElement || !isMember)) return { contentEnd: lastAt + 1, next: at };
      position.depth++;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      position.depth--;
      if (position.depth === 0) return { contentEnd: at + 1, next: at + 1 };
    }
  }
  return undefined;
}

export class JsonFramer {
  private buffer = '';
  private base: number;
  private position: Position | undefined;
  private readonly maxBytes: number;

  constructor(maxBytes: number, startOffset: number) {
    this.maxBytes = maxBytes;
    this.base = startOffset;
  }

  get pendingOffset(): number {
    return this.base;
  }

  get pendingLength(): number {
    return this.buffer.length;
  }

  push(text: string): Frame[] {
    this.buffer = this.buffer.length === 0 ? text : this.buffer + text;
    return this.drain(false);
  }

  end(): Frame[] {
    return this.drain(true);
  }

  private drain(isOver: boolean): Frame[] {
    const frames: Frame[] = [];
    const { buffer, maxBytes } = this;
    let start = 0;
    for (;;) {
      if (this.position === undefined) {
        while (start < buffer.length && isBetween(buffer.charCodeAt(start))) start++;
        if (start === buffer.length) break;
        const code = buffer.charCodeAt(start);
        const isJson = code === OPEN_OBJECT || code === OPEN_LIST;
        this.position = { isJson, at: start, depth: 0, isInString: false, isEscaped: false, last: 0, lastAt: start };
      }
      const { position } = this;
      const limit = Math.min(buffer.length, start + maxBytes);
      const found = position.isJson ? findValueEnd(buffer, position, limit) : findLineEnd(buffer, position, limit);
      if (found !== undefined) {
        frames.push(this.frame(start, found.contentEnd, undefined));
        start = found.next;
      } else if (buffer.length - start > maxBytes) {
        frames.push(this.frame(start, start + maxBytes, 'too-long'));
        start += maxBytes;
      } else if (isOver) {
        let end = buffer.length;
        while (end > start + 1 && isBlank(buffer.charCodeAt(end - 1))) end--;
        frames.push(this.frame(start, end, 'stream-ended'));
        start = buffer.length;
      } else break;
      this.position = undefined;
    }
    this.base += start;
    this.buffer = start === 0 ? buffer : buffer.slice(start);
    if (this.position !== undefined && start > 0) {
      this.position.at -= start;
      this.position.lastAt -= start;
    }
    return frames;
  }

  private frame(start: number, end: number, cut: Frame['cut']): Frame {
    const text = this.buffer.slice(start, end).replace(PADDING, '');
    const frame = { offset: this.base + start, length: end - start, text };
    return cut === undefined ? frame : { ...frame, cut };
  }
}
