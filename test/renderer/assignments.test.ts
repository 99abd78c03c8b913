import { describe, expect, test } from 'vitest';
import { validityText } from '../../renderer/features/people/assignments.ts';

const OPEN = { from: 'always', to: 'until further notice', until: (day: string) => `until ${day}` };

describe('days of an assignment', () => {
  test('the end shown is the last day on which it holds', () => {
    expect(validityText({ validFrom: null, validTo: '2026-11-23' }, OPEN)).toBe('until 22/11/2026');
    expect(validityText({ validFrom: '2026-01-01', validTo: '2026-03-01' }, OPEN)).toBe('01/01/2026 – 28/02/2026');
  });

  test('without an end it holds until further notice', () => {
    expect(validityText({ validFrom: '2026-11-23', validTo: null }, OPEN)).toBe('23/11/2026 – until further notice');
    expect(validityText({ validFrom: null, validTo: null }, OPEN)).toBe('always – until further notice');
  });
});
