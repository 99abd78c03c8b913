/**
 * Money as exact integers. Stored and summed amounts are millionths of the currency unit (`AmountMicro`), so every
 * currency and every tariff's decimals share one scale; a price is an exact decimal kept as a fraction of BigInts.
 */

/** Millionths of one unit of a currency. Branded so that no plain number or bigint slips in. */
export type AmountMicro = bigint & { readonly __unit: 'millionths' };

export const MICRO_PER_UNIT = 1_000_000n;

export function amountMicro(value: bigint): AmountMicro {
  return value as AmountMicro;
}

/** `num / den`, `den` > 0. Not reduced. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Reads `718`, `13.33`, `-0.5`. Returns undefined for anything else (exponents, commas, blanks). */
export function parseDecimal(text: string): Fraction | undefined {
  const m = DECIMAL.exec(text);
  if (m === null) return undefined;
  const decimals = m[3] ?? '';
  const digits = BigInt(`${m[2] ?? '0'}${decimals}`);
  return { num: m[1] === '-' ? -digits : digits, den: 10n ** BigInt(decimals.length) };
}

/** Exact decimal text of an integer of `10^-decimals` units: `formatScaled(12345n, 2)` is `123.45`. */
export function formatScaled(value: bigint, decimals: number): string {
  if (decimals === 0) return value.toString();
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return `${negative ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

/** Shortest exact decimal of an amount, with at least `minDecimals` decimals. */
export function formatAmount(amount: AmountMicro, minDecimals = 0): string {
  const [whole = '0', part = ''] = formatScaled(amount, 6).split('.');
  const kept = part.replace(/0+$/, '').padEnd(minDecimals, '0');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** Amount of a decimal text with at most six decimals; undefined when it is no decimal or finer than a millionth. */
export function amountFromDecimal(text: string): AmountMicro | undefined {
  const f = parseDecimal(text);
  if (f === undefined) return undefined;
  const scaled = f.num * MICRO_PER_UNIT;
  return scaled % f.den === 0n ? amountMicro(scaled / f.den) : undefined;
}
