import { describe, expect, test } from 'vitest';
import { type CheckInput, checkDeck, type DeckCheck } from '../../core/decks/checks.ts';
import { builtInPlan } from '../../core/numbering/plan.ts';
import type { StoredRate, StoredTariff } from '../../core/rating/tariff.ts';
import { readDefaultTariff } from '../../core/tariff-file.ts';

const found = (
  rates: readonly StoredRate[],
  more: Partial<CheckInput> & { tariff?: StoredTariff } = {},
): Record<string, readonly string[]> => {
  const warnings = checkDeck({
    tariff: { currency: 'VND', rates },
    plan: builtInPlan(),
    homeCountryCode: '84',
    today: '2026-11-23',
    traffic: [],
    ...more,
  });
  return Object.fromEntries(warnings.map(({ check, rows }) => [check, rows.map(({ prefix }) => prefix)]));
};
const only = (check: DeckCheck, prefixes: readonly string[]): Record<string, readonly string[]> => ({
  [check]: prefixes,
});
const rate = (prefix: string, ratePerMinute = '3600', more: Partial<StoredRate> = {}): StoredRate => ({
  prefix,
  ratePerMinute,
  ...more,
});

describe('a price list is looked through before it is used', () => {
  test('a plain list has nothing to say', () => {
    expect(found([rate('44'), rate('447', '5000'), rate('84', '718')])).toEqual({});
  });

  test('one prefix twice under the same conditions', () => {
    expect(found([rate('44'), rate('44', '3700'), rate('44', '3700', { trunk: 'gsm' })])).toEqual(
      only('duplicate-prefix', ['44']),
    );
  });

  test('a prefix that no country has', () => {
    expect(found([rate('44'), rate('0044'), rate('')])).toEqual(only('no-country', ['0044']));
  });

  test('days between two prices of a prefix without any', () => {
    const dated = (to: string): StoredRate[] => [
      rate('44', '3600', { effectiveFrom: '2026-12-01', effectiveTo: to }),
      rate('44', '3700', { effectiveFrom: '2027-02-01' }),
    ];
    expect(found(dated('2027-01-01'))).toEqual(only('date-gap', ['44']));
    expect(found(dated('2027-02-01'))).toEqual({});
  });

  test('a price twenty times its neighbours, above or below', () => {
    const list = ['441', '442', '443', '447', '448'].map((prefix) => rate(prefix));
    expect(found([...list, rate('449', '72000')])).toEqual(only('price-slip', ['449']));
    expect(found([...list, rate('449', '180')])).toEqual(only('price-slip', ['449']));
    expect(found([...list, rate('449', '71999'), rate('4499', '0')])).toEqual({});
  });

  test('abroad, a prefix not billed by the minute where its siblings are', () => {
    const byMinute = { incrementSeconds: 60 };
    const list = [
      rate('6851', '9000', byMinute),
      rate('6852', '9000', byMinute),
      rate('6853', '9000', { initialSeconds: 6 }),
    ];
    expect(found(list)).toEqual(only('block-differs', ['6853']));
    expect(found([rate('8424', '120', byMinute), rate('8425', '120', byMinute), rate('8498', '120')])).toEqual({});
  });

  test('a country that is called and has no rate, with how often', () => {
    const traffic = [
      { number: '447911', calls: 3 },
      { number: '4930', calls: 2 },
      { number: '4989', calls: 5 },
    ];
    const [warning] = checkDeck({
      tariff: { currency: 'VND', rates: [rate('44')] },
      plan: builtInPlan(),
      homeCountryCode: '84',
      today: '2026-11-23',
      traffic,
    });
    expect(warning).toMatchObject({
      check: 'country-without-rate',
      count: 1,
      rows: [{ prefix: '49', values: { calls: 7 } }],
    });
  });

  test('words of VAT that differ between rows, or from the terms of the tariff', () => {
    const [incl, excl] = [rate('44', '1', { source: 'Đã gồm VAT' }), rate('45', '1', { source: 'chưa VAT' })];
    expect(found([incl, excl, rate('46', '1', { name: 'VAT included' })])).toEqual(only('tax-mixed', ['45']));
    const tariff = { currency: 'VND', taxPercent: '10', rates: [incl] };
    expect(found([], { tariff })).toEqual(only('tax-against-terms', ['44']));
    expect(found([], { tariff: { ...tariff, pricesIncludeTax: true } })).toEqual({});
  });

  test('new rates, or a version, that begin before today', () => {
    const old = rate('44', '1', { effectiveFrom: '2026-11-22' });
    expect(found([old, rate('45', '1', { effectiveFrom: '2026-11-23' })])).toEqual(only('past-date', ['44']));
    expect(found([old], { newRates: new Set() })).toEqual({});
    expect(found([rate('45')], { effectiveFrom: '2026-11-01' })).toEqual(only('past-date', ['']));
  });

  test('the list that comes with the program has dates in the past and nothing else to say', async () => {
    const tariff = await readDefaultTariff('Asia/Ho_Chi_Minh');
    expect(Object.keys(found([], { tariff }))).toEqual(['past-date']);
  });
});
