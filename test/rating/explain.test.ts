import { describe, expect, test } from 'vitest';
import english from '../../core/i18n/en/rating.json' with { type: 'json' };
import vietnamese from '../../core/i18n/vi/rating.json' with { type: 'json' };
import { compileTariff } from '../../core/rating/compile.ts';
import { PRICE_STEP_KINDS } from '../../core/rating/explain.ts';
import { rateJsonLine } from '../../core/rating/rate-json.ts';
import type { StoredTariff } from '../../core/rating/tariff.ts';

const tariff: StoredTariff = {
  currency: 'VND',
  decimals: 0,
  timeZone: 'Asia/Ho_Chi_Minh',
  taxPercent: '10',
  straddle: 'split',
  periods: [{ name: 'night', from: '23:00', to: '06:00' }],
  defaultPeriod: 'day',
  rates: [
    {
      prefix: '84',
      name: 'Viet Nam',
      period: 'day',
      ratePerMinute: '718',
      initialSeconds: 6,
      incrementSeconds: 1,
      connectionCharge: '100',
    },
    { prefix: '84', name: 'Viet Nam', period: 'night', ratePerMinute: '359', initialSeconds: 6, incrementSeconds: 1 },
  ],
};

const placeholders = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('the reasons of a charge', () => {
  test('stand in the order a reader checks them, with exact amounts', () => {
    const printed = rateJsonLine(compileTariff(tariff, 'Office'), {
      start: '2026-11-20T22:59:50',
      durationSeconds: 37,
      number: '+84 98 123 4567',
    });
    expect(printed.matchedPrefix).toBe('84');
    expect(printed.explanation.map((step) => step.kind)).toEqual([
      'number',
      'tariff',
      'rate-named',
      'period-default',
      'billed',
      'seconds-in-period',
      'seconds-in-period',
      'seconds-in-period',
      'connection',
      'tax',
      'exact',
      'rounding-half-up',
      'result',
    ]);
    expect(printed.explanation[5]?.values).toMatchObject({ seconds: 6, amount: '71.8', period: 'day' });
    expect(printed.explanation[7]?.values).toMatchObject({
      fromSecond: 10,
      seconds: 27,
      amount: '161.55',
      period: 'night',
    });
    expect(printed.explanation.at(-1)?.values).toEqual({ charge: '419', currency: 'VND' });
  });

  test('name every stored rule that moved the amount', () => {
    const stored: StoredTariff = {
      currency: 'VND',
      markupPercent: '-10',
      taxPercent: '10',
      pricesIncludeTax: true,
      taxPoint: 'total',
      areaGroups: [{ name: 'Hà Nội', prefixes: ['8424'] }],
      rates: [
        {
          prefix: '84',
          ratePerMinute: '660',
          connectTimeSeconds: 5,
          freeSeconds: 10,
          disconnectionCharge: '110',
          originGroup: 'Hà Nội',
          minimumDigits: 9,
          volumeGroup: 'all',
          volumePrices: [{ fromMonthSeconds: 60, ratePerMinute: '330' }],
        },
        { prefix: '849', reject: true },
      ],
    };
    const call = { start: '2026-11-20T09:00:00', durationSeconds: 75, number: '842438251234', origin: '84 24' };
    const { charge, explanation } = rateJsonLine(compileTariff(stored), call);
    // 60 s at 11 and 110 at the end: 770, less 10 % is 693, of which 63 is tax.
    expect(charge).toBe('630');
    expect(explanation.map((step) => step.kind)).toEqual([
      'number',
      'rate',
      'origin-group',
      'digits',
      'volume',
      'connect-time',
      'free-seconds',
      'billed',
      'seconds',
      'disconnection',
      'discount',
      'tax-taken-out',
      'tax-on-total',
      'exact',
      'rounding-half-up',
      'result',
    ]);
    expect(explanation[10]?.values).toMatchObject({ percent: '-10', amount: '-77' });
    expect(explanation[11]?.values).toMatchObject({ amount: '63' });
    const rejected = rateJsonLine(compileTariff(stored), { ...call, number: '84912345678' });
    expect(rejected).toMatchObject({ charge: null, rated: false });
    expect(rejected.explanation.at(-1)?.kind).toBe('rejected');
    const tooShort = rateJsonLine(compileTariff(stored), { ...call, durationSeconds: 5 });
    expect(tooShort).toMatchObject({ charge: '0', billedSeconds: 0 });
    expect(tooShort.explanation.at(-2)?.kind).toBe('not-connected');
  });

  test('a line that is no call says which key to look at', () => {
    const compiled = compileTariff(tariff);
    const keyOf = (json: unknown) => rateJsonLine(compiled, json).explanation[0]?.values['key'];
    expect(keyOf(7)).toBe('');
    expect(keyOf({ start: '2026-11-20', durationSeconds: 1, number: '84' })).toBe('start');
    expect(keyOf({ start: '2026-11-20T10:00', durationSeconds: -1, number: '84' })).toBe('durationSeconds');
    expect(keyOf({ start: '2026-11-20T10:00', durationSeconds: 1 })).toBe('number');
    expect(keyOf({ start: '2026-11-20T10:00', durationSeconds: 1, number: '84', direction: 'up' })).toBe('direction');
    expect(rateJsonLine(compiled, {})).toMatchObject({ charge: null, rated: false, matchedPrefix: null });
  });

  test('every kind has a text in both languages with the same placeholders', () => {
    const kinds = [...PRICE_STEP_KINDS].sort();
    expect(Object.keys(english.step).sort()).toEqual(kinds);
    expect(Object.keys(vietnamese.step).sort()).toEqual(kinds);
    for (const kind of PRICE_STEP_KINDS) {
      expect(placeholders(vietnamese.step[kind])).toEqual(placeholders(english.step[kind]));
    }
  });
});
