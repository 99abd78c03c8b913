import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskNumber } from '../../core/model/masking.ts';

describe('a masked outside number', () => {
  it.each([
    ['84912345678', '8491234••••'],
    ['0912 345 678', '0912 34• •••'],
    ['+84 (24) 3825-4321', '+84 (24) 3825-••••'],
    ['sip:0912345678@10.0.0.1:5060', 'sip:091234••••@••.•.•.•:••••'],
    ['02438254321#4711', '0243825••••#••••'],
    ['9,0912345678', '9,091234••••'],
    ['912#45#78', '912#••#••'],
    ['190012', '19••••'],
  ])('%s becomes %s', (number, shown) => {
    expect(maskNumber(number)).toBe(shown);
  });

  it.each(['113', '1080', '101', '20015', '', 'unknown', '9113'])('%s is nobody’s private number', (text) => {
    expect(maskNumber(text)).toBe(text);
  });

  const piece = fc.oneof(fc.stringMatching(/^\d{0,9}$/), fc.constantFrom(' ', '-', '#', '*', '@', '+84', 'x', '.'));
  const written = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

  it('keeps its length and its first digits, and is the same when masked twice', () => {
    fc.assert(
      fc.property(written, (text) => {
        const masked = maskNumber(text);
        expect(masked).toHaveLength(text.length);
        expect(maskNumber(masked)).toBe(masked);
        for (const [index, letter] of [...masked].entries()) expect([text[index], '•']).toContain(letter);
      }),
    );
  });

  it('shows no digit behind the first hidden one, and hides at least four', () => {
    fc.assert(
      fc.property(written, (text) => {
        const digits = text.replace(/\D/g, '');
        fc.pre(digits.length >= 6);
        const masked = maskNumber(text);
        expect(masked.slice(masked.indexOf('•'))).not.toMatch(/\d/);
        expect([...masked].filter((letter) => letter === '•').length).toBeGreaterThanOrEqual(4);
      }),
    );
  });
});
