import { describe, expect, it } from 'vitest';
import { periodOf, rangeOf } from '../../renderer/features/codes/period.ts';
import { peopleInAddress, renewalAddress } from '../../renderer/features/codes/renewal-address.ts';
import { firstOfNextMonth } from '../../renderer/site-day.ts';

describe('the period of the page of codes', () => {
  it('ends today and has as many days as it says', () => {
    expect(rangeOf('30', '2026-03-01')).toEqual({ from: '2026-01-31', to: '2026-03-01' });
    expect(rangeOf('365', '2024-12-31')).toEqual({ from: '2024-01-02', to: '2024-12-31' });
    expect(periodOf('7')).toBe('30');
  });

  it('proposes the first of the next month for a change of codes', () => {
    expect(firstOfNextMonth('2026-09-30')).toBe('2026-10-01');
    expect(firstOfNextMonth('2026-12-01')).toBe('2027-01-01');
  });
});

describe('the address of a renewal', () => {
  it('names the people it is for, and nobody when it was written wrongly', () => {
    expect(peopleInAddress(new URL(renewalAddress([3, 1, 2]), 'http://x').searchParams)).toEqual([3, 1, 2]);
    expect(peopleInAddress(new URLSearchParams('people=1,a'))).toEqual([]);
    expect(peopleInAddress(new URLSearchParams())).toEqual([]);
  });
});
