/** What a site's numbers depend on, and what becomes of a dialled number. */
import type { Band } from '../model/call.ts';
import type { NumberKind } from './number-kind.ts';
import type { PlaceName } from './place-name.ts';

/** First and last extension of a run, of the same length: `200` to `299`. */
export interface ExtensionRange {
  readonly from: string;
  readonly to: string;
}

export interface NumberingSite {
  /** Calling code without +, for example `84`. */
  readonly countryCode: string;
  /** Without trunk prefix, for example `24`; empty where unknown. */
  readonly areaCode: string;
  /** Digits dialled to reach an outside line, for example `9`. */
  readonly outsideDigits: readonly string[];
  /** Carrier codes dialled before a number, for example `171`. */
  readonly carrierCodes: readonly string[];
  readonly extensionMaxDigits: number;
  /** Where given, only these are extensions, whatever their length. */
  readonly extensionRanges?: readonly ExtensionRange[];
  /** For example `00`. */
  readonly internationalPrefixes: readonly string[];
  /** For example `0`; empty where a country has none. */
  readonly trunkPrefix: string;
}

/** What was cut, changed or guessed. `guess-*` may be wrong. Texts: `numbering.notes` of core/i18n. */
export const NUMBER_NOTES = [
  'outside-digit-cut',
  'carrier-code-cut',
  'trunk-prefix-cut',
  'tail-cut',
  'digits-hidden',
  'feature-code',
  'old-mobile-prefix',
  'old-area-code',
  'area-code-added',
  'guess-outside-digit',
  'guess-trunk-prefix-missing',
  'guess-international-prefix-missing',
  'guess-unknown-range',
  'guess-unsure-range',
  'guess-old-or-new-plan',
  'guess-not-yet-in-plan',
  'guess-short-number',
  'guess-internal-over-trunk',
] as const;
export type NumberNote = (typeof NUMBER_NOTES)[number];

export interface NormalisedNumber {
  /** Country code and national number, digits only; an internal number as dialled. Empty when nothing was dialled. */
  readonly number: string;
  /** Digits cut that reached the outside line. */
  readonly outsideDigits: string | undefined;
  /** The carrier code dialled before the number (`171`): what a rate's `accessCode` is compared with. */
  readonly accessCode: string | undefined;
  readonly band: Band;
  /** Undefined for an internal number, and where the plan does not tell. */
  readonly kind: NumberKind | undefined;
  /** ISO 3166 code of the country, `+881` and the like for numbers of none; undefined where unknown. */
  readonly country: string | undefined;
  /** Whom the range was given to first: since numbers can be taken along, no proof of who serves it now. */
  readonly operator: string | undefined;
  readonly destination: PlaceName | undefined;
  readonly isInternal: boolean;
  readonly notes: readonly NumberNote[];
}

/** One way to read digits. `fit`: 2 a form the numbering plan knows, 1 a likely one, 0 nothing known. */
export interface Reading {
  readonly number: string;
  readonly accessCode?: string;
  readonly band: Band;
  readonly kind?: NumberKind | undefined;
  readonly country?: string | undefined;
  readonly operator?: string | undefined;
  readonly destination?: PlaceName | undefined;
  readonly isInternal?: boolean;
  readonly notes?: readonly NumberNote[];
  readonly fit: number;
}
