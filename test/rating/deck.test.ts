import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { bandOfCategory } from '../../core/numbering/band-of-category.ts';
import { normaliseNumber } from '../../core/numbering/normalise-number.ts';
import { compileTariff } from '../../core/rating/compile.ts';
import { deckToTariff } from '../../core/rating/deck.ts';
import { parseStoredTariff } from '../../core/rating/parse-tariff.ts';
import { rateJsonLine } from '../../core/rating/rate-json.ts';

const csv = readFileSync(new URL('../../core/rating/tariffs/vietnam-2018.csv', import.meta.url), 'utf8');
const rows: Record<string, string>[] = parse(csv, { columns: true });
const deck = deckToTariff(rows, { timeZone: 'Asia/Ho_Chi_Minh' });
if ('problems' in deck) throw new Error(JSON.stringify(deck.problems));
const compiled = compileTariff(deck.tariff);
const site = {
  countryCode: '84',
  areaCode: '24',
  outsideDigits: ['9'],
  carrierCodes: ['171', '177', '178', '179'],
  extensionMaxDigits: 4,
  internationalPrefixes: ['00'],
  trunkPrefix: '0',
};

describe('the default deck', () => {
  test('becomes a tariff of all its rows that can be stored and read again', () => {
    expect(deck.tariff.rates).toHaveLength(276);
    expect(deck.tariff.currency).toBe('VND');
    expect(parseStoredTariff(JSON.parse(JSON.stringify(deck.tariff)))).toEqual({ tariff: deck.tariff });
  });

  test('every category of it has a column in the report', () => {
    const categories = [...new Set(deck.tariff.rates.map((rate) => rate.category ?? ''))];
    expect(categories.length).toBeGreaterThan(8);
    expect(categories.filter((category) => bandOfCategory(category) === undefined)).toEqual([]);
  });

  test.each([
    ['0981234567', 37, '487', '8498'],
    ['90912345678', 37, '604', '8491'],
    ['38251234', 61, '264', '8424'],
    ['02838251234', 5, '98', '8428'],
    ['17102838251234', 5, '98', '8428'],
    ['19008055', 61, '3000', '841900805'],
    ['18001091', 61, '0', '841800'],
    ['113', 61, '0', '84113'],
    ['1080', 10, '2000', '841080'],
    ['0061145123456', 60, '45000', '61145'],
    ['0061212345678', 60, '3600', '61'],
  ])('%s for %i s costs %s by prefix %s', (dialled, durationSeconds, charge, matchedPrefix) => {
    const { number } = normaliseNumber(dialled, site, '2026-11-20');
    const printed = rateJsonLine(compiled, { start: '2026-11-20T09:00:00', durationSeconds, number });
    expect(printed).toMatchObject({ charge, matchedPrefix });
  });
});

describe('a deck with mistakes', () => {
  const good = { prefix: '84', rate_per_minute: '718', currency: 'VND', initial_seconds: '6', increment_seconds: '1' };

  test('names the row and the column of each', () => {
    const result = deckToTariff(
      [
        good,
        { ...good, prefix: '84x' },
        { ...good, rate_per_minute: '1.000,5' },
        { ...good, initial_seconds: 'six', currency: 'USD' },
      ],
      { timeZone: 'Asia/Ho_Chi_Minh' },
    );
    const problems = 'problems' in result ? result.problems : [];
    expect(problems.map((p) => `${p.rowNumber} ${p.path} ${p.code}`)).toEqual([
      '3 prefix prefix-not-digits',
      '4 rate_per_minute not-decimal',
      '5 initial_seconds not-whole-number',
      '5 currency not-a-choice',
    ]);
  });

  test('without a needed column says which', () => {
    const result = deckToTariff([{ code: '84' }], { timeZone: 'UTC' });
    expect('problems' in result ? result.problems.map((p) => p.path) : []).toEqual(['prefix', 'rate_per_minute']);
  });

  test('prefixes with + or 00 are read', () => {
    const result = deckToTariff(
      [
        { ...good, prefix: '+84' },
        { ...good, prefix: '0049' },
      ],
      { timeZone: 'UTC' },
    );
    expect('tariff' in result ? result.tariff.rates.map((rate) => rate.prefix) : []).toEqual(['84', '49']);
  });
});
