import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createClient } from '../../core/api/client.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

const LINES = [
  panasonicLine({ at: '03/03/26 08:15', number: '0901000001', duration: "00:01'00", account: '4401' }),
  panasonicLine({ at: '04/03/26 09:15', number: '0901000002', duration: "00:02'00", account: '4401' }),
  panasonicLine({ at: '06/03/26 11:15', extension: '103', number: '0901000004', duration: "00:01'00", account: '9' }),
].join('');

let rig: BrowserRig;
let page: Page;

beforeAll(async () => {
  rig = await openBrowserRig();
  page = await rig.newPage({ reducedMotion: 'reduce', locale: 'en-GB' });
  await rig.signIn(page);
  const [cookie] = await page.context().cookies();
  const client = createClient({
    baseUrl: rig.http.origin,
    headers: { cookie: `${cookie?.name}=${cookie?.value}`, origin: rig.http.origin },
  });
  await client.call('putSettings', { body: { isWizardDone: true } });
  const { id: personId } = await client.call('addPerson', { body: { name: 'Nguyễn Thị Hà' } });
  const assignment = { kind: 'code', value: '4401' } as const;
  await client.call('applyAssignment', { body: { action: 'add', personId, assignment } });
  const source = { name: 'Third floor', config: { kind: 'file-import' }, formatId: 'panasonic-a' } as const;
  const { id } = await client.call('addSource', { body: { ...source, formatOptions: { dateOrder: 'DMY' } } });
  await client.call('importFile', {
    query: { fileName: 'calls.log', sourceId: id },
    body: Buffer.from(LINES, 'latin1'),
  });
  const isRead = async (): Promise<void> => {
    expect((await client.call('countCalls', { query: {} })).calls).toBe(3);
  };
  await vi.waitFor(isRead, { timeout: 20_000, interval: 100 });
}, 60_000);

afterAll(() => rig?.close());

test('a report is chosen, narrowed, saved and opened again, and a row leads to its calls', async () => {
  await page.goto(`${rig.http.origin}/reports`);
  await page.getByRole('link', { name: /^By person One row/ }).click();
  await page.goto(`${rig.http.origin}/reports/by-person?from=2026-03-01&to=2026-03-31`);
  const row = page.getByRole('row', { name: /Nguyễn Thị Hà/ });
  await expect.poll(() => row.count()).toBe(1);
  expect(await page.getByText('No call was recorded while the office was open').count()).toBe(1);

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('March');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The report is saved.').waitFor();
  await page.getByRole('link', { name: 'All reports' }).click();
  await page.getByRole('link', { name: 'March' }).click();

  await row.getByRole('link', { name: 'Nguyễn Thị Hà' }).click();
  await page.waitForURL(/\/calls\?/);
  expect(new URL(page.url()).searchParams.get('month')).toBe('2026-03');
  await expect.poll(() => page.getByText('0901 000 00').count()).toBe(2);
  expect(rig.complaints).toEqual([]);
}, 60_000);
