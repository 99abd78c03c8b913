/**
 * What a call costs. The call is walked from its first paid second in whole increments; each increment is priced by the
 * rate, step and period in which it starts; the exact sum is rounded once. docs/rating.md states every rule with examples.
 */
import { type AmountMicro, amountMicro, type Fraction, MICRO_PER_UNIT } from '../model/money.ts';
import type { LocalSeconds } from '../model/time.ts';
import type { ClockJump } from './clock-jumps.ts';
import { type CompiledRate, type CompiledTariff, MICRO_DECIMALS } from './compile.ts';
import { addFractions, multiplyFractions } from './fraction.ts';
import type { PeriodAt } from './periods.ts';
import { roundFraction } from './rounding.ts';
import type { RateDirection, StoredRate } from './tariff.ts';

export interface RatingCall {
  /** On the tariff's wall clock. */
  readonly startLocal: LocalSeconds;
  /** A part of a second counts as one. */
  readonly durationSeconds: number;
  /** Normalised: country code and national number, digits only. */
  readonly number: string;
  readonly accessCode?: string | undefined;
  readonly trunk?: string | undefined;
  /** Absent: outgoing. */
  readonly direction?: RateDirection | undefined;
  /** Absent: true. */
  readonly answered?: boolean | undefined;
  /** Bundle seconds left before the call; they pay for its first seconds. */
  readonly allowanceLeftSeconds?: number | undefined;
  /** The caller's own number, normalised, or its first digits. Absent: the tariff's `origin`. */
  readonly origin?: string | undefined;
  /** Seconds that each volume group has used in the month. */
  readonly monthSeconds?: Readonly<Record<string, number>> | undefined;
}

export interface Charge {
  /** False: no rate fits. That is not a charge of zero. */
  readonly isRated: boolean;
  /** Undefined when not rated. */
  readonly amountMicro: AmountMicro | undefined;
  readonly currency: string;
  /** Seconds that are paid for, after blocks and allowance. */
  readonly billedSeconds: number;
  /** The rate at the start of the call. */
  readonly rate: StoredRate | undefined;
}

/** Increments that follow each other at one rate, step and period. */
export interface WalkPart {
  readonly rate: CompiledRate;
  readonly stepIndex: number;
  readonly period: PeriodAt;
  readonly fromSecond: number;
  /** Length of one increment; a whole-duration call within its minimum is one increment of that minimum. */
  readonly incrementSeconds: number;
  increments: number;
}

export type Walk =
  | { readonly outcome: 'not-answered' | 'no-rate'; readonly rate: CompiledRate | undefined; readonly atSecond: number }
  | { readonly outcome: 'rejected'; readonly rate: CompiledRate }
  /** `not-connected`: nothing is left of the call when the connect time is taken off. */
  | { readonly outcome: 'grace' | 'not-connected'; readonly rate: CompiledRate; readonly duration: number }
  | {
      readonly outcome: 'priced';
      readonly rate: CompiledRate;
      readonly duration: number;
      readonly freeSeconds: number;
      readonly allowanceSeconds: number;
      readonly billedSeconds: number;
      readonly parts: readonly WalkPart[];
    };

function fitsParticulars(tariff: CompiledTariff, rate: StoredRate, call: RatingCall): boolean {
  const { length } = call.number;
  if (length < (rate.minimumDigits ?? 0) || length > (rate.maximumDigits ?? Number.POSITIVE_INFINITY)) return false;
  if (rate.originGroup === undefined && rate.localOnly !== true) return true;
  const origin = call.origin ?? tariff.origin;
  const group = origin === undefined ? undefined : tariff.areas.groupOf(origin, call.startLocal);
  if (group === undefined || (rate.originGroup ?? group) !== group) return false;
  return rate.localOnly !== true || tariff.areas.groupOf(call.number, call.startLocal) === group;
}

function fits(tariff: CompiledTariff, candidate: CompiledRate, call: RatingCall, direction: RateDirection): boolean {
  const rate = candidate.rate;
  if (candidate.fromLocal > call.startLocal || candidate.toLocal <= call.startLocal) return false;
  if (rate.trunk !== undefined && rate.trunk !== call.trunk) return false;
  if (rate.accessCode !== undefined && rate.accessCode !== call.accessCode) return false;
  if (rate.direction !== undefined && rate.direction !== direction) return false;
  return !candidate.isParticular || fitsParticulars(tariff, rate, call);
}

function atVolume(rate: CompiledRate, call: RatingCall): CompiledRate {
  if (rate.volumes.length === 0) return rate;
  const used = call.monthSeconds?.[rate.rate.volumeGroup ?? ''] ?? 0;
  let found = rate;
  for (const volume of rate.volumes) if (volume.fromMonthSeconds <= used) found = volume.rate;
  return found;
}

