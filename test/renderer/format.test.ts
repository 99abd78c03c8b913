import { describe, expect, test } from 'vitest';
import { formatExact, formatNumber, plain } from '../../renderer/format.ts';
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

  test('exact amounts keep every digit and get the signs of the reader', () => {
    const shown = (text: string, language: 'vi' | 'en', currency?: string): string =>
      formatExact(text, language, currency).replace(/\u00a0/g, ' ');
    expect(shown('789.8', 'vi', 'VND')).toBe('789,8 ₫');
    expect(shown('1234567.25', 'vi', 'VND')).toBe('1.234.567,25 ₫');
    expect(shown('1234567.25', 'en', 'VND')).toBe('₫1,234,567.25');
    expect(shown('33.333333…', 'vi', 'VND')).toBe('33,333333… ₫');
    expect(shown('12.5', 'vi')).toBe('12,5');
    expect(shown('90071992547409931', 'vi', 'VND')).toBe('90.071.992.547.409.931 ₫');
    expect(shown('no number', 'vi', 'VND')).toBe('no number');
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
