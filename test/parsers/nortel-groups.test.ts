import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFramer } from '../../parsers/framer.ts';
import type { Frame, GroupFraming } from '../../parsers/types.ts';

const framing: GroupFraming = {
  kind: 'group',
  maxBytes: 30,
  maxLines: 3,
  endsAtEmptyLine: false,
  roleOf: (line) => (line.startsWith('N') ? 'first' : line.trimStart().startsWith('&') ? 'more' : 'alone'),
};
const reports: GroupFraming = { ...framing, maxBytes: 200, maxLines: 20, endsAtEmptyLine: true };

function framesOf(text: string, kind: GroupFraming = framing): Frame[] {
  const framer = createFramer(kind);
  return [...framer.push(text), ...framer.end()];
}
const textsOf = (text: string, kind?: GroupFraming): string[] => framesOf(text, kind).map((frame) => frame.text);

const bytes = fc.string({ unit: fc.constantFrom('N', '&', 'a', ' ', '\r', '\n', '\f', '\0', '\x13'), maxLength: 300 });

describe('frames of lines that belong together', () => {
  it('hold the first line and those that go on with it', () => {
    expect(textsOf('N1\r\n &2\r\nN3\r\nDTA\r\n &4\r\n')).toEqual(['N1\n &2', 'N3', 'DTA', ' &4']);
  });

  it('span the bytes from the first line to the end of the last one', () => {
    expect(framesOf('\r\nN1\r\n\0 &2\r\nN3\r\n')[0]).toEqual({ offset: 2, length: 8, text: 'N1\n &2' });
  });

  it('are given out at once when they are full, and not before the next line when they are not', () => {
    const framer = createFramer(framing);
    expect(framer.push('N1\r\n &2\r\n')).toEqual([]);
    expect(framer.pendingOffset).toBe(0);
    expect(framer.push(' &3\r').map((frame) => frame.text)).toEqual(['N1\n &2\n &3']);
    expect(framer.push('\nalone\r').map((frame) => frame.text)).toEqual(['alone']);
  });

  it('end at an empty line where that ends them, whatever stands between the line ends', () => {
    expect(textsOf('N1\r\n &2\r\n\n &3\r\n', reports)).toEqual(['N1\n &2', ' &3']);
    expect(textsOf('N1\r\n\0\r\n &3\r\n', reports)).toEqual(['N1', ' &3']);
    expect(textsOf('N1\r\n  \r\n &3\r\n', reports)).toEqual(['N1', '  ', ' &3']);
    expect(textsOf('N1\n\r &2\r\r\n &3\n', reports)).toEqual(['N1\n &2\n &3']);
    const framer = createFramer(reports);
    expect(framer.push('N1\r\n &2\r\n')).toEqual([]);
    expect(framer.push('\n').map((frame) => frame.text)).toEqual(['N1\n &2']);
  });

  it('are marked when the stream ends inside them', () => {
    expect(framesOf('N1\r\n &2\r\n')).toEqual([{ offset: 0, length: 7, text: 'N1\n &2', cut: 'stream-ended' }]);
  });

  it('take no line that would make them longer than the maximum', () => {
    expect(textsOf(`N1\r\n &${'2'.repeat(20)}\r\n &${'3'.repeat(20)}\r\n`)).toEqual([
      `N1\n &${'2'.repeat(20)}`,
      ` &${'3'.repeat(20)}`,
    ]);
    expect(framesOf(`N1\r\n &${'2'.repeat(40)}\r\nN3\r\n`).map((frame) => frame.cut)).toEqual([
      undefined,
      'too-long',
      'stream-ended',
    ]);
  });

  it.each([framing, reports])(
    'are the same however the bytes come, and lose none of them ($endsAtEmptyLine)',
    (kind) => {
      fc.assert(
        fc.property(bytes, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }), (text, sizes) => {
          const whole = framesOf(text, kind);
          const framer = createFramer(kind);
          const pieces: Frame[] = [];
          for (let at = 0, i = 0; at < text.length; i++) {
            const size = sizes[i % sizes.length] ?? 1;
            pieces.push(...framer.push(text.slice(at, at + size)));
            at += size;
          }
          expect([...pieces, ...framer.end()]).toEqual(whole);
          let at = 0;
          for (const { offset, length } of whole) {
            expect(text.slice(at, offset)).toMatch(/^[\r\n\f\0\x13]*$/);
            at = offset + length;
          }
          expect(text.slice(at)).toMatch(/^[\r\n\f\0\x13]*$/);
        }),
        { numRuns: 400 },
      );
    },
  );

  it.each([framing, reports])('start again at the pending offset without losing or doubling one', (kind) => {
    fc.assert(
      fc.property(bytes, fc.nat({ max: 300 }), (text, at) => {
        const stop = Math.min(at, text.length);
        const first = createFramer(kind);
        const before = first.push(text.slice(0, stop));
        const second = createFramer(kind, first.pendingOffset);
        const after = [...second.push(text.slice(first.pendingOffset)), ...second.end()];
        expect([...before, ...after]).toEqual(framesOf(text, kind));
      }),
      { numRuns: 400 },
    );
  });
});
