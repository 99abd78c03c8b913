import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFramer, LONG_PIECE_BYTES } from '../../parsers/framer.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formats } from '../../parsers/registry.ts';
import type { FormatDefinition } from '../../parsers/types.ts';
import { allSamples } from './sample-folder.ts';

const samples = allSamples();
const bytes = fc.uint8Array({ maxLength: 600 }).map((array) => String.fromCharCode(...array));

/** Spans follow each other from 0 to the end without a gap or an overlap. */
function expectWholeCover(format: FormatDefinition, text: string): void {
  let at = 0;
  for (const { offset, length } of parseText(format, {}, text)) {
    expect(offset).toBe(at);
    at += length;
  }
  expect(at).toBe(text.length);
}

describe.each(formats.map((format) => [format.id, format] as const))('%s', (id, format) => {
  const own = samples.filter((sample) => sample.format === id).map((sample) => sample.raw);

  it('survives random bytes, invents no call and loses no byte', () => {
    fc.assert(
      fc.property(bytes, (text) => {
        expectWholeCover(format, text);
        const calls = parseText(format, {}, text).filter(({ outcome }) => outcome.kind === 'call');
        expect(calls).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('survives cut and flipped records and loses no byte', () => {
    fc.assert(
      fc.property(fc.constantFrom(...own), fc.nat(), fc.nat(), fc.nat({ max: 255 }), (raw, from, at, byte) => {
        const cut = raw.slice(from % raw.length);
        const spoilt =
          cut.slice(0, at % (cut.length + 1)) + String.fromCharCode(byte) + cut.slice((at % (cut.length + 1)) + 1);
        expectWholeCover(format, spoilt);
      }),
      { numRuns: 150 },
    );
  });
});

describe('framers', () => {
  const kinds = [
    { kind: 'line', maxBytes: 40 },
    { kind: 'csv', maxBytes: 60 },
    { kind: 'block', maxBytes: 80 },
    { kind: 'json', maxBytes: 40 },
    { kind: 'mitel-5000', maxBytes: 40 },
    { kind: 'nec', maxBytes: 40 },
  ] as const;

  it.each(kinds.map((framing) => [framing.kind, framing] as const))(
    '%s: every byte is in one frame or a separator',
    (_kind, framing) => {
      const alphabet = fc.constantFrom(...'a",\r\n\f\0\x11\x1a\x02\x03\x16{}[]:\\');
      const separators = framing.kind === 'json' ? /^[\r\n\f\0\x11\x1a,\]}]*$/ : /^[\r\n\f\0\x11\x1a\x03]*$/;
      fc.assert(
        fc.property(fc.string({ unit: alphabet, maxLength: 400 }), (text) => {
          const framer = createFramer(framing, 7);
          const frames = [...framer.push(text), ...framer.end()];
          let at = 7;
          let between = '';
          for (const frame of frames) {
            expect(frame.offset).toBeGreaterThanOrEqual(at);
            expect(frame.length).toBeGreaterThan(0);
            between += text.slice(at - 7, frame.offset - 7);
            at = frame.offset + frame.length;
          }
          between += text.slice(at - 7);
          expect(between).toMatch(separators);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('json: a string in front of a value that begins where none may stand is in a frame', () => {
    const framer = createFramer({ kind: 'json', maxBytes: 100 });
    expect([...framer.push('["ab"['), ...framer.end()].map(({ text }) => text)).toEqual(['["ab"', '[']);
  });

  it('hold no more than the maximum of a line without an end, and go on after it', () => {
    const framer = createFramer({ kind: 'line', maxBytes: 256 });
    const frames = [];
    for (let i = 0; i < 160; i++) {
      frames.push(...framer.push('x'.repeat(65536)));
      expect(framer.pendingLength).toBeLessThanOrEqual(LONG_PIECE_BYTES + 256);
    }
    frames.push(...framer.push('\r\nnext\r\n'));
    expect(frames.at(-1)).toEqual({ offset: 160 * 65536 + 2, length: 4, text: 'next' });
    const long = frames.slice(0, -1);
    expect(long.every((frame) => frame.cut === 'too-long' && frame.text.length <= 256)).toBe(true);
    expect(long.reduce((sum, frame) => sum + frame.length, 0)).toBe(160 * 65536);
  });

  it('end a block at its empty line, also when that comes in another piece than the lines', () => {
    const framer = createFramer({ kind: 'block', maxBytes: 80 });
    expect(framer.push('A: 1\r\n\r\nB: 2\r\nC: 3\r\n')).toEqual([{ offset: 0, length: 4, text: 'A: 1' }]);
    expect(framer.push('\r\n')).toEqual([{ offset: 8, length: 10, text: 'B: 2\r\nC: 3' }]);
    expect(framer.end()).toEqual([]);
  });

  it('lose one record to a quote that is never closed, not the rest of the file', () => {
    const framer = createFramer({ kind: 'csv', maxBytes: 40 });
    const text = `"open,1\n${'2,3\n'.repeat(20)}`;
    const frames = [...framer.push(text), ...framer.end()];
    expect(frames).toHaveLength(21);
    expect(frames.filter((frame) => frame.cut !== undefined)).toHaveLength(1);
  });

  it('cut JSON into records: the elements of a list one by one, damage up to the next line or object', () => {
    const texts = (text: string) => {
      const framer = createFramer({ kind: 'json', maxBytes: 200 });
      return [...framer.push(text), ...framer.end()].map((frame) => frame.text);
    };
    expect(texts('{"a":[1,{"b":"}\\""}]}\n{\n "c": 2\n}\n')).toEqual(['{"a":[1,{"b":"}\\""}]}', '{\n "c": 2\n}']);
    expect(texts('{"root": [ {"n":1}, {"n":{"m":[{}]}}\r\n], "total":2}\n[{"n":3}]')).toEqual([
      '{"root": [',
      '{"n":1}',
      '{"n":{"m":[{}]}}',
      '"total":2}',
      '[',
      '{"n":3}',
    ]);
    expect(texts('{"a":"open\n{"b":1\n{"c":3}\na=1&b={2}\n{"d":4}')).toEqual([
      '{"a":"open',
      '{"b":1',
      '{"c":3}',
      'a=1&b={2}',
      '{"d":4}',
    ]);
  });

  it.each(kinds.map((framing) => [framing.kind, framing] as const))(
    '%s: go on from the pending offset as if nothing had been',
    (_kind, framing) => {
      const alphabet = fc.constantFrom(...'a1",\r\n\x02\x03{}[]: ');
      fc.assert(
        fc.property(fc.string({ unit: alphabet, maxLength: 300 }), fc.nat(), (text, at) => {
          const stop = at % (text.length + 1);
          const first = createFramer(framing);
          const before = first.push(text.slice(0, stop));
          const second = createFramer(framing, first.pendingOffset);
          const after = [...second.push(text.slice(first.pendingOffset)), ...second.end()];
          const whole = createFramer(framing);
          const wanted = [...whole.push(text), ...whole.end()];
          expect([...before, ...after]).toEqual(wanted);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('start again at the pending offset without losing or doubling a frame', () => {
    const text = samples.map((sample) => sample.raw).join('\r\n');
    fc.assert(
      fc.property(fc.nat({ max: text.length }), (stop) => {
        const first = createFramer({ kind: 'line', maxBytes: 512 });
        const before = first.push(text.slice(0, stop));
        const second = createFramer({ kind: 'line', maxBytes: 512 }, first.pendingOffset);
        const after = [...second.push(text.slice(first.pendingOffset)), ...second.end()];
        const whole = createFramer({ kind: 'line', maxBytes: 512 });
        expect([...before, ...after]).toEqual([...whole.push(text), ...whole.end()]);
      }),
      { numRuns: 40 },
    );
  });
});
