/**
 * The interchange form read a second time, plainly: one increment after another, dates by the platform's own calendar,
 * prices as whole millionths over a common denominator. It shares no code with the product.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileTariff } from '../../core/rating/compile.ts';
import { parseTariff } from '../../core/rating/parse-tariff.ts';
import { rateJsonLine } from '../../core/rating/rate-json.ts';
import type { Rate, Tariff, TariffPeriod } from '../../core/rating/tariff.ts';

interface Asked {
  readonly start: string;
  readonly durationSeconds: number;
  readonly number: string;
  readonly trunk?: string | undefined;
  readonly accessCode?: string | undefined;
  readonly direction?: string | undefined;
  readonly answered: boolean;
  readonly allowanceLeftSeconds: number;
}

/** As the generators make them: a key may be there and undefined, until `without` drops it. */
type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Prices have at most four decimals, percentages two: all sums are whole over this. */
const DEN = 10n ** 4n * 60n * 7n;

function over(price: string | undefined): bigint {
  const [whole = '0', part = ''] = (price ?? '0').split('.');
  return BigInt(whole + part.padEnd(4, '0')) * (DEN / 10_000n);
}

const secondOf = (time: string): number => {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return hour * 3600 + minute * 60 + second;
};

function holds(period: TariffPeriod, weekday: number, second: number): boolean {
  if (!(period.days ?? [1, 2, 3, 4, 5, 6, 7]).includes(weekday)) return false;
  const [from, to] = [secondOf(period.from ?? '00:00'), secondOf(period.to ?? '24:00')];
  return from < to ? from <= second && second < to : !(to <= second && second < from);
}

function periodAt(tariff: Tariff, start: string, second: number): string | undefined {
  const moment = new Date(Date.parse(`${start}Z`) + second * 1000);
  const day = moment.toISOString().slice(0, 10);
  if (tariff.holidays?.includes(day)) return tariff.holidayPeriod;
  const ofDay = moment.getUTCHours() * 3600 + moment.getUTCMinutes() * 60 + moment.getUTCSeconds();
  const weekday = moment.getUTCDay() === 0 ? 7 : moment.getUTCDay();
  return tariff.periods?.find((period) => holds(period, weekday, ofDay))?.name ?? tariff.defaultPeriod;
}

const longest = (moment: string): string => (moment.length === 10 ? `${moment}T00:00:00` : moment);

function fits(rate: Rate, call: Asked): boolean {
  return (
    call.number.startsWith(rate.prefix) &&
    (rate.trunk ?? call.trunk) === call.trunk &&
    (rate.accessCode ?? call.accessCode) === call.accessCode &&
    (rate.direction ?? call.direction ?? 'outgoing') === (call.direction ?? 'outgoing') &&
    (rate.effectiveFrom === undefined || longest(rate.effectiveFrom) <= call.start) &&
    (rate.effectiveTo === undefined || call.start < longest(rate.effectiveTo))
  );
}

function choose(tariff: Tariff, call: Asked, period: string | undefined): Rate | undefined {
  const fitting = tariff.rates.filter((rate) => fits(rate, call));
  const length = Math.max(...fitting.map((rate) => rate.prefix.length));
  const key = (rate: Rate): string =>
    [rate.accessCode, rate.trunk, rate.direction, rate.period]
      .map((value) => (value === undefined ? '0' : '1'))
      .join('') + longest(rate.effectiveFrom ?? '0000-00-00');
  return fitting
    .filter((rate) => rate.prefix.length === length && (rate.period ?? period) === period)
    .sort((a, b) => (key(a) < key(b) ? 1 : -1))[0];
}

