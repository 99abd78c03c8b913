import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../core/model/errors.ts';
import { HA, panasonicLine } from '../ingest/site-fixture.ts';
import {
  closeMonth,
  contentOf,
  FIRST_PRICES,
  NOW_MS,
  OTHER_PRICES,
  openRerateSite,
  type RerateSite,
  ratedWith,
  storedSums,
  sumsOfCalls,
  tariffOf,
} from './rerate-fixture.ts';

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'nothing';
};

describe('pricing stored calls again', () => {
  let site: RerateSite;
  beforeEach(() => {
    site = openRerateSite();
  });
  afterEach(() => site.close());

  const changes = (): readonly { kind: string; calls: number }[] =>
    site.db.prepare('SELECT kind, COUNT(*) AS calls FROM rerate_changes GROUP BY kind ORDER BY kind').all() as {
      kind: string;
      calls: number;
    }[];

  it('finds nothing to change where the prices are those of now', () => {
    expect(site.rate()).toMatchObject({ state: 'ready', callsDone: 72, callsTotal: 72 });
    expect(changes()).toEqual([]);
  });

  it('tells calls newly rated, no longer rated and priced otherwise, and changes nothing before it is applied', () => {
    site.publish(tariffOf(OTHER_PRICES));
    const before = contentOf(site.db, 'calls', 'daily_sums');
    expect(site.rate()).toMatchObject({ state: 'ready' });
    expect(changes()).toEqual([
      { kind: 'newly-rated', calls: 24 },
      { kind: 'no-longer-rated', calls: 24 },
      { kind: 'repriced', calls: 24 },
    ]);
    expect(contentOf(site.db, 'calls', 'daily_sums')).toEqual(before);
  });

  it('gives calls exactly what they would have been given at first, with exact sums', () => {
    site.publish(tariffOf(OTHER_PRICES));
    expect(site.apply(site.rate().id)).toMatchObject({
      state: 'applied',
      applied: { by: 'Hà', reason: 'new price list', atMs: NOW_MS },
    });
    expect(storedSums(site.db)).toEqual(sumsOfCalls(site.db));
    for (const call of site.calls()) {
      const booked = site.ingest.booker().book({ ...call, outsideNumber: call.cleaned ?? call.dialled });
      expect({ ...call, ...booked }).toEqual(call);
    }
  });

  it('prices only from the day on which the new version holds', () => {
    site.publish(tariffOf(OTHER_PRICES), '2026-10-16');
    site.apply(site.rate().id);
    const dayOf = ({ startLocalS }: { startLocalS: number }): string =>
      new Date(startLocalS * 1000).toISOString().slice(0, 10);
    const versions = site.calls().filter(({ rating }) => rating === 'rated');
    expect(versions.every((call) => (call.tariffVersionId === 2) === dayOf(call) >= '2026-10-16')).toBe(true);
    expect(versions.some(({ tariffVersionId }) => tariffVersionId === 2)).toBe(true);
  });

  it('is taken back to exactly what was there', () => {
    site.publish(tariffOf(OTHER_PRICES));
    const before = contentOf(site.db, 'calls', 'daily_sums');
    const { id } = site.apply(site.rate().id);
    expect(contentOf(site.db, 'calls')).not.toEqual({ calls: before['calls'] });
    expect(site.takeBack(id)).toMatchObject({ state: 'taken-back', callsLeft: 0, takenBack: { reason: 'was wrong' } });
    expect(contentOf(site.db, 'calls', 'daily_sums')).toEqual(before);
  });

  it('stays within the period', () => {
    site.publish(tariffOf(OTHER_PRICES));
    site.apply(site.rate({}, '2026-10-05', '2026-10-10').id);
    const days = site
      .calls()
      .filter(({ tariffVersionId, rating }) => tariffVersionId === 2 || rating === 'unrated')
      .map(({ startLocalS }) => new Date(startLocalS * 1000).toISOString().slice(0, 10))
      .filter((day) => day.startsWith('2026-10'));
    expect(days).toContain('2026-10-10');
    expect(site.db.prepare('SELECT MIN(day), MAX(day) FROM rerate_changes').raw().get()).toEqual([
      Date.parse('2026-10-05') / 86_400_000,
      Date.parse('2026-10-10') / 86_400_000,
    ]);
  });

  it('can be limited to people, trunks, tariffs and calls without a price', () => {
    site.publish(tariffOf(OTHER_PRICES));
    const found = (only: Parameters<RerateSite['rate']>[0]): number => {
      const { id, callsDone } = site.rate(only);
      site.rerates.cancel(id);
      return callsDone;
    };
    const [all] = [site.calls()];
    expect(found({ personIds: [HA] })).toBe(all.filter(({ personId }) => personId === HA).length);
    expect(found({ trunks: ['02'] })).toBe(all.filter(({ trunk }) => trunk === '02').length);
    expect(found({ isUnratedOnly: true })).toBe(all.filter(({ rating }) => rating === 'unrated').length);
    while (site.work.clear());
    site.rate({ tariffIds: [99] });
    expect(site.db.prepare('SELECT COUNT(*) FROM rerate_sums').pluck().get()).toBe(0);
  });

  it('compares calls of closed months and leaves them byte for byte', () => {
    site.publish(tariffOf(OTHER_PRICES));
    closeMonth(site.db, '2026-10');
    const october = (): unknown =>
      site.db
        .prepare(`SELECT * FROM calls WHERE strftime('%Y-%m', start_local_s, 'unixepoch') = '2026-10' ORDER BY id`)
        .safeIntegers()
        .all();
    const before = october();
    const { id } = site.rate();
    expect(site.db.prepare('SELECT is_closed, SUM(calls) FROM rerate_sums GROUP BY is_closed').raw().all()).toEqual([
      [0, 48],
      [1, 24],
    ]);
    site.apply(id);
    expect(october()).toEqual(before);
    expect(storedSums(site.db)).toEqual(sumsOfCalls(site.db));
    site.takeBack(id);
    expect(october()).toEqual(before);
  });

  it('leaves a month that was closed after it was looked at', () => {
    site.publish(tariffOf(OTHER_PRICES));
    const { id } = site.rate();
    closeMonth(site.db, '2026-11');
    site.apply(id);
    expect(ratedWith(site, 2)).toHaveLength(32);
    expect(site.db.prepare('SELECT SUM(calls) FROM rerate_sums WHERE is_closed = 1').pluck().get()).toBe(24);
  });

  it('rates a call once more that a record changed since it was looked at', () => {
    site.publish(tariffOf(OTHER_PRICES));
    const { id } = site.rate();
    const [call] = site.calls();
    if (call === undefined) throw new Error('no call');
    site.ingest.change(() =>
      site.ingest.calls.put({ ...call, talkSeconds: 600, endOffset: call.endOffset + 80 }, undefined),
    );
    site.apply(id);
    expect(site.calls()[0]).toMatchObject({ talkSeconds: 600, chargeMicro: 7_500_000_000n, tariffVersionId: 2 });
    expect(storedSums(site.db)).toEqual(sumsOfCalls(site.db));
  });

  it('takes back no call that has changed since, and says how many', () => {
    site.publish(tariffOf(OTHER_PRICES));
    const { id } = site.apply(site.rate().id);
    const [call] = site.calls();
    if (call === undefined) throw new Error('no call');
    site.ingest.change(() =>
      site.ingest.calls.put({ ...call, talkSeconds: 600, endOffset: call.endOffset + 80 }, undefined),
    );
    expect(site.takeBack(id)).toMatchObject({ callsLeft: 1 });
    expect(site.calls()[0]).toMatchObject({ tariffVersionId: 2 });
    expect(storedSums(site.db)).toEqual(sumsOfCalls(site.db));
  });

  it('can be cancelled at any time before it is applied, and leaves nothing', () => {
    site.publish(tariffOf(OTHER_PRICES));
    site.rerates.start({ fromDay: '2026-09-01', toDay: '2026-11-30', only: {} }, NOW_MS);
    site.work.step({ maxCalls: 10 });
    const { id } = site.rerates.cancel(site.rerates.current()?.id ?? 0);
    expect(site.work.step()).toBeUndefined();
    while (site.work.clear());
    expect(site.rerates.get(id)?.state).toBe('cancelled');
    expect(contentOf(site.db, 'rerate_changes', 'rerate_sums')).toEqual({ rerate_changes: [], rerate_sums: [] });
    expect(refusal(() => site.rerates.apply(id, 'Hà', 'x', NOW_MS))).toBe('rerate-not-ready');
  });

  it('that is being applied can be turned round', () => {
    site.publish(tariffOf(OTHER_PRICES));
    const before = contentOf(site.db, 'calls', 'daily_sums');
    const { id } = site.rate();
    site.rerates.apply(id, 'Hà', 'x', NOW_MS);
    site.work.step({ maxCalls: 20 });
    expect(contentOf(site.db, 'calls')).not.toEqual({ calls: before['calls'] });
    expect(site.takeBack(id)).toMatchObject({ state: 'taken-back', callsLeft: 0 });
    expect(contentOf(site.db, 'calls', 'daily_sums')).toEqual(before);
  });

  it('is one at a time', () => {
    site.rate();
    const again = { fromDay: '2026-09-01', toDay: '2026-09-30', only: {} };
    expect(refusal(() => site.rerates.start(again, NOW_MS))).toBe('rerate-running');
  });

  it('is refused when prices depend on something else by now', () => {
    const { id } = site.rate();
    site.publish(tariffOf(OTHER_PRICES));
    expect(refusal(() => site.rerates.apply(id, 'Hà', 'x', NOW_MS))).toBe('rerate-outdated');
    site.rerates.cancel(id);
    site.rerates.start({ fromDay: '2026-09-01', toDay: '2026-11-30', only: {} }, NOW_MS);
    site.work.step({ maxCalls: 10 });
    site.publish(tariffOf(FIRST_PRICES));
    expect(site.finish()).toMatchObject({ state: 'failed', problem: { code: 'rerate-outdated' } });
  });

  it('is taken back only while no later one is in force', () => {
    site.publish(tariffOf(OTHER_PRICES));
    const first = site.apply(site.rate().id);
    site.publish(tariffOf(FIRST_PRICES));
    const second = site.apply(site.rate().id);
    expect(refusal(() => site.rerates.takeBack(first.id, 'Hà', 'x', NOW_MS))).toBe('rerate-not-last');
    site.takeBack(second.id);
    expect(site.takeBack(first.id)).toMatchObject({ callsLeft: 0 });
    expect(site.calls().every(({ tariffVersionId }) => tariffVersionId !== 2)).toBe(true);
  });

  it('goes on reading what comes meanwhile', () => {
    site.publish(tariffOf(OTHER_PRICES));
    site.rerates.start({ fromDay: '2026-09-01', toDay: '2026-11-30', only: {} }, NOW_MS);
    site.work.step({ maxCalls: 10 });
    const line = panasonicLine({ at: '02/09/26 08:00', number: '0912345678', duration: "00:01'00" });
    site.append(site.journal.openStream(site.sourceId, 'tcp'), line, '2026-12-01T02:00:01Z');
    site.ingest.readAll(site.sourceId);
    site.apply(site.finish().id);
    expect(site.calls()).toHaveLength(73);
    expect(storedSums(site.db)).toEqual(sumsOfCalls(site.db));
  });
});
