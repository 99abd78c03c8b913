import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../core/api/client.ts';
import { civilFromDays, daysFromCivil } from '../../core/model/time.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { lookAt } from './axe-look.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

const DECK = path.resolve(import.meta.dirname, '../../core/rating/tariffs/vietnam-2018.csv');
const NAME = 'Viettel contract';
const two = (n: number): string => String(n).padStart(2, '0');

let rig: BrowserRig;
let page: Page;
let client: Client;
let today: string;

/** First day of a month beside the one of today. */
function firstOf(monthsLater: number): string {
  const [year, month] = today.split('-').map(Number);
  const months = (year ?? 0) * 12 + (month ?? 1) - 1 + monthsLater;
  return `${Math.floor(months / 12)}-${two((months % 12) + 1)}-01`;
}

const shownDay = (day: string): string => day.split('-').toReversed().join('/');

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
  const { timeZone } = await client.call('getSettings');
  today = new Intl.DateTimeFormat('en-CA', { timeZone }).format();
  await client.call('addSource', {
    body: {
      name: 'Third floor',
      config: { kind: 'file-import' },
      formatId: 'panasonic-a',
      formatOptions: { dateOrder: 'DMY' },
    },
  });
  await importCalls();
}, 60_000);

afterAll(() => rig?.close());

/** Two calls of a minute in the month before this one: one to MobiFone, one to VinaPhone. */
async function importCalls(): Promise<void> {
  const [year = '', month = ''] = firstOf(-1).split('-');
  const at = `05/${month}/${year.slice(2)}`;
  const lines =
    panasonicLine({ at: `${at} 09:00`, number: '90901234567', duration: "00:01'00" }) +
    panasonicLine({ at: `${at} 10:00`, number: '90911234567', duration: "00:01'00" });
  const [source] = await client.call('listSources');
  await client.call('importFile', {
    query: { fileName: 'calls.log', sourceId: source?.id ?? 0 },
    body: Buffer.from(lines, 'latin1'),
  });
  await vi.waitFor(async () => expect((await client.call('listCalls', { query: {} })).calls).toHaveLength(2), {
    timeout: 20_000,
    interval: 100,
  });
}

const expectNoViolations = async (): Promise<void> => expect(await lookAt(page)).toEqual([]);
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
/** The way on; lists of the step may have one of their own. */
const next = () => button('Next').last();

describe('a new user with the price list of Việt Nam', () => {
  test('imports it and publishes it', async () => {
    await page.goto(`${rig.http.origin}/tariffs`);
    await page.getByRole('table').waitFor();
    await expectNoViolations();
    await page.getByRole('link', { name: 'Import a price list' }).click();
    const file = { name: `${NAME}.csv`, mimeType: 'text/csv', buffer: await readFile(DECK) };
    await page.locator('input[type=file]').first().setInputFiles(file);
    for (const step of ['columns', 'questions', 'preview', 'save']) {
      await vi.waitFor(async () => expect(await next().isEnabled(), step).toBe(true), { timeout: 10_000 });
      await next().click();
    }
    await page.getByLabel('Use it for all calls').check();
    await page.getByLabel('Your name').fill('Lan');
    await button('Publish').click();
    await page.getByRole('heading', { name: /is stored/ }).waitFor();
    const [tariff] = await client.call('listTariffs');
    expect(tariff).toMatchObject({ name: NAME, rateCount: 276, isActive: true });
  }, 60_000);

  test('changes one price from the first of next month', async () => {
    await page.goto(`${rig.http.origin}/tariffs`);
    await page.getByRole('link', { name: NAME }).click();
    await button('Make a new version from this').click();
    await page.getByRole('heading', { name: `${NAME}, version 2` }).waitFor();
    await page.getByRole('textbox', { name: 'Prefix, name or kind' }).fill('8490');
    await page.getByText('1 price', { exact: true }).waitFor();
    const price = page.getByRole('gridcell', { name: '980.1' });
    await price.click();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Per minute' }).fill('1,05');
    await page.getByText('Write digits, with . before decimals').waitFor();
    await page.getByRole('textbox', { name: 'Per minute' }).fill('1,050');
    await page.keyboard.press('Enter');
    await page.getByRole('gridcell', { name: '1,050' }).waitFor();
    await expectNoViolations();
    await button('Undo').click();
    await page.getByRole('gridcell', { name: '980.1' }).waitFor();
    await button('Redo').click();
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByText('1 changed').waitFor();
    expect(await page.getByRole('row').nth(1).textContent()).toContain('980.1 → 1,050');
    await button('Publish').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 changed').waitFor();
    expect(await dialog.getByLabel('In force from').inputValue()).toBe(shownDay(firstOf(1)));
    await expectNoViolations();
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText(`Version 2 is in force from ${shownDay(firstOf(1))}.`).waitFor();
  }, 60_000);

  test('tests a call before and after', async () => {
    await page.getByRole('link', { name: 'Test a call before and after' }).click();
    await page.getByRole('textbox', { name: 'Number as dialled' }).fill('90901234567');
    await button('Work out').click();
    await page.getByText('Difference').waitFor();
    const charges = page.locator('.tb-tested-charge');
    expect((await charges.allTextContents()).map((text) => text.replaceAll(/[^\d,.]/g, ''))).toEqual(['980', '1,050']);
    expect(await page.getByText('Difference').textContent()).toContain('70');
    await page.getByText(/1 × 6 s = 6 s at ₫980\.1 per 60 s/).waitFor();
    await page.getByText(/1 × 6 s = 6 s at ₫1,050 per 60 s/).waitFor();
    await expectNoViolations();
  }, 60_000);

  test('compares last month under both', async () => {
    await page.getByRole('link', { name: 'Compare last month under both' }).click();
    await button('Compare').click();
    const totals = page.locator('tfoot tr, tbody tr').last();
    await totals.waitFor();
    expect(await totals.textContent()).toMatch(/1,960.*2,030.*70/);
    const { calls } = await client.call('listCalls', { query: {} });
    expect(calls.map(({ charge }) => charge?.amount)).toEqual(['980', '980']);
  }, 60_000);

  test('finds that a call of next month is priced with the new version, and one of today with the old', async () => {
    const charge = async (day: string): Promise<string | undefined> => {
      const tried = { number: '90901234567', startLocal: `${day}T09:00:00`, talkSeconds: 60 };
      return (await client.call('testCall', { body: tried })).charge?.amount;
    };
    const [year = 0, month = 1, day = 1] = firstOf(1).split('-').map(Number);
    const last = civilFromDays(daysFromCivil(year, month, day) - 1);
    expect(await charge(`${last.year}-${two(last.month)}-${two(last.day)}`)).toBe('980');
    expect(await charge(firstOf(1))).toBe('1050');
  });
});

