/** The one rounding of a charge. Amounts are never negative except under a surcharge below -100 %, which is refused. */
import type { Fraction } from '../model/money.ts';
import type { Rounding } from './tariff.ts';

/** Whether the remainder (0 < `twiceRest` / `den` < 2) moves the quotient up. */
function goesUp(mode: Rounding, twiceRestComparedToDen: number, isQuotientOdd: boolean): boolean {
  switch (mode) {
    case 'up':
      return true;
    case 'down':
      return false;
    case 'half-up':
      return twiceRestComparedToDen >= 0;
    case 'half-even':
      return twiceRestComparedToDen > 0 || (twiceRestComparedToDen === 0 && isQuotientOdd);
  }
}

/** Nearest whole number to a fraction that is not negative, by the named mode. */
export function roundFraction(value: Fraction, mode: Rounding): bigint {
  const quotient = value.num / value.den;
  const rest = value.num % value.den;
  if (rest === 0n) return quotient;
  const twice = rest * 2n;
  const compared = twice > value.den ? 1 : twice === value.den ? 0 : -1;
  return goesUp(mode, compared, quotient % 2n === 1n) ? quotient + 1n : quotient;
}
