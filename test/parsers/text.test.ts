import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../parsers/text.ts';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

function platformDecoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes around which UTF-8 changes its mind, and letters. */
const EDGES = [
  0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff,
];

describe('bytes in UTF-8', () => {
  it('decode as the platform does it, and are refused where it refuses them', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.array(fc.constantFrom(...EDGES), { maxLength: 6 }).map((edges) => Uint8Array.from(edges)),
      fc.string({ unit: 'binary', maxLength: 12 }).map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, (some) => {
        expect(decodeUtf8(latin1(some))).toBe(platformDecoded(some));
      }),
      { numRuns: 500 },
    );
  });

  it('lose their byte order mark', () => {
    expect(decodeUtf8(latin1(new TextEncoder().encode('\uFEFFHoà')))).toBe('Hoà');
  });
});
