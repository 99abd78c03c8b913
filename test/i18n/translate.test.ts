import { describe, expect, it } from 'vitest';
import { createFormats } from '../../core/i18n/format.ts';
import { createTranslate, languageFromHeader, translateIfKnown } from '../../core/i18n/translate.ts';

describe('translation', () => {
  it('fills in values and leaves a forgotten one to be seen', () => {
    const t = createTranslate('en');
    expect(t('api.field.oneOf', { choices: 'a, b' })).toBe('Choose one of: a, b.');
    expect(t('api.field.oneOf')).toBe('Choose one of: {{choices}}.');
  });

  it('chooses the plural form of the language', () => {
    expect([1, 2].map((count) => createTranslate('en')('common.calls', { count }))).toEqual(['1 call', '2 calls']);
    expect([1, 2].map((count) => createTranslate('vi')('common.calls', { count }))).toEqual([
      '1 cuộc gọi',
      '2 cuộc gọi',
    ]);
  });

  it('does not take the machinery of objects for texts', () => {
    expect(translateIfKnown('en', 'common.constructor')).toBeUndefined();
    expect(translateIfKnown('en', 'common.band')).toBeUndefined();
    expect(translateIfKnown('vi', 'common.band.mobile')).toBe('di động');
  });

  it('refuses unknown keys when compiled', () => {
    // @ts-expect-error there is no such text
    expect(createTranslate('en')('common.nothing')).toBe('common.nothing');
  });

  it.each([
    ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
    ['en-US,en;q=0.9,vi;q=0.1', 'en'],
    ['fr;q=1, en;q=0.2, vi;q=0.8', 'vi'],
    ['fr, de', undefined],
    ['en;q=0, vi', 'vi'],
    ['', undefined],
    [null, undefined],
  ])('reads the language header %s as %s', (header, language) => {
    expect(languageFromHeader(header)).toBe(language);
  });
});

describe('formats', () => {
  const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
  const vi = createFormats('vi');
  const en = createFormats('en');

  it('write money with the decimals of its currency', () => {
    expect(plain(vi.money({ amount: '1234567', currency: 'VND' }))).toBe('1.234.567 ₫');
    expect(plain(en.money({ amount: '1234567', currency: 'VND' }))).toBe('₫1,234,567');
    expect(plain(en.money({ amount: '12.5', currency: 'USD' }))).toBe('$12.50');
  });

  it('never round money, nor lose digits of a large amount', () => {
    expect(plain(vi.money({ amount: '9007199254740993.123456', currency: 'VND' }))).toBe(
      '9.007.199.254.740.993,123456 ₫',
    );
    expect(plain(vi.money({ amount: '-0.5', currency: 'VND' }))).toBe('-0,5 ₫');
  });

  it.each([
    [0, '0:00:00'],
    [65, '0:01:05'],
    [3600 * 27 + 59, '27:00:59'],
    [-61, '-0:01:01'],
  ])('write %i seconds as %s', (seconds, text) => {
    expect(vi.duration(seconds)).toBe(text);
  });

  it('write local times as they are, in whatever zone this computer is', () => {
    expect(vi.localDateTime('2026-03-29T02:30:00')).toBe('29/03/2026 02:30:00');
    expect(en.localDateTime('2026-03-29T02:30:00')).toBe('29/03/2026 02:30:00');
    expect(vi.localDateTime('T02:30')).toBe('T02:30');
    expect(vi.day('2026-03-01')).toBe('01/03/2026');
    expect(en.month('2026-03')).toBe('03/2026');
  });

  it('write numbers and sizes', () => {
    expect([vi.number(1234567), en.number(1234567)]).toEqual(['1.234.567', '1,234,567']);
    expect([vi.bytes(1536), en.bytes(5 * 1024 ** 3)]).toEqual(['1,5 KB', '5 GB']);
  });

  it('sort by the Vietnamese alphabet', () => {
    expect(['Đạt', 'Dũng', 'Ánh', 'An', 'Bình'].sort(vi.compare)).toEqual(['An', 'Ánh', 'Bình', 'Dũng', 'Đạt']);
  });
});
