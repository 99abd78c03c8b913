import { describe, expect, test } from 'vitest';
import { formatNumber, plain } from '../../renderer/format.ts';
import { sumOf } from '../../renderer/money-sums.ts';

describe('how facts are written', () => {
  test('numbers are grouped as they are read in Vietnam', () => {
    expect(formatNumber('84912000678', false)).toBe('0912 000 678');
    expect(formatNumber('842435000569', false)).toBe('024 3500 0569');
    expect(formatNumber('842363000569', false)).toBe('0236 300 0569');
    expect(formatNumber('8418000090', false)).toBe('1800 0090');
    expect(formatNumber('81460000758', true)).toBe('+81460000758');
    expect(formatNumber('113', false)).toBe('113');
  });

  test('search words lose case and every Vietnamese mark', () => {
    expect(plain('Nguyễn Đình ĐỨC')).toBe('nguyen dinh duc');
  });

  test('sums are exact and keep currencies apart', () => {
    const amounts = [
      { amount: '0.1', currency: 'USD' },
      { amount: '0.2', currency: 'USD' },
      { amount: '9007199254740993', currency: 'VND' },
      { amount: '2', currency: 'VND' },
    ];
    expect(sumOf(amounts)).toEqual([
      { amount: '0.3', currency: 'USD' },
      { amount: '9007199254740995', currency: 'VND' },
    ]);
  });
});
