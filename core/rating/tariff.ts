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

/** What a deck says beyond the interchange form. Kept in our own store, never written to an interchange file. */
export interface StoredRate extends Rate {
  readonly nameVi?: string;
  /** The deck's own word for the kind of destination, for example `mobile_off_net`. */
  readonly category?: string;
  readonly source?: string;
}

export interface StoredTariff extends Tariff {
  readonly rates: readonly StoredRate[];
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
