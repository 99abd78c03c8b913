/**
 * A tariff made ready for rating: prefixes in a map, prices as exact whole numbers, periods as a table. The order of rates
 * in the tariff changes nothing.
 */
import type { Fraction } from '../model/money.ts';
import type { LocalSeconds } from '../model/time.ts';
import { type AreaTable, areaTable } from './area-groups.ts';
import { type JumpFinder, jumpFinder } from './clock-jumps.ts';
import { multiplyFractions, percentFactor, reduceFraction } from './fraction.ts';
import { readLocalMoment, type ZoneClock, zoneClock } from './local-time.ts';
import { type PeriodTable, periodTable } from './periods.ts';
import { type PortedTable, portedTable } from './ported-numbers.ts';
import { type PriceShape, priceShape } from './price-shape.ts';
import {
  type Bundle,
  decimalsOfCurrency,
  type Rounding,
  type StoredRate,
  type StoredTariff,
  type Straddle,
  type TaxPoint,
  type VolumeMethod,
} from './tariff.ts';

export interface CompiledRate {
  readonly rate: StoredRate;
  readonly shape: PriceShape;
  readonly fromLocal: LocalSeconds;
  readonly toLocal: LocalSeconds;
  readonly graceSeconds: number;
  readonly connectTimeSeconds: number;
  readonly freeSeconds: number;
  /** Asks for more than prefix, date, trunk, access code, direction and period. */
  readonly isParticular: boolean;
  /** The same rate at the prices of a higher month's volume, lowest first. */
  readonly volumes: readonly CompiledVolume[];
}

export interface VolumeStep {
  readonly group: string;
  readonly fromMonthSeconds: number;
}

export interface CompiledVolume {
  readonly fromMonthSeconds: number;
  readonly rate: CompiledRate;
}

export interface CompiledTariff {
  readonly name: string;
  readonly currency: string;
  readonly decimals: number;
  /** Steps of the charge in one unit of the currency: 10 to the power of `decimals`. */
  readonly scale: bigint;
  /** Millionths in one such step. */
  readonly microPerStep: bigint;
  readonly rounding: Rounding;
  readonly straddle: Straddle;
  readonly surchargePercent: string;
  readonly taxPercent: string;
  readonly markupPercent: string;
  readonly pricesIncludeTax: boolean;
  readonly taxPoint: TaxPoint;
  /** From price to charge, one exact factor: markup, surcharge, and tax where the charge takes or sheds it. */
  readonly factor: Fraction;
  readonly roundsToNearestSecond: boolean;
  readonly origin: string | undefined;
  readonly areas: AreaTable;
  /** Undefined where no number is ported. */
  readonly ported: PortedTable | undefined;
  readonly bundles: readonly Bundle[];
  readonly volumeMethod: VolumeMethod;
  readonly clock: ZoneClock | undefined;
  /** Undefined where no clock jump can change a price. */
  readonly jumps: JumpFinder | undefined;
  readonly periods: PeriodTable;
  readonly rateCount: number;
  /** A call's price depends on the other calls of its month. */
  readonly usesMonth: boolean;
  /** Volumes of a month from which on another price holds. */
  readonly volumeSteps: readonly VolumeStep[];
  /** It has rates for incoming calls alone. */
  readonly pricesIncoming: boolean;
  /** Rates whose prefix begins the number: longest prefix first, then by `before`. */
  candidates(number: string): readonly CompiledRate[];
}

/** Numbers whose candidates are remembered; the memory is emptied when it is full. */
const REMEMBERED_NUMBERS = 50_000;

/** Decimals that a stored amount has. */
export const MICRO_DECIMALS = 6;

const ONE: Fraction = { num: 1n, den: 1n };

function chargeFactor(tariff: StoredTariff, percents: readonly string[], taxPercent: string): Fraction {
  const tax = percentFactor(taxPercent);
  const isOnTotal = tariff.taxPoint === 'total';
  let factor: Fraction = ONE;
  for (const percent of percents) factor = multiplyFractions(factor, percentFactor(percent));
  if (tariff.pricesIncludeTax === true && isOnTotal) factor = multiplyFractions(factor, { num: tax.den, den: tax.num });
  if (tariff.pricesIncludeTax !== true && !isOnTotal) factor = multiplyFractions(factor, tax);
  return reduceFraction(factor);
}

