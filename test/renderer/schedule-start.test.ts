import { describe, expect, it } from 'vitest';
import { startOf } from '../../renderer/features/schedules/schedule-start.ts';

describe('a report that is to be sent regularly', () => {
  it('hands over its filter and a period that schedules know', () => {
    const search =
      'report=by-trunk&period=lastMonth&departmentIds=3,5&trunks=01,02&bands=mobile,nonsense&directions=outgoing';
    expect(startOf(new URLSearchParams(search))).toEqual({
      draft: { reportId: 'by-trunk', period: 'last-month', departmentIds: [3, 5], personIds: [] },
      filter: {
        codes: [],
        extensions: [],
        trunks: ['01', '02'],
        bands: ['mobile'],
        sourceIds: [],
        directions: ['outgoing'],
      },
    });
  });

  it('keeps to the usual period where days are fixed, and is nothing without a report', () => {
    expect(startOf(new URLSearchParams('report=trend&from=2026-01-01&to=2026-03-31'))?.draft).not.toHaveProperty(
      'period',
    );
    expect(startOf(new URLSearchParams('report=gossip'))).toBeUndefined();
    expect(startOf(new URLSearchParams(''))).toBeUndefined();
  });
});
