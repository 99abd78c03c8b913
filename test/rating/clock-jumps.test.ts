import { describe, expect, test } from 'vitest';
import { compileTariff } from '../../core/rating/compile.ts';
import { rateJsonLine } from '../../core/rating/rate-json.ts';
import type { Tariff } from '../../core/rating/tariff.ts';

/** 60 a minute by day, 6 by night, a border at 03:00. */
const tariff: Tariff = {
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  straddle: 'split',
  periods: [{ name: 'night', from: '00:00', to: '03:00' }],
  defaultPeriod: 'day',
  rates: [
    { prefix: '49', period: 'night', ratePerMinute: '6' },
    { prefix: '49', period: 'day', ratePerMinute: '60' },
  ],
};

describe('a call over a change of summer time', () => {
  test.each([
    ['2026-03-29T01:59:00', 120, '66.00', 'at 02:00 the clock shows 03:00'],
    ['2026-03-29T00:59:00Z', 120, '66.00', 'the same instant'],
    ['2026-03-28T01:59:00', 120, '12.00', 'the night before'],
    ['2026-10-25T02:59:00', 120, '12.00', 'at 03:00 the clock shows 02:00 again'],
    ['2026-10-25T02:59:00', 3600 + 120, `${6 + 360 + 60}.00`, 'until it is 03:00 for good'],
    ['2026-10-26T02:59:00', 120, '66.00', 'the night after'],
    ['2026-10-25T04:00:00', 60, '60.00', 'begun after it'],
    ['2026-03-29T02:30:00', 60, '6.00', 'a time the clock never showed is taken as printed'],
  ])('%s, %i s: %s (%s)', (start, durationSeconds, charge) => {
    const printed = rateJsonLine(compileTariff(tariff), { start, durationSeconds, number: '4930123456' });
    expect(printed).toMatchObject({ charge, billedSeconds: durationSeconds });
  });

  test('costs by the start where the tariff says so', () => {
    const byStart = compileTariff({ ...tariff, straddle: 'start' });
    const call = { start: '2026-03-29T01:59:00', durationSeconds: 120, number: '4930123456' };
    expect(rateJsonLine(byStart, call)).toMatchObject({ charge: '12.00' });
  });
});
