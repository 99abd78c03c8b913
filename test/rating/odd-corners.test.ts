import { describe, expect, test } from 'vitest';
import { compileTariff } from '../../core/rating/compile.ts';
import { parseTariff } from '../../core/rating/parse-tariff.ts';
import { rateJsonLine } from '../../core/rating/rate-json.ts';

function chargeOf(tariff: Record<string, unknown>, rate: Record<string, unknown>, call: Record<string, unknown> = {}) {
  const parsed = parseTariff({ currency: 'VND', ...tariff, rates: [{ prefix: '84', ...rate }] });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const asked = { start: '2026-11-20T09:00:00', durationSeconds: 60, number: '84981234567', ...call };
  return rateJsonLine(compileTariff(parsed.tariff), asked);
}

describe('the one rounding', () => {
  test.each([
    ['half-up', ['0', '1', '1', '2', '3', '1']],
    ['half-even', ['0', '0', '1', '2', '2', '1']],
    ['up', ['1', '1', '1', '2', '3', '1']],
    ['down', ['0', '0', '0', '1', '2', '1']],
  ])('%s of 0.4, 0.5, 0.6, 1.5, 2.5 and 1', (rounding, expected) => {
    const prices = ['0.4', '0.5', '0.6', '1.5', '2.5', '1'];
    expect(prices.map((connectionCharge) => chargeOf({ rounding }, { connectionCharge }).charge)).toEqual(expected);
  });

  test.each([
    [0, '1'],
    [1, '1.2'],
    [2, '1.23'],
    [3, '1.235'],
    [4, '1.2346'],
    [5, '1.23457'],
    [6, '1.234568'],
  ])('to %i decimals of 1.2345678 is %s', (decimals, charge) => {
    expect(chargeOf({ decimals }, { connectionCharge: '1.2345678' }).charge).toBe(charge);
  });

  test('comes after surcharge and tax, as texts or as numbers', () => {
    // 100 × 1.075 × 1.1 = 118.25
    const rate = { ratePerMinute: '100' };
    expect(chargeOf({ decimals: 2, surchargePercent: '7.5', taxPercent: '10' }, rate).charge).toBe('118.25');
    expect(chargeOf({ decimals: 2, surchargePercent: 7.5, taxPercent: 10 }, rate).charge).toBe('118.25');
    expect(chargeOf({ surchargePercent: -100, taxPercent: 10 }, rate).charge).toBe('0');
  });
});

describe('calls at the edge', () => {
  test.each([
    ['no second at all: connection and minimum', { connectionCharge: '10', minimumCharge: '25' }, 0, '25', 0],
    ['no second at all: connection', { connectionCharge: '10' }, 0, '10', 0],
    ['the maximum holds for seconds and connection', { connectionCharge: '10', maximumCharge: '65' }, 60, '65', 60],
    ['just at grace', { graceSeconds: 3 }, 3, '3', 3],
    ['just under grace', { graceSeconds: 3, minimumCharge: '25' }, 2, '0', 0],
    ['a part of a second brings a call to grace', { graceSeconds: 3 }, 2.001, '3', 3],
    ['more than eleven days', {}, 1_000_000, '1000000', 1_000_000],
    ['thirty years', { ratePerMinute: '999999.999999' }, 999_999_999, '16666666649983', 999_999_999],
  ])('%s', (_, rate, durationSeconds, charge, billedSeconds) => {
    const printed = chargeOf({}, { ratePerMinute: '60', ...rate }, { durationSeconds });
    expect(printed).toMatchObject({ charge, billedSeconds, rated: true });
  });

  test.each([
    ['24:00:00 ends a day', { from: '23:59:30', to: '24:00:00' }, 60, '33'],
    ['a period over midnight', { from: '23:59:30', to: '00:00:30' }, 60, '6'],
    ['a period over midnight ends', { from: '23:59:30', to: '00:00:30' }, 70, '16'],
    ['its weekday is that of the moment', { days: [5], from: '23:59:30', to: '06:00' }, 60, '33'],
    ['a day of the week alone', { days: [6] }, 60, '33'],
  ])('%s: a call from Friday 23:59:30 into Saturday', (_, period, durationSeconds, charge) => {
    const parsed = parseTariff({
      currency: 'VND',
      straddle: 'split',
      periods: [{ name: 'low', ...period }],
      defaultPeriod: 'high',
      rates: [
        { prefix: '', period: 'low', ratePerMinute: '6' },
        { prefix: '', period: 'high', ratePerMinute: '60' },
      ],
    });
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const call = { start: '2026-11-20T23:59:30', durationSeconds, number: '1' };
    expect(rateJsonLine(compileTariff(parsed.tariff), call).charge).toBe(charge);
  });

  test('an empty prefix takes every number, also a hidden one', () => {
    const call = { number: '' };
    expect(chargeOf({}, { prefix: '', ratePerMinute: '60' }, call)).toMatchObject({ charge: '60', matchedPrefix: '' });
    expect(chargeOf({}, { ratePerMinute: '60' }, call)).toMatchObject({ charge: null, rated: false });
  });

  test('the marks of a number are dropped, an international prefix is not guessed away', () => {
    const asked = (number: unknown) => chargeOf({}, { ratePerMinute: '60' }, { number });
    expect(asked('+84 (98) 123-45.67')).toMatchObject({ charge: '60', matchedPrefix: '84' });
    expect(asked(84981234567)).toMatchObject({ charge: '60' });
    expect(asked('0084981234567')).toMatchObject({ charge: null, rated: false });
  });

  test('a whole duration in steps goes up to the increment of its last second', () => {
    const steps = [
      { fromSecond: 0, price: '60', perSeconds: 60, incrementSeconds: 30 },
      { fromSecond: 30, price: '60', perSeconds: 60, incrementSeconds: 18 },
    ];
    const billed = (durationSeconds: number): number =>
      chargeOf({}, { steps, block: 'whole-duration' }, { durationSeconds }).billedSeconds;
    expect([20, 30, 31, 40, 54, 55].map(billed)).toEqual([30, 30, 36, 54, 54, 72]);
  });
});
