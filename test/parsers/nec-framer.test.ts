import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFramer } from '../../parsers/framer.ts';
import {
  acknowledgement,
  dataPacket,
  dataRequest,
  disconnectRequest,
  parityOf,
  pbxAnswer,
  readPacket,
  refusal,
  scanPacket,
} from '../../parsers/nec/packet.ts';
import type { Frame } from '../../parsers/types.ts';

const bytesOf = (hexadecimal: string): string =>
  hexadecimal
    .split(' ')
    .map((byte) => String.fromCharCode(Number.parseInt(byte, 16)))
    .join('');

const framing = { kind: 'nec', maxBytes: 200 } as const;

function framesOf(text: string, sizes: readonly number[] = [text.length], startOffset = 0): Frame[] {
  const framer = createFramer(framing, startOffset);
  const frames: Frame[] = [];
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    frames.push(...framer.push(text.slice(at, at + size)));
    at += size;
  }
  return [...frames, ...framer.end()];
}

const record = fc.string({ unit: fc.constantFrom(...'0!KAE123 '), minLength: 2, maxLength: 60 });
const anyByte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const piece = fc.oneof(
  record.map((text) => dataPacket('1', text)),
  fc.constantFrom('1', '2', '3', '5').map((code) => pbxAnswer(code)),
  record.map((text) => `\x02${text}\x03`),
  fc.tuple(record, anyByte).map(([text, parity]) => `\x02${text}\x03${parity}`),
  record.map((text) => `${text}\r\n`),
  fc.tuple(record, fc.nat({ max: 40 })).map(([text, length]) => dataPacket('2', text).slice(0, length)),
  fc.string({ unit: anyByte, maxLength: 12 }),
);
const stream = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

describe('packets of the acknowledge protocol', () => {
  it('are the bytes that the protocol prescribes', () => {
    expect(dataRequest()).toBe(bytesOf('16 31 30 30 30 30 32 30 30 fc'));
    expect(disconnectRequest()).toBe(bytesOf('16 36 30 30 30 30 33 30 30 06 fc'));
    expect(acknowledgement({ device: '00', sequence: '1' })).toBe(bytesOf('16 34 30 30 30 30 34 30 30 31 06 c8'));
  });

  it('say no with a NAK in place of the ACK', () => {
    const no = refusal({ device: '00', sequence: '1' });
    expect(no.slice(0, -2)).toBe(acknowledgement({ device: '00', sequence: '1' }).slice(0, -2));
    expect(no.at(-2)).toBe('\x15');
    expect(parityOf(no, 1, no.length - 1)).toBe(no.charCodeAt(no.length - 1));
  });

  it('are read back as they were built', () => {
    fc.assert(
      fc.property(fc.constantFrom(...'0123456789'), fc.string({ unit: anyByte, maxLength: 300 }), (sequence, text) => {
        expect(readPacket(dataPacket(sequence, text))).toEqual({
          identifier: '2',
          device: '00',
          sequence,
          content: text,
          isWhole: true,
          isParityRight: true,
        });
      }),
    );
  });

  it('show by their parity every single changed byte behind the length', () => {
    fc.assert(
      fc.property(record, fc.nat(), fc.integer({ min: 1, max: 255 }), (text, place, flip) => {
        const packet = dataPacket('3', text);
        const at = 7 + (place % (packet.length - 7));
        const spoilt = packet.slice(0, at) + String.fromCharCode(packet.charCodeAt(at) ^ flip) + packet.slice(at + 1);
        expect(readPacket(spoilt)?.isParityRight).toBe(false);
      }),
    );
  });

  it('wait for their last byte', () => {
    const packet = dataPacket('1', '0!KA');
    for (let length = 1; length < packet.length; length++) {
      expect(scanPacket(packet.slice(0, length), 0)).toEqual({ kind: 'incomplete' });
    }
    expect(scanPacket(`${packet}rest`, 0)).toEqual({ kind: 'packet', end: packet.length, isParityRight: true });
  });

  it('end where the next one begins when bytes were lost', () => {
    const packet = dataPacket('1', '0!KA0000');
    const cut = packet.slice(0, 12);
    expect(scanPacket(cut + packet, 0)).toEqual({ kind: 'packet', end: 12, isParityRight: false });
    expect(scanPacket('noise', 0)).toEqual({ kind: 'none', skip: 5 });
    expect(scanPacket(`x${packet}`, 0)).toEqual({ kind: 'none', skip: 1 });
  });
});

describe('the NEC framer', () => {
  it('keeps all bytes of a packet, also a parity byte that looks like a separator', () => {
    const packets = Array.from({ length: 300 }, (_, i) => dataPacket(String(i % 10), `0!KA${i}\xc3`));
    const looksLikeLineEnd = packets.filter((packet) => /[\r\n\0\x02\x03\x16]$/.test(packet));
    expect(looksLikeLineEnd.length).toBeGreaterThan(0);
    expect(framesOf(packets.join('')).map((frame) => frame.text)).toEqual(packets);
  });

  it('gives a record out at its ETX, whether a parity byte follows or not', () => {
    const framer = createFramer(framing);
    expect(framer.push('\x020!KA\x03')).toEqual([{ offset: 0, length: 6, text: '0!KA' }]);
    expect(framer.push('U')).toEqual([]);
    expect(framer.push('\x020!KE\x03')).toEqual([
      { offset: 6, length: 1, text: 'U' },
      { offset: 7, length: 6, text: '0!KE' },
    ]);
  });

  it('cuts the same frames whatever pieces the bytes come in', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }), (text, sizes) => {
        expect(framesOf(text, sizes)).toEqual(framesOf(text));
        expect(framesOf(text, [1])).toEqual(framesOf(text));
      }),
      { numRuns: 400 },
    );
  });

  it('holds every byte in one frame or between frames as a separator', () => {
    fc.assert(
      fc.property(stream, (text) => {
        let at = 0;
        let between = '';
        for (const frame of framesOf(text)) {
          expect(frame.offset).toBeGreaterThanOrEqual(at);
          expect(frame.length).toBeGreaterThan(0);
          between += text.slice(at, frame.offset);
          at = frame.offset + frame.length;
        }
        expect(between + text.slice(at)).toMatch(/^[\r\n\f\0\x03\x11\x13\x1a]*$/);
      }),
      { numRuns: 400 },
    );
  });

  it('starts again at the pending offset without losing or doubling a frame', () => {
    fc.assert(
      fc.property(stream, fc.nat(), (text, place) => {
        const stop = place % (text.length + 1);
        const first = createFramer(framing);
        const before = first.push(text.slice(0, stop));
        expect(first.pendingOffset + first.pendingLength).toBe(stop);
        const after = framesOf(text.slice(first.pendingOffset), undefined, first.pendingOffset);
        expect([...before, ...after]).toEqual(framesOf(text));
      }),
      { numRuns: 400 },
    );
  });

  it('does not wait for more than the longest frame', () => {
    const framer = createFramer(framing);
    for (const bytes of ['x'.repeat(1000), `\x02${'y'.repeat(1000)}`, '\x16200150'.repeat(100)]) {
      framer.push(bytes);
      expect(framer.pendingLength).toBeLessThanOrEqual(framing.maxBytes);
    }
  });
});
