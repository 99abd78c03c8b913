import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BrowserRig, openBrowserRig } from './rig.ts';

let rig: BrowserRig;
let page: Page;

/** A new user's computer: an empty data folder, the built pages, and a real browser that opens the one-time link. */
beforeAll(async () => {
  rig = await openBrowserRig();
  page = await rig.newPage();
});

afterAll(() => rig?.close());

describe('a new user in a real browser', () => {
  test('opens the link, starts the demo and sees attributed, priced calls within a minute', async () => {
    await page.goto(`${rig.http.origin}/enter#${rig.app.api.issueLinkToken()}`);
    await page.getByRole('button', { name: 'Start the demo' }).click();
    const rows = page.getByRole('row').filter({ hasText: /Code$/ }).filter({ hasText: '₫' });
    await rows.first().waitFor({ timeout: 60_000 });
    expect(await rows.count()).toBeGreaterThan(0);
  }, 90_000);

  test('a link works once', async () => {
    const link = `${rig.http.origin}/enter#${rig.app.api.issueLinkToken()}`;
    const first = await rig.browser.newContext();
    const firstPage = await first.newPage();
    await firstPage.goto(link);
    await firstPage.getByText('Tollbook').first().waitFor();
    await expect.poll(() => firstPage.url()).not.toContain('/enter');
    const second = await rig.browser.newContext({ locale: 'en-GB' });
    const secondPage = await second.newPage();
    await secondPage.goto(link);
    await secondPage.getByText('npm run tollbook -- link').waitFor();
    await first.close();
    await second.close();
  });

  test('types a code and sees whose it is and what was called, and no other screen shows the code', async () => {
    const person = rig.app.deps.db
      .prepare("SELECT value, name FROM assignments a JOIN people p ON p.id = a.person_id WHERE kind = 'code'")
      .get() as {
      value: string;
      name: string;
    };
    await page.goto(`${rig.http.origin}/lookup`);
    await page.getByRole('searchbox').or(page.getByRole('textbox')).last().fill(person.value);
    await page.getByText(person.name).first().waitFor();
    await page.goto(`${rig.http.origin}/people`);
    await page.getByText(person.name).first().waitFor();
    expect(await page.content()).not.toContain(person.value);
  });

  test('the month adds up, and its workbook holds the same total', async () => {
    await page.goto(`${rig.http.origin}/month`);
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Excel, in English' }).click(),
    ]);
    const file = path.join(rig.folder, 'month.xlsx');
    await download.saveAs(file);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(file);
    expect(workbook.worksheets.length).toBeGreaterThanOrEqual(5);
  });

  test('every page is whole in both languages at the smallest size: no missing text, no sideways scrolling', async () => {
    for (const language of ['VI', 'EN']) {
      await page.goto(`${rig.http.origin}/`);
      await page.getByText(language, { exact: true }).first().click();
      for (const address of [
        '/',
        '/live',
        '/calls',
        '/lookup',
        '/month',
        '/people',
        '/sources',
        '/formats',
        '/formats/editor',
        '/quarantine',
        '/settings',
        '/tariffs',
        '/tariffs/test',
        '/tariffs/rerate',
        '/tariffs/compare',
        '/tariffs/import',
        '/budgets',
        '/alerts',
        '/policy',
        '/codes',
        '/live',
        '/help',
        '/first-week',
      ]) {
        // As a link does; loading the program anew for each page takes most of the time.
        await page.evaluate(`history.pushState(null, '', '${address}'); dispatchEvent(new PopStateEvent('popstate'))`);
        await page.waitForURL(`${rig.http.origin}${address}`);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await sleep(120);
        const text = (await page.locator('#root').textContent()) ?? '';
        expect(text, `${address} in ${language}`).not.toMatch(/\b[a-z]+\.[a-z]+\.[a-zA-Z]+\b(?!\.(db|csv|log))/);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
        expect(overflow, `${address} in ${language}`).toBeLessThanOrEqual(0);
      }
    }
  }, 60_000);

  test('the browser had nothing to complain about', () => {
    expect(rig.complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });
});
