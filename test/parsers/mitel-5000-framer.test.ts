import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFramer } from '../../parsers/framer.ts';
import { isPassword, loginPacket, packetLengthAt } from '../../parsers/mitel/packet.ts';
import type { Frame } from '../../parsers/types.ts';

const FRAMING = { kind: 'mitel-5000', maxBytes: 256 } as const;
const bytesOf = (text: string): string => [...text].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
const record = (text: string): string => `R\0\0\0${text.padEnd(80)}\r\n`;

function framesOf(text: string, sizes: readonly number[] = [text.length || 1]): Frame[] {
  const framer = createFramer(FRAMING);
  const frames: Frame[] = [];
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    frames.push(...framer.push(text.slice(at, at + size)));
    at += size;
  }
  return [...frames, ...framer.end()];
}

describe('the login of a Mitel 5000', () => {
  it('is the length of what follows, 84, the password and a zero', () => {
    expect(bytesOf(loginPacket('12345678'))).toBe('0a 00 00 00 84 31 32 33 34 35 36 37 38 00');
    expect(bytesOf(loginPacket(''))).toBe('02 00 00 00 84 00');
  });

  it('takes passwords of 15 ASCII characters at most', () => {
    expect(['', '123456789012345', 'a b'].map(isPassword)).toEqual([true, true, true]);
    expect(['1234567890123456', 'é', 'a\r'].map(isPassword)).toEqual([false, false, false]);
  });
});

describe('the length in front of a packet', () => {
  it('is known by its zeros; the letters of a plain line and stray padding are none', () => {
    expect(packetLengthAt('R\0\0\0TLC', 0, 252)).toBe(82);
    expect(packetLengthAt('TLC 11202', 0, 252)).toBe('not');
    expect(packetLengthAt('\n\0\0\0', 0, 252)).toBe('not');
    expect(packetLengthAt('R\0\0', 0, 252)).toBe('short');
    expect(packetLengthAt('R\x02\0\0', 0, 252)).toBe('not');
  });
});

describe('the framer of the Mitel 5000', () => {
  it('gives records without their length, and the bytes with it', () => {
    const text = record('TLC 11202') + record('IN  11203');
    expect(framesOf(text)).toEqual([
      { offset: 0, length: 84, text: 'TLC 11202'.padEnd(80) },
      { offset: 86, length: 84, text: 'IN  11203'.padEnd(80) },
    ]);
  });

  it('reads plain lines too, and goes on after a lost byte with the next record', () => {
    expect(framesOf('TLC 11202\r\n\0\0IN  11203\n').map((frame) => frame.text)).toEqual(['TLC 11202', 'IN  11203']);
    const lost = record('TLC 11202').replace(' 1', '1') + record('IN  11203') + record('LOC 11204');
    expect(framesOf(lost).map((frame) => frame.text.trim())).toEqual(['TLC11202', 'IN  11203', 'LOC 11204']);
  });

  it('gives a packet without a line end at its length', () => {
    expect(framesOf('\x02\0\0\0\x84\0R\0\0\0')[0]).toEqual({ offset: 0, length: 6, text: '\x84' });
  });

  it('gives the same frames however the bytes come, and again from where it stopped', () => {
    const piece = fc.constantFrom(
      record('TLC 11202'),
      'LOC 11204\r\n',
      'R',
      '\0',
      '\0\0\0',
      '\r\n',
      'x',
      '\x02\0\0\0\x84\0',
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), fc.nat(), (bytes, sizes, stop) => {
        const whole = framesOf(bytes);
        expect(framesOf(bytes, sizes)).toEqual(whole);
        const first = createFramer(FRAMING);
        const before = first.push(bytes.slice(0, stop % (bytes.length + 1)));
        const second = createFramer(FRAMING, first.pendingOffset);
        expect([...before, ...second.push(bytes.slice(first.pendingOffset)), ...second.end()]).toEqual(whole);
      }),
    );
  });

  it('cuts what has no end', () => {
    const frames = framesOf('y'.repeat(600));
    expect(frames.map((frame) => [frame.length, frame.cut])).toEqual([
      [256, 'too-long'],
      [256, 'too-long'],
      [88, 'stream-ended'],
    ]);
  });
});
