/** Adding shown amounts exactly, currency by currency. */
import type { Money } from '../core/api/contract.ts';
import { type AmountMicro, amountFromDecimal, amountMicro, formatAmount } from '../core/model/money.ts';

export function sumOf(amounts: readonly Money[]): readonly Money[] {
  const sums = new Map<string, AmountMicro>();
  for (const { amount, currency } of amounts) {
    const micro = amountFromDecimal(amount);
    if (micro !== undefined) sums.set(currency, amountMicro((sums.get(currency) ?? 0n) + micro));
  }
  return [...sums].map(([currency, micro]) => ({ amount: formatAmount(micro), currency }));
}
