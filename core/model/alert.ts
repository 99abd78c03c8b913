/** The kinds of alerts, and what one says. */
import type { Band, CallId } from './call.ts';
import type { LocalSeconds } from './time.ts';

export const ALERT_KINDS = [
  'night-international',
  'premium',
  'long-call',
  'short-calls',
  'new-country',
  'volume',
  'transfers',
  'costly-call',
  'budget',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const SEVERITIES = ['notice', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export function isGraver(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b);
}

/** The figures that made the alert; `text` and `money` are formatted only when somebody reads them. */
export type AlertValue = string | number;
export type AlertValues = Readonly<Record<string, AlertValue>>;

/** What a rule asks of a call; a stored one, with the country of its number. */
export interface WatchedCall {
  readonly id: CallId;
  readonly startLocalS: LocalSeconds;
  readonly direction: 'outgoing' | 'incoming' | 'internal' | 'tandem' | 'none';
  readonly isAnswered: boolean | null;
  readonly talkSeconds: number;
  readonly extension: string | null;
  readonly trunk: string | null;
  /** Normalised number of the other side; the caller of an incoming call. */
  readonly number: string | null;
  readonly band: Band;
  /** ISO 3166 region, or `+881` and the like; null at home and where it is unknown. */
  readonly country: string | null;
  readonly chargeMicro: bigint | null;
  readonly currency: string | null;
}

/** A call that left by an outside line and was talked on. */
export function isTalkedOut(call: WatchedCall): boolean {
  return (call.direction === 'outgoing' || call.direction === 'tandem') && isTalked(call);
}

export function isTalked(call: WatchedCall): boolean {
  return call.isAnswered === true || (call.isAnswered === null && call.talkSeconds > 0);
}

/**
 * One case as it stands after a call. The same `caseKey` is the same case: the store counts it up and keeps the newest
 * values, so a night of forty calls is one alert.
 */
export interface Finding {
  readonly kind: AlertKind;
  readonly caseKey: string;
  readonly severity: Severity;
  /** Of the case so far. */
  readonly count: number;
  readonly values: AlertValues;
  readonly callIds: readonly CallId[];
  readonly firstLocalS: LocalSeconds;
  readonly lastLocalS: LocalSeconds;
}
