import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDate } from '../../core/decks/deck-dates.ts';
import { markEvidence, readAmount, unmistakable } from '../../core/decks/deck-numbers.ts';
import { coverRange, readPrefixes } from '../../core/decks/deck-prefixes.ts';
import { readBlocks, readDays, readSeconds } from '../../core/decks/deck-words.ts';

const home = { countryCode: '84', trunkPrefix: '0' };
const international = { form: 'international', home, arePatterns: false } as const;
const dialled = { form: 'dialled', home, arePatterns: false } as const;
const patterns = { form: 'dialled', home, arePatterns: true } as const;

describe('amounts', () => {
  test.each([
    ['1.234,56', 'comma'],
    ['1,234.56', 'point'],
    ['13.33', 'point'],
    ['0,500', 'comma'],
    ['1.000.000', 'comma'],
    ['1.000', 'unclear'],
    ['718', undefined],
  ])('%s says %s', (text, says) => {
    expect(markEvidence(text)).toBe(says);
  });

  test.each([
    ['1.000', 'point', '1.000'],
    ['1.000', 'comma', '1000'],
    ['1 234,5 đ', 'comma', '1234.5'],
    ["1'000.25", 'point', '1000.25'],
    ['$0.015', 'point', '0.015'],
    ['718 VND', 'comma', '718'],
    ['.5', 'point', '0.5'],
    ['1.5e-7', 'point', '0.00000015'],
    ['12,34', 'point', undefined],
    ['free', 'point', undefined],
  ] as const)('%s with decimal %s is %s', (text, mark, read) => {
    expect(readAmount(text, mark)).toBe(read);
  });

  test('what we write is read back as the same amount, and leaves no doubt about its mark', () => {
    const prices = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.nat(6)).map(([n, decimals]) => {
      const digits = n.toString().padStart(decimals + 1, '0');
      return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
    });
    fc.assert(
      fc.property(prices, (price) => {
        const written = unmistakable(price);
        expect(markEvidence(written)).not.toBe('unclear');
        expect(Number(readAmount(written, 'point'))).toBe(Number(price));
      }),
    );
  });
});

describe('dates', () => {
  test.each([
    ['8/16/2022', 'MDY', '2022-08-16'],
    ['8/16/2022', 'DMY', undefined],
    ['16.08.2022', 'DMY', '2022-08-16'],
    ['20220816', 'DMY', '2022-08-16'],
    ['2022-08-16 00:00:00', 'DMY', '2022-08-16'],
    ['16/8/2022 13:05', 'DMY', '2022-08-16T13:05'],
    ['8/16/2022 01:05:09 PM', 'MDY', '2022-08-16T13:05:09'],
    ['8/16/2022 12:00:00 AM', 'MDY', '2022-08-16'],
    ['16-Aug-2022', 'DMY', '2022-08-16'],
    ['Aug 16, 2022', 'DMY', '2022-08-16'],
    ['22/08/16', 'YMD', '2022-08-16'],
    ['30/02/2022', 'DMY', undefined],
  ] as const)('%s read as %s is %s', (text, order, read) => {
    expect(readDate(text, order)).toBe(read);
  });
});

describe('prefixes', () => {
  test.each([
    ['+84', ['84']],
    ['0084', ['84']],
    ['84', ['84']],
    ['+84 24 3', ['84243']],
    ['61 38,39', ['6138', '6139']],
    ['61 38-39, 4', ['6138', '6139', '614']],
    ['32484-32487', ['32484', '32485', '32486', '32487']],
    ['32480-32489', ['3248']],
    ['+32484, +32486', ['32484', '32486']],
    ['*', ['']],
  ])('%s is %j', (text, prefixes) => {
    expect(readPrefixes(text, '', international)).toEqual({ prefixes });
  });

  test('a column with the country code stands before every prefix of the list', () => {
    expect(readPrefixes('38,39', '61', international)).toEqual({ prefixes: ['6138', '6139'] });
  });

  test.each(['61 38 39', '84-96', '32484-7', '9-1', 'Belgium'])(
    '%s may mean several things and is not read',
    (text) => {
      expect(readPrefixes(text, '', international)).toEqual({ problem: 'prefix-unclear' });
    },
  );

  test('a national prefix has no country where prefixes begin with one', () => {
    expect(readPrefixes('098', '', international)).toEqual({ problem: 'prefix-national' });
  });

  test.each([
    ['098', ['8498']],
    ['0044', ['44']],
    ['1900', ['841900']],
    ['0', ['84']],
    ['00', ['']],
  ])('as dialled at home, %s is %j', (text, prefixes) => {
    expect(readPrefixes(text, '', dialled)).toEqual({ prefixes });
  });

  test.each([
    ['0[39]XXXXXXXX', { prefixes: ['843', '849'], minimumDigits: 11, maximumDigits: 11 }],
    ['00.', { prefixes: [''], minimumDigits: 1 }],
    ['0044!', { prefixes: ['44'] }],
    ['113', { prefixes: ['84113'] }],
  ])('the pattern %s is %j', (text, read) => {
    expect(readPrefixes(text, '', patterns)).toEqual(read);
  });

  test('a range becomes prefixes that hold its numbers and no others, and no ten of them make a shorter one', () => {
    const ends = fc.integer({ min: 1, max: 5 }).chain((length) => {
      const number = fc.nat(10 ** length - 1).map((n) => String(n).padStart(length, '0'));
      return fc.tuple(number, number).map(([a, b]): [string, string] => (a <= b ? [a, b] : [b, a]));
    });
    fc.assert(
      fc.property(ends, ([first, last]) => {
        const cover = coverRange(first, last);
        const held = cover.reduce((sum, prefix) => sum + 10 ** (first.length - prefix.length), 0);
        expect(held).toBe(Number(last) - Number(first) + 1);
        for (const prefix of cover) {
          expect(prefix.padEnd(first.length, '0') >= first && prefix.padEnd(first.length, '9') <= last).toBe(true);
        }
        for (const siblings of Map.groupBy(cover, (prefix) => prefix.slice(0, -1)).values()) {
          expect(siblings.length).toBeLessThan(10);
        }
      }),
    );
  });
});

describe('small cells', () => {
  test.each([
    ['60/6', 60, 6],
    ['6+1', 6, 1],
    ['1', 1, 1],
    ['60s/60s', 60, 60],
    ['1 min', 60, 60],
  ])('%s is %i then %i', (text, initialSeconds, incrementSeconds) => {
    expect(readBlocks(text)).toEqual({ initialSeconds, incrementSeconds });
  });

  test('three numbers are no block', () => {
    expect(readBlocks('0/60/60')).toBeUndefined();
  });

  test.each([
    ['00:01:30', 90],
    ['2m', 120],
    ['60.0', 60],
  ])('%s is %i seconds', (text, seconds) => {
    expect(readSeconds(text)).toBe(seconds);
  });

  test.each([
    ['Mon-Fri', [1, 2, 3, 4, 5]],
    ['T7, CN', [6, 7]],
    ['Fri-Mon', [1, 5, 6, 7]],
    ['1;2;3', [1, 2, 3]],
    ['*all', [1, 2, 3, 4, 5, 6, 7]],
  ])('%s is %j', (text, days) => {
    expect(readDays(text)).toEqual(days);
  });
});
