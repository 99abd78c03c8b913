import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { comparePrices } from '../../core/ingest/rerate-compare.ts';
import type { StoredTariff } from '../../core/rating/tariff.ts';
import {
  contentOf,
  OTHER_PRICES,
  openRerateSite,
  type RerateSite,
  storedSums,
  sumsOfCalls,
  tariffOf,
} from './rerate-fixture.ts';

/** Twenty minutes a month are free; a volume makes all of the month cheaper. */
const BUNDLE = tariffOf(OTHER_PRICES, { bundles: [{ name: 'free', secondsPerMonth: 1200 }] });

function volumeTariff(method: 'present' | 'month'): StoredTariff {
  const rate = { prefix: '8491', name: 'mobile', ratePerMinute: '750', volumeGroup: 'all' };
  return tariffOf(
    {},
    {
      volumeMethod: method,
      rates: [{ ...rate, volumePrices: [{ fromMonthSeconds: 1000, ratePerMinute: '500' }] }],
    },
  );
}

describe('prices that depend on the other calls of their month', () => {
  let site: RerateSite;
  beforeEach(() => {
    site = openRerateSite();
  });
  afterEach(() => site.close());

  /** What putting the months in order would change. */
  const settle = (): number => {
    let changed = 0;
    while (site.ingest.hasMonthsToSettle) changed += site.ingest.settleMonths().length;
    return changed;
  };

  it.each([
    ['bundles', BUNDLE],
    ['volumes as they fill', volumeTariff('present')],
    ['volumes of the whole month', volumeTariff('month')],
  ])('are those of months rated in order: %s', (_name, tariff) => {
    const before = contentOf(site.db, 'calls', 'daily_sums');
    site.publish(tariff);
    const { id } = site.apply(site.rate().id);
    expect(settle()).toBe(0);
    expect(site.calls().some(({ monthUse }) => monthUse !== null)).toBe(true);
    expect(storedSums(site.db)).toEqual(sumsOfCalls(site.db));
    site.takeBack(id);
    expect(settle()).toBe(0);
    expect(contentOf(site.db, 'calls', 'daily_sums')).toEqual(before);
  });

  it('are rated to the end of the month that the period ends in', () => {
    site.publish(BUNDLE);
    site.apply(site.rate().id);
    settle();
    site.publish({ ...BUNDLE, bundles: [{ name: 'free', secondsPerMonth: 600 }] });
    site.apply(site.rate({}, '2026-10-01', '2026-10-03').id);
    expect(settle()).toBe(0);
    const versions = new Set(
      site
        .calls()
        .flatMap(({ startLocalS, tariffVersionId }) =>
          new Date(startLocalS * 1000).getUTCMonth() === 9 ? [tariffVersionId] : [],
        ),
    );
    expect([...versions]).toEqual([3]);
  });

  it('are compared as they are rated', () => {
    const id = site.publish(BUNDLE, '2027-01-01');
    const options = {
      fromDay: '2026-10-01',
      toDay: '2026-10-31',
      others: [{ kind: 'version', versionId: id }],
    } as const;
    const steps = comparePrices(site.db, options);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    site.publish(BUNDLE);
    site.apply(site.rate({}, '2026-10-01', '2026-10-31').id);
    const charged = site.db
      .prepare(`SELECT SUM(charge_micro) FROM calls WHERE strftime('%m', start_local_s, 'unixepoch') = '10'`)
      .safeIntegers()
      .pluck()
      .get();
    expect(step.value.totals.others[0]?.charges.get('VND')).toBe(charged);
  });
});
