import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallFilter } from '../../core/api/contract.ts';
import { ATTRIBUTION_REASONS, BANDS, CALL_DIRECTIONS, CALL_VERDICTS, RATING_STATES } from '../../core/model/call.ts';
import { callsPath, filterFromSearch, searchFromFilter } from '../../renderer/features/calls/call-filter.ts';

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const words = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() === text && text !== '');
const id = fc.integer({ min: 0, max: 2_000_000_000 });

const filters = fc.record(
  {
    from: day,
    to: day,
    personId: id,
    departmentId: id,
    isDepartmentOnly: fc.constant(true),
    code: words,
    extension: words,
    trunk: words,
    number: words,
    direction: fc.constantFrom(...CALL_DIRECTIONS),
    isOutbound: fc.constant(true),
    band: fc.constantFrom(...BANDS),
    reason: fc.constantFrom(...ATTRIBUTION_REASONS),
    rating: fc.constantFrom(...RATING_STATES),
    verdict: fc.constantFrom(...CALL_VERDICTS),
    isBreach: fc.constant(true),
    sourceId: id,
    text: words,
  },
  { requiredKeys: [] },
);

describe('the filter of the call list in the address', () => {
  test('every filter comes back from its address as it was', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const search = new URLSearchParams(searchFromFilter(filter).toString());
        expect(filterFromSearch(search)).toEqual(filter);
      }),
    );
  });

  test('every field of the API has its place in the address', () => {
    const all = {
      month: '2026-11',
      from: '2026-11-01',
      to: '2026-11-30',
      personId: 1,
      departmentId: 2,
      isDepartmentOnly: true,
      code: '1234',
      extension: '101',
      trunk: 'T1',
      number: '0912',
      direction: 'outgoing',
      isOutbound: true,
      band: 'mobile',
      reason: 'code',
      rating: 'rated',
      verdict: 'no-code',
      isBreach: true,
      purpose: 'private',
      sourceId: 3,
      destinationId: 4,
      weekday: 5,
      hour: 0,
      text: 'Nguyễn',
    } as const;
    expect(Object.keys(all).sort()).toEqual(Object.keys(CallFilter.shape).sort());
    expect(filterFromSearch(searchFromFilter(all))).toEqual(all);
  });

  test('what is no value of its field is left out', () => {
    const search = new URLSearchParams(
      'from=yesterday&personId=x1&direction=sideways&band=&text=%20%20&call=5&to=2026-01-31',
    );
    expect(filterFromSearch(search)).toEqual({ to: '2026-01-31' });
  });

  test('an empty filter is the bare page', () => {
    expect(callsPath({})).toBe('/calls');
    expect(callsPath({ code: '', personId: 7 })).toBe('/calls?personId=7');
  });
});
