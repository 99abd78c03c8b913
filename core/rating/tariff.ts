/**
 * The tariff as it is exchanged and stored: plain JSON, prices as decimal texts. docs/rating.md says what each key does to
 * a price. `parse-tariff.ts` checks it, `compile.ts` makes it ready for rating.
 */

export const ROUNDINGS = ['half-up', 'half-even', 'up', 'down'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

export const STRADDLES = ['split', 'start'] as const;
export type Straddle = (typeof STRADDLES)[number];

export const BLOCKS = ['initial-then-increments', 'whole-duration'] as const;
export type Block = (typeof BLOCKS)[number];

export const RATE_DIRECTIONS = ['outgoing', 'incoming', 'internal', 'tandem'] as const;
export type RateDirection = (typeof RATE_DIRECTIONS)[number];

/** Exact decimal text, for example `718` or `13.33`. */
export type DecimalText = string;

export interface TariffPeriod {
  readonly name: string;
  /** ISO weekdays, 1 is Monday. Absent: every day. */
  readonly days?: readonly number[];
  /** `HH:MM[:SS]`, inclusive. Absent: midnight. */
  readonly from?: string;
  /** `HH:MM[:SS]`, exclusive; `24:00` ends a day. Earlier than `from`: the part of the day outside `to`..`from`. */
  readonly to?: string;
}

export interface RateStep {
  readonly fromSecond: number;
  /** Price of `perSeconds` seconds. */
  readonly price: DecimalText;
  readonly perSeconds: number;
  readonly incrementSeconds: number;
}

export interface Rate {
  /** Digits: country code and national number. Empty: every number. */
  readonly prefix: string;
  readonly name?: string;
  readonly period?: string;
  readonly ratePerMinute?: DecimalText;
  readonly initialSeconds?: number;
  readonly incrementSeconds?: number;
  readonly steps?: readonly RateStep[];
  readonly block?: Block;
  readonly connectionCharge?: DecimalText;
  readonly graceSeconds?: number;
  readonly minimumCharge?: DecimalText;
  readonly maximumCharge?: DecimalText;
  /** Local date or date-time, inclusive. */
  readonly effectiveFrom?: string;
  /** Local date or date-time, exclusive. */
  readonly effectiveTo?: string;
  readonly trunk?: string;
  readonly accessCode?: string;
  readonly direction?: RateDirection;
}

export interface Tariff {
  readonly currency: string;
  /** Decimals of a charge. Absent: those of the currency. */
  readonly decimals?: number;
  readonly rounding?: Rounding;
  readonly timeZone?: string;
  readonly surchargePercent?: DecimalText | number;
  readonly taxPercent?: DecimalText | number;
  readonly periods?: readonly TariffPeriod[];
  readonly defaultPeriod?: string;
  readonly holidays?: readonly string[];
  readonly holidayPeriod?: string;
  readonly straddle?: Straddle;
  readonly rates: readonly Rate[];
}

/** The per-minute price once the rate's volume group has used that many seconds in the month. */
export interface VolumePrice {
  readonly fromMonthSeconds: number;
  readonly ratePerMinute: DecimalText;
}

/** What our own store knows of a rate beyond the interchange form; never written to an interchange file. */
export interface StoredRate extends Rate {
  readonly nameVi?: string;
  /** The deck's own word for the kind of destination, for example `mobile_off_net`. */
  readonly category?: string;
  readonly source?: string;
  /** Seconds that the record counts before the answer: taken off the duration, before grace. */
  readonly connectTimeSeconds?: number;
  /** The first seconds of every call, free. */
  readonly freeSeconds?: number;
  /** Once per answered call, beside the connection charge. */
  readonly disconnectionCharge?: DecimalText;
  /** Name of an area group that the caller's number must lie in. */
  readonly originGroup?: string;
  /** The caller and the number called must lie in one area group on the day of the call. */
  readonly localOnly?: boolean;
  /** Bounds of the called number's length, both inclusive. */
  readonly minimumDigits?: number;
  readonly maximumDigits?: number;
  /** The carrier does not take such calls: no price, and a call that is found here is not rated. */
  readonly reject?: boolean;
  /** Rates that count together towards a month's volume. */
  readonly volumeGroup?: string;
  readonly volumePrices?: readonly VolumePrice[];
}

export const TAX_POINTS = ['call', 'total'] as const;
/** Where tax is taken: on each call, or on the sum of an invoice. */
export type TaxPoint = (typeof TAX_POINTS)[number];

export const VOLUME_METHODS = ['present', 'month'] as const;
/** `present`: the price reached before the call; `month`: every call at the price the month reaches in the end. */
export type VolumeMethod = (typeof VOLUME_METHODS)[number];

/** Area codes between which calls are local, on the days from `validFrom` until before `validTo`. */
export interface AreaGroup {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** A number that was taken along to another operator: its prefix tells the price of it no more. */
export interface PortedNumber {
  readonly number: string;
  /** Its price is that of a number with these first digits. */
  readonly ratedAs: string;
  /** First day of it. Absent: always. */
  readonly from?: string;
}

/** Seconds or money of a month that cost nothing; for all calls, or those to the prefixes or categories named. */
export interface Bundle {
  readonly name: string;
  readonly prefixes?: readonly string[];
  readonly categories?: readonly string[];
  readonly secondsPerMonth?: number;
  /** The most that one call takes out of the bundle. */
  readonly secondsPerCall?: number;
  readonly moneyPerMonth?: DecimalText;
}

export interface StoredTariff extends Tariff {
  readonly rates: readonly StoredRate[];
  /** What becomes of a part of a second. Absent: it counts as one. */
  readonly durationRounding?: 'up' | 'nearest';
  /** Added to the price before surcharge and tax; below zero it is a discount. */
  readonly markupPercent?: DecimalText | number;
  readonly pricesIncludeTax?: boolean;
  readonly taxPoint?: TaxPoint;
  /** First digits of the caller's own number, for calls that name no origin. */
  readonly origin?: string;
  readonly areaGroups?: readonly AreaGroup[];
  readonly portedNumbers?: readonly PortedNumber[];
  readonly bundles?: readonly Bundle[];
  readonly volumeMethod?: VolumeMethod;
}

export const TARIFF_PROBLEM_CODES = [
  'not-an-object',
  'not-a-list',
  'unknown-key',
  'missing',
  'not-text',
  'price-not-text',
  'not-decimal',
  'negative',
  'not-whole-number',
  'not-a-choice',
  'not-a-currency',
  'not-a-time-zone',
  'not-a-date',
  'not-a-date-time',
  'not-a-time',
  'period-empty',
  'period-unknown',
  'prefix-not-digits',
  'price-form',
  'step-twice',
  'ends-before-start',
  'minimum-above-maximum',
  'name-twice',
  'bundle-form',
  'group-unknown',
  'volume-form',
  'ported-too-short',
  'not-interchange',
  'column-missing',
  'too-many',
] as const;
export type TariffProblemCode = (typeof TARIFF_PROBLEM_CODES)[number];

/** `tariff.problem.<code>` in the locale files says what is wrong and what to write. `path` is like `rates[3].prefix`. */
export interface TariffProblem {
  readonly path: string;
  readonly code: TariffProblemCode;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Decimals of the currencies that do not have two (ISO 4217). */
const MINOR_UNITS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

export function decimalsOfCurrency(currency: string): number {
  return MINOR_UNITS[currency] ?? 2;
}
