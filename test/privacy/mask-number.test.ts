import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskNumber, maskNumbersIn } from '../../core/model/masking.ts';

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
    ['0912345678 4711', '091234•••• ••••'],
    ['84 912345678', '84 91234••••'],
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

describe('numbers inside a sentence', () => {
  it.each([
    ['He said 0912 345 678 is his brother.', 'He said 0912 34• ••• is his brother.'],
    ['Called 0912345678 2026 times', 'Called 091234•••• •••• times'],
    ['On 2026-03-20 from 192.168.1.10 to 113', 'On 2026-03-20 from 192.168.1.10 to 113'],
    ['20/03/2026: 84912345678.', '20/03/2026: 849123•••••.'],
  ])('%s', (text, shown) => {
    expect(maskNumbersIn(text)).toBe(shown);
  });

  it('never show the last four digits of a number that stands alone', () => {
    const number = fc.stringMatching(/^\d{7,14}$/);
    fc.assert(
      fc.property(number, fc.constantFrom('', 'x ', '12 ', '2026-01-01 '), (digits, front) => {
        expect(maskNumbersIn(`${front}${digits} y`)).toMatch(/•{4} y$/);
      }),
    );
  });
});
