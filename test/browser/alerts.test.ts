import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../core/api/client.ts';
import { localDayOf } from '../../core/model/time.ts';
import { createZoneClock } from '../../core/model/zone-clock.ts';
import { nightCalls } from '../alerts/watching-site.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { lookAt } from './axe-look.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

let rig: BrowserRig;
let page: Page;
let client: Client;
let sourceId: number;

const DAY_S = 86_400;
/** `DD/MM/YY` of the site, so many days ago. */
function daysAgo(days: number): string {
  const local = createZoneClock('Asia/Ho_Chi_Minh')(Math.floor(Date.now() / 1000)) - days * DAY_S;
  const [year = '', month = '', day = ''] = localDayOf(local).split('-');
  return `${day}/${month}/${year.slice(2)}`;
}

function feed(lines: string): void {
  const { journal, ingest } = rig.app.deps;
  const stream = journal.openStream(sourceId, 'pbx');
  journal.append(stream, Date.now(), Buffer.from(lines, 'latin1'));
  ingest.wake(sourceId);
}

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
  const person = await client.call('addPerson', { body: { name: 'Nguyễn Thị Hà' } });
  const assignment = { kind: 'extension', value: '101' } as const;
  await client.call('applyAssignment', { body: { action: 'add', personId: person.id, assignment } });
  const config = { kind: 'tcp-client', host: '127.0.0.1', port: 9 } as const;
  const source = {
    name: 'PBX',
    config,
    formatId: 'panasonic-a',
    formatOptions: { dateOrder: 'DMY' },
    isEnabled: false,
  };
  sourceId = (await client.call('addSource', { body: source })).id;
}, 60_000);

afterAll(() => rig?.close());

describe('alerts', () => {
  test('of calls that come now ring the bell and say why at once', async () => {
    await page.goto(`${rig.http.origin}/alerts`);
    await page.getByRole('heading', { name: 'No alert waits' }).waitFor();
    feed(nightCalls(daysAgo(1), 4));
    await page.getByRole('button', { name: '1 new notification' }).waitFor();
    const toast = page.getByRole('alert').filter({ hasText: 'International calls at night' });
    await toast.waitFor();
    expect(await toast.textContent()).toContain('4, 16 minutes together');
    await toast.getByRole('button', { name: 'Close' }).click();
    const card = page.getByRole('article');
    expect(await card.textContent()).toContain('Extension 101 made the most of them: 4.');
    expect(await lookAt(page)).toEqual([]);
  }, 60_000);

  test('show their calls and keep what was done with the name of who did it', async () => {
    await page.getByRole('article').getByRole('button').click();
    const panel = page.getByRole('dialog');
    await panel.getByRole('heading', { name: 'Calls that show it' }).waitFor();
    expect(await panel.getByRole('row').count()).toBe(5);
    await panel.getByLabel('Your name').fill('Lan');
    await panel.getByLabel('Note', { exact: true }).fill('Asked the guard');
    await panel.getByRole('button', { name: 'Acknowledge' }).click();
    await panel.getByText('acknowledged: Asked the guard').waitFor();
    expect(await lookAt(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'No alert waits' }).waitFor();
    await page.getByRole('button', { name: '1 new notification' }).click();
    const bell = page.getByRole('dialog', { name: 'What happened' });
    await bell.getByRole('link', { name: 'No alert waits' }).waitFor();
    await bell.getByRole('link', { name: 'International calls at night' }).click();
    await page.waitForURL(/alert=\d+/);
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    await page.goto(`${rig.http.origin}/alerts`);
  }, 60_000);

  test('have rules and ways of sending that can be set and tried', async () => {
    await page.getByRole('link', { name: 'Rules and sending' }).click();
    const night = page.getByRole('region', { name: 'International at night' });
    await night.getByLabel('Calls', { exact: true }).fill('5');
    await page.getByRole('button', { name: 'Save the rules' }).click();
    await page.getByText('The rules are saved.').waitFor();
    expect((await client.call('getAlertRules'))['night-international'].calls).toBe(5);
    expect(await lookAt(page)).toEqual([]);
    await page.getByText('Sending', { exact: true }).click();
    const hook = page.getByRole('region', { name: 'Webhook' });
    await hook.getByRole('textbox', { name: 'Address' }).fill('http://169.254.169.254/');
    await hook.getByRole('button', { name: /Send a test message/ }).click();
    await hook.getByText(/machines tell about themselves, so nothing is sent there/).waitFor();
    expect(await lookAt(page)).toEqual([]);
  }, 60_000);
});

describe('budgets', () => {
  test('show what is used of them, and are changed on the page', async () => {
    feed(panasonicLine({ at: `${daysAgo(0)} 00:10`, number: '0912345678', duration: "00:09'00" }));
    await page.goto(`${rig.http.origin}/budgets`);
    await page.getByRole('button', { name: 'Add a budget' }).first().click();
    const form = page.getByRole('dialog');
    await form.getByText('Whole office').click();
    await form.getByText('Minutes', { exact: true }).click();
    await form.getByLabel('Minutes a month').fill('100');
    await form.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('row').filter({ hasText: 'Whole office' });
    await row.waitFor();
    const used = await vi.waitFor(async () => {
      const { budgets } = await client.call('listBudgets', { query: {} });
      expect(Number(budgets[0]?.used)).toBeGreaterThanOrEqual(9);
      return budgets[0]?.used ?? '';
    });
    await page.reload();
    expect(await row.textContent()).toContain(`${used} min`);
    expect(await lookAt(page)).toEqual([]);
    expect(rig.complaints).toEqual([]);
  }, 60_000);
});
