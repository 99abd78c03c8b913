/** A rate's price as exact whole numbers over one denominator: each step's increment, connection, minimum, maximum. */
import { type Fraction, parseDecimal } from '../model/money.ts';
import { gcd } from './fraction.ts';
import type { StoredRate } from './tariff.ts';

export interface ShapeStep {
  readonly fromSecond: number;
  /** Start of the next step. */
  readonly endSecond: number;
  readonly incrementSeconds: number;
  /** Printed price and its seconds, for the explanation. */
  readonly price: string;
  readonly perSeconds: number;
  /** Price of one increment, over the shape's `den`. */
  readonly unit: bigint;
}

export interface PriceShape {
  readonly steps: readonly ShapeStep[];
  readonly den: bigint;
  readonly connection: bigint;
  readonly disconnection: bigint;
  readonly minimum: bigint | undefined;
  readonly maximum: bigint | undefined;
  /** Whole-duration block: the least that a call pays for, never less than one increment. */
  readonly wholeInitialSeconds: number | undefined;
}

const ZERO: Fraction = { num: 0n, den: 1n };

function fractionOf(text: string | undefined): Fraction {
  if (text === undefined) return ZERO;
  const fraction = parseDecimal(text);
  if (fraction === undefined) throw new Error(`price ${text} was not checked before compiling`);
  return fraction;
}

interface PlainStep {
  readonly fromSecond: number;
  readonly price: string;
  readonly perSeconds: number;
  readonly incrementSeconds: number;
}

/** The simple form is two steps: one initial block, then increments. */
function plainSteps(rate: StoredRate): readonly PlainStep[] {
  if (rate.steps !== undefined) return [...rate.steps].sort((a, b) => a.fromSecond - b.fromSecond);
  const price = rate.ratePerMinute ?? '0';
  const increment = rate.incrementSeconds ?? 1;
  const initial = rate.initialSeconds ?? increment;
  const rest: PlainStep = { fromSecond: initial, price, perSeconds: 60, incrementSeconds: increment };
  if (initial === 0 || initial === increment || rate.block === 'whole-duration') return [{ ...rest, fromSecond: 0 }];
  return [{ fromSecond: 0, price, perSeconds: 60, incrementSeconds: initial }, rest];
}

function wholeInitialOf(rate: StoredRate, steps: readonly PlainStep[]): number | undefined {
  if (rate.block !== 'whole-duration') return undefined;
  const increment = steps[0]?.incrementSeconds ?? 0;
  return rate.steps === undefined ? Math.max(rate.initialSeconds ?? 0, increment) : increment;
}

export function priceShape(rate: StoredRate): PriceShape {
  const steps = plainSteps(rate);
  const wholeInitialSeconds = wholeInitialOf(rate, steps);
  const connection = fractionOf(rate.connectionCharge);
  const disconnection = fractionOf(rate.disconnectionCharge);
  const minimum = rate.minimumCharge === undefined ? undefined : fractionOf(rate.minimumCharge);
  const maximum = rate.maximumCharge === undefined ? undefined : fractionOf(rate.maximumCharge);
  const perSecond = steps.map((step) => {
    const price = fractionOf(step.price);
    return { num: price.num, den: price.den * BigInt(step.perSeconds) };
  });
  let den = 1n;
  for (const f of [...perSecond, connection, disconnection, minimum ?? ZERO, maximum ?? ZERO])
    den = (den / gcd(den, f.den)) * f.den;
  const over = (f: Fraction): bigint => f.num * (den / f.den);
  const units = steps.map((step, i) => over(perSecond[i] ?? ZERO) * BigInt(step.incrementSeconds));
  return {
    steps: steps.map((step, i) => ({
      ...step,
      endSecond: steps[i + 1]?.fromSecond ?? Number.POSITIVE_INFINITY,
      unit: units[i] ?? 0n,
    })),
    den,
    connection: over(connection),
    disconnection: over(disconnection),
    minimum: minimum === undefined ? undefined : over(minimum),
    maximum: maximum === undefined ? undefined : over(maximum),
    wholeInitialSeconds,
  };
}