function hasOrigin(rate: StoredRate): boolean {
  return rate.originGroup !== undefined || rate.localOnly === true;
}

function hasLength(rate: StoredRate): boolean {
  return (rate.minimumDigits ?? 0) > 0 || rate.maximumDigits !== undefined;
}

/** Conditions in order of weight: access code, trunk, origin, length of the number, direction, period. */
function weight(rate: StoredRate): number {
  return (
    (rate.accessCode === undefined ? 0 : 32) +
    (rate.trunk === undefined ? 0 : 16) +
    (hasOrigin(rate) ? 8 : 0) +
    (hasLength(rate) ? 4 : 0) +
    (rate.direction === undefined ? 0 : 2) +
    (rate.period === undefined ? 0 : 1)
  );
}

/** Of a second in the first step; a rate without steps costs nothing by time. */
function secondPrice({ shape }: CompiledRate): Fraction {
  const step = shape.steps[0];
  return step === undefined ? { num: 0n, den: 1n } : { num: step.unit, den: shape.den * BigInt(step.incrementSeconds) };
}

function compareFractions(a: Fraction, b: Fraction): number {
  const [x, y] = [a.num * b.den, b.num * a.den];
  return x < y ? -1 : x > y ? 1 : 0;
}

const WORDS: ReadonlySet<string> = new Set(['name', 'nameVi', 'category', 'source']);

/** What of a rate makes a price, whatever order its keys have; then its words, so that the last doubt is settled too. */
function tieText(rate: StoredRate): string {
  const steps = rate.steps?.map((step) => [step.fromSecond, step.price, step.perSeconds, step.incrementSeconds]);
  const entries = Object.entries({ ...rate, ...(steps !== undefined && { steps }) })
    .filter(([, value]) => value !== undefined && value !== 0 && value !== false)
    .sort(([x], [y]) => (x < y ? -1 : 1));
  const isWord = ([key]: readonly [string, unknown]): boolean => WORDS.has(key);
  return JSON.stringify([entries.filter((entry) => !isWord(entry)), entries.filter(isWord)]);
}

/** Order of rates of one prefix: more conditions, then newest, then cheapest, then by their text (so never by position). */
function before(a: CompiledRate, b: CompiledRate): number {
  const byWeight = weight(b.rate) - weight(a.rate);
  if (byWeight !== 0) return byWeight;
  if (a.fromLocal !== b.fromLocal) return b.fromLocal > a.fromLocal ? 1 : -1;
  const byPrice = compareFractions(secondPrice(a), secondPrice(b));
  if (byPrice !== 0) return byPrice;
  const [textA, textB] = [tieText(a.rate), tieText(b.rate)];
  return textA < textB ? -1 : textA > textB ? 1 : 0;
}

/** Prices repeat over a deck: rates of one price share one shape. */
function shapeOf(rate: StoredRate, shapes: Map<string, PriceShape>): PriceShape {
  if (rate.steps !== undefined) return priceShape(rate);
  const key = `${rate.ratePerMinute}|${rate.initialSeconds}|${rate.incrementSeconds}|${rate.block}|${rate.connectionCharge}|${rate.disconnectionCharge}|${rate.minimumCharge}|${rate.maximumCharge}`;
  const known = shapes.get(key);
  if (known !== undefined) return known;
  const shape = priceShape(rate);
  shapes.set(key, shape);
  return shape;
}

function matcher(byPrefix: ReadonlyMap<string, readonly CompiledRate[]>): (number: string) => readonly CompiledRate[] {
  const lengths = [...new Set([...byPrefix.keys()].map((prefix) => prefix.length))].sort((a, b) => b - a);
  const remembered = new Map<string, readonly CompiledRate[]>();
  return (number) => {
    const known = remembered.get(number);
    if (known !== undefined) return known;
    const found: CompiledRate[] = [];
    for (const length of lengths) {
      if (length > number.length) continue;
      const rates = byPrefix.get(number.slice(0, length));
      if (rates !== undefined) found.push(...rates);
    }
    if (remembered.size >= REMEMBERED_NUMBERS) remembered.clear();
    remembered.set(number, found);
    return found;
  };
}

interface RateCompiler {
  readonly shapes: Map<string, PriceShape>;
  readonly moments: Map<string, LocalSeconds>;
}

const NO_VOLUMES: readonly CompiledVolume[] = [];

