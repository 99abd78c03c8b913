import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import { openRig, type Rig } from './rig.ts';

let rig: Rig;
let client: Client;

beforeAll(async () => {
  rig = openRig();
  client = await rig.client();
});

afterAll(() => rig.close());

describe('the whole definition of a version', () => {
  it('comes back as it was saved, also while it cannot be published', async () => {
    const tariff = await client.call('addTariff', { body: { name: 'SIP' } });
    const draft = await client.call('addTariffDraft', { params: { id: tariff.id }, body: {} });
    const params = { id: draft.id };
    const unfinished = { currency: 'VND', rates: [{ prefix: '849x', ratePerMinute: '12a' }, { prefix: '84' }] };
    const saved = await client.call('replaceTariffDraft', {
      params,
      query: { changedAtMs: draft.changedAtMs },
      body: new TextEncoder().encode(JSON.stringify(unfinished)),
    });
    expect(saved.problems.map(({ path }) => path)).toEqual(['rates[0].prefix', 'rates[0].ratePerMinute', 'rates[1]']);
    const whole = await client.call('getTariffDefinition', { params });
    expect(await whole.json()).toEqual(unfinished);
    await expect(client.call('exportTariffVersion', { params, query: {} })).rejects.toMatchObject({
      problem: { code: 'tariff-invalid' },
    });
    await expect(client.call('getTariffDefinition', { params: { id: 999 } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});
