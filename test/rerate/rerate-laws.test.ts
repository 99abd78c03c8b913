import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeMonth, openRerateSite, type RerateSite, storedSums, sumsOfCalls, tariffOf } from './rerate-fixture.ts';

const price = fc.constantFrom('0', '250.5', '600', '1234.567');
const prices = fc.dictionary(fc.constantFrom('8491', '8428', '84', '46', '1'), price, { maxKeys: 5 });

const KIND_COLUMNS = {
  'newly-rated': 'newly_rated',
  'no-longer-rated': 'no_longer_rated',
  repriced: 'repriced',
  'same-price': 'same_price',
} as const;

/** What the sums of a re-rate say, and the same added up from its changes. */
function bothSums({ db }: RerateSite): readonly [unknown, unknown] {
  const columns = Object.values(KIND_COLUMNS).map((column) => `SUM(${column})`);
  const told = db
    .prepare(
      `SELECT is_closed, person_id, band, currency, ${columns.join(', ')},
         SUM(charge_after - charge_before) AS difference
       FROM rerate_sums GROUP BY 1, 2, 3, 4 HAVING ${columns.join(' + ')} > 0 OR difference <> 0 ORDER BY 1, 2, 3, 4`,
    )
    .safeIntegers()
    .raw()
    .all();
  const kinds = Object.keys(KIND_COLUMNS).map((kind) => `SUM(kind = '${kind}')`);
  const added = db
    .prepare(
      `SELECT is_closed, COALESCE(person_id, 0), band, COALESCE(currency_after, currency_before, '') AS currency,
         ${kinds.join(', ')}, SUM(COALESCE(charge_after, 0) - COALESCE(charge_before, 0))
       FROM rerate_changes GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    )
    .safeIntegers()
    .raw()
    .all();
  return [told, added];
}

describe('whatever the tariffs', () => {
  it('the sums of a difference are the sums over its calls; applied and taken back, nothing is left of it', () => {
    fc.assert(
      fc.property(prices, prices, fc.boolean(), (first, second, isClosed) => {
        const site = openRerateSite();
        try {
          site.publish(tariffOf({ ...first, '8499': '1' }));
          site.apply(site.rate().id);
          if (isClosed) closeMonth(site.db, '2026-10');
          site.publish(tariffOf({ ...second, '8499': '1' }));
          const before = JSON.stringify(site.calls(), (_, value: unknown) => String(value));
          site.db.prepare('DELETE FROM rerate_sums').run();
          site.db.prepare('DELETE FROM rerate_changes').run();
          const { id } = site.rate();
          expect(bothSums(site)[0]).toEqual(bothSums(site)[1]);
          site.apply(id);
          expect(bothSums(site)[0]).toEqual(bothSums(site)[1]);
          expect(storedSums(site.db)).toEqual(sumsOfCalls(site.db));
          site.takeBack(id);
          expect(JSON.stringify(site.calls(), (_, value: unknown) => String(value))).toBe(before);
          expect(storedSums(site.db)).toEqual(sumsOfCalls(site.db));
        } finally {
          site.close();
        }
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});
