/**
 * Calls of a month in the order of their start: bundles that empty and volume that fills. State goes in and comes out, so a
 * month can be rated again from any call on.
 */
import { type AmountMicro, amountMicro, parseDecimal } from '../model/money.ts';
import { localDayOf } from '../model/time.ts';
import type { CompiledTariff } from './compile.ts';
import { chargeText, type ExplainedCharge, explainCall, type PriceStep } from './explain.ts';
import { type RatingCall, walkCall } from './rate-call.ts';
import type { Bundle, StoredRate } from './tariff.ts';

/** What a tariff's month has used. */
export interface MonthState {
  /** `YYYY-MM` of the tariff's wall clock; a call of another month begins a new one. */
  readonly month: string;
  readonly bundleSeconds: Readonly<Record<string, number>>;
  readonly bundleMicro: Readonly<Record<string, bigint>>;
  readonly volumeSeconds: Readonly<Record<string, number>>;
}

export interface MonthCharge extends ExplainedCharge {
  /** What money of a bundle paid; the charge is what is left. */
  readonly coveredMicro: AmountMicro;
}

export interface InMonth {
  readonly charge: MonthCharge;
  readonly state: MonthState;
}

export function emptyMonth(month: string): MonthState {
  return { month, bundleSeconds: {}, bundleMicro: {}, volumeSeconds: {} };
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
  const unit = 10n ** BigInt(6 - tariff.decimals);
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
  const covering = tariff.bundles.filter((bundle) => covers(bundle, rate, call.number));
  return {
    seconds: covering.find((bundle) => bundle.moneyPerMonth === undefined && secondsLeft(bundle, state) > 0),
    money: covering.find((bundle) => bundle.moneyPerMonth !== undefined && moneyLeft(tariff, bundle, state) > 0n),
  };
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function added<T extends number | bigint>(
  record: Readonly<Record<string, T>>,
  key: string | undefined,
  sum: (before: T | undefined) => T,
): Readonly<Record<string, T>> {
  return key === undefined ? record : { ...record, [key]: sum(record[key]) };
}

function bundleSteps(chosen: ChosenBundles, covered: string | undefined, currency: string): PriceStep[] {
  const steps: PriceStep[] = [];
  if (chosen.seconds !== undefined) steps.push({ kind: 'bundle-seconds', values: { name: chosen.seconds.name } });
  if (chosen.money !== undefined && covered !== undefined) {
    steps.push({ kind: 'bundle-money', values: { name: chosen.money.name, amount: covered, currency } });
  }
  return steps;
}

/** A call that brings its own allowance takes nothing out of a bundle. */
export function rateInMonth(
  tariff: CompiledTariff,
  before: MonthState,
  call: RatingCall,
  language: 'vi' | 'en' = 'en',
): InMonth {
  const month = monthOf(call);
  const state = before.month === month ? before : emptyMonth(month);
  const withVolume: RatingCall = { ...call, monthSeconds: call.monthSeconds ?? state.volumeSeconds };
  const chosen = call.allowanceLeftSeconds === undefined ? chooseBundles(tariff, state, withVolume) : NO_BUNDLES;
  const asked: RatingCall =
    chosen.seconds === undefined
      ? withVolume
      : { ...withVolume, allowanceLeftSeconds: secondsLeft(chosen.seconds, state) };
  const walk = walkCall(tariff, asked);
  const explained = explainCall(tariff, asked, language);
  const { charge } = explained;
  const full = charge.amountMicro ?? amountMicro(0n);
  const coveredMicro = amountMicro(
    chosen.money === undefined ? 0n : smaller(moneyLeft(tariff, chosen.money, state), full),
  );
  const paid = charge.amountMicro === undefined ? undefined : amountMicro(full - coveredMicro);
  const usedSeconds = walk.outcome === 'priced' ? walk.allowanceSeconds : 0;
  return {
    charge: {
      exact: explained.exact,
      charge: { ...charge, amountMicro: paid },
      coveredMicro,
      explanation: [
        ...explained.explanation,
        ...bundleSteps(
          { seconds: usedSeconds > 0 ? chosen.seconds : undefined, money: chosen.money },
          coveredMicro > 0n ? chargeText(tariff, coveredMicro) : undefined,
          tariff.currency,
        ),
      ],
    },
    state: {
      month,
      bundleSeconds: added(state.bundleSeconds, chosen.seconds?.name, (used) => (used ?? 0) + usedSeconds),
      bundleMicro: added(state.bundleMicro, chosen.money?.name, (used) => (used ?? 0n) + coveredMicro),
      volumeSeconds: added(state.volumeSeconds, charge.rate?.volumeGroup, (used) => (used ?? 0) + charge.billedSeconds),
    },
  };
}

/** Calls with one start keep their order. */
function inOrderOfStart(calls: readonly RatingCall[]): readonly (readonly [RatingCall, number])[] {
  return calls.map((call, index) => [call, index] as const).sort(([a], [b]) => a.startLocal - b.startLocal);
}

interface Run {
  readonly charges: readonly MonthCharge[];
  readonly state: MonthState | undefined;
  /** Volume of each month when it was over. */
  readonly volumeOfMonth: ReadonlyMap<string, Readonly<Record<string, number>>>;
}

function run(
  tariff: CompiledTariff,
  calls: readonly RatingCall[],
  before: MonthState | undefined,
  volumeOfMonth: ReadonlyMap<string, Readonly<Record<string, number>>> | undefined,
): Run {
  const charges: MonthCharge[] = new Array(calls.length);
  const volumes = new Map<string, Readonly<Record<string, number>>>();
  let state = before;
  for (const [call, index] of inOrderOfStart(calls)) {
    const month = monthOf(call);
    const monthSeconds = volumeOfMonth?.get(month);
    const asked = monthSeconds === undefined ? call : { ...call, monthSeconds };
    const rated = rateInMonth(tariff, state ?? emptyMonth(month), asked);
    charges[index] = rated.charge;
    state = rated.state;
    volumes.set(month, state.volumeSeconds);
  }
  return { charges, state, volumeOfMonth: volumes };
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
  return tariff.volumeMethod === 'present' ? present : run(tariff, calls, before, present.volumeOfMonth);
}