/** The longest prefix of the rates that fit, whatever their period; then the first of it that has the period. */
function findRate(
  tariff: CompiledTariff,
  candidates: readonly CompiledRate[],
  call: RatingCall,
  period: string | undefined,
): CompiledRate | undefined {
  const direction = call.direction ?? 'outgoing';
  let prefixLength = -1;
  for (const candidate of candidates) {
    const { rate } = candidate;
    if (prefixLength !== -1 && rate.prefix.length !== prefixLength) return undefined;
    if (!fits(tariff, candidate, call, direction)) continue;
    if (rate.period === undefined || rate.period === period) return atVolume(candidate, call);
    prefixLength = rate.prefix.length;
  }
  return undefined;
}

function stepIndexAt(rate: CompiledRate, second: number): number {
  const steps = rate.shape.steps;
  let index = steps.length - 1;
  while (index >= 0 && (steps[index]?.fromSecond ?? 0) > second) index -= 1;
  return index;
}

/** Whole-duration calls keep one increment, that of the step at their last second. */
function incrementOf(rate: CompiledRate, stepIncrement: number, duration: number): number {
  const { steps, wholeInitialSeconds } = rate.shape;
  if (wholeInitialSeconds === undefined || steps.length === 1) return stepIncrement;
  return steps[stepIndexAt(rate, duration - 1)]?.incrementSeconds ?? stepIncrement;
}

const NO_JUMPS: readonly ClockJump[] = [];

interface PeriodSpan {
  readonly period: PeriodAt;
  /** Second of the call at which another period may begin. */
  readonly endSecond: number;
}

function periodSpan(tariff: CompiledTariff, call: RatingCall, second: number, jumps: readonly ClockJump[]): PeriodSpan {
  let local = call.startLocal + second;
  let nextJump = Number.POSITIVE_INFINITY;
  for (const { atSecond, bySeconds } of jumps) {
    if (atSecond <= second) local += bySeconds;
    else nextJump = Math.min(nextJump, atSecond);
  }
  const endSecond = second + tariff.periods.nextChange(local) - local;
  return { period: tariff.periods.at(local), endSecond: Math.min(endSecond, nextJump) };
}

/** The number whose prefix tells the price: another one where the number was ported. */
export function ratedNumber(tariff: CompiledTariff, call: RatingCall): string {
  return tariff.ported?.ratedAs(call.number, call.startLocal) ?? call.number;
}

/** Finds the rates and counts the increments of a call; no money yet. */
export function walkCall(tariff: CompiledTariff, call: RatingCall): Walk {
  const candidates = tariff.candidates(ratedNumber(tariff, call));
  const { periods } = tariff;
  let period = periods.at(call.startLocal);
  const first = findRate(tariff, candidates, call, period.name);
  if (call.answered === false) return { outcome: 'not-answered', rate: first, atSecond: 0 };
  if (first === undefined) return { outcome: 'no-rate', rate: undefined, atSecond: 0 };
  if (first.rate.reject === true) return { outcome: 'rejected', rate: first };
  const printed = tariff.roundsToNearestSecond ? Math.round(call.durationSeconds) : Math.ceil(call.durationSeconds);
  const duration = printed - first.connectTimeSeconds;
  if (duration <= 0 && first.connectTimeSeconds > 0) {
    return { outcome: 'not-connected', rate: first, duration: printed };
  }
  if (duration < first.graceSeconds) return { outcome: 'grace', rate: first, duration };

  const splits = tariff.straddle === 'split' && periods.varies;
  const freeSeconds = Math.min(first.freeSeconds, duration);
  const allowanceSeconds = Math.min(Math.max(Math.floor(call.allowanceLeftSeconds ?? 0), 0), duration - freeSeconds);
  const parts: WalkPart[] = [];
  let last: WalkPart | undefined;
  let billedSeconds = 0;
  let rate = first;
  const jumps = splits && tariff.jumps !== undefined ? tariff.jumps(call.startLocal, duration) : NO_JUMPS;
  let periodEndSecond = splits ? 0 : Number.POSITIVE_INFINITY;
  let second = freeSeconds + allowanceSeconds;
  while (second < duration) {
    if (second >= periodEndSecond) {
      ({ period, endSecond: periodEndSecond } = periodSpan(tariff, call, second, jumps));
      const next = findRate(tariff, candidates, call, period.name);
      if (next === undefined || next.rate.reject === true) return { outcome: 'no-rate', rate: first, atSecond: second };
      rate = next;
    }
    const stepIndex = stepIndexAt(rate, second);
    const step = rate.shape.steps[stepIndex];
    if (step === undefined) {
      // Seconds before the first step are free.
      second = Math.min(rate.shape.steps[0]?.fromSecond ?? duration, periodEndSecond);
      continue;
    }
    const isOneBlock = second === 0 && duration <= (rate.shape.wholeInitialSeconds ?? -1);
    const length = isOneBlock
      ? (rate.shape.wholeInitialSeconds ?? 0)
      : incrementOf(rate, step.incrementSeconds, duration);
    const until = Math.min(duration, step.endSecond, periodEndSecond);
    const increments = isOneBlock ? 1 : Math.ceil((until - second) / length);
    if (last?.rate === rate && last.stepIndex === stepIndex && last.period === period) last.increments += increments;
    else {
      last = { rate, stepIndex, period, fromSecond: second, incrementSeconds: length, increments };
      parts.push(last);
    }
    second += increments * length;
    billedSeconds += increments * length;
  }
  return { outcome: 'priced', rate: first, duration, freeSeconds, allowanceSeconds, billedSeconds, parts };
}

