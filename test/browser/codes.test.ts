import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../core/api/client.ts';
import { localDayOf } from '../../core/model/time.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { lookAt } from './axe-look.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

/** Days of the site's clock, which is seven hours ahead of the universal one. */
const dayAgo = (days: number): string => localDayOf(Math.floor(Date.now() / 1000) + 7 * 3600 - days * 86_400);
const printed = (day: string, clock: string): string =>
  `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(2, 4)} ${clock}`;

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
  for (const [name, value, activeTo] of [
    ['Nguyễn Thị Hà', '440152', null],
    ['Lê Hùng', '602817', dayAgo(10)],
  ] as const) {
    const person = await client.call('addPerson', { body: { name, activeTo } });
    const assignment = { kind: 'code', value } as const;
    await client.call('applyAssignment', { body: { action: 'add', personId: person.id, assignment } });
  }
  const source = { name: 'Third floor', config: { kind: 'file-import' }, formatId: 'panasonic-a' } as const;
  const { id } = await client.call('addSource', { body: { ...source, formatOptions: { dateOrder: 'DMY' } } });
  const call = { number: '0912345678', duration: "00:01'00" };
  await client.call('importFile', {
    query: { fileName: 'calls.log', sourceId: id },
    body: Buffer.from(
      panasonicLine({ ...call, at: printed(dayAgo(3), '09:00'), account: '440152' }) +
        panasonicLine({ ...call, at: printed(dayAgo(2), '21:00'), account: '602817' }),
      'latin1',
    ),
  });
  const isRead = async (): Promise<void> => expect((await client.call('countCalls', { query: {} })).calls).toBe(2);
  await vi.waitFor(isRead, { timeout: 20_000, interval: 100 });
}, 60_000);

afterAll(() => rig?.close());

const expectNoViolations = async (): Promise<void> => expect(await lookAt(page)).toEqual([]);

describe('the page of codes', () => {
  test('shows the code of somebody who left, with its calls and what to do', async () => {
    await page.goto(`${rig.http.origin}/codes`);
    const finding = page.getByRole('article').filter({ hasText: 'Code of somebody who left, in use' });
    await finding.getByText(/Lê Hùng had left, so ••17 should not be dialled/).waitFor();
    await finding.getByText(/removed from the PBX today/).waitFor();
    await expectNoViolations();
    await finding.getByRole('button', { name: '1 call' }).click();
    await page.getByRole('dialog').getByText('20:59:00').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'All codes' }).click();
    await page.getByRole('row').filter({ hasText: 'Lê Hùng' }).getByText('Owner has left').waitFor();
  }, 60_000);

  test('draws new codes, puts them in place and prints them on sealed slips after asking', async () => {
    await page.getByRole('link', { name: 'New codes' }).click();
    await page.getByRole('button', { name: 'Draw codes' }).click();
    await page.getByText('Left before that day').waitFor();
    const [drawn] = await page.locator('table tbody tr').first().locator('td').nth(3).allTextContents();
    expect(drawn).toMatch(/^••\d\d$/);
    await expectNoViolations();
    await page.getByRole('button', { name: 'Put in place' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Put in place' }).click();
    await page.getByRole('link', { name: 'Slips and list' }).click();
    expect(await page.locator('.tb-slip').count()).toBe(0);
    await page.getByRole('button', { name: 'Show codes in full' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Show codes in full' }).click();
    const preview = page.locator('.tb-slips-preview .tb-slip');
    await preview.getByText('Nguyễn Thị Hà').waitFor();
    const code = (await preview.locator('.tb-slip-code').textContent()) ?? '';
    expect(code).toMatch(/^[1-9]\d{4}$/);
    expect(`••${code.slice(-2)}`).toBe(drawn);
    await expectNoViolations();
    await page.emulateMedia({ media: 'print' });
    await page.locator('.tb-slips-print .tb-slip').waitFor();
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    expect(rig.complaints).toEqual([]);
  }, 60_000);
});
