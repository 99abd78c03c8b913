/** Exact money as parts of a whole, for lengths and heights on the screen. */
import type { Money } from '../../../core/api/contract.ts';
import { amountFromDecimal } from '../../../core/model/money.ts';

/** Millionths of one currency in a list of sums; nothing of it is zero. */
export function unitsOf(charges: readonly Money[], currency: string): bigint {
  const found = charges.find((charge) => charge.currency === currency);
  return found === undefined ? 0n : (amountFromDecimal(found.amount) ?? 0n);
}

const FINE = 10_000n;

/** Between 0 and 1, or above where the part is more than the whole. */
export function shareOf(part: bigint, whole: bigint): number {
  return whole <= 0n ? 0 : Number((part * FINE) / whole) / Number(FINE);
}

/** Growth as a share; undefined where there was nothing before. */
export function growthOf(now: bigint, before: bigint): number | undefined {
  return before <= 0n ? undefined : shareOf(now, before) - 1;
}

/** The currency that most of these sums have. */
export function mainCurrencyOf(lists: readonly (readonly Money[])[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { currency } of lists.flat()) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
