import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../core/api/client.ts';
import { callLines, FIRST_PRICES, OTHER_PRICES, tariffOf } from '../rerate/rerate-fixture.ts';
import { lookAt } from './axe-look.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

const CALLS = 72;

let rig: BrowserRig;
let page: Page;
let client: Client;
let tariffId: number;

beforeAll(async () => {
  rig = await openBrowserRig();
  page = await rig.newPage({ reducedMotion: 'reduce' });
  await rig.signIn(page);
  const [cookie] = await page.context().cookies();
  client = createClient({
    baseUrl: rig.http.origin,
    headers: { cookie: `${cookie?.name}=${cookie?.value}`, origin: rig.http.origin },
  });
  await client.call('putSettings', { body: { isWizardDone: true } });
  const file = (prices: typeof FIRST_PRICES): Uint8Array => Buffer.from(JSON.stringify(tariffOf(prices)));
  const first = { query: { fileName: 'viettel.json', name: 'Viettel 2026' }, body: file(FIRST_PRICES) };
  ({ id: tariffId } = await client.call('importTariff', first));
  const person = await client.call('addPerson', { body: { name: 'Nguyễn Thị Hà' } });
  const assignment = { kind: 'extension', value: '101' } as const;
  await client.call('applyAssignment', { body: { action: 'add', personId: person.id, assignment } });
  const source = { name: 'Third floor', config: { kind: 'file-import' }, formatId: 'panasonic-a' } as const;
  const { id } = await client.call('addSource', { body: { ...source, formatOptions: { dateOrder: 'DMY' } } });
  await client.call('importFile', {
    query: { fileName: 'calls.log', sourceId: id },
    body: Buffer.from(callLines(), 'latin1'),
  });
  const isRead = async (): Promise<void> => expect((await client.call('countCalls', { query: {} })).calls).toBe(CALLS);
  await vi.waitFor(isRead, { timeout: 20_000, interval: 100 });
  const second = { params: { id: tariffId }, query: { fileName: 'viettel.json' }, body: file(OTHER_PRICES) };
  const draft = await client.call('importTariffDraft', second);
  const body = { effectiveFrom: '2026-10-01', by: 'Hà' };
  await client.call('publishTariffVersion', { params: { id: draft.id }, body });
}, 60_000);

afterAll(() => rig?.close());

const expectNoViolations = async (): Promise<void> => expect(await lookAt(page)).toEqual([]);

const chargeOfMonth = async (month: string): Promise<string | undefined> =>
  (await client.call('getMonth', { query: { month } })).totals.charges[0]?.amount;

describe('prices again', () => {
  test('shows what a version of the past changes, before anything is changed', async () => {
    const before = await chargeOfMonth('2026-10');
    await page.goto(`${rig.http.origin}/tariffs/rerate?from=2026-10-01&to=2026-10-31&tariff=${tariffId}`);
    await page.getByRole('button', { name: 'Work out what changes' }).click();
    await page.getByRole('heading', { name: '01/10/2026 to 31/10/2026' }).waitFor();
    const kinds = page.getByRole('radiogroup', { name: 'Which calls' });
    expect(await kinds.textContent()).toBe('Another price (8)Newly priced (8)Without a price now (8)');
    expect(await page.getByRole('region', { name: 'Who and what changes' }).getByRole('row').count()).toBe(4);
    await expectNoViolations();
    expect(await chargeOfMonth('2026-10')).toBe(before);
  }, 60_000);

  test('applies it with name and reason, and takes it back', async () => {
    const before = await chargeOfMonth('2026-10');
    await page.getByRole('button', { name: 'Apply new prices' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your name').fill('Hà');
    await dialog.getByLabel('Reason').fill('New price list from October');
    await dialog.getByRole('button', { name: 'Apply new prices' }).click();
    await page.getByText('In force').first().waitFor();
    const after = await chargeOfMonth('2026-10');
    expect(after).not.toBe(before);
    await page.getByRole('button', { name: 'Look' }).first().click();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Typed wrongly');
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Hà, ').nth(1).waitFor();
    await vi.waitFor(async () => expect(await chargeOfMonth('2026-10')).toBe(before), { timeout: 10_000 });
  }, 60_000);

  test('compares a month under a version, and touches nothing', async () => {
    const before = await chargeOfMonth('2026-09');
    const tariffs = await client.call('listTariffs');
    const tariff = tariffs.find(({ id }) => id === tariffId);
    const version = tariff?.versions.find(({ number }) => number === 2)?.id;
    await page.goto(`${rig.http.origin}/tariffs/rerate?month=2026-09&version=${version}`);
    await page.getByRole('button', { name: 'Compare' }).click();
    const table = page.getByRole('region', { name: 'Comparison, 01/09/2026 to 30/09/2026' }).first();
    await table.getByRole('row').nth(1).waitFor();
    expect(await table.locator('tfoot').textContent()).toContain('No price: 8');
    await expectNoViolations();
    expect(await chargeOfMonth('2026-09')).toBe(before);
    expect(rig.complaints).toEqual([]);
  }, 60_000);
});
