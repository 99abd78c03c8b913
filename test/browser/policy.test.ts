import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../core/api/client.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { lookAt } from './axe-look.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

/** Yesterday, as the PBX prints it, so that the calls lie in the days that the page shows at first. */
const day = new Date(Date.now() - 86_400_000);
const printed = [day.getUTCDate(), day.getUTCMonth() + 1, day.getUTCFullYear() % 100]
  .map((part) => String(part).padStart(2, '0'))
  .join('/');
const call = (clock: string, extension: string, number: string, account = ''): string =>
  panasonicLine({ at: `${printed} ${clock}`, extension, number, account, duration: "00:01'00" });

/** In the lobby (201 to 203): a local call and two to a mobile, one of them with a code. Elsewhere: one without a code. */
const LINES = [
  call('09:00', '201', '02438250000'),
  call('09:10', '202', '0912345678'),
  call('09:20', '203', '0912345678', '4401'),
  call('09:30', '301', '0912345678'),
].join('');

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
  await client.call('putSettings', { body: { isWizardDone: true, timeZone: 'UTC' } });
  const person = await client.call('addPerson', { body: { name: 'Nguyễn Thị Hà' } });
  await client.call('applyAssignment', {
    body: { action: 'add', personId: person.id, assignment: { kind: 'code', value: '4401' } },
  });
  const source = { name: 'Third floor', config: { kind: 'file-import' }, formatId: 'panasonic-a' } as const;
  const { id } = await client.call('addSource', { body: { ...source, formatOptions: { dateOrder: 'DMY' } } });
  await client.call('importFile', {
    query: { fileName: 'calls.log', sourceId: id },
    body: Buffer.from(LINES, 'latin1'),
  });
  const isRead = async (): Promise<void> => {
    expect((await client.call('countCalls', { query: {} })).calls).toBe(4);
  };
  await vi.waitFor(isRead, { timeout: 20_000, interval: 100 });
}, 60_000);

afterAll(() => rig?.close());

const expectNoViolations = async (): Promise<void> => expect(await lookAt(page)).toEqual([]);

describe('the page of code rules', () => {
  test('sets mode 2 for the lobby, and shows the effect before it is put into force', async () => {
    await page.goto(`${rig.http.origin}/policy`);
    await page.getByRole('button', { name: 'Set rules' }).click();
    // Left with the keyboard, its calendar closes.
    const from = page.getByLabel('Hold from');
    await from.fill(`01/01/${day.getUTCFullYear()}`);
    await from.press('Tab');
    await page.getByRole('button', { name: 'Add a group' }).click();
    await page.getByLabel('Name of the group').fill('Lobby');
    await page.getByLabel('Extensions', { exact: true }).fill('201-203');
    const others = page.getByRole('region', { name: 'All other telephones' });
    await others.getByRole('radio', { name: /^No code is needed/ }).check();
    await expectNoViolations();
    await page.getByRole('button', { name: 'Show what changes' }).click();
    await page.getByText('4 calls of open months get another verdict.').waitFor();
    expect((await client.call('listPolicies')).versions).toEqual([]);
    await page.getByLabel('Your name').fill('Chị Mai');
    await page.getByRole('button', { name: 'Put into force' }).click();
    await page.getByText('in force', { exact: true }).waitFor();
    await page.getByText(/^Lobby \(201-203\)/).waitFor();
    await page.getByText(/^Chị Mai,/).waitFor();
    await expectNoViolations();
  }, 60_000);

  test('shows where the rule is broken, by which extension, and what to ask for', async () => {
    await page.getByRole('tab', { name: 'Not kept' }).click();
    const table = page.getByRole('table', { name: 'Calls that break the rules, by extension' });
    await table.waitFor();
    await page.getByText('Third floor: 3 of 4 outside calls keep the rules.').waitFor();
    expect(await table.getByRole('row').filter({ hasText: 'no code' }).count()).toBe(1);
    await table.getByText('“Lobby”: without a code only up to local may be called, and this is mobile.').waitFor();
    await page.getByRole('button', { name: 'Details of 202' }).click();
    await page.getByText(/toll restriction \(TRS\) level 7/).waitFor();
    await expectNoViolations();
    await page.getByRole('link', { name: 'Show the calls' }).click();
    await page.getByRole('img', { name: 'no code' }).waitFor();
    expect(await page.getByRole('img', { name: 'no code' }).count()).toBe(1);
    await page.getByRole('row').filter({ hasText: '202' }).click();
    await page.getByRole('heading', { name: 'Code rules' }).waitFor();
    await expectNoViolations();
  }, 60_000);

  test('makes a work order and the sheet for the PBX, with its codes masked', async () => {
    await page.goto(`${rig.http.origin}/policy?tab=breaches`);
    await page.getByRole('link', { name: 'Work order to print' }).click();
    await page.getByText('Extensions: 202').waitFor();
    await expectNoViolations();
    await page.goto(`${rig.http.origin}/policy?tab=pbx`);
    await page
      .getByRole('table', { name: /^Panasonic/ })
      .getByText('••01')
      .waitFor();
    await page.getByRole('button', { name: /^Download panasonic-codes.csv/ }).click();
    await page.getByText('Codes are hidden on this computer.').waitFor();
    await expectNoViolations();
    expect(rig.complaints).toEqual([]);
  }, 60_000);

  test('shows codes in full only where they may be shown, and after asking', async () => {
    await client.call('putSettings', { body: { showCodes: true } });
    await page.goto(`${rig.http.origin}/policy?tab=pbx`);
    const table = page.getByRole('table', { name: /^Panasonic/ });
    await page.getByRole('button', { name: 'Show codes' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Show codes' }).isDisabled()).toBe(true);
    expect(await table.getByText('4401').count()).toBe(0);
    await dialog.getByRole('checkbox', { name: /^Whoever has these codes/ }).check();
    await dialog.getByRole('button', { name: 'Show codes' }).click();
    await table.getByText('4401').waitFor();
    expect(rig.complaints).toEqual([]);
  }, 60_000);
});
