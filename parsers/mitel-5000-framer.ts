/**
 * Cuts a stream of the Mitel 5000 into frames: packets with their length in front (mitel/packet.ts) over TCP, plain lines
 * from a serial port or a file. A packet ends at its length or at its line end, whichever comes first, so a lost byte
 * costs one record. The length belongs to the frame and not to its text.
 */
import { LENGTH_BYTES, packetLengthAt } from './mitel/packet.ts';
import type { Frame } from './types.ts';

const LF = 10;
const FF = 12;
const CR = 13;
const IGNORABLE = /[\x00\x11\x13\x1a]/g;

const isSeparator = (code: number): boolean => code === LF || code === CR || code === FF;
/** Flow control, padding and end-of-file marks. */
const isIgnorable = (code: number): boolean => code === 0 || code === 0x11 || code === 0x13 || code === 0x1a;

export class Mitel5000Framer {
  private buffer = '';
  private base: number;
  /** Where to go on looking for the end of the frame at the buffer's front. */
  private scanned = 0;
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
    this.buffer = this.buffer === '' ? text : this.buffer + text;
    return this.drain(false);
  }

  end(): Frame[] {
    return this.drain(true);
  }

  private drain(isOver: boolean): Frame[] {
    const frames: Frame[] = [];
    const { buffer, maxBytes } = this;
    let start = 0;
    let from = this.scanned;
    while (start < buffer.length) {
      const first = buffer.charCodeAt(start);
      if (isSeparator(first) || isIgnorable(first)) {
        start++;
        from = start;
        continue;
      }
      const length = packetLengthAt(buffer, start, maxBytes - LENGTH_BYTES);
      if (length === 'short' && !isOver) break;
      const content = typeof length === 'number' ? start + LENGTH_BYTES : start;
      const limit = typeof length === 'number' ? content + length : start + maxBytes;
      let end = Math.max(from, content);
      const last = Math.min(limit, buffer.length);
      while (end < last && !isSeparator(buffer.charCodeAt(end))) end++;
      const isPacketEnd = typeof length === 'number' && end === limit;
      const isEnded = isPacketEnd || (end < buffer.length && isSeparator(buffer.charCodeAt(end)));
      const isTooLong = !isEnded && end === limit && end < buffer.length;
      if (!isEnded && !isTooLong && !isOver) {
        from = end;
        break;
      }
      frames.push(this.frame(start, content, end, isEnded ? undefined : isTooLong ? 'too-long' : 'stream-ended'));
      start = end;
      from = end;
    }
    this.base += start;
    this.buffer = start === 0 ? buffer : buffer.slice(start);
    this.scanned = Math.max(0, from - start);
    return frames;
  }

  private frame(start: number, content: number, end: number, cut: Frame['cut']): Frame {
    const text = this.buffer.slice(content, end).replace(IGNORABLE, '');
    const frame = { offset: this.base + start, length: end - start, text };
    return cut === undefined ? frame : { ...frame, cut };
  }
}
