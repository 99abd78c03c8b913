import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPercent, isSameDecimal, readDecimal, typedDecimal } from '../../renderer/features/tariffs/decimal-text.ts';

describe('prices as people write them', () => {
  it('are read in the writing of the language', () => {
    expect(readDecimal('789,8', 'vi')).toBe('789.8');
    expect(readDecimal('1.234,50', 'vi')).toBe('1234.50');
    expect(readDecimal('1.000', 'vi')).toBe('1000');
    expect(readDecimal('1,000', 'en')).toBe('1000');
    expect(readDecimal('789.8', 'en')).toBe('789.8');
    expect(readDecimal(' 12 000 ', 'vi')).toBe('12000');
    expect(readDecimal('007', 'vi')).toBe('7');
    expect(readDecimal('-5', 'en')).toBe('-5');
  });

  it('are refused where they could mean two amounts, or none', () => {
    for (const typed of ['789.8', '1.00', '1.0000', '1,2,3', '', ',5', '5,', 'abc', '1e3']) {
      expect(readDecimal(typed, 'vi'), typed).toBeUndefined();
    }
    for (const typed of ['789,8', '1,00', '1.2.3']) expect(readDecimal(typed, 'en'), typed).toBeUndefined();
  });

  it('come back as they were typed', () => {
    const decimal = fc.tuple(fc.nat(10_000_000), fc.nat(9999)).map(([whole, part]) => `${whole}.${part}`);
    fc.assert(
      fc.property(decimal, fc.constantFrom('vi', 'en'), (stored, language) => {
        expect(readDecimal(typedDecimal(stored, language), language)).toBe(stored);
      }),
    );
  });

  it('rise and fall by a percentage without losing a digit', () => {
    expect(addPercent('718', '10', undefined)).toBe('789.8');
    expect(addPercent('13.33', '5', undefined)).toBe('13.9965');
    expect(addPercent('13.33', '5', 2)).toBe('14');
    expect(addPercent('100', '-12.5', undefined)).toBe('87.5');
    expect(addPercent('1.005', '0', 2)).toBe('1.01');
    expect(addPercent('0', '5', 0)).toBe('0');
  });

  it('are one amount whatever zeros they end in', () => {
    expect(isSameDecimal('718', '718.00')).toBe(true);
    expect(isSameDecimal('718', '718.01')).toBe(false);
    expect(isSameDecimal('x', '718')).toBe(false);
  });
});