/** Length and price of the increment that begins at a second. */
function incrementAt(rate: Rate, second: number, duration: number): readonly [number, bigint] {
  if (rate.steps !== undefined) {
    const step = [...rate.steps].filter((s) => s.fromSecond <= second).sort((a, b) => b.fromSecond - a.fromSecond)[0];
    if (step === undefined) return [1, 0n];
    return [step.incrementSeconds, (over(step.price) * BigInt(step.incrementSeconds)) / BigInt(step.perSeconds)];
  }
  const increment = rate.incrementSeconds ?? 1;
  const initial = rate.initialSeconds ?? increment;
  const least = Math.max(initial, increment);
  const isWhole = rate.block === 'whole-duration';
  const isFirst = isWhole ? second === 0 && duration <= least : second < initial;
  const length = isFirst ? (isWhole ? least : initial) : increment;
  return [length, (over(rate.ratePerMinute) * BigInt(length)) / 60n];
}

function rounded(num: bigint, den: bigint, mode: string): bigint {
  const [down, rest] = [num / den, num % den];
  const half = rest * 2n - den;
  const isUp =
    mode === 'up'
      ? rest > 0n
      : mode === 'down'
        ? false
        : half > 0n || (half === 0n && (mode === 'half-up' || down % 2n === 1n));
  return down + (isUp ? 1n : 0n);
}

function plainly(
  tariff: Tariff,
  call: Asked,
): { charge: string | null; billedSeconds: number; matched: string | null } {
  const text = (units: bigint): string => {
    const digits = units.toString().padStart((tariff.decimals ?? 0) + 1, '0');
    const cut = digits.length - (tariff.decimals ?? 0);
    return cut === digits.length ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  };
  const first = choose(tariff, call, periodAt(tariff, call.start, 0));
  const matched = first?.prefix ?? null;
  if (!call.answered) return { charge: text(0n), billedSeconds: 0, matched };
  if (first === undefined) return { charge: null, billedSeconds: 0, matched };
  const duration = Math.ceil(call.durationSeconds);
  if (duration < (first.graceSeconds ?? 0)) return { charge: text(0n), billedSeconds: 0, matched };
  let sum = over(first.connectionCharge);
  let billedSeconds = 0;
  let second = Math.min(call.allowanceLeftSeconds, duration);
  while (second < duration) {
    const at = tariff.straddle === 'split' ? second : 0;
    const rate = choose(tariff, call, periodAt(tariff, call.start, at));
    if (rate === undefined) return { charge: null, billedSeconds: 0, matched };
    const isFree = rate.steps?.every((step) => step.fromSecond > second) === true;
    const [length, price] = incrementAt(rate, second, duration);
    sum += price;
    billedSeconds += isFree ? 0 : length;
    second += length;
  }
  if (first.minimumCharge !== undefined && sum < over(first.minimumCharge)) sum = over(first.minimumCharge);
  if (first.maximumCharge !== undefined && sum > over(first.maximumCharge)) sum = over(first.maximumCharge);
  let [num, den] = [sum, DEN];
  for (const percent of [tariff.surchargePercent, tariff.taxPercent]) {
    num *= 1_000_000n + BigInt(Math.round(Number(percent ?? 0) * 10_000));
    den *= 1_000_000n;
  }
  const units = rounded(num * 10n ** BigInt(tariff.decimals ?? 0), den, tariff.rounding ?? 'half-up');
  return { charge: text(units), billedSeconds, matched };
}

