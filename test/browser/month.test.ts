import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../core/api/client.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { lookAt } from './axe-look.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

/** Of a month that is over for good. */
const LINES = [
  panasonicLine({ at: '03/03/26 08:15', number: '0901000001', duration: "00:01'00", account: '4401' }),
  panasonicLine({ at: '04/03/26 09:15', number: '0901000002', duration: "00:02'00", account: '4401' }),
  panasonicLine({ at: '06/03/26 11:15', extension: '103', number: '0901000004', duration: "00:01'00", account: '9' }),
].join('');

let rig: BrowserRig;
let page: Page;
let client: Client;
let haId: number;

beforeAll(async () => {
  rig = await openBrowserRig();
  page = await rig.newPage({ reducedMotion: 'reduce', acceptDownloads: true });
  await rig.signIn(page);
  const [cookie] = await page.context().cookies();
  client = createClient({
    baseUrl: rig.http.origin,
    headers: { cookie: `${cookie?.name}=${cookie?.value}`, origin: rig.http.origin },
  });
  await client.call('putSettings', { body: { isWizardDone: true, companyName: 'Ánh Dương' } });
  haId = (await client.call('addPerson', { body: { name: 'Nguyễn Thị Hà' } })).id;
  await client.call('addPerson', { body: { name: 'Trần Minh' } });
  const assignment = { kind: 'code', value: '4401' } as const;
  await client.call('applyAssignment', { body: { action: 'add', personId: haId, assignment } });
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

const expectNoViolations = async (): Promise<void> => expect(await lookAt(page)).toEqual([]);
const month = (by = 'person'): string => `${rig.http.origin}/month?month=2026-03&by=${by}`;

async function exported(): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: 'Excel, in Vietnamese' }).click();
    })(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('the page of the month', () => {
  test('says what is left to look at, and closes the month under a name', async () => {
    await page.goto(month());
    await page.getByRole('button', { name: 'Close month' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 call that nobody owns').waitFor();
    await expectNoViolations();
    await dialog.getByLabel(/Your name/).fill('Lan');
    await dialog.getByRole('button', { name: 'Close the month' }).click();
    await page.getByRole('region', { name: 'Closing' }).getByText('Lan').waitFor();
    await page.getByText('Closed', { exact: true }).waitFor();
    await expectNoViolations();
  });

  test('prints a closed month with the same bytes after people were renamed and a call was corrected', async () => {
    const before = await exported();
    await client.call('changePerson', { params: { id: haId }, body: { name: 'Nguyễn Hà Mới' } });
    await page.goto(`${rig.http.origin}/calls?number=0901000001`);
    await page.getByRole('row').filter({ hasText: '0901' }).first().click();
    await page.getByRole('button', { name: 'Decide…' }).click();
    const dialog = page.getByRole('dialog').filter({ hasText: 'Decide about this call' });
    await dialog.getByText('This call is of a closed month.').waitFor();
    await dialog.getByLabel('Whose it is').click();
    await page.getByRole('option', { name: 'Trần Minh' }).click();
    await dialog.getByLabel('Why').fill('She was on leave');
    await expectNoViolations();
    await dialog.getByRole('button', { name: 'Decide' }).click();
    await page.getByText(/1 correction written in/).waitFor();

    await page.goto(month());
    await page.getByRole('cell', { name: 'Nguyễn Thị Hà' }).waitFor();
    expect((await exported()).equals(before)).toBe(true);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('exactly what it was').waitFor();
    expect(rig.complaints).toEqual([]);
  });

  test('shows the correction in the open month, and takes it back', async () => {
    const { months } = await client.call('getMonth', { query: { by: 'person' } });
    await page.goto(`${rig.http.origin}/month?month=${months[0]}&by=person`);
    const corrections = page.getByRole('region', { name: 'Corrections of closed months' });
    await corrections.getByText('Given to another person').waitFor();
    await expectNoViolations();
    await corrections.getByRole('button', { name: 'Take back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why').fill('It was hers after all');
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await corrections.getByText('Given to another person, taken back').waitFor();
    expect(rig.complaints).toEqual([]);
  });
});
