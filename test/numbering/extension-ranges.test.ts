import { describe, expect, test } from 'vitest';
import { numberingSiteOf } from '../../core/ingest/load-booker.ts';
import { parseExtensionRanges } from '../../core/numbering/extension-ranges.ts';
import { normaliseNumber } from '../../core/numbering/normalise-number.ts';
import { builtInPlan } from '../../core/numbering/plan.ts';
import { DEFAULT_SETTINGS } from '../../core/store/settings.ts';

describe('extension ranges', () => {
  test('are runs of one length and single numbers', () => {
    expect(parseExtensionRanges(' 100-199, 2000 - 2999,8888')).toEqual([
      { from: '100', to: '199' },
      { from: '2000', to: '2999' },
      { from: '8888', to: '8888' },
    ]);
    expect(parseExtensionRanges('')).toEqual([]);
  });

  test.each(['100-99', '100-1999', 'a', '100-', '100 to 199', '12345678901'])('%s is none', (text) => {
    expect(parseExtensionRanges(text)).toBeUndefined();
  });

  test('of the site say which numbers are inside', () => {
    const site = numberingSiteOf({ ...DEFAULT_SETTINGS, extensionRanges: '100-199' }, builtInPlan());
    const isInternal = (digits: string): boolean => normaliseNumber(digits, site, '2026-10-05').isInternal;
    expect(['150', '199', '200', '4321'].map(isInternal)).toEqual([true, true, false, false]);
  });
});

test('prepaid card prefixes are cut like carrier codes', () => {
  const site = numberingSiteOf(DEFAULT_SETTINGS, builtInPlan());
  expect(normaliseNumber('17190981234567', site, '2026-10-05')).toMatchObject({
    number: '84981234567',
    accessCode: '1719',
    band: 'mobile',
  });
  expect(normaliseNumber('1710981234567', site, '2026-10-05').accessCode).toBe('171');
});
