/**
 * Calls of a month in the order of their start: bundles that empty and volume that fills. State goes in and comes out, so a
 * month can be rated again from any call on.
 */
import { type AmountMicro, amountMicro, parseDecimal } from '../model/money.ts';
import { localDayOf } from '../model/time.ts';
import type { CompiledTariff } from './compile.ts';
import { chargeText, type ExplainedCharge, explainCall, type PriceStep } from './explain.ts';
import { afterUse, emptyMonth, type MonthState, type MonthUse } from './month-use.ts';
import { type Charge, chargeOfWalk, type RatingCall, ratedNumber, walkCall } from './rate-call.ts';
import type { Bundle, StoredRate } from './tariff.ts';

export interface MonthCharge extends ExplainedCharge {
  /** What money of a bundle paid; the charge is what is left. */
  readonly coveredMicro: AmountMicro;
}

export interface InMonth {
  readonly charge: Charge;
  readonly use: MonthUse;
  readonly state: MonthState;
}

export function monthOf(call: RatingCall): string {
  return localDayOf(call.startLocal).slice(0, 7);
}

function covers(bundle: Bundle, rate: StoredRate, number: string): boolean {
  if (bundle.prefixes === undefined && bundle.categories === undefined) return true;
  if (bundle.categories?.includes(rate.category ?? '') === true) return true;
  return bundle.prefixes?.some((prefix) => number.startsWith(prefix)) === true;
}

function secondsLeft(bundle: Bundle, state: MonthState): number {
  const inMonth = (bundle.secondsPerMonth ?? Number.POSITIVE_INFINITY) - (state.bundleSeconds[bundle.name] ?? 0);
  return Math.min(inMonth, bundle.secondsPerCall ?? Number.POSITIVE_INFINITY);
}

/** In steps of the tariff's decimals, so that what is left of a charge has them too. */
function moneyLeft(tariff: CompiledTariff, bundle: Bundle, state: MonthState): bigint {
  const { num, den } = parseDecimal(bundle.moneyPerMonth ?? '0') ?? { num: 0n, den: 1n };
  const unit = tariff.microPerStep;
  return ((num * 1_000_000n) / den / unit) * unit - (state.bundleMicro[bundle.name] ?? 0n);
}

interface ChosenBundles {
  readonly seconds: Bundle | undefined;
  readonly money: Bundle | undefined;
}

const NO_BUNDLES: ChosenBundles = { seconds: undefined, money: undefined };

