/**
 * Normalising numbers on one core: every number new (nothing remembered), numbers that come again, and the time to make
 * the plan ready at the start.
 */
import { numberNormaliser } from '../../core/numbering/normalise-number.ts';
import vietnam from '../../core/numbering/plan/vietnam.json' with { type: 'json' };
import world from '../../core/numbering/plan/world.json' with { type: 'json' };
import { builtInPlan, planWith } from '../../core/numbering/plan.ts';
import type { NumberingSite } from '../../core/numbering/site.ts';
import { type BenchResult, measured } from './bench-result.ts';

const NUMBERS = 400_000;
const SEEN_AGAIN = 5_000;
const RUNS = 5;
const DAY = '2026-11-23';
const SITE: NumberingSite = {
  countryCode: '84',
  areaCode: '24',
  outsideDigits: ['9'],
  carrierCodes: ['171', '177', '178', '179'],
  extensionMaxDigits: 4,
  internationalPrefixes: ['00'],
  trunkPrefix: '0',
};
/** What an office dials; the last digits make each number another one. */
const SHAPES = [
  '0912',
  '90981',
  '0283825',
  '90243825',
  '3825',
  '93825',
  '1900',
  '004420794',
  '90012125550',
  '171028382',
  '+849812',
  '0861371',
];
const LENGTHS = [10, 11, 11, 12, 8, 9, 8, 14, 14, 14, 12, 10];

/** Each number once; its tail counts up, so no two are alike. */
function dialledNumbers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => {
    const shape = SHAPES[at % SHAPES.length] ?? '';
    const room = (LENGTHS[at % SHAPES.length] ?? 10) - shape.length;
    return shape + String(at).slice(-room).padStart(room, '0');
  });
}

function callsPerSecond(dialled: readonly string[], times: number): number {
  const normalise = numberNormaliser(SITE);
  const startedAt = performance.now();
  for (let time = 0; time < times; time += 1) for (const text of dialled) normalise(text, DAY, true);
  return (dialled.length * times) / ((performance.now() - startedAt) / 1000);
}

const best = (run: () => number): number => Math.max(...Array.from({ length: RUNS }, run));

export async function benchNumbering(): Promise<BenchResult[]> {
  builtInPlan();
  const startedAt = performance.now();
  // A file as new as the built-in one is checked and compiled all the same.
  planWith({ vietnam, world });
  const compileMs = performance.now() - startedAt;
  const fresh = dialledNumbers(NUMBERS);
  const again = dialledNumbers(SEEN_AGAIN);
  return [
    measured(
      'numbers read for the first time',
      best(() => callsPerSecond(fresh, 1)),
      'calls/s',
      { atLeast: 250_000 },
    ),
    measured(
      'numbers seen before',
      best(() => callsPerSecond(again, 100)),
      'calls/s',
      { atLeast: 4_000_000 },
    ),
    measured('numbering plan checked and made ready', compileMs, 'ms', { atMost: 100 }),
  ];
}
