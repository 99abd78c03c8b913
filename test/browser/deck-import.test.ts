import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../core/api/client.ts';
import { lookAt } from './axe-look.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

const VIETNAM = path.resolve(import.meta.dirname, '../../core/rating/tariffs/vietnam-2018.csv');

let rig: BrowserRig;
let page: Page;

beforeAll(async () => {
  rig = await openBrowserRig();
  page = await rig.newPage({ reducedMotion: 'reduce' });
  await rig.signIn(page);
  const [cookie] = await page.context().cookies();
  const headers = { cookie: `${cookie?.name}=${cookie?.value}`, origin: rig.http.origin };
  const client = createClient({ baseUrl: rig.http.origin, headers });
  await client.call('putSettings', { body: { isWizardDone: true } });
}, 60_000);

afterAll(() => rig?.close());

const expectNoViolations = async (): Promise<void> => expect(await lookAt(page)).toEqual([]);
const next = (): Promise<void> => page.getByRole('button', { name: 'Next', exact: true }).click();
const choose = async (file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> => {
  await page.goto(`${rig.http.origin}/tariffs/import`);
  await page.locator('input[type=file]').first().setInputFiles(file);
};

describe('a price list is imported in the browser', { timeout: 60_000 }, () => {
  test('the Vietnamese list: known by its headings, looked through, and published from a day on', async () => {
    await choose(VIETNAM);
    await page.getByText('Known by its headings: Tollbook.').waitFor();
    await next();
    await page.getByRole('region', { name: 'How the first rows are read' }).getByText('132 a minute').waitFor();
    await expectNoViolations();
    await next();
    await page.getByText('Nothing is open').waitFor();
    await next();
    await page.getByText('A new tariff with 276 rates.').waitFor();
    await page.getByRole('button', { name: 'Begins in the past 276' }).waitFor();
    await page.getByLabel('Prefix or name').fill('8424');
    await page.getByRole('cell', { name: '8424', exact: true }).waitFor();
    await expectNoViolations();
    await next();
    await page.getByLabel('Name of the tariff').fill('Viettel');
    await page.getByLabel('Your name').fill('Lan');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('heading', { name: 'Version 1 of “Viettel” is stored.' }).waitFor();
    expect(rig.complaints).toEqual([]);
  });

  test('1.000 is asked with both readings, and the answer is what is read', async () => {
    const text = 'Đầu số;Nơi đến;Giá phút;Block\n84;Việt Nam;1.000;6/1\n44;Anh;3.600;60/60\n';
    await choose({ name: 'carrier.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByText('carrier.csv').waitFor();
    await next();
    await page.getByText('After the open questions').first().waitFor();
    await next();
    await page.getByText('1.000 → 1,000').waitFor();
    await page.getByText('1.000 → 1 ·').waitFor();
    await expectNoViolations();
    await page.getByRole('radio', { name: 'Comma (1.234,5)' }).check();
    await page.getByLabel('Which currency are the prices in?').fill('vnd');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing is open').waitFor();
    await next();
    await page.getByText('1,000 a minute').waitFor();
    await page.getByText('3,600 a minute').waitFor();
  });
});