/** Of each kind the first in the tariff's list that covers the call and is not empty. */
function chooseBundles(tariff: CompiledTariff, state: MonthState, call: RatingCall): ChosenBundles {
  if (tariff.bundles.length === 0) return NO_BUNDLES;
  const rate = walkCall(tariff, call).rate?.rate;
  if (rate === undefined) return NO_BUNDLES;
  const number = ratedNumber(tariff, call);
  const covering = tariff.bundles.filter((bundle) => covers(bundle, rate, number));
  return {
    seconds: covering.find((bundle) => bundle.moneyPerMonth === undefined && secondsLeft(bundle, state) > 0),
    money: covering.find((bundle) => bundle.moneyPerMonth !== undefined && moneyLeft(tariff, bundle, state) > 0n),
  };
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The call as it is rated once it is known what it takes from the month. */
function askedWith(call: RatingCall, { seconds, volume }: MonthUse): RatingCall {
  return {
    ...call,
    ...(seconds !== undefined && { allowanceLeftSeconds: seconds.left }),
    ...(volume?.before !== undefined && { monthSeconds: { [volume.group]: volume.before } }),
  };
}

function lessCovered(charge: Charge, covered: AmountMicro | undefined): Charge {
  if (covered === undefined || charge.amountMicro === undefined) return charge;
  return { ...charge, amountMicro: amountMicro(charge.amountMicro - covered) };
}

/**
 * A call that brings its own allowance takes nothing out of a bundle; one that brings `monthSeconds` is priced at that
 * volume, and its use does not say so.
 */
export function rateInMonth(tariff: CompiledTariff, before: MonthState, call: RatingCall): InMonth {
  const month = monthOf(call);
  const state = before.month === month ? before : emptyMonth(month);
  const withVolume: RatingCall = { ...call, monthSeconds: call.monthSeconds ?? state.volumeSeconds };
  const chosen = call.allowanceLeftSeconds === undefined ? chooseBundles(tariff, state, withVolume) : NO_BUNDLES;
  const left = chosen.seconds === undefined ? 0 : secondsLeft(chosen.seconds, state);
  const asked = chosen.seconds === undefined ? withVolume : { ...withVolume, allowanceLeftSeconds: left };
  const walk = walkCall(tariff, asked);
  const charge = chargeOfWalk(tariff, walk);
  const used = walk.outcome === 'priced' ? walk.allowanceSeconds : 0;
  const full = charge.amountMicro ?? 0n;
  const covered = chosen.money === undefined ? 0n : smaller(moneyLeft(tariff, chosen.money, state), full);
  const group = charge.rate?.volumeGroup;
  const hasPrices = (charge.rate?.volumePrices?.length ?? 0) > 0;
  const use: MonthUse = {
    ...(chosen.seconds !== undefined && used > 0 && { seconds: { bundle: chosen.seconds.name, left, used } }),
    ...(chosen.money !== undefined &&
      covered > 0n && { money: { bundle: chosen.money.name, covered: amountMicro(covered) } }),
    ...(group !== undefined &&
      (hasPrices || charge.billedSeconds > 0) && {
        volume: {
          group,
          added: charge.billedSeconds,
          ...(call.monthSeconds === undefined && { before: state.volumeSeconds[group] ?? 0 }),
        },
      }),
  };
  return { charge: lessCovered(charge, use.money?.covered), use, state: afterUse(state, use) };
}

function stepsOfUse(tariff: CompiledTariff, { seconds, money }: MonthUse): PriceStep[] {
  const steps: PriceStep[] = [];
  if (seconds !== undefined) steps.push({ kind: 'bundle-seconds', values: { name: seconds.bundle } });
  if (money !== undefined) {
    const amount = chargeText(tariff, money.covered);
    steps.push({ kind: 'bundle-money', values: { name: money.bundle, amount, currency: tariff.currency } });
  }
  return steps;
}

/** The same charge as `rateInMonth` gave when the call used that of its month, with its reasons. */
export function explainInMonth(
  tariff: CompiledTariff,
  call: RatingCall,
  use: MonthUse,
  language: 'vi' | 'en' = 'en',
): MonthCharge {
  const explained = explainCall(tariff, askedWith(call, use), language);
  const charge = lessCovered(explained.charge, use.money?.covered);
  return {
    exact: explained.exact,
    charge,
    coveredMicro: use.money?.covered ?? amountMicro(0n),
    explanation: [...explained.explanation, ...stepsOfUse(tariff, use), ...restStep(tariff, charge, use)],
  };
}

/** What is left to pay where a bundle's money paid a part. */
function restStep(tariff: CompiledTariff, charge: Charge, { money }: MonthUse): PriceStep[] {
  if (money === undefined || charge.amountMicro === undefined) return [];
  const values = { charge: chargeText(tariff, charge.amountMicro), currency: tariff.currency };
  return [{ kind: 'left-to-pay', values }];
}

/** Calls with one start keep their order. */
function inOrderOfStart(calls: readonly RatingCall[]): readonly (readonly [RatingCall, number])[] {
  return calls.map((call, index) => [call, index] as const).sort(([a], [b]) => a.startLocal - b.startLocal);
}

type Volumes = Readonly<Record<string, number>>;

interface Run {
  readonly rated: readonly InMonth[];
  readonly state: MonthState | undefined;
  /** Volume of each month when it was over. */
  readonly volumeOfMonth: ReadonlyMap<string, Volumes>;
}

function run(
  tariff: CompiledTariff,
  calls: readonly RatingCall[],
  before: MonthState | undefined,
  volumeOfMonth: ReadonlyMap<string, Volumes> | undefined,
): Run {
  const rated: InMonth[] = new Array(calls.length);
  const volumes = new Map<string, Volumes>();
  let state = before;
  for (const [call, index] of inOrderOfStart(calls)) {
    const month = monthOf(call);
    const monthSeconds = volumeOfMonth?.get(month);
    const asked = monthSeconds === undefined ? call : { ...call, monthSeconds };
    const one = rateInMonth(tariff, state ?? emptyMonth(month), asked);
    rated[index] = one;
    state = one.state;
    volumes.set(month, state.volumeSeconds);
  }
  return { rated, state, volumeOfMonth: volumes };
}

/**
 * Charges in the order of `calls`, rated in the order of their start. `before` is the state that earlier calls left. Where
 * the tariff prices a whole month at what it reaches, the calls are walked twice and should be the whole month.
 */
export function rateMonths(
  tariff: CompiledTariff,
  calls: readonly RatingCall[],
  before?: MonthState,
): { readonly charges: readonly MonthCharge[]; readonly state: MonthState | undefined } {
  const present = run(tariff, calls, before, undefined);
  const { rated, state } =
    tariff.volumeMethod === 'present' ? present : run(tariff, calls, before, present.volumeOfMonth);
  const charges = calls.map((call, i) => {
    const monthSeconds =
      tariff.volumeMethod === 'present' ? call.monthSeconds : present.volumeOfMonth.get(monthOf(call));
    return explainInMonth(tariff, { ...call, monthSeconds }, rated[i]?.use ?? {});
  });
  return { charges, state };
}
