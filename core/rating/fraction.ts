/** Exact sums of prices. Nothing here rounds. */
import { type Fraction, formatScaled, parseDecimal } from '../model/money.ts';

export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export function addFractions(a: Fraction, b: Fraction): Fraction {
  if (a.den === b.den) return { num: a.num + b.num, den: a.den };
  return { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

export function multiplyFractions(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.num, den: a.den * b.den };
}

export function reduceFraction(value: Fraction): Fraction {
  const divisor = gcd(value.num, value.den);
  return divisor <= 1n ? value : { num: value.num / divisor, den: value.den / divisor };
}

/** Decimal text of a fraction; one that has no short decimal is cut after six decimals and ends in `…`. */
export function exactText(value: Fraction): string {
  const scaled = value.num * 1_000_000n;
  const text = formatScaled(scaled / value.den, 6);
  return scaled % value.den === 0n ? text.replace(/\.?0+$/, '') : `${text}…`;
}

/** A percentage as a factor: 10 is 11/10. */
export function percentFactor(text: string): Fraction {
  const percent = parseDecimal(text) ?? { num: 0n, den: 1n };
  return { num: percent.den * 100n + percent.num, den: percent.den * 100n };
}