function compileRate(rate: StoredRate, known: RateCompiler): CompiledRate {
  const volumes = [...(rate.volumePrices ?? [])].sort((a, b) => a.fromMonthSeconds - b.fromMonthSeconds);
  return {
    rate,
    shape: shapeOf(rate, known.shapes),
    fromLocal: momentOr(rate.effectiveFrom, Number.NEGATIVE_INFINITY, known.moments),
    toLocal: momentOr(rate.effectiveTo, Number.POSITIVE_INFINITY, known.moments),
    graceSeconds: rate.graceSeconds ?? 0,
    connectTimeSeconds: rate.connectTimeSeconds ?? 0,
    freeSeconds: rate.freeSeconds ?? 0,
    isParticular: hasOrigin(rate) || hasLength(rate),
    volumes:
      volumes.length === 0
        ? NO_VOLUMES
        : volumes.map(({ fromMonthSeconds, ratePerMinute }) => ({
            fromMonthSeconds,
            rate: compileRate({ ...rate, ratePerMinute, volumePrices: [] }, known),
          })),
  };
}

function volumeStepsOf(rates: readonly StoredRate[]): readonly VolumeStep[] {
  const steps = new Map<string, VolumeStep>();
  for (const { volumeGroup: group = '', volumePrices } of rates) {
    for (const { fromMonthSeconds } of volumePrices ?? []) {
      steps.set(`${fromMonthSeconds} ${group}`, { group, fromMonthSeconds });
    }
  }
  return [...steps.values()];
}

/** `tariff` has passed `parseTariff` or `parseStoredTariff`. `name` is shown in explanations. */
export function compileTariff(tariff: StoredTariff, name = ''): CompiledTariff {
  const known: RateCompiler = { shapes: new Map(), moments: new Map() };
  const byPrefix = new Map<string, CompiledRate[]>();
  for (const rate of tariff.rates) {
    const compiled = compileRate(rate, known);
    const same = byPrefix.get(rate.prefix);
    if (same === undefined) byPrefix.set(rate.prefix, [compiled]);
    else same.push(compiled);
  }
  for (const rates of byPrefix.values()) if (rates.length > 1) rates.sort(before);
  const surchargePercent = String(tariff.surchargePercent ?? '0');
  const taxPercent = String(tariff.taxPercent ?? '0');
  const markupPercent = String(tariff.markupPercent ?? '0');
  const clock = tariff.timeZone === undefined ? undefined : zoneClock(tariff.timeZone);
  const periods = periodTable(tariff);
  const decimals = tariff.decimals ?? decimalsOfCurrency(tariff.currency);
  const volumeSteps = volumeStepsOf(tariff.rates);
  return {
    name,
    currency: tariff.currency,
    decimals,
    scale: 10n ** BigInt(decimals),
    microPerStep: 10n ** BigInt(Math.max(0, MICRO_DECIMALS - decimals)),
    rounding: tariff.rounding ?? 'half-up',
    straddle: tariff.straddle ?? 'start',
    surchargePercent,
    taxPercent,
    markupPercent,
    pricesIncludeTax: tariff.pricesIncludeTax === true,
    taxPoint: tariff.taxPoint ?? 'call',
    factor: chargeFactor(tariff, [markupPercent, surchargePercent], taxPercent),
    roundsToNearestSecond: tariff.durationRounding === 'nearest',
    origin: tariff.origin,
    areas: areaTable(tariff.areaGroups ?? []),
    ported: portedTable(tariff.portedNumbers ?? []),
    bundles: tariff.bundles ?? [],
    volumeMethod: tariff.volumeMethod ?? 'present',
    clock,
    jumps: clock !== undefined && periods.varies && tariff.straddle === 'split' ? jumpFinder(clock) : undefined,
    periods,
    rateCount: tariff.rates.length,
    usesMonth: (tariff.bundles?.length ?? 0) > 0 || volumeSteps.length > 0,
    volumeSteps,
    pricesIncoming: tariff.rates.some(({ direction }) => direction === 'incoming'),
    candidates: matcher(byPrefix),
  };
}

function momentOr(text: string | undefined, absent: number, known: Map<string, LocalSeconds>): LocalSeconds {
  if (text === undefined) return absent;
  const moment = known.get(text) ?? readLocalMoment(text) ?? absent;
  known.set(text, moment);
  return moment;
}