describe('the editor of prices', () => {
  test('asks before unsaved changes are lost', async () => {
    const [tariff] = await client.call('listTariffs');
    const [version] = tariff?.versions ?? [];
    const params = { id: tariff?.id ?? 0 };
    const draft = await client.call('addTariffDraft', { params, body: { fromVersionId: version?.id } });
    await page.goto(`${rig.http.origin}/tariffs/${params.id}/versions/${draft.id}`);
    await page.getByRole('textbox', { name: 'Prefix, name or kind' }).fill('841800');
    await page.getByText('1 price', { exact: true }).waitFor();
    await page.getByRole('gridcell', { name: '841800', exact: true }).click();
    await page.keyboard.type('849999');
    await page.keyboard.press('Enter');
    await page.getByText('Not saved').waitFor();
    await page.getByRole('link', { name: 'Live' }).click();
    await page.getByRole('heading', { name: 'Leave without saving?' }).waitFor();
    await button('Cancel').click();
    await button('Save').click();
    await page.getByText('Draft', { exact: true }).waitFor();
    const stored = await client.call('getTariffVersion', { params: { id: draft.id }, query: { text: '849999' } });
    expect(stored.found).toBe(1);
  }, 30_000);

  test('says what must be mended, and leads there', async () => {
    const cell = page.getByRole('gridcell', { name: '849999', exact: true });
    await cell.click();
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Delete');
    await page.getByRole('gridcell', { name: '849999', exact: true }).click();
    for (let i = 0; i < 6; i += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Delete');
    await page.getByText('1 mistake', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Checks' }).click();
    await expectNoViolations();
    await button('849999').click();
    await page.getByRole('gridcell', { name: '849999', exact: true }).waitFor();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.getByText('1 mistake', { exact: true }).waitFor({ state: 'detached' });
  }, 30_000);

  test('shows rules, the calendar of holidays and the choice of tariffs without a fault for screen readers', async () => {
    await page.getByRole('tab', { name: 'Rules' }).click();
    await page.getByRole('heading', { name: 'Money and tax' }).waitFor();
    await expectNoViolations();
    await page.getByRole('tab', { name: 'Prices' }).click();
    await page
      .getByRole('button', { name: /^More about 84/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Holds for' }).waitFor();
    await expectNoViolations();
    for (const [tab, heading] of [
      ['holidays', 'Calendar of holidays'],
      ['choices', 'Which call takes which'],
    ]) {
      await page.goto(`${rig.http.origin}/tariffs?tab=${tab}`);
      await page.getByRole('heading', { name: heading ?? '' }).waitFor();
      await expectNoViolations();
    }
    expect(rig.complaints).toEqual([]);
  }, 60_000);
});
