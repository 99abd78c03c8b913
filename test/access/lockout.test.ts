import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, type FailureCount, LOGIN_RULE, waitAfter, waitLeft } from '../../core/access/lockout.ts';

const DAY_MS = 86_400_000;

/** As many wrong guesses as are looked at within a time, made the moment each wait is over. */
function guessesWithin(spanMs: number): number {
  let [count, atMs, guesses] = [undefined as FailureCount | undefined, 0, 0];
  while (atMs < spanMs) {
    count = afterFailure(count, LOGIN_RULE, atMs);
    guesses += 1;
    atMs += waitLeft(count, LOGIN_RULE, atMs) + 1;
  }
  return guesses;
}

describe('waits after failures', () => {
  it('cost nothing at first, then double up to a quarter of an hour', () => {
    const waits = [1, 5, 6, 7, 8, 9, 10, 11, 60].map((failures) => waitAfter(failures, LOGIN_RULE) / 1000);
    expect(waits).toEqual([0, 0, 30, 60, 120, 240, 480, 900, 900]);
  });

  it('never shrink while failures go on', () => {
    fc.assert(
      fc.property(fc.nat(5000), (failures) => {
        expect(waitAfter(failures + 1, LOGIN_RULE)).toBeGreaterThanOrEqual(waitAfter(failures, LOGIN_RULE));
      }),
    );
  });

  it('leave a guesser about a hundred guesses a day', () => {
    expect(guessesWithin(DAY_MS)).toBeLessThan(110);
  });

  it('never last longer than the longest wait, wherever the clock is set', () => {
    const instant = fc.integer({ min: -DAY_MS * 400, max: DAY_MS * 400 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), instant, instant, (failures, lastAtMs, nowMs) => {
        const left = waitLeft({ failures, lastAtMs }, LOGIN_RULE, nowMs);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(LOGIN_RULE.longestWaitMs);
      }),
    );
  });

  it('are forgotten after a day', () => {
    const many = { failures: 30, lastAtMs: 0 };
    expect(waitLeft(many, LOGIN_RULE, DAY_MS)).toBe(0);
    expect(afterFailure(many, LOGIN_RULE, DAY_MS)).toEqual({ failures: 1, lastAtMs: DAY_MS });
  });
});
