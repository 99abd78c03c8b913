import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AmountMicro, amountMicro } from '../../core/model/money.ts';
import { compileTariff } from '../../core/rating/compile.ts';
import { explainCall } from '../../core/rating/explain.ts';
import { rateMonths } from '../../core/rating/month.ts';
import type { MonthState } from '../../core/rating/month-use.ts';
import { parseStoredTariff } from '../../core/rating/parse-tariff.ts';
import { type RatingCall, rateCall } from '../../core/rating/rate-call.ts';
import type { StoredRate, StoredTariff } from '../../core/rating/tariff.ts';
import { taxInCharge, taxOnTotal } from '../../core/rating/tax.ts';

/** 2026-11-01 at midnight on the tariff's clock. */
const NOVEMBER = Date.UTC(2026, 10, 1) / 1000;

const price = fc.integer({ min: 0, max: 99_999 }).map((n) => (n / 100).toFixed(2));
const rates: fc.Arbitrary<StoredRate> = fc
  .record({
    prefix: fc.constantFrom('84', '849', '8498'),
    ratePerMinute: price,
    initialSeconds: fc.integer({ min: 0, max: 60 }),
    incrementSeconds: fc.integer({ min: 1, max: 60 }),
    graceSeconds: fc.nat(5),
    freeSeconds: fc.nat(30),
    connectTimeSeconds: fc.nat(12),
    connectionCharge: price,
    disconnectionCharge: price,
    category: fc.constantFrom('mobile', 'national'),
    minimumDigits: fc.constantFrom(0, 8, 11),
    localOnly: fc.boolean(),
  })
  .map((rate) => rate);
const volumes = price.map((ratePerMinute) => ({
  volumeGroup: 'all',
  volumePrices: [{ fromMonthSeconds: 300, ratePerMinute }],
}));
const tariffs: fc.Arbitrary<StoredTariff> = fc.record({
  currency: fc.constantFrom('VND', 'EUR', 'KWD'),
  rounding: fc.constantFrom('half-up', 'half-even', 'up', 'down'),
  markupPercent: fc.constantFrom('-12.5', '0', '7.25'),
  surchargePercent: fc.constantFrom('0', '3'),
  taxPercent: fc.constantFrom('0', '10', '19'),
  pricesIncludeTax: fc.boolean(),
  taxPoint: fc.constantFrom('call', 'total'),
  durationRounding: fc.constantFrom('up', 'nearest'),
  origin: fc.constant('8424'),
  areaGroups: fc.constant([{ name: 'Hà Nội', prefixes: ['8424', '8498'] }]),
  bundles: fc.constantFrom<NonNullable<StoredTariff['bundles']>>(
    [],
    [{ name: 'minutes', categories: ['mobile'], secondsPerMonth: 400, secondsPerCall: 90 }],
    [
      { name: 'minutes', prefixes: ['8498'], secondsPerMonth: 200 },
      { name: 'money', moneyPerMonth: '1000.005' },
    ],
  ),
  volumeMethod: fc.constantFrom('present', 'month'),
  rates: fc.array(
    fc.tuple(rates, fc.option(volumes, { nil: {} })).map(([rate, more]) => ({ ...rate, ...more })),
    { minLength: 1, maxLength: 5 },
  ),
});
const numbers = fc.constantFrom('84981234567', '84912345678', '8412345');
const call = (startLocal: number, durationSeconds: number, number: string): RatingCall => ({
  startLocal,
  durationSeconds,
  number,
});
const months = fc
  .uniqueArray(fc.nat(5_000_000), { maxLength: 12 })
  .chain((starts) =>
    fc.tuple(...starts.map((start) => fc.tuple(fc.nat(400), numbers).map(([d, n]) => call(NOVEMBER + start, d, n)))),
  )
  .map((calls): readonly RatingCall[] => calls);

const amountOf = (tariff: StoredTariff, asked: RatingCall): bigint =>
  rateCall(compileTariff(tariff), asked).amountMicro ?? -1n;

describe('the laws of money hold for all that the store adds', () => {
  test('a charge never falls when the call grows', () => {
    fc.assert(
      fc.property(tariffs, numbers, fc.nat(2000), fc.nat(200), (tariff, number, duration, more) => {
        const short = amountOf(tariff, call(NOVEMBER, duration, number));
        expect(amountOf(tariff, call(NOVEMBER, duration + more, number))).toBeGreaterThanOrEqual(short);
      }),
    );
  });

  test('the order of rates changes nothing', () => {
    fc.assert(
      fc.property(tariffs, numbers, fc.nat(500), (tariff, number, duration) => {
        const turned = { ...tariff, rates: [...tariff.rates].reverse() };
        expect(amountOf(turned, call(NOVEMBER, duration, number))).toBe(
          amountOf(tariff, call(NOVEMBER, duration, number)),
        );
      }),
    );
  });

  test('a tariff written out and read again rates the same', () => {
    fc.assert(
      fc.property(tariffs, months, (tariff, calls) => {
        const again = parseStoredTariff(JSON.parse(JSON.stringify(tariff)));
        if ('problems' in again) throw new Error(JSON.stringify(again.problems));
        expect(again.tariff).toEqual(tariff);
        expect(rateMonths(compileTariff(again.tariff), calls)).toEqual(rateMonths(compileTariff(tariff), calls));
      }),
    );
  });

  test('the quick price and the explained price are one', () => {
    fc.assert(
      fc.property(tariffs, numbers, fc.nat(5000), (tariff, number, duration) => {
        const compiled = compileTariff(tariff);
        const asked = { ...call(NOVEMBER, duration, number), monthSeconds: { all: duration } };
        expect(rateCall(compiled, asked).amountMicro).toBe(explainCall(compiled, asked).charge.amountMicro);
      }),
    );
  });

  test('the parts of a call between two borders of one price add up to the call', () => {
    const borders = fc.uniqueArray(fc.integer({ min: 1, max: 86_399 }), { minLength: 2, maxLength: 2 });
    const clock = (second: number): string => new Date(second * 1000).toISOString().slice(11, 19);
    fc.assert(
      fc.property(tariffs, numbers, fc.nat(90_000), borders, (tariff, number, duration, [from = 0, to = 0]) => {
        const split: StoredTariff = {
          ...tariff,
          straddle: 'split',
          periods: [{ name: 'a', from: clock(from), to: clock(to) }],
          defaultPeriod: 'b',
          rates: tariff.rates.flatMap((rate) => [
            { ...rate, period: 'a' },
            { ...rate, period: 'b' },
          ]),
        };
        const asked = call(NOVEMBER, duration, number);
        expect(amountOf(split, asked)).toBe(amountOf(tariff, asked));
      }),
    );
  });
});

