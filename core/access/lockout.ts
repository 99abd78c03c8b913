/**
 * How long signing in waits after failures. A few mistakes cost nothing; then each one doubles the wait, up to a quarter
 * of an hour, so that guessing leads nowhere and nobody can lock a colleague out for ever.
 */

export interface FailureRule {
  /** So many failures are free. */
  readonly free: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Failures are forgotten when none came for so long. */
  readonly forgetAfterMs: number;
}

export interface FailureCount {
  readonly failures: number;
  readonly lastAtMs: number;
}

const MINUTE_MS = 60_000;

/** Of one login, known or not. */
export const LOGIN_RULE: FailureRule = {
  free: 5,
  firstWaitMs: 30_000,
  longestWaitMs: 15 * MINUTE_MS,
  forgetAfterMs: 24 * 60 * MINUTE_MS,
};
/** Of one address: several people may sign in from it (a terminal server, an office behind one router). */
export const ADDRESS_RULE: FailureRule = { ...LOGIN_RULE, free: 25 };

function isForgotten({ lastAtMs }: FailureCount, rule: FailureRule, nowMs: number): boolean {
  return nowMs - lastAtMs >= rule.forgetAfterMs;
}

export function afterFailure(before: FailureCount | undefined, rule: FailureRule, nowMs: number): FailureCount {
  const failures = before === undefined || isForgotten(before, rule, nowMs) ? 0 : before.failures;
  return { failures: failures + 1, lastAtMs: nowMs };
}

/** The wait after so many failures in a row. */
export function waitAfter(failures: number, rule: FailureRule): number {
  const counted = failures - rule.free;
  return counted <= 0 ? 0 : Math.min(rule.longestWaitMs, rule.firstWaitMs * 2 ** (counted - 1));
}

/** Milliseconds until the next attempt is looked at; 0: now. A clock that was set back never makes it longer. */
export function waitLeft(count: FailureCount | undefined, rule: FailureRule, nowMs: number): number {
  if (count === undefined || isForgotten(count, rule, nowMs)) return 0;
  const wait = waitAfter(count.failures, rule);
  return Math.min(wait, Math.max(0, count.lastAtMs + wait - nowMs));
}
