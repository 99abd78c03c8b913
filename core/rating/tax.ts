/** Tax kept apart: what of a charge is tax, and what an invoice adds. Rounded as the tariff's charges are. */
import { type AmountMicro, amountMicro, type Fraction } from '../model/money.ts';
import type { CompiledTariff } from './compile.ts';
import { percentFactor } from './fraction.ts';
import { roundFraction } from './rounding.ts';

export interface TaxSplit {
  readonly netMicro: AmountMicro;
  readonly taxMicro: AmountMicro;
}

/** To the tariff's decimals. */
function roundMicro(tariff: CompiledTariff, exact: Fraction): AmountMicro {
  const unit = tariff.microPerStep;
  return amountMicro(roundFraction({ num: exact.num, den: exact.den * unit }, tariff.rounding) * unit);
}

/** Net and tax add up to the charge. Where tax is taken on the total, a charge is net and holds none. */
export function taxInCharge(tariff: CompiledTariff, charge: AmountMicro): TaxSplit {
  if (tariff.taxPoint === 'total') return { netMicro: charge, taxMicro: amountMicro(0n) };
  const factor = percentFactor(tariff.taxPercent);
  const netMicro = roundMicro(tariff, { num: charge * factor.den, den: factor.num });
  return { netMicro, taxMicro: amountMicro(charge - netMicro) };
}

/** Tax that the invoice adds to a sum of charges; nothing where every charge holds its own. */
export function taxOnTotal(tariff: CompiledTariff, total: AmountMicro): AmountMicro {
  if (tariff.taxPoint === 'call') return amountMicro(0n);
  const factor = percentFactor(tariff.taxPercent);
  return roundMicro(tariff, { num: total * (factor.num - factor.den), den: factor.den });
}
