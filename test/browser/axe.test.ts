import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../core/api/client.ts';
import { lookAt } from './axe-look.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

interface View {
  readonly name: string;
  readonly address: string;
  /** What is done on the page before it is looked at. */
  readonly open?: (page: Page) => Promise<void>;
}

let rig: BrowserRig;
let views: readonly View[] = [];

/** The demo runs, a few lines of a file could not be read, and a source fails. */
beforeAll(async () => {
  rig = await openBrowserRig();
  const page = await rig.newPage();
  await rig.signIn(page);
  const [cookie] = await page.context().cookies();
  const client = createClient({
    baseUrl: rig.http.origin,
    headers: { cookie: `${cookie?.name}=${cookie?.value}`, origin: rig.http.origin },
  });
  await client.call('putSettings', { body: { isWizardDone: true } });
  await client.call('startDemo');
  const format = { formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY' }, isEnabled: true };
  const files = await client.call('addSource', { body: { name: 'Files', config: { kind: 'file-import' }, ...format } });
  await client.call('importFile', {
    query: { fileName: 'calls.log', sourceId: files.id },
    body: new TextEncoder().encode('20/03/26 08:32AM   1#1 zz what is this\r\n'),
  });
  await client.call('addSource', {
    body: { name: 'Cable', config: { kind: 'followed-file', path: '/nowhere/smdr.log', fromStart: true }, ...format },
  });
  const wait = { timeout: 30_000, interval: 200 };
  await vi.waitFor(async () => {
    expect((await client.call('countCalls', { query: { reason: 'code' } })).calls).toBeGreaterThan(5);
    expect((await client.call('listQuarantine', { query: {} })).total).toBe(1);
  }, wait);
  const [call] = (await client.call('listCalls', { query: { reason: 'code' } })).calls;
  const [person] = await client.call('listPeople', { query: {} });
  const departmentId = person?.departmentId ?? 0;
  views = [
    { name: 'dashboard', address: '/' },
    { name: 'wallboard', address: '/wallboard' },
    {
      name: 'what happened',
      address: '/',
      open: async (page) => {
        await page.locator('.tb-header button[aria-haspopup=dialog]').click();
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: 'live', address: '/live' },
    { name: 'calls', address: '/calls' },
    { name: 'a call', address: `/calls?call=${call?.id}` },
    { name: 'filtered calls', address: `/calls?departmentId=${departmentId}&isDepartmentOnly=true` },
    { name: 'lookup', address: `/lookup?q=${person?.assignments[1]?.value}` },
    { name: 'month by department', address: '/month' },
    { name: 'month by band', address: '/month?by=band' },
    { name: 'reports', address: '/reports' },
    { name: 'report by person', address: '/reports/by-person' },
    { name: 'monthly summary', address: '/reports/monthly-summary' },
    { name: 'month on paper', address: '/print/month' },
    { name: 'statements for everybody', address: '/print/statements' },
    { name: 'schedules', address: '/schedules' },
    { name: 'mail server', address: '/schedules?tab=mail' },
    { name: 'statements', address: `/statements?month=${call?.startLocal.slice(0, 7)}` },
    { name: 'a link that is not known', address: '/acknowledge#nothing' },
    { name: 'audit trail', address: '/audit' },
    { name: 'people', address: '/people' },
    { name: 'a person', address: `/people?person=${person?.id}` },
    { name: 'sources', address: '/sources' },
    { name: 'files', address: `/sources?source=${files.id}` },
    { name: 'detection', address: `/sources?source=${files.id}&tab=detection` },
    { name: 'reading again', address: `/sources/${files.id}/reread` },
    { name: 'a failing source', address: `/sources?source=${files.id + 1}` },
    {
      name: 'a new source',
      address: '/sources',
      open: async (page) => {
        await page
          .getByRole('button', { name: /^(Add|Thêm)/ })
          .first()
          .click();
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: 'formats', address: '/formats' },
    { name: 'lines for a format', address: '/formats/editor' },
    {
      name: 'format editor',
      address: '/formats/editor',
      open: async (page) => {
        await page.locator('textarea').first().fill('23/11/26 09:30 >> 0912345678 00:01:05 x\nHEADING\n');
        await page.getByRole('button', { name: /^(Next|Tiếp tục)$/ }).click();
        await page.locator('.tb-editor [role=status]').waitFor();
        await page.locator('.tb-editor-field').nth(1).click();
      },
    },
    {
      name: 'format editor, lines',
      address: '/formats/editor?format=telrad',
      open: async (page) => {
        await page.locator('textarea').first().fill('27.11.2002 00:19  801    223   12:14 AM     01:26  O S-E');
        await page.getByRole('button', { name: /^(Next|Tiếp tục)$/ }).click();
        await page.getByRole('tab').nth(1).click();
      },
    },
    { name: 'quarantine', address: '/quarantine' },
    { name: 'settings', address: '/settings' },
    { name: 'backups', address: '/backup' },
    { name: 'a tariff file that is gone', address: '/tariffs/opened/gone' },
    { name: 'users', address: '/users' },
    { name: 'directory', address: '/users/directory' },
    { name: 'account', address: '/account' },
    { name: 'wizard', address: '/start' },
    { name: 'help', address: '/help/pbx' },
    { name: 'first week', address: '/first-week' },
    {
      name: 'search',
      address: '/help',
      open: async (page) => {
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox').fill('101');
        await page.getByRole('option').first().waitFor();
      },
    },
    {
      name: 'keys',
      address: '/help',
      open: async (page) => {
        await page.locator('h1').click();
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: 'no page', address: '/nowhere' },
  ];
  await page.context().close();
}, 60_000);

afterAll(() => rig?.close());

// Words do not depend on the colours: each language is looked at in one scheme, by every rule.
describe.each([
  ['vi-VN', 'light'],
  ['en-GB', 'dark'],
] as const)('every page in %s, %s', (locale, scheme) => {
  test('can be used by everyone: axe finds nothing', async () => {
    const page = await rig.newPage({ locale, colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto(rig.http.origin);
    await page.getByText('npm run tollbook -- link').waitFor();
    const found = (await lookAt(page, [scheme])).map((text) => `signed out ${text}`);
    await rig.signIn(page);
    for (const view of views) {
      await page.goto(rig.http.origin + view.address);
      await page.getByRole('heading').first().waitFor();
      await page.waitForLoadState('load');
      await view.open?.(page);
      await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
      found.push(...(await lookAt(page, [scheme])).map((text) => `${view.name} ${text}`));
    }
    await page.context().close();
    expect(found).toEqual([]);
  }, 240_000);
});
