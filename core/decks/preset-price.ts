/** The price of a rate in the units that layouts of other programs have, where it has an exact decimal there. */
import { parseDecimal } from '../model/money.ts';
import { gcd } from '../rating/fraction.ts';
import type { StoredRate } from '../rating/tariff.ts';
import { perMinute } from './deck-numbers.ts';

export type Misfit = keyof StoredRate;

/** Keys that change no price. */
export const TEXT_KEYS = ['name', 'nameVi', 'category', 'source'] as const satisfies readonly (keyof StoredRate)[];

const ALWAYS_HELD: ReadonlySet<keyof StoredRate> = new Set([
  'prefix',
  'ratePerMinute',
  'steps',
  'initialSeconds',
  'incrementSeconds',
  'block',
  ...TEXT_KEYS,
]);

export interface SimplePrice {
  readonly perMinute: string;
  readonly initial: number;
  readonly increment: number;
  /** Both styles of block come to the same. */
  readonly isSameInBothStyles: boolean;
  readonly isWhole: boolean;
}

export function simplePrice(rate: StoredRate): SimplePrice | undefined {
  const [step, ...others] = rate.steps ?? [];
  const isStep = step !== undefined && others.length === 0 && step.fromSecond === 0;
  const price = rate.ratePerMinute ?? (isStep ? perMinute(step.price, step.perSeconds) : undefined);
  const increment = (isStep ? step.incrementSeconds : rate.incrementSeconds) ?? 1;
  const initial = isStep ? increment : (rate.initialSeconds ?? increment);
  if (price === undefined) return undefined;
  return {
    perMinute: price,
    initial,
    increment,
    isSameInBothStyles: initial % increment === 0,
    isWhole: rate.block === 'whole-duration',
  };
}

/** `price` of a minute for `seconds`; undefined where that is no finite decimal. */
function priceFor(price: string, seconds: number): string | undefined {
  const f = parseDecimal(price);
  if (f === undefined) return undefined;
  const [num, den] = [f.num * BigInt(seconds), f.den * 60n];
  const divisor = gcd(num, den);
  let [top, bottom] = [num / divisor, den / divisor];
  let decimals = 0;
  while (bottom !== 1n && decimals < 30) {
    const factor = bottom % 10n === 0n ? 10n : bottom % 5n === 0n ? 5n : bottom % 2n === 0n ? 2n : 0n;
    if (factor === 0n) return undefined;
    top *= 10n / factor;
    bottom /= factor;
    decimals += 1;
  }
  const digits = top.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export const isUsed = (value: unknown): boolean =>
  value !== undefined && value !== false && value !== 0 && value !== '0';

export function misfitsOf(rate: StoredRate, held: readonly (keyof StoredRate)[]): Misfit[] {
  const keys = Object.keys(rate) as (keyof StoredRate)[];
  const misfits = keys.filter((key) => isUsed(rate[key]) && !ALWAYS_HELD.has(key) && !held.includes(key));
  return rate.prefix === '' ? ['prefix', ...misfits] : misfits;
}

export interface UnitPrice {
  readonly rate: string;
  readonly unit: number;
  readonly initialTime: number;
  readonly initialCost: string;
}

/** A cost for the first seconds, then one for each unit. */
export function unitPrice(rate: StoredRate): UnitPrice | undefined {
  const [first, second, ...others] = rate.steps ?? [];
  if (first !== undefined && second !== undefined && others.length === 0) {
    const isWhole = first.fromSecond === 0 && first.perSeconds === first.incrementSeconds;
    const fits =
      isWhole && second.fromSecond === first.incrementSeconds && second.perSeconds === second.incrementSeconds;
    const hasCharge = isUsed(rate.connectionCharge) || rate.block === 'whole-duration';
    return fits && !hasCharge
      ? { rate: second.price, unit: second.perSeconds, initialTime: first.perSeconds, initialCost: first.price }
      : undefined;
  }
  const price = simplePrice(rate);
  if (price === undefined || (price.isWhole && !price.isSameInBothStyles)) return undefined;
  const { initial, increment } = price;
  const hasInitial = initial !== increment && initial !== 0;
  if (hasInitial && isUsed(rate.connectionCharge)) return undefined;
  const ofUnit = priceFor(price.perMinute, increment);
  const ofInitial = hasInitial ? priceFor(price.perMinute, initial) : (rate.connectionCharge ?? '0');
  if (ofUnit === undefined || ofInitial === undefined) return undefined;
  return { rate: ofUnit, unit: increment, initialTime: hasInitial ? initial : 0, initialCost: ofInitial };
}
