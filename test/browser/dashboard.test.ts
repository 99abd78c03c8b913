import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../core/api/client.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

let rig: BrowserRig;
let page: Page;
let client: Client;

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
}, 60_000);

afterAll(() => rig?.close());

/** The first number in a text. */
const numberIn = (text: string | null): number => Number(/[\d,.]+/.exec(text ?? '')?.[0].replaceAll(',', ''));

describe('the dashboard in a browser', () => {
  test('tells a new office what to do next', async () => {
    await page.goto(rig.http.origin);
    await page.getByRole('heading', { name: 'No PBX is connected yet' }).waitFor();
    await page.getByRole('link', { name: 'Connect a PBX' }).waitFor();
  });

  test('leads from figures and from hours of the week to their calls', async () => {
    const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
    const [, month = '', date = ''] = day.split('-');
    const lines = Array.from(
      { length: 12 },
      (_, i) =>
        `${date}/${month}/${day.slice(2, 4)} 09:${10 + i}AM   101 01 0912345678                     00:01'05 987654    `,
    );
    const format = { formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY' }, isEnabled: true };
    const source = await client.call('addSource', {
      body: { name: 'Files', config: { kind: 'file-import' }, ...format },
    });
    await client.call('importFile', {
      query: { fileName: 'calls.log', sourceId: source.id },
      body: new TextEncoder().encode(`${lines.join('\r\n')}\r\n`),
    });
    await vi.waitFor(async () => expect((await client.call('countCalls', { query: {} })).calls).toBe(12), {
      timeout: 20_000,
    });
    await page.goto(`${rig.http.origin}/?month=${day.slice(0, 7)}`);
    const busiest = page.getByRole('link', { name: /9:00: 12 calls$/ });
    await busiest.click();
    await page.waitForURL(/\/calls\?.*hour=9/);
    await vi.waitFor(async () => expect(numberIn(await page.getByRole('status').textContent())).toBe(12), {
      timeout: 15_000,
    });
    await page.goBack();
    await page.getByRole('region', { name: 'Unattributed' }).getByRole('link').first().click();
    await page.waitForURL(/personId=0/);
    await vi.waitFor(async () => expect(numberIn(await page.getByRole('status').textContent())).toBe(12), {
      timeout: 15_000,
    });
    await page.getByRole('button', { name: '1 new notification' }).click();
    await page.getByRole('dialog').getByText('calls.log was imported').waitFor();
  }, 40_000);

  test('hangs on the wall in large figures', async () => {
    await page.goto(`${rig.http.origin}/wallboard`);
    await page.getByText('Outgoing calls this month').or(page.getByText('Calls today')).first().waitFor();
    expect(rig.complaints).toEqual([]);
  });
});
