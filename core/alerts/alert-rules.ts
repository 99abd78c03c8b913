/** The thresholds of the rules, with what holds until someone sets them. Tried on simulated years (test/alerts). */
import type { Severity } from '../model/alert.ts';

interface RuleBase {
  readonly isOn: boolean;
  readonly severity: Severity;
}

export interface AlertRules {
  /** International calls of one extension, or of the site, in one night or on one day off. */
  readonly 'night-international': RuleBase & {
    readonly calls: number;
    readonly minutes: number;
    readonly siteCalls: number;
    /** Hours before opening and after closing that count as overtime, not as night. */
    readonly overtimeBefore: number;
    readonly overtimeAfter: number;
  };
  /** Calls of one extension to premium numbers in a day. */
  readonly premium: RuleBase & { readonly calls: number; readonly minutes: number };
  readonly 'long-call': RuleBase & {
    readonly hours: number;
    readonly internationalHours: number;
    readonly premiumHours: number;
  };
  /** Calls of a few seconds, or not answered, within an hour. */
  readonly 'short-calls': RuleBase & {
    readonly seconds: number;
    /** To or from one number. */
    readonly toOneNumber: number;
    readonly fromOneExtension: number;
  };
  /** A country that was never called before, within a day of its first call. */
  readonly 'new-country': RuleBase & {
    readonly calls: number;
    readonly minutes: number;
    /** Days of calls that are needed before a country can be new. */
    readonly learningDays: number;
  };
  /** Minutes of a day, or of seven days, against the same weekday, or weeks, before. */
  readonly volume: RuleBase & {
    readonly weeks: number;
    /** How many times the usual spread above the usual. */
    readonly spreads: number;
    /** How many times the usual at the least. */
    readonly times: number;
    /** Minutes of a day below which nothing is unusual. */
    readonly minutes: number;
  };
  /** Calls that came in by an outside line and left by another. */
  readonly transfers: RuleBase & {
    readonly dayCalls: number;
    readonly nightCalls: number;
    readonly internationalCalls: number;
  };
  readonly 'costly-call': RuleBase & {
    /** Exact decimal in `currency`. */
    readonly amount: string;
    readonly currency: string;
  };
  /** Thresholds stand with each budget; here is only whether they alarm. */
  readonly budget: RuleBase & { readonly warnsOfForecast: boolean };
}

export const DEFAULT_RULES: AlertRules = {
  'night-international': {
    isOn: true,
    severity: 'critical',
    calls: 3,
    minutes: 60,
    siteCalls: 8,
    overtimeBefore: 2,
    overtimeAfter: 3,
  },
  premium: { isOn: true, severity: 'warning', calls: 6, minutes: 60 },
  'long-call': { isOn: true, severity: 'warning', hours: 6, internationalHours: 3, premiumHours: 1 },
  'short-calls': { isOn: true, severity: 'warning', seconds: 10, toOneNumber: 20, fromOneExtension: 40 },
  'new-country': { isOn: true, severity: 'warning', calls: 4, minutes: 45, learningDays: 14 },
  volume: { isOn: true, severity: 'warning', weeks: 8, spreads: 10, times: 2.5, minutes: 200 },
  transfers: { isOn: true, severity: 'critical', dayCalls: 30, nightCalls: 4, internationalCalls: 3 },
  'costly-call': { isOn: true, severity: 'warning', amount: '1000000', currency: 'VND' },
  budget: { isOn: true, severity: 'warning', warnsOfForecast: true },
};

/** Stored rules over the defaults, so that a rule or threshold of a later version has its default. */
export function withDefaults(stored: { readonly [K in keyof AlertRules]?: Partial<AlertRules[K]> }): AlertRules {
  const merged = Object.entries(DEFAULT_RULES).map(([kind, rule]) => [
    kind,
    { ...rule, ...stored[kind as keyof AlertRules] },
  ]);
  return Object.fromEntries(merged) as AlertRules;
}