const price = fc.integer({ min: 0, max: 99_999 }).map((n) => (n / 100).toFixed(2));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const small = fc.integer({ min: 1, max: 70 });
const shape: fc.Arbitrary<Loose<Rate>> = fc.oneof(
  fc.record({
    ratePerMinute: price,
    initialSeconds: maybe(fc.integer({ min: 0, max: 70 })),
    incrementSeconds: maybe(small),
    block: maybe(fc.constantFrom('initial-then-increments', 'whole-duration')),
  }),
  fc
    .uniqueArray(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 3 })
    .chain((starts) =>
      fc.tuple(
        ...starts.map((fromSecond) =>
          fc.record({
            fromSecond: fc.constant(fromSecond),
            price,
            perSeconds: fc.constantFrom(1, 6, 7, 60),
            incrementSeconds: small,
          }),
        ),
      ),
    )
    .map((steps) => ({ steps })),
);
const conditions: fc.Arbitrary<Loose<Rate>> = fc.record({
  prefix: fc.constantFrom('', '8', '84', '84', '849'),
  period: maybe(fc.constantFrom('low', 'high')),
  trunk: maybe(fc.constant('gsm')),
  accessCode: maybe(fc.constant('171')),
  direction: maybe(fc.constantFrom('outgoing', 'incoming')),
  effectiveFrom: maybe(fc.constantFrom('2026-11-20', '2026-11-20T23:00:01')),
  effectiveTo: maybe(fc.constantFrom('2026-11-22', '2026-11-21T00:00:01')),
});
const extras: fc.Arbitrary<Loose<Rate>> = fc.record({
  connectionCharge: maybe(price),
  graceSeconds: maybe(fc.nat(5)),
  minimumCharge: maybe(fc.integer({ min: 0, max: 30 }).map(String)),
  maximumCharge: maybe(fc.integer({ min: 30, max: 4000 }).map(String)),
});
const period: fc.Arbitrary<TariffPeriod> = fc.record({
  name: fc.constantFrom('low', 'high'),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  from: fc.constantFrom('00:00', '22:00:30', '23:00', '06:00:00'),
  to: fc.constantFrom('24:00:00', '23:59:59', '05:00', '12:00'),
});
const without = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
const tariffs = fc
  .record({
    currency: fc.constant('VND'),
    decimals: fc.integer({ min: 0, max: 6 }),
    rounding: fc.constantFrom('half-up', 'half-even', 'up', 'down'),
    surchargePercent: fc.constantFrom(undefined, '5', 2.5, '-10'),
    taxPercent: fc.constantFrom(undefined, '10', 8, '19.6'),
    periods: fc.array(period, { maxLength: 3 }),
    defaultPeriod: fc.constant('high'),
    holidays: fc.constantFrom([], ['2026-11-21']),
    holidayPeriod: fc.constant('low'),
    straddle: fc.constantFrom('split', 'start'),
    rates: fc.uniqueArray(
      fc.tuple(conditions, shape, extras).map(([where, how, more]) => without({ ...where, ...how, ...more })),
      {
        minLength: 1,
        maxLength: 6,
        selector: (rate) =>
          JSON.stringify([rate.prefix, rate.period, rate.trunk, rate.accessCode, rate.direction, rate.effectiveFrom]),
      },
    ),
  })
  .map(without);
const calls = fc
  .record({
    start: fc
      .tuple(
        fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-22'),
        fc.constantFrom('00:00:00', '04:59:50', '22:00:20', '22:59:50', '23:00:01', '23:59:50'),
      )
      .map(([day, time]) => `${day}T${time}`),
    durationSeconds: fc.oneof(
      fc.nat(200),
      fc.integer({ min: 0, max: 2000 }).map((n) => n / 10),
      fc.nat(90_000),
    ),
    number: fc.constantFrom('84981234567', '8412', '8', '1'),
    trunk: maybe(fc.constant('gsm')),
    accessCode: maybe(fc.constant('171')),
    direction: maybe(fc.constantFrom('outgoing', 'incoming')),
    answered: fc.constantFrom(true, true, true, false),
    allowanceLeftSeconds: fc.constantFrom(0, 0, 7, 60, 100_000),
  })
  .map(without);

test('any tariff and call cost what a plain reading of the rules says', () => {
  fc.assert(
    fc.property(tariffs, calls, (json, call) => {
      const parsed = parseTariff(JSON.parse(JSON.stringify(json)));
      if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
      const expected = plainly(parsed.tariff, call);
      const printed = rateJsonLine(compileTariff(parsed.tariff), call);
      expect(printed).toMatchObject({
        charge: expected.charge,
        rated: expected.charge !== null,
        billedSeconds: expected.billedSeconds,
        matchedPrefix: expected.matched,
      });
    }),
    { numRuns: 600 },
  );
});
