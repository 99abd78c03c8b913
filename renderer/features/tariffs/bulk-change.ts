/** One change to many rates. */
import type { StoredRate } from '../../../core/rating/tariff.ts';
import { addPercent } from './decimal-text.ts';
import { patchRate } from './rate-edits.ts';

export interface BulkChange {
  /** Stored decimal; undefined: prices stay. */
  readonly percent?: string;
  /** Decimals that changed prices are rounded to; undefined: exact. */
  readonly decimals?: number;
  readonly initialSeconds?: number;
  readonly incrementSeconds?: number;
  readonly category?: string;
  readonly effectiveFrom?: string;
}

const PRICES = ['ratePerMinute', 'connectionCharge', 'disconnectionCharge', 'minimumCharge', 'maximumCharge'] as const;

/** Every price of the rate: by the minute, per call, in steps, by volume. What is no decimal stays as it is. */
function raised(rate: StoredRate, percent: string, decimals: number | undefined): StoredRate {
  const raise = (price: string): string => (/^\d+(\.\d+)?$/.test(price) ? addPercent(price, percent, decimals) : price);
  const patch = Object.fromEntries(
    PRICES.flatMap((key) => {
      const price = rate[key];
      return price === undefined ? [] : [[key, raise(price)]];
    }),
  );
  return patchRate(rate, {
    ...patch,
    steps: rate.steps?.map((one) => ({ ...one, price: raise(one.price) })),
    volumePrices: rate.volumePrices?.map((one) => ({ ...one, ratePerMinute: raise(one.ratePerMinute) })),
  });
}

/** Rates in steps keep their blocks: theirs are in the steps. */
export function changeRate(rate: StoredRate, change: BulkChange): StoredRate {
  const { percent, decimals, initialSeconds, incrementSeconds, category, effectiveFrom } = change;
  const priced = percent === undefined ? rate : raised(rate, percent, decimals);
  const hasBlocks = rate.steps === undefined && rate.ratePerMinute !== undefined;
  return patchRate(priced, {
    ...(hasBlocks && initialSeconds !== undefined && { initialSeconds }),
    ...(hasBlocks && incrementSeconds !== undefined && { incrementSeconds }),
    ...(category !== undefined && { category }),
    ...(effectiveFrom !== undefined && { effectiveFrom }),
  });
}
