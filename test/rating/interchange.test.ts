import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileTariff } from '../../core/rating/compile.ts';
import { toInterchange } from '../../core/rating/interchange.ts';
import { parseStoredTariff, parseTariff } from '../../core/rating/parse-tariff.ts';
import { rateCall } from '../../core/rating/rate-call.ts';
import type { PortedNumber, StoredRate, StoredTariff, TaxPoint } from '../../core/rating/tariff.ts';

const NOVEMBER = Date.UTC(2026, 10, 2, 9) / 1000;
/** So that many tariffs can be said in the interchange form. */
const mostly = <T>(usual: T, rare: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(rare) });
const price = fc.integer({ min: 0, max: 99_999 }).map((n) => (n / 100).toFixed(2));
const rates: fc.Arbitrary<StoredRate> = fc.record(
  {
    prefix: fc.constantFrom('84', '849', '8498'),
    ratePerMinute: price,
    name: fc.constant('Mobile'),
    nameVi: fc.constant('Di động'),
    category: fc.constant('mobile'),
    source: fc.constant('contract of 2026'),
    initialSeconds: fc.nat(60),
    incrementSeconds: fc.integer({ min: 1, max: 60 }),
    freeSeconds: mostly(0, 30),
    connectTimeSeconds: mostly(0, 12),
    localOnly: mostly(false, true),
    minimumDigits: mostly(0, 11),
    reject: mostly(false, true),
  },
  { requiredKeys: ['prefix', 'ratePerMinute'] },
);
const tariffs: fc.Arbitrary<StoredTariff> = fc.record(
  {
    currency: fc.constantFrom('VND', 'EUR'),
    taxPercent: fc.constantFrom('0', '10'),
    pricesIncludeTax: mostly(false, true),
    taxPoint: mostly<TaxPoint>('call', 'total'),
    markupPercent: mostly('0', '5'),
    durationRounding: mostly<'up' | 'nearest'>('up', 'nearest'),
    origin: fc.constant('8424'),
    areaGroups: fc.constant([{ name: 'Hà Nội', prefixes: ['8424', '8498'] }]),
    portedNumbers: mostly<readonly PortedNumber[]>([], [{ number: '84981234567', ratedAs: '8491' }]),
    volumeMethod: fc.constantFrom('present', 'month'),
    rates: fc.array(rates, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['currency', 'rates'] },
);
const calls = fc.array(
  fc.record({
    startLocal: fc.constant(NOVEMBER),
    durationSeconds: fc.double({ min: 0, max: 400, noNaN: true }),
    number: fc.constantFrom('84981234567', '84912345678', '8412345'),
  }),
  { minLength: 5, maxLength: 5 },
);

describe('a tariff that goes out and comes back', () => {
  test('rates every call as before, in full and in the interchange form', () => {
    let told = 0;
    fc.assert(
      fc.property(tariffs, calls, (tariff, asked) => {
        const before = compileTariff(tariff);
        const whole = parseStoredTariff(JSON.parse(JSON.stringify(tariff)));
        if (!('tariff' in whole)) throw new Error(JSON.stringify(whole.problems));
        const out = toInterchange(tariff);
        const plain = 'tariff' in out ? parseTariff(JSON.parse(JSON.stringify(out.tariff))) : undefined;
        if (plain !== undefined && 'problems' in plain) throw new Error(JSON.stringify(plain.problems));
        if (plain !== undefined) told += 1;
        const back = [whole.tariff, ...(plain === undefined ? [] : [plain.tariff])].map((one) => compileTariff(one));
        for (const call of asked) {
          const expected = rateCall(before, call);
          for (const one of back) {
            const { amountMicro, billedSeconds, isRated } = rateCall(one, call);
            expect({ amountMicro, billedSeconds, isRated }).toEqual({
              amountMicro: expected.amountMicro,
              billedSeconds: expected.billedSeconds,
              isRated: expected.isRated,
            });
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(told).toBeGreaterThan(20);
  });

  test('is refused in the interchange form where a price would be lost', () => {
    const out = toInterchange({
      currency: 'VND',
      bundles: [{ name: 'free', secondsPerMonth: 60 }],
      rates: [{ prefix: '84', ratePerMinute: '600', freeSeconds: 10, nameVi: 'Việt Nam' }],
    });
    expect(out).toEqual({
      problems: [
        { path: 'bundles', code: 'not-interchange', values: { key: 'bundles' } },
        { path: 'rates[0].freeSeconds', code: 'not-interchange', values: { key: 'freeSeconds' } },
      ],
    });
  });
});
