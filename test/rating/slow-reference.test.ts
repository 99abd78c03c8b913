import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileTariff } from '../../core/rating/compile.ts';
import { rateCall } from '../../core/rating/rate-call.ts';
import type { RateStep, Tariff } from '../../core/rating/tariff.ts';

const DAY = 86_400;
/** 2026-11-16, a Monday, at midnight. */
const MONDAY = Date.UTC(2026, 10, 16) / 1000;

interface Plan {
  readonly nightFrom: number;
  readonly weekend: boolean;
  readonly day: readonly RateStep[];
  readonly night: readonly RateStep[];
}

const steps = fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 2 }).chain((starts) =>
  fc.tuple(
    ...[0, ...starts.sort((a, b) => a - b)].map((fromSecond) =>
      fc.record({
        fromSecond: fc.constant(fromSecond),
        price: fc.integer({ min: 0, max: 9999 }).map((cents) => (cents / 100).toFixed(2)),
        perSeconds: fc.constantFrom(1, 6, 60),
        incrementSeconds: fc.integer({ min: 1, max: 70 }),
      }),
    ),
  ),
);

function isNight(plan: Plan, local: number): boolean {
  const weekday = Math.floor((local - MONDAY) / DAY) % 7;
  if (plan.weekend && weekday >= 5) return true;
  return local % DAY >= plan.nightFrom;
}

/** One increment after another, in hundredths over 60: slow, and nothing like the product's own way. */
function slowCharge(
  plan: Plan,
  start: number,
  duration: number,
): { readonly rounded: bigint; readonly billed: number } {
  let sixtiethCents = 0n;
  let second = 0;
  while (second < duration) {
    const list = isNight(plan, start + second) ? plan.night : plan.day;
    const step = list.filter((s) => s.fromSecond <= second).at(-1);
    if (step === undefined) throw new Error('every list begins at 0');
    sixtiethCents += BigInt(step.price.replace('.', '')) * BigInt(step.incrementSeconds) * BigInt(60 / step.perSeconds);
    second += step.incrementSeconds;
  }
  return { rounded: (sixtiethCents * 2n + 6000n) / 12_000n, billed: second };
}

test('a split call costs what a walk of single increments says', () => {
  const plan: fc.Arbitrary<Plan> = fc.record({
    nightFrom: fc.integer({ min: 60, max: 1439 }).map((minute) => minute * 60),
    weekend: fc.boolean(),
    day: steps,
    night: steps,
  });
  const beforeBorder = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 200 }), fc.boolean());
  fc.assert(
    fc.property(plan, beforeBorder, fc.nat(700), (p, [weekday, before, atMidnight], duration) => {
      const clock = `${String(Math.floor(p.nightFrom / 3600)).padStart(2, '0')}:${String((p.nightFrom / 60) % 60).padStart(2, '0')}`;
      const tariff: Tariff = {
        currency: 'VND',
        straddle: 'split',
        periods: [
          ...(p.weekend ? [{ name: 'night', days: [6, 7], from: '00:00', to: '24:00' }] : []),
          { name: 'night', from: clock, to: '24:00' },
        ],
        defaultPeriod: 'day',
        rates: [
          { prefix: '84', period: 'day', steps: p.day },
          { prefix: '84', period: 'night', steps: p.night },
        ],
      };
      const startLocal = MONDAY + weekday * DAY + (atMidnight ? DAY : p.nightFrom) - before;
      const charge = rateCall(compileTariff(tariff), { startLocal, durationSeconds: duration, number: '84981234567' });
      const slow = slowCharge(p, startLocal, duration);
      expect(charge.amountMicro).toBe(slow.rounded * 1_000_000n);
      expect(charge.billedSeconds).toBe(slow.billed);
    }),
    { numRuns: 500 },
  );
});