/** Exact price of a part's seconds. */
export function partPrice(part: WalkPart): Fraction {
  const { shape } = part.rate;
  const step = shape.steps[part.stepIndex];
  const unit = step?.unit ?? 0n;
  if (step === undefined || part.incrementSeconds === step.incrementSeconds) {
    return { num: unit * BigInt(part.increments), den: shape.den };
  }
  return {
    num: unit * BigInt(part.increments * part.incrementSeconds),
    den: shape.den * BigInt(step.incrementSeconds),
  };
}

export interface ExactPrice {
  readonly seconds: Fraction;
  readonly connection: Fraction;
  readonly disconnection: Fraction;
  /** Which limit replaced the sum. */
  readonly limit: 'minimum' | 'maximum' | undefined;
  /** After minimum and maximum, before markup, surcharge and tax. */
  readonly net: Fraction;
  /** The charge before its rounding. */
  readonly gross: Fraction;
}

/** The exact sum of a walked call; connection, minimum and maximum are those of the rate at its start. */
export function exactPrice(tariff: CompiledTariff, rate: CompiledRate, parts: readonly WalkPart[]): ExactPrice {
  const { shape } = rate;
  let seconds: Fraction = { num: 0n, den: shape.den };
  for (const part of parts) seconds = addFractions(seconds, partPrice(part));
  const connection: Fraction = { num: shape.connection, den: shape.den };
  const disconnection: Fraction = { num: shape.disconnection, den: shape.den };
  const sum = addFractions(seconds, addFractions(connection, disconnection));
  let net = sum;
  let limit: ExactPrice['limit'];
  if (shape.minimum !== undefined && sum.num * shape.den < shape.minimum * sum.den) {
    net = { num: shape.minimum, den: shape.den };
    limit = 'minimum';
  } else if (shape.maximum !== undefined && sum.num * shape.den > shape.maximum * sum.den) {
    net = { num: shape.maximum, den: shape.den };
    limit = 'maximum';
  }
  return { seconds, connection, disconnection, limit, net, gross: multiplyFractions(net, tariff.factor) };
}

/** The one rounding of a call, in steps of the tariff's decimals. */
export function roundToSteps(tariff: CompiledTariff, exact: Fraction): bigint {
  return roundFraction({ num: exact.num * tariff.scale, den: exact.den }, tariff.rounding);
}

/** A charge of more decimals than are stored is rounded to those that are. */
export function roundToMicro(tariff: CompiledTariff, exact: Fraction): AmountMicro {
  if (tariff.decimals > MICRO_DECIMALS) {
    return amountMicro(roundFraction({ num: exact.num * MICRO_PER_UNIT, den: exact.den }, tariff.rounding));
  }
  return amountMicro(roundToSteps(tariff, exact) * tariff.microPerStep);
}

export function chargeOfWalk(tariff: CompiledTariff, walk: Walk): Charge {
  const { currency } = tariff;
  const rate = walk.rate?.rate;
  switch (walk.outcome) {
    case 'no-rate':
    case 'rejected':
      return { isRated: false, amountMicro: undefined, currency, billedSeconds: 0, rate };
    case 'not-answered':
    case 'grace':
    case 'not-connected':
      return { isRated: true, amountMicro: amountMicro(0n), currency, billedSeconds: 0, rate };
    case 'priced':
      return {
        isRated: true,
        amountMicro: roundToMicro(tariff, exactPrice(tariff, walk.rate, walk.parts).gross),
        currency,
        billedSeconds: walk.billedSeconds,
        rate,
      };
  }
}

/** Never throws on a call; a call that no rate fits is not rated. */
export function rateCall(tariff: CompiledTariff, call: RatingCall): Charge {
  return chargeOfWalk(tariff, walkCall(tariff, call));
}
