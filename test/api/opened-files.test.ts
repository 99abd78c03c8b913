import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, ProblemError } from '../../core/api/client.ts';
import { files } from '../../parsers/generic/index.ts';
import { NOW_MS, openRig, type Rig } from './rig.ts';

const BUILT_IN = (files[0] as { readonly id: string }).id;
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const TARIFF = {
  timeZone: 'Asia/Ho_Chi_Minh',
  currency: 'VND',
  rates: [{ prefix: '8490', name: 'Mobile A', nameVi: 'Di động A', category: 'mobile', ratePerMinute: '600' }],
};

async function codeOf(work: Promise<unknown>): Promise<string> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof ProblemError) return failure.problem.code;
  throw failure ?? new Error('nothing was refused');
}

describe('a file that was opened with the program', () => {
  let rig: Rig;
  let client: Client;
  let nowMs = NOW_MS;
  beforeAll(async () => {
    rig = openRig({ nowMs: () => nowMs });
    client = await rig.client('en');
  });
  afterAll(() => rig.close());

  /** Its id, from the page that it is handed to. */
  const open = (kind: 'format' | 'tariff', fileName: string, value: unknown): string =>
    rig.api.keepOpenedFile({ kind, fileName, bytes: bytes(value) }).replace(/^\/(?:formats|tariffs)\/opened\//, '');

  it('gives the definition for the editor and stores nothing, or says what is wrong with it', async () => {
    const exported = await client.call('exportDefinition', { params: { formatId: BUILT_IN }, query: {} });
    expect(exported.headers.get('content-disposition')).toContain(`${BUILT_IN}.tbformat`);
    const definition = (await exported.json()) as object;
    const id = open('format', 'mine.tbformat', { ...definition, id: 'own-pbx' });
    expect(await client.call('getOpenedFormat', { params: { id } })).toMatchObject({
      fileName: 'mine.tbformat',
      definition: { id: 'own-pbx' },
      problems: [],
    });
    expect((await client.call('listFormats')).filter(({ isOwn }) => isOwn)).toEqual([]);

    const wrong = open('format', 'wrong.tbformat', { ...definition, layouts: [] });
    const { definition: none, problems } = await client.call('getOpenedFormat', { params: { id: wrong } });
    expect(none).toBeNull();
    expect(problems.map(({ path }) => path)).toContain('layouts');
  });

  it('becomes a draft of a new tariff, or the next version of one that is there', async () => {
    const id = open('tariff', 'Viettel 2027.tbtariff', TARIFF);
    expect(await client.call('getOpenedTariff', { params: { id } })).toEqual({
      fileName: 'Viettel 2027.tbtariff',
      holds: { currency: 'VND', rateCount: 1 },
      problems: [],
    });
    const first = await client.call('takeOpenedTariff', { params: { id }, body: { tariffId: null, name: 'Viettel' } });
    expect(first).toMatchObject({ tariffName: 'Viettel', number: 1, state: 'draft', note: 'Viettel 2027.tbtariff' });

    const { id: again } = await client.call('keepTariffFile', {
      query: { fileName: 'Viettel 2028.json' },
      body: bytes(TARIFF),
    });
    const body = { tariffId: first.tariffId, name: '' };
    const second = await client.call('takeOpenedTariff', { params: { id: again }, body });
    expect(second).toMatchObject({ tariffId: first.tariffId, number: 2, state: 'draft' });
    expect(await codeOf(client.call('takeOpenedTariff', { params: { id: again }, body }))).toBe('import-expired');
  });

  it('comes back from the export as it was', async () => {
    const [tariff] = await client.call('listTariffs');
    const versionId = tariff?.versions[0]?.id ?? 0;
    const file = await client.call('exportTariffVersion', { params: { id: versionId }, query: {} });
    expect(file.headers.get('content-disposition')).toContain('.tbtariff');
    const { id } = await client.call('keepTariffFile', {
      query: { fileName: 'back.tbtariff' },
      body: new Uint8Array(await file.arrayBuffer()),
    });
    expect(await client.call('getOpenedTariff', { params: { id } })).toMatchObject({ holds: { rateCount: 1 } });
  });

  it('that is no tariff says where it is wrong, and makes none', async () => {
    const id = open('tariff', 'odd.tbtariff', { ...TARIFF, rates: [{ prefix: 'eight' }] });
    const before = await client.call('listTariffs');
    const { holds, problems } = await client.call('getOpenedTariff', { params: { id } });
    expect(holds).toBeNull();
    expect(problems.some(({ path }) => path.startsWith('rates[0]'))).toBe(true);
    const body = { tariffId: null, name: 'Odd' };
    expect(await codeOf(client.call('takeOpenedTariff', { params: { id }, body }))).toBe('tariff-invalid');
    expect(await client.call('listTariffs')).toEqual(before);
  });

  it('is found by its own id and kind only, and for ten minutes', async () => {
    const id = open('tariff', 'a.tbtariff', TARIFF);
    expect(await codeOf(client.call('getOpenedFormat', { params: { id } }))).toBe('import-expired');
    expect(await codeOf(client.call('getOpenedTariff', { params: { id: '..%2Fetc%2Fpasswd' } }))).toBe(
      'import-expired',
    );
    nowMs += 10 * 60_000;
    expect(await codeOf(client.call('getOpenedTariff', { params: { id } }))).toBe('import-expired');
  });
});
