import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangB, linesFor } from '../../core/reports/erlang.ts';

describe('Erlang B', () => {
  // Values of the published tables (traffic offered in erlangs, lines, loss in percent).
  test.each([
    [5, 10, 1.84],
    [1, 1, 50],
    [1, 2, 20],
    [2, 3, 21.05],
    [10, 10, 21.46],
    [20, 30, 0.85],
    [100, 100, 7.57],
  ])('%d erlangs on %d lines lose %d %%', (erlangs, lines, percent) => {
    expect(erlangB(erlangs, lines) * 100).toBeCloseTo(percent, 2);
  });

  // Columns of 1 % of the same tables: so much may be offered to so many lines.
  test.each([
    [0.01, 1],
    [0.152, 2],
    [0.455, 3],
    [1.36, 5],
    [4.46, 10],
    [12.03, 20],
    [29, 40],
    [84.06, 100],
  ])('%d erlangs need %d lines to lose no more than 1 %%', (erlangs, lines) => {
    expect(linesFor(erlangs, 0.01)).toBe(lines);
  });

  test('without traffic nothing is lost and no line is needed; without lines everything is lost', () => {
    expect(erlangB(0, 3)).toBe(0);
    expect(linesFor(0, 0.01)).toBe(0);
    expect(erlangB(2, 0)).toBe(1);
  });

  test('the lines found are the fewest', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 300, noNaN: true }), (erlangs) => {
        const lines = linesFor(erlangs, 0.01);
        expect(erlangB(erlangs, lines)).toBeLessThanOrEqual(0.01);
        expect(erlangB(erlangs, lines - 1)).toBeGreaterThan(0.01);
      }),
    );
  });

  test('more lines never lose more, up to sizes where powers and factorials overflow', () => {
    expect(erlangB(900, 1000)).toBeLessThan(erlangB(900, 999));
    expect(erlangB(0.5, 400)).toBe(0);
  });
});
