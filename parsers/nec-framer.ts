/**
 * Cuts what NEC's NEAX and SV PBXs send into frames, however it comes: packets of the acknowledge protocol (nec/packet.ts),
 * records between STX and ETX, perhaps with a parity byte behind, and lines of a logger that removed both. A frame of a
 * packet holds all its bytes, so that its parity can be checked. A parity byte behind ETX is a frame of its own with one
 * character: whether one comes is a setting of the PBX, and no record may wait for it.
 */
import { PACKET_OVERHEAD, scanPacket } from './nec/packet.ts';
import type { Frame } from './types.ts';

const STX = 2;
const ETX = 3;
const LF = 10;
const FF = 12;
const CR = 13;
const SYN = 0x16;
const CTRL_Z = 0x1a;
const IGNORABLE = /[\x00\x11\x13\x1a]/g;

const isSeparator = (code: number): boolean => code === LF || code === CR || code === FF;
/** Flow control, padding and end-of-file marks. */
const isIgnorable = (code: number): boolean => code === 0 || code === 0x11 || code === 0x13 || code === CTRL_Z;
const isMark = (code: number): boolean => code === STX || code === ETX || code === SYN;

/** Index of the first separator, STX, ETX or SYN from `from` on; the length of the buffer when there is none before `to`. */
function endOfRun(buffer: string, from: number, to: number): number {
  let i = from;
  for (; i < to; i++) {
    const code = buffer.charCodeAt(i);
    if (code <= SYN && (isSeparator(code) || isMark(code))) break;
  }
  return i;
}

export class NecFramer {
  private buffer = '';
  private base: number;
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
    let at = 0;
    while (at < buffer.length) {
      const first = buffer.charCodeAt(at);
      if (first === ETX || isSeparator(first) || isIgnorable(first)) {
        at++;
        continue;
      }
      if (first === SYN) {
        const packet = scanPacket(buffer, at, maxBytes - PACKET_OVERHEAD);
        if (packet.kind === 'packet') {
          frames.push({ offset: this.base + at, length: packet.end - at, text: buffer.slice(at, packet.end) });
          at = packet.end;
          continue;
        }
        if (packet.kind === 'incomplete' && !isOver) break;
      }
      const limit = Math.min(buffer.length, at + maxBytes);
      const end = endOfRun(buffer, at + 1, limit);
      const isEnded = end < limit;
      if (!isEnded && end - at < maxBytes && !isOver) break;
      const hasStart = first === STX;
      const mark = isEnded ? buffer.charCodeAt(end) : -1;
      const next = hasStart && mark === ETX ? end + 1 : end;
      const content = buffer.slice(hasStart ? at + 1 : at, end);
      const text = content.replace(IGNORABLE, '');
      const cut = !isEnded
        ? end - at >= maxBytes
          ? 'too-long'
          : 'stream-ended'
        : hasStart && content !== '' && (mark === STX || mark === SYN)
          ? 'unframed'
          : undefined;
      const span = { offset: this.base + at, length: next - at, text };
      frames.push(cut === undefined ? span : { ...span, cut });
      at = next;
    }
    this.base += at;
    this.buffer = buffer.slice(at);
    return frames;
  }
}