describe('a month', () => {
  test('does not depend on the order in which calls are given', () => {
    fc.assert(
      fc.property(tariffs, months, (tariff, calls) => {
        const compiled = compileTariff(tariff);
        const there = rateMonths(compiled, calls).charges;
        const back = rateMonths(compiled, [...calls].reverse()).charges;
        expect([...back].reverse()).toEqual(there);
      }),
    );
  });

  test('goes on from the state that its first calls left', () => {
    fc.assert(
      fc.property(tariffs, months, fc.nat(12), (tariff, calls, cut) => {
        const compiled = compileTariff({ ...tariff, volumeMethod: 'present' });
        const sorted = [...calls].sort((a, b) => a.startLocal - b.startLocal);
        const whole = rateMonths(compiled, sorted);
        const first = rateMonths(compiled, sorted.slice(0, cut));
        const rest = rateMonths(compiled, sorted.slice(cut), first.state);
        expect([...first.charges, ...rest.charges]).toEqual(whole.charges);
        expect(rest.state).toEqual(whole.state);
      }),
    );
  });

  test('gives away no more than its bundles hold, and never pays for a call twice', () => {
    fc.assert(
      fc.property(tariffs, months, (tariff, calls) => {
        const compiled = compileTariff(tariff);
        const inNovember = calls.filter(({ startLocal }) => startLocal < NOVEMBER + 30 * 86_400);
        const { charges, state } = rateMonths(compiled, inNovember);
        const bare = rateMonths(compileTariff({ ...tariff, bundles: [] }), inNovember).charges;
        const usedOf = (used: MonthState | undefined, name: string): number => used?.bundleSeconds[name] ?? 0;
        for (const { name, secondsPerMonth } of compiled.bundles) {
          if (secondsPerMonth !== undefined) expect(usedOf(state, name)).toBeLessThanOrEqual(secondsPerMonth);
        }
        expect(charges.reduce((sum, charge) => sum + charge.coveredMicro, 0n)).toBeLessThanOrEqual(1_000_005_000n);
        const hasVolume = tariff.rates.some((rate) => rate.volumePrices !== undefined);
        charges.forEach(({ charge }, i) => {
          const full = bare[i]?.charge.amountMicro;
          expect(charge.isRated).toBe(full !== undefined);
          if (!hasVolume) expect(charge.amountMicro ?? 0n).toBeLessThanOrEqual(full ?? 0n);
          expect(charge.amountMicro ?? 0n).toBeGreaterThanOrEqual(0n);
        });
      }),
    );
  });

  test('priced at what it reaches has one price for all its calls', () => {
    const tariff = compileTariff({
      currency: 'VND',
      volumeMethod: 'month',
      rates: [
        {
          prefix: '84',
          ratePerMinute: '550',
          volumeGroup: 'mobile',
          volumePrices: [{ fromMonthSeconds: 120, ratePerMinute: '500' }],
        },
      ],
    });
    const calls = [0, 1, 2].map((hour) => call(NOVEMBER + hour * 3600, 60, '84912345678'));
    const chargesOf = (asked: readonly RatingCall[]) =>
      rateMonths(tariff, asked).charges.map(({ charge }) => charge.amountMicro);
    expect(chargesOf(calls)).toEqual([500_000_000n, 500_000_000n, 500_000_000n]);
    expect(chargesOf(calls.slice(0, 1))).toEqual([550_000_000n]);
  });
});

describe('tax', () => {
  const units = fc.bigInt({ min: 0n, max: 10n ** 12n });

  test('and net add up to the charge', () => {
    fc.assert(
      fc.property(tariffs, units, (tariff, value) => {
        const compiled = compileTariff(tariff);
        const charge: AmountMicro = amountMicro(value * 10n ** BigInt(6 - compiled.decimals));
        const { netMicro, taxMicro } = taxInCharge(compiled, charge);
        expect(netMicro + taxMicro).toBe(charge);
        expect(taxMicro).toBeGreaterThanOrEqual(0n);
      }),
    );
  });

  test('is taken once: in each call or on the total', () => {
    const ofPoint = (taxPoint: 'call' | 'total') =>
      compileTariff({ currency: 'VND', taxPercent: '10', taxPoint, rates: [] });
    const total = amountMicro(1_005_000_000n);
    expect(taxOnTotal(ofPoint('call'), total)).toBe(0n);
    expect(taxOnTotal(ofPoint('total'), total)).toBe(101_000_000n);
    expect(taxInCharge(ofPoint('total'), total)).toEqual({ netMicro: total, taxMicro: 0n });
    expect(taxInCharge(ofPoint('call'), amountMicro(418_000_000n))).toEqual({
      netMicro: 380_000_000n,
      taxMicro: 38_000_000n,
    });
  });
});
