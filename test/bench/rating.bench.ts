/** Calls a second on one core with a large price list: 100,000 prefixes, two periods, steps and volume prices in use. */
import { compileTariff } from '../../core/rating/compile.ts';
import { type RatingCall, rateCall } from '../../core/rating/rate-call.ts';
import type { StoredRate, StoredTariff } from '../../core/rating/tariff.ts';
import { type BenchResult, measured, resultText } from './bench-result.ts';

const PREFIXES = 100_000;
const CALLS = 200_000;
const TARGET = { atLeast: 200_000 };
const RUNS = 5;
/** 2026-11-20 16:00 on the tariff's wall clock: half the calls lie behind 23:00. */
const FROM = Date.UTC(2026, 10, 20, 16) / 1000;

const prefixOf = (index: number): string => String(1_000_000 + ((index * 7919) % 9_000_000));

function ratesOf(index: number): StoredRate[] {
  const prefix = prefixOf(index);
  const name = `Place ${index}`;
  if (index % 4 === 0) {
    const volumePrices = [
      { fromMonthSeconds: 100_000, ratePerMinute: '500' },
      { fromMonthSeconds: 1_000_000, ratePerMinute: '450' },
    ];
    return [{ prefix, name, ratePerMinute: '550', initialSeconds: 6, volumeGroup: 'all', volumePrices }];
  }
  const stepsAt = (increment: string): StoredRate['steps'] => [
    { fromSecond: 0, price: String(60 + (index % 50)), perSeconds: 6, incrementSeconds: 6 },
    { fromSecond: 6, price: increment, perSeconds: 1, incrementSeconds: 1 },
    { fromSecond: 600, price: '7.5', perSeconds: 1, incrementSeconds: 1 },
  ];
  return [
    { prefix, name, period: 'high', steps: stepsAt('13.33') ?? [] },
    { prefix, name, period: 'low', steps: stepsAt('9.30') ?? [] },
  ];
}

function largeTariff(): StoredTariff {
  return {
    currency: 'VND',
    timeZone: 'Asia/Ho_Chi_Minh',
    taxPercent: '10',
    markupPercent: '-2.5',
    straddle: 'split',
    periods: [
      { name: 'low', from: '23:00', to: '06:00' },
      { name: 'low', days: [7] },
    ],
    defaultPeriod: 'high',
    rates: Array.from({ length: PREFIXES }, (_, index) => ratesOf(index)).flat(),
  };
}

const monthSeconds = { all: 500_000 };

function callsOf(): RatingCall[] {
  return Array.from({ length: CALLS }, (_, i) => ({
    startLocal: FROM + (i % 50_000),
    durationSeconds: (i * 7919) % 1500,
    number: `${prefixOf((i * 31) % PREFIXES)}${String(i % 9973).padStart(4, '0')}`,
    monthSeconds,
  }));
}

/** Best of a few runs: others use the machine too. */
function callsPerSecond(): number {
  const tariff = compileTariff(largeTariff());
  const calls = callsOf();
  let best = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const startedAt = performance.now();
    let rated = 0;
    for (const call of calls) if (rateCall(tariff, call).isRated) rated += 1;
    if (rated !== CALLS) throw new Error(`${CALLS - rated} calls have no rate`);
    best = Math.max(best, CALLS / ((performance.now() - startedAt) / 1000));
  }
  return best;
}

export function benchRating(): Promise<BenchResult[]> {
  return Promise.resolve([measured(`rate with ${PREFIXES} prefixes`, callsPerSecond(), 'calls/s', TARGET)]);
}

if (import.meta.main) for (const result of await benchRating()) process.stdout.write(`${resultText(result)}\n`);
