import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileTariff } from '../../core/rating/compile.ts';
import { explainCall } from '../../core/rating/explain.ts';
import { type RatingCall, rateCall, roundToMicro } from '../../core/rating/rate-call.ts';
import { type Rate, ROUNDINGS, type Tariff } from '../../core/rating/tariff.ts';

const price = fc
  .tuple(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 9999 }))
  .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`);
const seconds = fc.integer({ min: 1, max: 90 });
const stepsRate = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 3 })
  .chain((starts) =>
    fc
      .tuple(
        ...[0, ...starts].map((fromSecond) =>
          fc.record({ fromSecond: fc.constant(fromSecond), price, perSeconds: seconds, incrementSeconds: seconds }),
        ),
      )
      .map((steps): Partial<Rate> => ({ steps })),
  );
const simpleRate: fc.Arbitrary<Partial<Rate>> = fc.record({
  ratePerMinute: price,
  initialSeconds: fc.integer({ min: 0, max: 90 }),
  incrementSeconds: seconds,
  block: fc.constantFrom('initial-then-increments', 'whole-duration'),
});
const rate: fc.Arbitrary<Rate> = fc
  .tuple(fc.oneof(simpleRate, stepsRate), price, fc.integer({ min: 0, max: 10 }))
  .map(([form, connectionCharge, graceSeconds]) => ({ prefix: '84', ...form, connectionCharge, graceSeconds }));
const settings = fc.record({
  decimals: fc.integer({ min: 0, max: 6 }),
  rounding: fc.constantFrom(...ROUNDINGS),
  taxPercent: fc.constantFrom('0', '8', '10', '19.6'),
  surchargePercent: fc.constantFrom('0', '-12.5', '3.75'),
});

const start = 1_795_000_000;
const call = (durationSeconds: number, more: Partial<RatingCall> = {}): RatingCall => ({
  startLocal: start,
  durationSeconds,
  number: '84981234567',
  ...more,
});

describe('the laws of money', () => {
  test('a charge never falls when the call grows', () => {
    fc.assert(
      fc.property(rate, settings, fc.nat(4000), fc.nat(300), fc.nat(500), (r, s, duration, more, allowance) => {
        const tariff = compileTariff({ currency: 'VND', ...s, rates: [r] });
        const short = rateCall(tariff, call(duration, { allowanceLeftSeconds: allowance }));
        const long = rateCall(tariff, call(duration + more, { allowanceLeftSeconds: allowance }));
        expect(long.amountMicro ?? -1n).toBeGreaterThanOrEqual(short.amountMicro ?? 0n);
        expect(long.billedSeconds).toBeGreaterThanOrEqual(short.billedSeconds);
      }),
    );
  });

  test('the quick price and the exact price round to the same amount', () => {
    fc.assert(
      fc.property(rate, settings, fc.nat(100_000), (r, s, duration) => {
        const tariff = compileTariff({ currency: 'VND', ...s, rates: [r] });
        const { charge, exact } = explainCall(tariff, call(duration));
        expect(rateCall(tariff, call(duration)).amountMicro).toBe(charge.amountMicro);
        expect(exact === undefined ? undefined : roundToMicro(tariff, exact)).toBe(charge.amountMicro);
      }),
    );
  });

  test('a border between two periods of one price changes nothing', () => {
    const periods = [{ name: 'night', from: '23:00', to: '06:00' }];
    fc.assert(
      fc.property(rate, settings, fc.nat(86_400), fc.nat(200_000), fc.nat(100), (r, s, shift, duration, allowance) => {
        const whole: Tariff = { currency: 'VND', ...s, rates: [r] };
        const split: Tariff = {
          ...whole,
          straddle: 'split',
          periods,
          defaultPeriod: 'day',
          rates: [
            { ...r, period: 'night' },
            { ...r, period: 'day' },
          ],
        };
        const asked = { ...call(duration, { allowanceLeftSeconds: allowance }), startLocal: start + shift };
        const [a, b] = [rateCall(compileTariff(whole), asked), rateCall(compileTariff(split), asked)];
        expect(b.amountMicro).toBe(a.amountMicro);
        expect(b.billedSeconds).toBe(a.billedSeconds);
      }),
    );
  });

  test('the order of rates changes nothing', () => {
    const anyRate: fc.Arbitrary<Rate> = fc
      .tuple(
        rate,
        fc.constantFrom('', '8', '84', '849', '8498', '85'),
        fc.constantFrom(undefined, 'a', 'b'),
        fc.constantFrom(undefined, '171'),
        fc.constantFrom(undefined, '2020-01-01', '2026-11-01', '2040-01-01'),
      )
      .map(([r, prefix, trunk, accessCode, effectiveFrom]) => ({
        ...r,
        prefix,
        ...(trunk === undefined ? {} : { trunk }),
        ...(accessCode === undefined ? {} : { accessCode }),
        ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
      }));
    fc.assert(
      fc.property(
        fc
          .array(anyRate, { maxLength: 8 })
          .chain((rates) => fc.tuple(fc.constant(rates), fc.shuffledSubarray(rates, { minLength: rates.length }))),
        fc.constantFrom(undefined, 'a'),
        fc.constantFrom(undefined, '171'),
        ([rates, shuffled], trunk, accessCode) => {
          const asked = call(100, { trunk, accessCode });
          const one = rateCall(compileTariff({ currency: 'VND', rates }), asked);
          const other = rateCall(compileTariff({ currency: 'VND', rates: shuffled }), asked);
          expect(other).toEqual(one);
        },
      ),
    );
  });

  test('a charge is within one unit of the exact amount, and on it when nothing is left to round', () => {
    fc.assert(
      fc.property(rate, settings, fc.nat(10_000), (r, s, duration) => {
        const tariff = compileTariff({ currency: 'VND', ...s, rates: [r] });
        const { charge, exact } = explainCall(tariff, call(duration));
        if (exact === undefined || charge.amountMicro === undefined) throw new Error('not rated');
        const unit = 10n ** BigInt(6 - s.decimals);
        const off = charge.amountMicro * exact.den - exact.num * 1_000_000n;
        expect(off < 0n ? -off : off).toBeLessThan(unit * exact.den);
        expect(charge.amountMicro % unit).toBe(0n);
      }),
    );
  });
});
