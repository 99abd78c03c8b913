import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, startApp } from '../../core/app.ts';
import { createLog } from '../../core/log.ts';
import { type HttpService, startHttp } from '../../service/http.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CHROMIUM = process.env['TOLLBOOK_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let folder = '';
let app: App;
let http: HttpService;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

/** A new user's computer: an empty data folder, the built pages, and a real browser that opens the one-time link. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tollbook-browser-'));
  app = await startApp({
    dataFolder: folder,
    pagesFolder: path.join(ROOT, 'dist', 'renderer'),
    version: '0.0.0',
    nowMs: Date.now,
    log: createLog({ level: 'silent' }),
    isCollecting: true,
  });
  http = await startHttp({ fetch: app.api.fetch, port: 0 });
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 768 } });
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});

afterAll(async () => {
  await browser?.close();
  app?.api.close();
  await http?.close();
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a new user in a real browser', () => {
  test('opens the link, starts the demo and sees attributed, priced calls within a minute', async () => {
    await page.goto(`${http.origin}/enter#${app.api.issueLinkToken()}`);
    await page.getByRole('button', { name: 'Start the demo' }).click();
    const rows = page.getByRole('row').filter({ hasText: /Code$/ }).filter({ hasText: '₫' });
    await rows.first().waitFor({ timeout: 60_000 });
    expect(await rows.count()).toBeGreaterThan(0);
  }, 90_000);

  test('a link works once', async () => {
    const link = `${http.origin}/enter#${app.api.issueLinkToken()}`;
    const first = await browser.newContext();
    const firstPage = await first.newPage();
    await firstPage.goto(link);
    await firstPage.getByText('Tollbook').first().waitFor();
    await expect.poll(() => firstPage.url()).not.toContain('/enter');
    const second = await browser.newContext({ locale: 'en-GB' });
    const secondPage = await second.newPage();
    await secondPage.goto(link);
    await secondPage.getByText('npm run tollbook -- link').waitFor();
    await first.close();
    await second.close();
  });

  test('types a code and sees whose it is and what was called, and no other screen shows the code', async () => {
    const person = app.deps.db
      .prepare("SELECT value, name FROM assignments a JOIN people p ON p.id = a.person_id WHERE kind = 'code'")
      .get() as {
      value: string;
      name: string;
    };
    await page.goto(`${http.origin}/lookup`);
    await page.getByRole('searchbox').or(page.getByRole('textbox')).last().fill(person.value);
    await page.getByText(person.name).first().waitFor();
    await page.goto(`${http.origin}/people`);
    await page.getByText(person.name).first().waitFor();
    expect(await page.content()).not.toContain(person.value);
  });

  test('the month adds up, and its workbook holds the same total', async () => {
    await page.goto(`${http.origin}/month`);
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Excel, in English' }).click(),
    ]);
    const file = path.join(folder, 'month.xlsx');
    await download.saveAs(file);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(file);
    expect(workbook.worksheets.length).toBeGreaterThanOrEqual(5);
  });

  test('every page is whole in both languages at the smallest size: no missing text, no sideways scrolling', async () => {
    for (const language of ['VI', 'EN']) {
      await page.goto(`${http.origin}/`);
      await page.getByText(language, { exact: true }).first().click();
      for (const address of ['/', '/calls', '/lookup', '/month', '/people', '/sources', '/quarantine', '/settings']) {
        await page.goto(`${http.origin}${address}`);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await sleep(150);
        const text = (await page.locator('#root').textContent()) ?? '';
        expect(text, `${address} in ${language}`).not.toMatch(/\b[a-z]+\.[a-z]+\.[a-zA-Z]+\b(?!\.(db|csv|log))/);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
        expect(overflow, `${address} in ${language}`).toBeLessThanOrEqual(0);
      }
    }
  }, 60_000);

  test('the browser had nothing to complain about', () => {
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });
});
