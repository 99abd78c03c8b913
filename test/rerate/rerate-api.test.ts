import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import type { PriceComparison, PriceComparisonInput } from '../../core/api/contract.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { ALWAYS, TariffStore } from '../../core/store/tariffs.ts';
import { versionInputOf } from '../../core/tariff-file.ts';
import { addSource, openRig, type Rig } from '../api/rig.ts';
import { callLines, contentOf, FIRST_PRICES, OTHER_PRICES, tariffOf } from './rerate-fixture.ts';

const PERIOD = { from: '2026-09-01', to: '2026-11-30' };

describe('the API of prices', () => {
  let rig: Rig;
  let client: Client;
  let tariffs: TariffStore;
  let tariffId: number;
  beforeEach(async () => {
    rig = openRig();
    client = await rig.client('en');
    tariffs = new TariffStore(rig.deps.db);
    ({ id: tariffId } = tariffs.add('Viettel', 0));
    publish(FIRST_PRICES);
    tariffs.setDefault(tariffId);
    await rig.deps.ingest.reload();
    rig.feed(addSource(new SourceStore(rig.deps.db), 'Main PBX'), callLines());
  });
  afterEach(() => rig.close());

  const draft = (prices: typeof FIRST_PRICES): number =>
    tariffs.addDraft(tariffId, versionInputOf(tariffOf(prices)), 1).id;
  const publish = (prices: typeof FIRST_PRICES): void => {
    tariffs.publish(draft(prices), ALWAYS, 'Hà', 1);
  };

  it('shows what would change, applies it with who and why, and takes it back', async () => {
    publish(OTHER_PRICES);
    const before = contentOf(rig.deps.db, 'calls', 'daily_sums');
    const started = await client.call('startRerate', { body: PERIOD });
    const params = { id: started.id };
    const shown = await client.call('getRerate', { params, query: { by: 'band' } });
    expect(shown).toMatchObject({
      state: 'ready',
      open: { calls: 72, newlyRated: 24, noLongerRated: 24, repriced: 24, samePrice: 0, unratedAfter: 24 },
      closed: { calls: 0 },
    });
    const [charge] = shown.open.charges;
    const sum = shown.rows.flatMap(({ charges }) => charges.map(({ difference }) => BigInt(difference.amount)));
    expect(String(sum.reduce((all, amount) => all + amount, 0n))).toBe(charge?.difference.amount);

    const page = await client.call('listRerateCalls', { params, query: { kind: 'repriced', limit: 5 } });
    expect(page.calls).toHaveLength(5);
    expect(page.calls[0]).toMatchObject({
      before: { tariffName: 'Viettel', versionNumber: 1, charge: { amount: '700', currency: 'VND' } },
      after: { tariffName: 'Viettel', versionNumber: 2, charge: { amount: '875', currency: 'VND' } },
    });
    const next = await client.call('listRerateCalls', { params, query: { kind: 'repriced', after: page.next ?? 0 } });
    expect(next).toMatchObject({ next: null });
    expect(next.calls).toHaveLength(19);

    for (const [body, path] of [
      [{ by: ' ', reason: 'new price list' }, 'by'],
      [{ by: 'Hà', reason: '' }, 'reason'],
    ] as const) {
      await expect(client.call('applyRerate', { params, body })).rejects.toMatchObject({
        problem: { fields: [{ path }] },
      });
    }
    const applied = await client.call('applyRerate', { params, body: { by: 'Hà', reason: 'new price list' } });
    expect(applied).toMatchObject({
      state: 'applied',
      canTakeBack: true,
      applied: { by: 'Hà', reason: 'new price list' },
    });
    await client.call('takeRerateBack', { params, body: { by: 'Bình', reason: 'typed wrongly' } });
    expect(await client.call('listRerates')).toMatchObject([
      { state: 'taken-back', canTakeBack: false, takenBack: { by: 'Bình' } },
    ]);
    expect(contentOf(rig.deps.db, 'calls', 'daily_sums')).toEqual(before);
  });

  it('refuses a second one, and a period that ends before it begins', async () => {
    const { id } = await client.call('startRerate', { body: PERIOD });
    await expect(client.call('startRerate', { body: PERIOD })).rejects.toMatchObject({
      problem: { code: 'rerate-running' },
    });
    expect(await client.call('cancelRerate', { params: { id } })).toMatchObject({ state: 'cancelled' });
    await expect(client.call('startRerate', { body: { from: '2026-09-02', to: '2026-09-01' } })).rejects.toMatchObject({
      problem: { fields: [{ path: 'to' }] },
    });
  });

  it('says when prices depend on something else by now', async () => {
    const { id } = await client.call('startRerate', { body: PERIOD });
    publish(OTHER_PRICES);
    const params = { id };
    expect(await client.call('getRerate', { params, query: {} })).toMatchObject({ isOutdated: true });
    await expect(client.call('applyRerate', { params, body: { by: 'Hà', reason: 'x' } })).rejects.toMatchObject({
      problem: { code: 'rerate-outdated' },
    });
  });

  const compared = async (others: PriceComparisonInput['others']): Promise<PriceComparison> => {
    let view = await client.call('startPriceComparison', { body: { ...PERIOD, others } });
    while (view.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      view = await client.call('getPriceComparison', { params: { id: view.id }, query: { by: 'band' } });
    }
    return view;
  };

  it('compares a period under several prices, also drafts, and touches nothing', async () => {
    const before = contentOf(rig.deps.db, 'calls', 'daily_sums', 'destinations', 'rerates');
    const versionId = draft(OTHER_PRICES);
    const view = await compared([{ kind: 'now' }, { kind: 'version', versionId }, { kind: 'in-place', versionId }]);
    expect(view).toMatchObject({
      state: 'ready',
      others: [{ kind: 'now' }, { tariffName: 'Viettel', versionNumber: 2, isDraft: true }, { kind: 'in-place' }],
    });
    const [now, version, inPlace] = view.totals?.others ?? [];
    expect(now).toMatchObject({ charges: view.totals?.present.charges, unratedCalls: 24, percent: '0.0' });
    expect(version).toEqual(inPlace);
    expect(version?.unratedCalls).toBe(24);
    const sumOf = (index: number): bigint =>
      view.rows.reduce((all, { others }) => all + BigInt(others[index]?.charges[0]?.amount ?? 0), 0n);
    expect(String(sumOf(1))).toBe(version?.charges[0]?.amount);
    expect(contentOf(rig.deps.db, 'calls', 'daily_sums', 'destinations', 'rerates')).toEqual(before);
  });

  it('forgets a comparison that is dropped, running or ready, and no other', async () => {
    const others: PriceComparisonInput['others'] = [{ kind: 'now' }];
    const ready = await compared(others);
    const running = await client.call('startPriceComparison', { body: { ...PERIOD, others } });
    const get = (id: string) => client.call('getPriceComparison', { params: { id }, query: {} });
    const gone = { problem: { code: 'not-found', status: 404 } };

    await client.call('dropPriceComparison', { params: { id: running.id } });
    await expect(get(running.id)).rejects.toMatchObject(gone);
    expect(await client.call('listWork')).toEqual([]);
    expect(await get(ready.id)).toMatchObject({ state: 'ready', totals: ready.totals });

    await client.call('dropPriceComparison', { params: { id: ready.id } });
    await expect(get(ready.id)).rejects.toMatchObject(gone);
  });

  it('gives a comparison as a table', async () => {
    const { id } = await compared([{ kind: 'tariff', tariffId }]);
    const csv = await client.call('exportPriceComparison', { params: { id }, query: { type: 'csv', by: 'month' } });
    const lines = (await csv.text()).trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^2026-09,24,\d+,\d+,8,\d+,0,8$/);
    const xlsx = await client.call('exportPriceComparison', { params: { id }, query: { type: 'xlsx' } });
    expect((await xlsx.arrayBuffer()).byteLength).toBeGreaterThan(2000);
  });
});
