/** Prices that look like a slip of the decimal mark: twenty times their neighbours', or a twentieth. */
import { type Fraction, parseDecimal } from '../model/money.ts';
import type { StoredRate } from '../rating/tariff.ts';
import { withoutZeros } from './deck-numbers.ts';
import { grouped } from './grouped.ts';

const SLIP = 20n;
/** So many rows of one kind are needed before one of them is unlike the others. */
const LEAST_NEIGHBOURS = 3;

export interface PriceSlip {
  readonly rate: StoredRate;
  readonly price: string;
  /** A neighbour's price in the middle of all of them. */
  readonly usual: string;
  readonly word: 'above' | 'below';
}

interface Priced {
  readonly rate: StoredRate;
  readonly perMinute: Fraction;
  readonly text: string;
}

function pricedOf(rate: StoredRate): Priced | undefined {
  const step = rate.steps?.at(-1);
  const text = rate.ratePerMinute ?? step?.price;
  const price = text === undefined ? undefined : parseDecimal(text);
  if (text === undefined || price === undefined || price.num <= 0n) return undefined;
  const perMinute = step === undefined ? price : { num: price.num * 60n, den: price.den * BigInt(step.perSeconds) };
  return {
    rate,
    perMinute,
    text: step === undefined ? withoutZeros(text) : `${withoutZeros(text)}/${step.perSeconds}s`,
  };
}

function compare(a: Fraction, b: Fraction): number {
  const [x, y] = [a.num * b.den, b.num * a.den];
  return x < y ? -1 : x > y ? 1 : 0;
}

function slipIn(row: Priced, usual: Priced): PriceSlip['word'] | undefined {
  const [mine, theirs] = [row.perMinute.num * usual.perMinute.den, usual.perMinute.num * row.perMinute.den];
  if (mine >= theirs * SLIP) return 'above';
  return theirs >= mine * SLIP ? 'below' : undefined;
}

function* slipsOf(rows: readonly Priced[]): Generator<PriceSlip> {
  if (rows.length < LEAST_NEIGHBOURS) return;
  const sorted = [...rows].sort((a, b) => compare(a.perMinute, b.perMinute));
  const usual = sorted[Math.floor(sorted.length / 2)];
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (usual === undefined || lowest === undefined || highest === undefined) return;
  if (slipIn(lowest, usual) === undefined && slipIn(highest, usual) === undefined) return;
  for (const row of rows) {
    const word = slipIn(row, usual);
    if (word !== undefined) yield { rate: row.rate, price: row.text, usual: usual.text, word };
  }
}

/** Neighbours are rows of one country and kind; where a country has few of them, all of the list that are of no country's own. */
export function* priceSlips(
  rates: readonly StoredRate[],
  countryOf: (rate: StoredRate) => string | undefined,
): Generator<PriceSlip> {
  const priced = rates.map(pricedOf).filter((row) => row !== undefined);
  const groups = grouped(priced, ({ rate }) => `${countryOf(rate) ?? ''}|${rate.category ?? ''}`);
  const lonely: Priced[] = [];
  for (const rows of groups.values()) {
    if (rows.length < LEAST_NEIGHBOURS) lonely.push(...rows);
    else yield* slipsOf(rows);
  }
  const byKind = grouped(lonely, ({ rate }) => rate.category ?? '');
  for (const rows of byKind.values()) yield* slipsOf(rows);
}
