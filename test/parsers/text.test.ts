import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, decodeUtf8 } from '../../parsers/text.ts';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('bytes in another character set', () => {
  it('are UTF-8 exactly where the platform says so', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => new Uint8Array(Buffer.from(text))),
      fc.constantFrom(
        ...[[0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf0, 0x9f], [0xc3]].map(
          (bytes) => new Uint8Array(bytes),
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 4 }), (parts) => {
        const bytes = new Uint8Array(Buffer.concat(parts));
        let expected: string | undefined;
        try {
          expected = strict.decode(bytes);
        } catch {
          expected = undefined;
        }
        expect(decodeUtf8(latin1(bytes))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('read as the set that is named, and byte for byte where nobody knows it', () => {
    expect(decodeText('\x8f\x8f', 'cp866')).toBe('ПП');
    expect(decodeText('\xe9', 'latin1')).toBe('é');
    expect(decodeText('\xe9', 'no-such-set')).toBe('é');
  });
});
