/**
 * The document of code rules: who must dial a code for which outside calls, and how far each code may call. It holds from
 * a day until a newer one begins. How a call is judged by it: docs/code-rules.md.
 */
import type { Band, CallVerdict } from './call.ts';
import type { LocalDay } from './time.ts';

/**
 * - `every-call`: every outside call needs a valid code (mode 1).
 * - `restricted`: an outside call needs a code unless it goes no further than `withoutCode` (mode 2).
 * - `none`: no code is needed; one that is dialled all the same must be a valid one.
 */
export const POLICY_MODES = ['every-call', 'restricted', 'none'] as const;
export type PolicyMode = (typeof POLICY_MODES)[number];

/** How far a call may go; each includes those before it. */
export const REACH_BANDS = ['internal', 'local', 'national', 'mobile', 'international'] as const;
export type ReachBand = (typeof REACH_BANDS)[number];

/** Never included in a reach unless named. */
export const EXTRA_BANDS = ['service', 'premium'] as const;
export type ExtraBand = (typeof EXTRA_BANDS)[number];

export interface Reach {
  /** Null: nothing but what `also` names. */
  readonly upTo: ReachBand | null;
  readonly also: readonly ExtraBand[];
}

export interface CodeRule {
  readonly mode: PolicyMode;
  /** What a call may reach without a code; looked at in mode `restricted` only. */
  readonly withoutCode: Reach;
}

/** One extension, or with `last` every number of the same length from `first` to it. */
export interface ExtensionSpan {
  readonly first: string;
  readonly last: string | null;
}

export interface PolicyGroup extends CodeRule {
  readonly name: string;
  /** Empty: every source. */
  readonly sourceIds: readonly number[];
  /** Empty: every extension, and calls that name none. */
  readonly extensions: readonly ExtensionSpan[];
}

/** `as-usual`: a holiday is a day like others; `never`: not on holidays; `only`: on holidays whatever the weekday. */
export const HOLIDAY_RULES = ['as-usual', 'never', 'only'] as const;
export type HolidayRule = (typeof HOLIDAY_RULES)[number];

/** What a right allows at certain hours. A span over midnight belongs to the day on which it begins. */
export interface RightHours extends Reach {
  /** ISO weekdays, 1 is Monday. */
  readonly weekdays: readonly number[];
  /** `HH:MM`; equal to `to`: the whole day. */
  readonly from: string;
  /** `HH:MM`, exclusive. */
  readonly to: string;
  readonly holidays: HolidayRule;
}

/** Allowed is what any of its hours allow. */
export interface CallingRight {
  /** Unique in the document, and never shown. */
  readonly id: string;
  readonly name: string;
  readonly hours: readonly RightHours[];
}

export type RightHolder =
  /** With `last` every code of the same length from `first` to it. */
  | { readonly kind: 'code'; readonly first: string; readonly last: string | null }
  | { readonly kind: 'person'; readonly personId: number }
  /** The department and those below it. */
  | { readonly kind: 'department'; readonly departmentId: number }
  | { readonly kind: 'everyone' };

export interface RightAssignment {
  /** Unique in the document: finds the row again when its code comes back masked. */
  readonly id: string;
  readonly holder: RightHolder;
  readonly rightId: string;
  /** Null: always. */
  readonly validFrom: LocalDay | null;
  /** Exclusive; null: until further notice. */
  readonly validTo: LocalDay | null;
}

export interface CodePolicy {
  /** Calls of these kinds need no code and are within every right. */
  readonly exceptions: { readonly emergency: boolean; readonly free: boolean };
  /** The first that fits an extension decides. */
  readonly groups: readonly PolicyGroup[];
  /** For calls that no group fits. */
  readonly others: CodeRule;
  readonly rights: readonly CallingRight[];
  readonly assignments: readonly RightAssignment[];
}

/** Why a call got its verdict; `policy.rule.<kind>` says it in words. */
export const POLICY_RULES = [
  'emergency-number',
  'free-number',
  'no-code-asked',
  'reach-without-code',
  'right-reaches',
  'no-right-set',
  'band-not-known',
  'code-asked',
  'code-asked-beyond',
  'code-never-assigned',
  'code-of-other-day',
  'right-ends-before',
  'right-has-hours',
] as const;
export type PolicyRule = (typeof POLICY_RULES)[number];

export type RuleValues = Readonly<Record<string, string | number>>;

export interface Judgement {
  readonly verdict: CallVerdict;
  readonly rule: PolicyRule;
  readonly values: RuleValues;
}

/** Verdicts that say that no code was dialled: a format without a field for codes cannot tell. */
export function restsOnNoCode(verdict: CallVerdict): boolean {
  return verdict === 'no-code' || verdict === 'extension-only';
}

export const NO_REACH: Reach = { upTo: null, also: [] };

/** No code is asked for and no right is set: everything obeys. */
export const OPEN_POLICY: CodePolicy = {
  exceptions: { emergency: true, free: true },
  groups: [],
  others: { mode: 'none', withoutCode: NO_REACH },
  rights: [],
  assignments: [],
};

/** Bands that a reach holds, besides free and emergency numbers, which every reach that holds anything outside holds. */
export function bandsOf(reach: Reach): readonly Band[] {
  const length = reach.upTo === null ? 0 : REACH_BANDS.indexOf(reach.upTo) + 1;
  const outside: readonly Band[] = length > 1 || reach.also.length > 0 ? ['free', 'emergency'] : [];
  return [...REACH_BANDS.slice(0, length), ...reach.also, ...outside];
}

/** Hours as one text among the values of a rule. */
export function hoursText({ weekdays, from, to, holidays }: Omit<RightHours, keyof Reach>): string {
  const days = [...weekdays].sort((a, b) => a - b).join('');
  return `${days === '' ? NO_DAY : days} ${from} ${to} ${holidays}`;
}

export function hoursOfText(text: string): readonly Omit<RightHours, keyof Reach>[] {
  return text.split('; ').flatMap((one) => {
    const [days, from, to, rule] = one.split(' ');
    const holidays = HOLIDAY_RULES.find((known) => known === rule);
    if (days === undefined || from === undefined || to === undefined || holidays === undefined) return [];
    return [{ weekdays: days === NO_DAY ? [] : [...days].map(Number), from, to, holidays }];
  });
}

const NO_DAY = '-';
