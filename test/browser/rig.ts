/** The real service on an empty data folder with the built pages, and a real browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
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
/** The smallest window that pages are made for. */
const VIEWPORT = { width: 1366, height: 768 };

export interface BrowserRig {
  readonly folder: string;
  readonly app: App;
  readonly http: HttpService;
  readonly browser: Browser;
  /** What the pages threw or the browser complained about. */
  readonly complaints: string[];
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** Opens a one-time link. */
  signIn(page: Page): Promise<void>;
  close(): Promise<void>;
}

export async function openBrowserRig(): Promise<BrowserRig> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tollbook-browser-'));
  const app = await startApp({
    dataFolder: folder,
    pagesFolder: process.env['TOLLBOOK_PAGES'] ?? path.join(ROOT, 'dist', 'renderer'),
    version: '0.0.0',
    nowMs: Date.now,
    log: createLog({ level: 'silent' }),
    isCollecting: true,
  });
  const http = await startHttp({ fetch: app.api.fetch, port: 0 });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  const complaints: string[] = [];
  return {
    folder,
    app,
    http,
    browser,
    complaints,
    async newPage(options = {}) {
      const context = await browser.newContext({ locale: 'en-GB', viewport: VIEWPORT, ...options });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      return page;
    },
    async signIn(page) {
      await page.goto(`${http.origin}/enter#${app.api.issueLinkToken()}`);
      await page.waitForURL((url) => !url.pathname.startsWith('/enter'));
    },
    async close() {
      await browser.close();
      app.api.close();
      await http.close();
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
