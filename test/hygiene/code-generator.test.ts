import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSlip, slipsOf } from '../../core/attribution/slips.ts';
import { type CodeRequest, generateCodes } from '../../core/policy/code-generator.ts';
import { isBadlyWeak, patternReasons, weakReasons } from '../../core/policy/hygiene/weak-codes.ts';
import { createRandom } from '../../core/simulator/random.ts';

const DIGITS = [...'0123456789'];

function request(more: Partial<CodeRequest>, seed?: number): CodeRequest {
  const seeded = seed === undefined ? undefined : createRandom(seed);
  return {
    count: 10,
    digits: 6,
    mayStartWithZero: true,
    keepAwayFrom: [],
    refused: [],
    random: (limit) => (seeded === undefined ? randomInt(limit) : seeded.between(0, limit - 1)),
    ...more,
  };
}

function made(wanted: CodeRequest): readonly string[] {
  const result = generateCodes(wanted);
  if (!result.isDone) throw new Error(`only ${result.fits} fit`);
  return result.codes;
}

/** One place differs, or two neighbours are swapped: said anew here, not asked of the code that is tested. */
function isNear(a: string, b: string): boolean {
  const places = [...a].flatMap((digit, i) => (digit === b[i] ? [] : [i]));
  const [first = 0, second = 0, ...more] = places;
  if (places.length <= 1) return true;
  return more.length === 0 && second === first + 1 && a[first] === b[second] && a[second] === b[first];
}

describe('new codes', () => {
  it('are never within one digit or one swap of each other, of what there was, or of an extension', () => {
    const existing = fc.array(fc.stringMatching(/^\d{4}$/), { maxLength: 40 });
    let pairs = 0;
    fc.assert(
      fc.property(fc.integer(), existing, fc.integer({ min: 1, max: 60 }), (seed, known, count) => {
        const keepAwayFrom = [
          ...known.map((value) => ({ value, lastValue: null })),
          { value: '2000', lastValue: '2049' },
        ];
        const codes = made(request({ count, digits: 4, keepAwayFrom }, seed));
        const inRange = Array.from({ length: 50 }, (_, i) => String(2000 + i));
        expect(new Set(codes).size).toBe(count);
        for (const [i, code] of codes.entries()) {
          expect(code).toMatch(/^\d{4}$/);
          expect(patternReasons(code)).toEqual([]);
          const others = [...codes.slice(0, i), ...known, ...inRange];
          pairs += others.length;
          expect(others.filter((other) => isNear(code, other))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
    expect(pairs).toBeGreaterThan(20_000);
  });

  it('are never one of the refused, and begin with zero only where that is allowed', () => {
    const free = ['407', '529', '186'];
    const refused = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0')).filter((c) => !free.includes(c));
    expect([...made(request({ count: 3, digits: 3, refused }))].sort()).toEqual([...free].sort());
    const codes = made(request({ count: 400, digits: 5, mayStartWithZero: false }));
    expect(codes.filter((code) => code.startsWith('0'))).toEqual([]);
    const others = made(request({ count: 400, digits: 5 }));
    expect(others.some((code) => code.startsWith('0'))).toBe(true);
  });

  it('are as many as can be: near the limit a check digit packs them', () => {
    const codes = made(request({ count: 850, digits: 4 }, 3));
    expect(new Set(codes).size).toBe(850);
    for (const [i, a] of codes.entries()) {
      expect(codes.slice(0, i).filter((b) => isNear(a, b))).toEqual([]);
    }
  });

  it('that do not fit are refused with the number that does', () => {
    const result = generateCodes(request({ count: 1001, digits: 4 }, 3));
    expect(result).toMatchObject({ isDone: false });
    if (result.isDone) throw new Error('more than there can be');
    // Two codes that differ in one digit only share the other three: there can never be more than a thousand.
    expect(result.fits).toBeLessThanOrEqual(1000);
    expect(made(request({ count: result.fits, digits: 4 }, 3))).toHaveLength(result.fits);
    const full = { value: '0000', lastValue: '9999' };
    expect(generateCodes(request({ count: 1, digits: 4, keepAwayFrom: [full] }))).toEqual({ isDone: false, fits: 0 });
  });

  it('are spread evenly: each digit as often as the others in each place', () => {
    const counts = new Map<string, number>();
    for (let run = 0; run < 20; run += 1) {
      for (const code of made(request({ count: 500, digits: 5 }, run))) {
        for (const [place, digit] of [...code].entries()) {
          counts.set(`${place}${digit}`, (counts.get(`${place}${digit}`) ?? 0) + 1);
        }
      }
    }
    // Codes of five digits are never dates, so no digit is rarer. 10,000 codes: 1,000 of each; four standard deviations of 30.
    expect(counts.size).toBe(50);
    for (const [at, count] of counts) expect(Math.abs(count - 1000), at).toBeLessThan(120);
  });

  it('come by the ten thousand', () => {
    const codes = made(request({ count: 10_000, digits: 6, mayStartWithZero: false }));
    const known = new Set(codes);
    expect(known.size).toBe(10_000);
    let near = 0;
    for (const code of codes)
      for (const slip of slipsOf(code, DIGITS)) if (slip.length === 6 && known.has(slip)) near += 1;
    expect(near).toBe(0);
  });
});

describe('a slip of the finger', () => {
  it('is seen by comparing as it is by trying all', () => {
    const code = fc.stringMatching(/^[0-3]{1,5}$/);
    let slips = 0;
    fc.assert(
      fc.property(code, code, (a, b) => {
        const expected = slipsOf(a, ['0', '1', '2', '3']).has(b);
        if (expected) slips += 1;
        expect(isSlip(a, b)).toBe(expected);
        expect(isSlip(b, a)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
    expect(slips).toBeGreaterThan(100);
  });
});

describe('weak codes', () => {
  it.each([
    ['1111', ['repeated']],
    ['1234', ['run']],
    ['4321', ['run']],
    ['7890', ['run']],
    ['2468', ['run']],
    ['1212', ['pairs']],
    ['1122', ['pairs']],
    ['123123', ['pairs']],
    ['1221', ['palindrome']],
    ['39493', ['palindrome']],
    ['1987', ['date']],
    ['2580', ['keypad']],
    ['140785', ['date']],
    ['14071985', ['date']],
    ['19850714', ['date']],
    ['4827', []],
    ['320785', []],
    ['91364', []],
  ])('%s: %j', (code, reasons) => {
    expect(patternReasons(code)).toEqual(reasons);
  });

  it('are those that stand on the desk or on the badge, too', () => {
    const around = {
      shortestDigits: 4,
      employeeNumber: 'NV0042',
      isOwnExtension: (code: string) => code === '8317',
      isExtension: (code: string) => code === '8317' || code === '8326',
    };
    expect(weakReasons('8317', around)).toEqual(['own-extension']);
    expect(weakReasons('8326', around)).toEqual(['extension']);
    expect(weakReasons('0042', around)).toEqual(['employee-number']);
    expect(weakReasons('42', around)).toEqual(['short', 'employee-number']);
    expect(isBadlyWeak(['extension', 'date'])).toBe(false);
    expect(isBadlyWeak(['date', 'short'])).toBe(true);
  });
});
