import { describe, expect, test } from 'vitest';
import { queryOf, readAddress, searchOf } from '../../renderer/features/reports/report-address.ts';

const TODAY = '2026-11-23';

describe('the address of a report', () => {
  test('a relative period is worked out anew on the day it is opened', () => {
    const search = new URLSearchParams('period=lastMonth&trunks=01,02');
    expect(readAddress(search, TODAY)).toEqual({
      period: 'lastMonth',
      days: { from: '2026-10-01', to: '2026-10-31' },
      lists: { trunks: ['01', '02'] },
    });
    expect(readAddress(search, '2027-01-02').days).toEqual({ from: '2026-12-01', to: '2026-12-31' });
  });

  test('chosen days stay, and days that are none give this month', () => {
    const days = { from: '2026-03-01', to: '2026-03-15' };
    expect(readAddress(new URLSearchParams(days), TODAY).days).toEqual(days);
    for (const text of ['', 'from=2026-03-15&to=2026-03-01', 'from=x&to=2026-03-01', 'period=never']) {
      expect(readAddress(new URLSearchParams(text), TODAY).days).toEqual({ from: '2026-11-01', to: TODAY });
    }
  });

  test('what is written is read again', () => {
    const address = {
      days: { from: '2026-03-01', to: '2026-03-15' },
      lists: { personIds: ['0', '7'], bands: ['mobile'] },
    };
    expect(readAddress(searchOf(address), TODAY)).toEqual(address);
  });

  test('only what narrows a report is asked for', () => {
    const address = { days: { from: TODAY, to: TODAY }, lists: { personIds: ['7'], bands: ['mobile'] } };
    expect(queryOf('by-person', address)).toEqual({ from: TODAY, to: TODAY, personIds: '7', bands: 'mobile' });
    expect(queryOf('missed-calls', address)).toEqual({ from: TODAY, to: TODAY, personIds: '7' });
    expect(queryOf('changes', address)).toEqual({ from: TODAY, to: TODAY });
  });
});
