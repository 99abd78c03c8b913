/** Why a call costs what it costs, as steps a reader can check by hand. `rating.step.<kind>` translates each. */
import { type AmountMicro, type Fraction, formatScaled } from '../model/money.ts';
import { localDayOf, localText } from '../model/time.ts';
import type { CompiledTariff } from './compile.ts';
import { exactText, multiplyFractions } from './fraction.ts';
import {
  type Charge,
  chargeOfWalk,
  exactPrice,
  partPrice,
  type RatingCall,
  roundToMicro,
  type Walk,
  type WalkPart,
  walkCall,
} from './rate-call.ts';
import type { StoredRate } from './tariff.ts';

export const PRICE_STEP_KINDS = [
  'number',
  'tariff',
  'rate',
  'rate-named',
  'access-code',
  'trunk',
  'direction',
  'effective',
  'period-time',
  'period-holiday',
  'period-default',
  'not-answered',
  'grace',
  'no-rate',
  'no-rate-later',
  'not-a-call',
  'allowance',
  'billed',
  'seconds',
  'seconds-in-period',
  'connection',
  'minimum',
  'maximum',
  'surcharge',
  'tax',
  'exact',
  'rounding-half-up',
  'rounding-half-even',
  'rounding-up',
  'rounding-down',
  'result',
] as const;
export type PriceStepKind = (typeof PRICE_STEP_KINDS)[number];

/** Amounts are exact decimal texts; one that has no short decimal is cut and ends in `…`. */
export interface PriceStep {
  readonly kind: PriceStepKind;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface ExplainedCharge {
  readonly charge: Charge;
  /** Before the rounding; undefined when not rated. */
  readonly exact: Fraction | undefined;
  readonly explanation: readonly PriceStep[];
}

/** Charge with exactly the tariff's decimals. */
export function chargeText(tariff: CompiledTariff, amount: AmountMicro): string {
  return formatScaled(amount / 10n ** BigInt(6 - tariff.decimals), tariff.decimals);
}

function rateSteps(rate: StoredRate, language: 'vi' | 'en'): PriceStep[] {
  const name = language === 'vi' ? (rate.nameVi ?? rate.name) : rate.name;
  const steps: PriceStep[] = [
    name === undefined
      ? { kind: 'rate', values: { prefix: rate.prefix } }
      : { kind: 'rate-named', values: { prefix: rate.prefix, name } },
  ];
  if (rate.accessCode !== undefined) steps.push({ kind: 'access-code', values: { accessCode: rate.accessCode } });
  if (rate.trunk !== undefined) steps.push({ kind: 'trunk', values: { trunk: rate.trunk } });
  if (rate.direction !== undefined) steps.push({ kind: 'direction', values: { direction: rate.direction } });
  if (rate.effectiveFrom !== undefined) steps.push({ kind: 'effective', values: { from: rate.effectiveFrom } });
  return steps;
}

function periodSteps(tariff: CompiledTariff, call: RatingCall): PriceStep[] {
  const period = tariff.periods.at(call.startLocal);
  if (!tariff.periods.varies || period.name === undefined) return [];
  const values = { period: period.name, start: localText(call.startLocal), day: localDayOf(call.startLocal) };
  return [{ kind: `period-${period.reason}`, values }];
}

function secondsStep(tariff: CompiledTariff, part: WalkPart): PriceStep {
  const step = part.rate.shape.steps[part.stepIndex];
  const values = {
    fromSecond: part.fromSecond,
    seconds: part.increments * part.incrementSeconds,
    increments: part.increments,
    incrementSeconds: part.incrementSeconds,
    price: step?.price ?? '0',
    perSeconds: step?.perSeconds ?? 1,
    amount: exactText(partPrice(part)),
    currency: tariff.currency,
  };
  return part.period.name === undefined || !tariff.periods.varies
    ? { kind: 'seconds', values }
    : { kind: 'seconds-in-period', values: { ...values, period: part.period.name } };
}

function markupSteps(tariff: CompiledTariff, net: Fraction): PriceStep[] {
  const steps: PriceStep[] = [];
  let base = net;
  for (const kind of ['surcharge', 'tax'] as const) {
    const percent = kind === 'surcharge' ? tariff.surchargePercent : tariff.taxPercent;
    if (Number(percent) === 0) continue;
    const [whole = '0', part = ''] = percent.split('.');
    const added = multiplyFractions(base, { num: BigInt(whole + part), den: 100n * 10n ** BigInt(part.length) });
    base = { num: base.num * added.den + added.num * base.den, den: base.den * added.den };
    steps.push({ kind, values: { percent, amount: exactText(added), currency: tariff.currency } });
  }
  return steps;
}

function pricedSteps(
  tariff: CompiledTariff,
  walk: Walk & { outcome: 'priced' },
): { steps: PriceStep[]; exact: Fraction } {
  const { currency } = tariff;
  const price = exactPrice(tariff, walk.rate, walk.parts);
  const steps: PriceStep[] = [];
  if (walk.allowanceSeconds > 0) steps.push({ kind: 'allowance', values: { seconds: walk.allowanceSeconds } });
  steps.push({ kind: 'billed', values: { durationSeconds: walk.duration, billedSeconds: walk.billedSeconds } });
  for (const part of walk.parts) steps.push(secondsStep(tariff, part));
  if (price.connection.num !== 0n) {
    steps.push({ kind: 'connection', values: { amount: exactText(price.connection), currency } });
  }
  if (price.limit !== undefined) steps.push({ kind: price.limit, values: { amount: exactText(price.net), currency } });
  steps.push(...markupSteps(tariff, price.net));
  steps.push({ kind: 'exact', values: { amount: exactText(price.gross), currency } });
  steps.push({ kind: `rounding-${tariff.rounding}`, values: { decimals: tariff.decimals } });
  return { steps, exact: price.gross };
}

/** The same charge as `rateCall`, with its reasons; made for one call at a time. `language` is that of the destination's name. */
export function explainCall(tariff: CompiledTariff, call: RatingCall, language: 'vi' | 'en' = 'en'): ExplainedCharge {
  const walk = walkCall(tariff, call);
  const steps: PriceStep[] = [{ kind: 'number', values: { number: call.number } }];
  if (tariff.name !== '') steps.push({ kind: 'tariff', values: { name: tariff.name, currency: tariff.currency } });
  if (walk.rate !== undefined) steps.push(...rateSteps(walk.rate.rate, language), ...periodSteps(tariff, call));
  let exact: Fraction | undefined = { num: 0n, den: 1n };
  let charge = chargeOfWalk(tariff, walk);
  switch (walk.outcome) {
    case 'not-answered':
      steps.push({ kind: 'not-answered', values: {} });
      break;
    case 'no-rate':
      exact = undefined;
      steps.push(
        walk.rate === undefined
          ? { kind: 'no-rate', values: { number: call.number } }
          : { kind: 'no-rate-later', values: { second: walk.atSecond } },
      );
      break;
    case 'grace':
      steps.push({ kind: 'grace', values: { durationSeconds: walk.duration, graceSeconds: walk.rate.graceSeconds } });
      break;
    case 'priced': {
      const priced = pricedSteps(tariff, walk);
      exact = priced.exact;
      steps.push(...priced.steps);
      charge = { ...charge, amountMicro: roundToMicro(tariff, exact) };
      break;
    }
  }
  if (charge.amountMicro !== undefined) {
    steps.push({
      kind: 'result',
      values: { charge: chargeText(tariff, charge.amountMicro), currency: tariff.currency },
    });
  }
  return { charge, exact, explanation: steps };
}
