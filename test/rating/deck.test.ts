import { describe, expect, test } from 'vitest';
import { bandOfCategory } from '../../core/numbering/band-of-category.ts';
import { normaliseNumber } from '../../core/numbering/normalise-number.ts';
import { compileTariff } from '../../core/rating/compile.ts';
import { parseStoredTariff } from '../../core/rating/parse-tariff.ts';
import { rateJsonLine } from '../../core/rating/rate-json.ts';
import { readDefaultTariff, readTariffFile } from '../../core/tariff-file.ts';

const tariff = await readDefaultTariff('Asia/Ho_Chi_Minh');
const compiled = compileTariff(tariff);
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
    expect(tariff.rates).toHaveLength(276);
    expect(tariff.currency).toBe('VND');
    expect(parseStoredTariff(JSON.parse(JSON.stringify(tariff)))).toEqual({ tariff });
  });

  test('every category of it has a column in the report', () => {
    const categories = [...new Set(tariff.rates.map((rate) => rate.category ?? ''))];
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
  const HEAD = 'prefix,rate_per_minute,currency,initial_seconds,increment_seconds';
  const problemsIn = async (...rows: readonly string[]): Promise<readonly string[]> => {
    const result = await readTariffFile(new TextEncoder().encode(rows.join('\n')), 'Asia/Ho_Chi_Minh');
    if (!('problems' in result)) throw new Error('the deck has mistakes');
    return result.problems.map(({ rowNumber, path, code }) => `${rowNumber ?? '-'} ${path} ${code}`);
  };

  test('names the row and the column of each', async () => {
    const rows = ['84,718.5,VND,6,1', '84x,718,VND,6,1', '84,dear,VND,6,1', '84,718,USD,six,1'];
    expect(await problemsIn(HEAD, ...rows)).toEqual([
      '3 prefix prefix-unclear',
      '4 rate_per_minute number-unclear',
      '5 currency currency-differs',
      '5 initial_seconds seconds-unclear',
    ]);
  });

  test('without a needed column says which', async () => {
    expect(await problemsIn('colour,shape', 'red,round')).toEqual([
      '1 prefix column-missing',
      '1 rate_per_minute column-missing',
    ]);
  });

  test('a list that leaves its thousands open is not guessed', async () => {
    expect(await problemsIn(HEAD, '84,1.000,VND,6,1')).toEqual(['- decimal-mark open']);
  });
});
