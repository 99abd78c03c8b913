import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskCode, maskCodeIn, maskKnownCodes, showCode } from '../../core/model/masking.ts';

describe('masked codes', () => {
  it.each([
    ['987654', '••54'],
    ['4321', '••21'],
    ['321', '••'],
    ['9', '••'],
    ['', '••'],
  ])('%s is shown as %s', (code, shown) => {
    expect(maskCode(code)).toBe(shown);
  });

  it('are masked where they stand alone, so that a number with the same digits stays readable', () => {
    expect(maskCodeIn('101 01 0912345678 1234', '1234')).toBe('101 01 0912345678 ••34');
    expect(maskCodeIn('*1234 1234,x', '1234')).toBe('*••34 ••34,x');
  });

  it('are masked inside other digits when they stand nowhere else', () => {
    expect(maskCodeIn('9,12340912345678', '1234')).toBe('9,••3409••345678');
  });

  it('keep the length of a line and never stand alone in it', () => {
    const code = fc.stringMatching(/^[0-9*#]{1,8}$/);
    const piece = fc.oneof(code, fc.stringMatching(/^[ ,;A-Za-z0-9]{0,10}$/));
    fc.assert(
      fc.property(code, fc.array(piece, { maxLength: 6 }), fc.nat(6), (secret, pieces, at) => {
        const line = pieces.toSpliced(at, 0, secret).join(' ');
        const masked = maskCodeIn(line, secret);
        expect(masked).toHaveLength(line.length);
        expect(masked.split(' ')).not.toContain(secret);
      }),
      { numRuns: 500 },
    );
  });

  it('are found in a line that no rule could read by knowing whose they are', () => {
    const isCode = (text: string): boolean => text === '987654' || text === '77';
    expect(maskKnownCodes('?? 987654 0987654321 77', { mask: maskCode, isCode })).toBe('?? ••••54 0987654321 77');
    expect(maskKnownCodes('?? 987654', { mask: showCode, isCode })).toBe('?? 987654');
  });
});
