/** Why a call costs what it costs, as steps a reader can check by hand. `rating.step.<kind>` translates each. */
import { type AmountMicro, type Fraction, formatScaled } from '../model/money.ts';
import { localDayOf, localText } from '../model/time.ts';
import { type CompiledTariff, MICRO_DECIMALS } from './compile.ts';
import { exactText, multiplyFractions, percentFactor } from './fraction.ts';
import {
  type Charge,
  chargeOfWalk,
  exactPrice,
  partPrice,
  type RatingCall,
  ratedNumber,
  roundToMicro,
  roundToSteps,
  type Walk,
  type WalkPart,
  walkCall,
} from './rate-call.ts';
import type { StoredRate } from './tariff.ts';

export const PRICE_STEP_KINDS = [
  'number',
  'ported',
  'tariff',
  'tariff-by-access-code',
  'tariff-by-trunk',
  'tariff-by-trunk-group',
  'tariff-by-site',
  'tariff-by-default',
  'tariff-then',
  'version',
  'version-always',
  'version-draft',
  'no-tariff',
  'rate',
  'rate-named',
  'access-code',
  'trunk',
  'origin-group',
  'local',
  'digits',
  'direction',
  'effective',
  'volume',
  'period-time',
  'period-holiday',
  'period-default',
  'not-answered',
  'grace',
  'not-connected',
  'rejected',
  'no-rate',
  'no-rate-later',
  'not-a-call',
  'connect-time',
  'free-seconds',
  'allowance',
  'billed',
  'seconds',
  'seconds-in-period',
  'connection',
  'disconnection',
  'minimum',
  'maximum',
  'markup',
  'discount',
  'surcharge',
  'tax',
  'tax-included',
  'tax-taken-out',
  'tax-on-total',
  'exact',
  'rounding-half-up',
  'rounding-half-even',
  'rounding-up',
  'rounding-down',
  'result',
  'bundle-seconds',
  'bundle-money',
  'left-to-pay',
  'pbx-cost',
  'pbx-difference',
  'pbx-shown',
  'pbx-unreadable',
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
  return formatScaled(amount / tariff.microPerStep, Math.min(tariff.decimals, MICRO_DECIMALS));
}

/** The charge of an exact amount, with exactly the tariff's decimals, be they more than are stored. */
export function roundedText(tariff: CompiledTariff, exact: Fraction): string {
  return formatScaled(roundToSteps(tariff, exact), tariff.decimals);
}

/** Where a rate sets no upper bound. */
const LONGEST_NUMBER = 24;

function rateSteps(rate: StoredRate, language: 'vi' | 'en'): PriceStep[] {
  const name = language === 'vi' ? (rate.nameVi ?? rate.name) : rate.name;
  const steps: PriceStep[] = [
    name === undefined
      ? { kind: 'rate', values: { prefix: rate.prefix } }
      : { kind: 'rate-named', values: { prefix: rate.prefix, name } },
  ];
  if (rate.accessCode !== undefined) steps.push({ kind: 'access-code', values: { accessCode: rate.accessCode } });
  if (rate.trunk !== undefined) steps.push({ kind: 'trunk', values: { trunk: rate.trunk } });
  if (rate.originGroup !== undefined) steps.push({ kind: 'origin-group', values: { group: rate.originGroup } });
  if (rate.localOnly === true) steps.push({ kind: 'local', values: {} });
  if ((rate.minimumDigits ?? rate.maximumDigits) !== undefined) {
    const values = { least: rate.minimumDigits ?? 0, most: rate.maximumDigits ?? LONGEST_NUMBER };
    steps.push({ kind: 'digits', values });
  }
  if (rate.direction !== undefined) steps.push({ kind: 'direction', values: { direction: rate.direction } });
  if (rate.effectiveFrom !== undefined) steps.push({ kind: 'effective', values: { from: rate.effectiveFrom } });
  return steps;
}

