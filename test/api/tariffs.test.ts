import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, ProblemError } from '../../core/api/client.ts';
import type { Tariff, TariffVersion } from '../../core/api/contract.ts';
import { LINES, openRig, type Rig } from './rig.ts';

const DECK = `prefix;destination_en;destination_vi;category;rate_per_minute;currency;initial_seconds;increment_seconds
8490;Mobile A;Di động A;mobile;600;VND;6;1
8491;Mobile B;Di động B;mobile;600;VND;6;1
8498;Mobile C;Di động C;mobile;600;VND;6;1
`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function refusal(work: Promise<unknown>): Promise<ProblemError['problem']> {
  const result = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (result instanceof ProblemError) return result.problem;
  throw result ?? new Error('nothing was refused');
}

describe('tariffs', () => {
  let rig: Rig;
  let client: Client;
  let active: Tariff;
  beforeAll(async () => {
    rig = openRig();
    client = await rig.client('en');
    active = await client.call('importTariff', { query: { fileName: 'viet nam.csv' }, body: bytes(DECK) });
    const source = await client.call('addSource', {
      body: {
        name: 'PBX',
        config: { kind: 'file-import' },
        formatId: 'panasonic-a',
        formatOptions: { dateOrder: 'DMY' },
        isEnabled: true,
      },
    });
    rig.feed(source.id, LINES);
  });
  afterAll(() => rig.close());

  const read = (id: number, query: { offset?: number; limit?: number; text?: string } = {}) =>
    client.call('getTariffVersion', { params: { id }, query });
  const draftOf = (fromVersionId?: number): Promise<TariffVersion> =>
    client.call('addTariffDraft', { params: { id: active.id }, body: { fromVersionId } });
  const publishedId = (): number => active.versions[0]?.id ?? 0;

  it('list their versions, and read one of them page by page', async () => {
    const [tariff] = await client.call('listTariffs');
    expect(tariff).toMatchObject({ name: 'viet nam', rateCount: 3, isActive: true, currency: 'VND' });
    expect(tariff?.versions).toMatchObject([
      { number: 1, state: 'published', effectiveFrom: null, isPresent: true, publishedBy: null },
    ]);
    const page = await read(publishedId(), { offset: 1, limit: 1 });
    expect(page).toMatchObject({ found: 3, problems: [], terms: { currency: 'VND' } });
    expect(page.rates).toMatchObject([{ index: 1, rate: { prefix: '8491', ratePerMinute: '600' } }]);
    expect((await read(publishedId(), { text: 'di dong c' })).rates.map(({ index }) => index)).toEqual([2]);
    expect((await read(publishedId(), { text: '849' })).found).toBe(3);
  });

  it('change in drafts alone, one change after the other', async () => {
    const draft = await draftOf(publishedId());
    expect(draft).toMatchObject({ number: 2, state: 'draft', rateCount: 3 });
    const { version } = await client.call('changeTariffDraft', {
      params: { id: draft.id },
      body: {
        changedAtMs: draft.changedAtMs,
        note: 'from the new contract',
        rates: {
          change: [{ index: 2, rate: { prefix: '8498', ratePerMinute: '700' } }],
          remove: [0],
          add: [
            { before: 1, rate: { prefix: '8488', ratePerMinute: '500' } },
            { rate: { prefix: '8499', reject: true } },
          ],
        },
      },
    });
    expect(version).toMatchObject({ rateCount: 4, note: 'from the new contract' });
    expect((await read(draft.id)).rates.map(({ rate }) => rate.prefix)).toEqual(['8488', '8491', '8498', '8499']);
    const late = { changedAtMs: draft.changedAtMs, note: 'too late' };
    const problem = await refusal(client.call('changeTariffDraft', { params: { id: draft.id }, body: late }));
    expect(problem).toMatchObject({ code: 'draft-changed', status: 409 });
    const fixed = { changedAtMs: active.versions[0]?.changedAtMs ?? 0, note: 'x' };
    expect(
      await refusal(client.call('changeTariffDraft', { params: { id: publishedId() }, body: fixed })),
    ).toMatchObject({ code: 'tariff-published' });
    await client.call('removeTariffDraft', { params: { id: draft.id } });
    expect(await refusal(read(draft.id))).toMatchObject({ code: 'not-found' });
  });

  it('keep what is wrong in a draft with words for it, and publish only what is right', async () => {
    const draft = await draftOf();
    const changed = await client.call('changeTariffDraft', {
      params: { id: draft.id },
      body: {
        changedAtMs: draft.changedAtMs,
        rates: { add: [{ rate: { prefix: '84', ratePerMinute: '12,5' } }] },
      },
    });
    expect(changed.problems).toMatchObject([{ path: 'rates[0].ratePerMinute', code: 'not-decimal', rateIndex: 0 }]);
    const publish = (by: string): Promise<unknown> =>
      client.call('publishTariffVersion', { params: { id: draft.id }, body: { effectiveFrom: '2026-03-21', by } });
    expect(await refusal(publish('Hà'))).toMatchObject({ code: 'tariff-invalid' });
    const whole = { currency: 'VND', rates: [{ prefix: '849', ratePerMinute: '1200' }] };
    const replaced = await client.call('replaceTariffDraft', {
      params: { id: draft.id },
      query: { changedAtMs: changed.version.changedAtMs },
      body: bytes(JSON.stringify(whole)),
    });
    expect(replaced.problems).toEqual([]);
    expect(await publish('Hà')).toMatchObject({
      version: { state: 'published', publishedBy: 'Hà', effectiveFrom: '2026-03-21', isPresent: false },
      storedCalls: 0,
    });
    const past = await client.call('previewPublish', {
      params: { id: draft.id },
      query: { effectiveFrom: '2026-03-20' },
    });
    expect(past.storedCalls).toBe(4);
    const wrong = bytes('{"currency": "VND", "rates": [{"prefix": "84", "price": 3}]}');
    const next = await draftOf();
    const query = { changedAtMs: next.changedAtMs };
    expect(
      await refusal(client.call('replaceTariffDraft', { params: { id: next.id }, query, body: wrong })),
    ).toMatchObject({ code: 'tariff-invalid' });
    await client.call('removeTariffDraft', { params: { id: next.id } });
  });

  it('try a call now, on another day, and with a version', async () => {
    const call = { number: '90912345678', talkSeconds: 60, startLocal: '2026-03-20T09:00:00' };
    const today = await client.call('testCall', { body: call });
    expect(today).toMatchObject({
      number: '84912345678',
      band: 'mobile',
      destination: 'Mobile B',
      matchedPrefix: '8491',
      charge: { amount: '600', currency: 'VND' },
      choice: { reason: 'default' },
      version: { number: 1 },
    });
    expect(today.steps.at(-1)?.text).toBe('Charge: 600 VND');
    const tomorrow = await client.call('testCall', { body: { ...call, startLocal: '2026-03-21T09:00:00' } });
    expect(tomorrow).toMatchObject({ charge: { amount: '1200' }, matchedPrefix: '849' });
    const withFirst = { ...call, startLocal: '2026-03-21T09:00:00', versionId: publishedId() };
    expect(await client.call('testCall', { body: withFirst })).toMatchObject({ charge: { amount: '600' } });
    const nowhere = await client.call('testCall', { body: { ...call, number: '9012345' } });
    expect(nowhere).toMatchObject({ isRated: false, charge: null });
  });

  it('come out as they went in, and in the interchange form where that says all of it', async () => {
    const file = async (form: 'stored' | 'interchange'): Promise<string> => {
      const address = `/api/tariff-versions/${publishedId()}/file?form=${form}`;
      return (await rig.request(address, { headers: { cookie: await rig.signIn() } })).text();
    };
    const stored = await file('stored');
    const draft = await client.call('importTariffDraft', {
      params: { id: active.id },
      query: { fileName: 'again.json' },
      body: bytes(stored),
    });
    const [before, after] = [await read(publishedId()), await read(draft.id)];
    expect([after.terms, after.rates]).toEqual([before.terms, before.rates]);
    const plain = JSON.parse(await file('interchange'));
    expect(plain.rates[0]).toEqual({
      prefix: '8490',
      name: 'Mobile A',
      ratePerMinute: '600',
      initialSeconds: 6,
      incrementSeconds: 1,
    });
    await client.call('removeTariffDraft', { params: { id: draft.id } });
  });

  it('are chosen by trunk, group or code; one that is chosen cannot be removed', async () => {
    const added = await client.call('addTariff', { body: { name: 'GSM' } });
    const choices = [
      { kind: 'default', value: '', tariffId: active.id },
      { kind: 'trunk-group', value: 'gateway', tariffId: added.id },
    ] as const;
    const body = { choices: [...choices], trunkGroups: [{ name: 'gateway', trunks: ['07', '08'] }] };
    expect(await client.call('putTariffChoices', { body })).toEqual(body);
    expect(await client.call('getTariffChoices')).toEqual(body);
    expect(await refusal(client.call('removeTariff', { params: { id: added.id } }))).toMatchObject({
      code: 'tariff-in-use',
    });
    const twice = { ...body, choices: [...choices, ...choices] };
    expect(await refusal(client.call('putTariffChoices', { body: twice }))).toMatchObject({ code: 'conflict' });
    await client.call('putTariffChoices', { body: { ...body, choices: [choices[0]] } });
    expect(await client.call('renameTariff', { params: { id: added.id }, body: { name: 'Gateway' } })).toMatchObject({
      name: 'Gateway',
    });
    await client.call('removeTariff', { params: { id: added.id } });
    expect((await client.call('listTariffs')).map(({ name }) => name)).toEqual(['viet nam']);
  });
});
