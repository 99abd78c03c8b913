import { describe, expect, test } from 'vitest';
import { amountFromDecimal, amountMicro, formatAmount, formatScaled, parseDecimal } from '../../core/model/money.ts';

describe('money', () => {
  test('a decimal text becomes an exact fraction, and nothing else does', () => {
    expect(parseDecimal('13.33')).toEqual({ num: 1333n, den: 100n });
    expect(parseDecimal('-0.5')).toEqual({ num: -5n, den: 10n });
    for (const bad of ['', '1e3', '1,5', ' 1', '.5', '1.']) expect(parseDecimal(bad)).toBeUndefined();
  });

  test('amounts print their shortest exact decimal', () => {
    expect(formatAmount(amountMicro(443_000_000n))).toBe('443');
    expect(formatAmount(amountMicro(-1_500_000n), 2)).toBe('-1.50');
    expect(formatScaled(5n, 3)).toBe('0.005');
  });

  test('a decimal finer than a millionth is no amount', () => {
    expect(amountFromDecimal('0.000001')).toBe(1n);
    expect(amountFromDecimal('0.0000001')).toBeUndefined();
  });
});