/** The month's volume that a rate with volume prices was looked up with. */
function volumeSteps(rate: StoredRate, call: RatingCall): PriceStep[] {
  if (rate.volumeGroup === undefined || rate.volumePrices === undefined) return [];
  const values = { group: rate.volumeGroup, seconds: call.monthSeconds?.[rate.volumeGroup] ?? 0 };
  return [{ kind: 'volume', values: { ...values, price: rate.ratePerMinute ?? '0' } }];
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

/** What a percentage adds to an amount (takes off, where it is negative). */
function addedBy(percent: string, base: Fraction): Fraction {
  const { num, den } = percentFactor(percent);
  return multiplyFractions(base, { num: num - den, den });
}

function taxSteps(tariff: CompiledTariff, base: Fraction): PriceStep[] {
  const { currency, taxPercent: percent } = tariff;
  if (Number(percent) === 0) return [];
  const { num, den } = percentFactor(percent);
  const within = exactText(multiplyFractions(base, { num: num - den, den: num }));
  if (tariff.taxPoint === 'total') {
    const onTotal: PriceStep = { kind: 'tax-on-total', values: { percent } };
    if (!tariff.pricesIncludeTax) return [onTotal];
    return [{ kind: 'tax-taken-out', values: { percent, amount: within, currency } }, onTotal];
  }
  if (tariff.pricesIncludeTax) return [{ kind: 'tax-included', values: { percent, amount: within, currency } }];
  return [{ kind: 'tax', values: { percent, amount: exactText(addedBy(percent, base)), currency } }];
}

function markupSteps(tariff: CompiledTariff, net: Fraction): PriceStep[] {
  const { currency } = tariff;
  const steps: PriceStep[] = [];
  let base = net;
  for (const key of ['markupPercent', 'surchargePercent'] as const) {
    const percent = tariff[key];
    if (Number(percent) === 0) continue;
    const kind = key === 'surchargePercent' ? 'surcharge' : percent.startsWith('-') ? 'discount' : 'markup';
    steps.push({ kind, values: { percent, amount: exactText(addedBy(percent, base)), currency } });
    base = multiplyFractions(base, percentFactor(percent));
  }
  return [...steps, ...taxSteps(tariff, base)];
}

function pricedSteps(
  tariff: CompiledTariff,
  walk: Walk & { outcome: 'priced' },
): { steps: PriceStep[]; exact: Fraction } {
  const { currency } = tariff;
  const price = exactPrice(tariff, walk.rate, walk.parts);
  const steps: PriceStep[] = [];
  const { connectTimeSeconds } = walk.rate;
  if (connectTimeSeconds > 0) steps.push({ kind: 'connect-time', values: { seconds: connectTimeSeconds } });
  if (walk.freeSeconds > 0) steps.push({ kind: 'free-seconds', values: { seconds: walk.freeSeconds } });
  if (walk.allowanceSeconds > 0) steps.push({ kind: 'allowance', values: { seconds: walk.allowanceSeconds } });
  steps.push({ kind: 'billed', values: { durationSeconds: walk.duration, billedSeconds: walk.billedSeconds } });
  for (const part of walk.parts) steps.push(secondsStep(tariff, part));
  if (price.connection.num !== 0n) {
    steps.push({ kind: 'connection', values: { amount: exactText(price.connection), currency } });
  }
  if (price.disconnection.num !== 0n) {
    steps.push({ kind: 'disconnection', values: { amount: exactText(price.disconnection), currency } });
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
  const ratedAs = ratedNumber(tariff, call);
  if (ratedAs !== call.number) steps.push({ kind: 'ported', values: { number: call.number, ratedAs } });
  if (tariff.name !== '') steps.push({ kind: 'tariff', values: { name: tariff.name, currency: tariff.currency } });
  if (walk.rate !== undefined) {
    const { rate } = walk.rate;
    steps.push(...rateSteps(rate, language), ...volumeSteps(rate, call), ...periodSteps(tariff, call));
  }
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
    case 'rejected':
      exact = undefined;
      steps.push({ kind: 'rejected', values: { number: call.number } });
      break;
    case 'not-connected':
      steps.push({
        kind: 'not-connected',
        values: { durationSeconds: walk.duration, seconds: walk.rate.connectTimeSeconds },
      });
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
  if (exact !== undefined) {
    steps.push({ kind: 'result', values: { charge: roundedText(tariff, exact), currency: tariff.currency } });
  }
  return { charge, exact, explanation: steps };
}
