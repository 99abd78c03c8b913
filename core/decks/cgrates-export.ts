/** A tariff in the tables of CGRateS: destinations, rates with their steps, and what joins them. */
import {
  decimalsOfCurrency,
  type RateStep,
  type Rounding,
  type StoredRate,
  type StoredTariff,
} from '../rating/tariff.ts';
import { unmistakable } from './deck-numbers.ts';
import type { MisfitRate, PresetSheet } from './deck-sheet.ts';
import { type Misfit, misfitsOf, simplePrice } from './preset-price.ts';

export const CGRATES_TABLES = ['cgrates-rates', 'cgrates-destination-rates', 'cgrates-destinations'] as const;
export type CgratesTable = (typeof CGRATES_TABLES)[number];

const HEADINGS: Readonly<Record<CgratesTable, readonly string[]>> = {
  'cgrates-rates': ['Id', 'ConnectFee', 'Rate', 'RateUnit', 'RateIncrement', 'GroupIntervalStart'],
  'cgrates-destination-rates': [
    'Id',
    'DestinationId',
    'RatesTag',
    'RoundingMethod',
    'RoundingDecimals',
    'MaxCost',
    'MaxCostStrategy',
  ],
  'cgrates-destinations': ['Id', 'Prefix'],
};
const ROUNDING_WORDS: Readonly<Partial<Record<Rounding, string>>> = { up: '*up', down: '*down', 'half-up': '*middle' };

/** A minute's price in blocks is a step for the first block and one for the rest. */
function stepsOf(rate: StoredRate): readonly RateStep[] | undefined {
  if (rate.steps !== undefined) return rate.block === 'whole-duration' ? undefined : rate.steps;
  const price = simplePrice(rate);
  if (price === undefined || (price.isWhole && !price.isSameInBothStyles)) return undefined;
  const { initial, increment, perMinute } = price;
  const rest: RateStep = { fromSecond: 0, price: perMinute, perSeconds: 60, incrementSeconds: increment };
  if (initial === 0 || initial === increment) return [rest];
  return [
    { ...rest, incrementSeconds: initial },
    { ...rest, fromSecond: initial },
  ];
}

const SAID: ReadonlySet<string> = new Set(['rates', 'currency', 'timeZone', 'decimals', 'rounding']);

export function cgratesSheet(tariff: StoredTariff, table: CgratesTable): PresetSheet {
  const misfits: MisfitRate[] = [];
  const rows: string[][] = [];
  const method = ROUNDING_WORDS[tariff.rounding ?? 'half-up'];
  const decimals = String(tariff.decimals ?? decimalsOfCurrency(tariff.currency));
  tariff.rates.forEach((rate, index) => {
    const steps = stepsOf(rate);
    const reasons: Misfit[] = misfitsOf(rate, ['connectionCharge', 'maximumCharge']);
    if (steps === undefined) reasons.push(rate.steps === undefined ? 'ratePerMinute' : 'steps');
    if (reasons.length > 0 || steps === undefined) {
      misfits.push({ index, rate, reasons });
      return;
    }
    const [destination, tag] = [`DST_${index + 1}`, `RT_${index + 1}`];
    if (table === 'cgrates-destinations') rows.push([destination, `+${rate.prefix}`]);
    else if (table === 'cgrates-destination-rates') {
      const limit = rate.maximumCharge === undefined ? '0' : unmistakable(rate.maximumCharge);
      const strategy = rate.maximumCharge === undefined ? '' : '*free';
      rows.push(['DR_1', destination, tag, method ?? '*middle', decimals, limit, strategy]);
    } else rows.push(...stepRows(tag, rate, steps));
  });
  const lostTerms = Object.keys(tariff).filter((key) => !SAID.has(key));
  if (method === undefined) lostTerms.push('rounding');
  return { sheet: { headings: HEADINGS[table], rows }, misfits, lostTerms };
}

function stepRows(tag: string, rate: StoredRate, steps: readonly RateStep[]): string[][] {
  const fee = unmistakable(rate.connectionCharge ?? '0');
  return [...steps]
    .sort((a, b) => a.fromSecond - b.fromSecond)
    .map(({ fromSecond, price, perSeconds, incrementSeconds }) => [
      tag,
      fee,
      unmistakable(price),
      `${perSeconds}s`,
      `${incrementSeconds}s`,
      `${fromSecond}s`,
    ]);
}
