/** Whose calls a new reading changes: one row a person, and totals that are exactly the sum of the rows. */
import type { Money, RereadDifference } from '../../../core/api/contract.ts';
import { type AmountMicro, amountFromDecimal, amountMicro, formatAmount } from '../../../core/model/money.ts';

type Part = RereadDifference['people'][number];

export interface ChangeRow {
  readonly callsBefore: number;
  readonly callsAfter: number;
  /** One amount a currency, in the same order in all three; empty where no call has a charge. */
  readonly chargesBefore: readonly Money[];
  readonly chargesAfter: readonly Money[];
  /** After less before. */
  readonly chargesDifference: readonly Money[];
}

export interface PersonRow extends ChangeRow {
  /** Null: calls that nobody owns. */
  readonly personId: number | null;
  readonly personName: string | null;
}

const microOf = (money: Money | null): bigint => (money === null ? 0n : (amountFromDecimal(money.amount) ?? 0n));

function rowOf(parts: readonly Part[]): ChangeRow {
  const sums = new Map<string, { before: bigint; after: bigint }>();
  for (const { chargeBefore, chargeAfter } of parts) {
    const currency = (chargeBefore ?? chargeAfter)?.currency;
    if (currency === undefined) continue;
    const sum = sums.get(currency) ?? { before: 0n, after: 0n };
    sums.set(currency, { before: sum.before + microOf(chargeBefore), after: sum.after + microOf(chargeAfter) });
  }
  const money = (pick: (sum: { before: bigint; after: bigint }) => bigint): Money[] =>
    [...sums].map(([currency, sum]) => ({
      amount: formatAmount(amountMicro(pick(sum)) satisfies AmountMicro),
      currency,
    }));
  return {
    callsBefore: parts.reduce((sum, part) => sum + part.callsBefore, 0),
    callsAfter: parts.reduce((sum, part) => sum + part.callsAfter, 0),
    chargesBefore: money((sum) => sum.before),
    chargesAfter: money((sum) => sum.after),
    chargesDifference: money((sum) => sum.after - sum.before),
  };
}

/** In the order in which they come. A person has several parts where calls with and without a charge differ. */
export function personRows(parts: readonly Part[]): readonly PersonRow[] {
  const byPerson = new Map<number | null, Part[]>();
  for (const part of parts) byPerson.set(part.personId, [...(byPerson.get(part.personId) ?? []), part]);
  return [...byPerson].map(([personId, own]) => ({
    personId,
    personName: own[0]?.personName ?? null,
    ...rowOf(own),
  }));
}

export function totalRow(parts: readonly Part[]): ChangeRow {
  return rowOf(parts);
}
