/**
 * Pictures of every page of a running service: `node build/screenshots.ts LINK FOLDER [vi|en] [light|dark] [WIDTH]`.
 * LINK is what `tollbook link` prints; it is used once. Without the last words every combination is taken. Complaints of the browser
 * (refused by the content policy, failed scripts) are printed and make it fail.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
const SETTLED_MS = 500;

interface Shot {
  readonly name: string;
  readonly address: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

const openFirstCall = async (page: Page): Promise<void> => {
  await page.locator('[role=rowgroup] [role=row]').first().click();
};

const SHOTS: readonly Shot[] = [
  { name: 'wizard-1', address: '/start' },
  {
    name: 'wizard-2',
    address: '/start',
    prepare: async (page) => {
      await page.locator('.tb-door button').first().click();
      await page.locator('.tb-choice').first().click();
    },
  },
  { name: 'dashboard', address: '/' },
  { name: 'wallboard', address: '/wallboard' },
  { name: 'live', address: '/live' },
  {
    name: 'search',
    address: '/calls',
    prepare: async (page) => {
      await page.getByRole('heading').first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('nguyen');
      await page.getByRole('option').first().waitFor();
    },
  },
  { name: 'help', address: '/help/month-end' },
  { name: 'first-week', address: '/first-week' },
  { name: 'calls', address: '/calls' },
  { name: 'calls-details', address: '/calls?direction=outgoing', prepare: openFirstCall },
  { name: 'calls-filtered', address: '/calls?direction=outgoing&reason=unknown-code' },
  { name: 'calls-empty', address: '/calls?number=00000' },
  { name: 'lookup', address: '/lookup' },
  { name: 'lookup-name', address: '/lookup?q=nguyen' },
  { name: 'lookup-extension', address: '/lookup?q=101' },
  { name: 'people', address: '/people' },
  { name: 'people-person', address: '/people', prepare: openFirstCall },
  { name: 'policy', address: '/policy' },
  { name: 'policy-form', address: '/policy?edit=new' },
  { name: 'policy-breaches', address: '/policy?tab=breaches' },
  { name: 'policy-pbx', address: '/policy?tab=pbx' },
  { name: 'policy-work-order', address: '/policy/work-order' },
  { name: 'codes', address: '/codes' },
  { name: 'codes-list', address: '/codes?tab=list' },
  { name: 'codes-thresholds', address: '/codes?tab=settings' },
  { name: 'codes-renewal', address: '/codes/renewal' },
  { name: 'codes-slips', address: '/codes/slips' },
  { name: 'tariff-import', address: '/tariffs/import' },
  { name: 'rerate', address: '/tariffs/rerate' },
  { name: 'rerate-compare', address: '/tariffs/compare' },
  { name: 'sources', address: '/sources' },
  {
    name: 'sources-form',
    address: '/sources',
    prepare: async (page) => {
      await page.locator('.tb-split-panel button').first().click();
    },
  },
  {
    name: 'reading-again',
    address: '/sources',
    prepare: async (page) => {
      await page.locator('.tb-split-panel a').first().click();
    },
  },
  { name: 'formats', address: '/formats' },
  { name: 'format-editor', address: '/formats/editor' },
  { name: 'quarantine', address: '/quarantine' },
  { name: 'month', address: '/month' },
  { name: 'month-person', address: '/month?by=person' },
  { name: 'month-band', address: '/month?by=band' },
  { name: 'print-month', address: '/print/month' },
  { name: 'print-statements', address: '/print/statements' },
  {
    name: 'month-close',
    address: '/month',
    prepare: async (page) => {
      await page.locator('button:has(.tabler-icon-lock)').first().click();
    },
  },
  {
    name: 'calls-decide',
    address: '/calls?direction=outgoing',
    prepare: async (page) => {
      await openFirstCall(page);
      await page.locator('[role=dialog] button:has(.tabler-icon-user-share)').click();
    },
  },
  { name: 'tariffs', address: '/tariffs' },
  { name: 'tariffs-choices', address: '/tariffs?tab=choices' },
  { name: 'tariffs-holidays', address: '/tariffs?tab=holidays' },
  {
    name: 'tariff-version',
    address: '/tariffs',
    prepare: async (page) => {
      await page.locator('.tb-table a').first().click();
    },
  },
  { name: 'test-call', address: '/tariffs/test?number=90912345678' },
  { name: 'budgets', address: '/budgets' },
  { name: 'alerts', address: '/alerts?show=all' },
  { name: 'alerts-rules', address: '/alerts/settings' },
  { name: 'alerts-sending', address: '/alerts/settings?tab=sending' },
  { name: 'schedules', address: '/schedules' },
  { name: 'schedules-log', address: '/schedules?tab=log' },
  { name: 'schedules-mail', address: '/schedules?tab=mail' },
  { name: 'statements', address: '/statements' },
  { name: 'settings', address: '/settings' },
  { name: 'backup', address: '/backup' },
  { name: 'audit', address: '/audit' },
  { name: 'reports', address: '/reports' },
  { name: 'report-by-person', address: '/reports/by-person' },
  { name: 'report-by-trunk', address: '/reports/by-trunk' },
  { name: 'report-monthly-summary', address: '/reports/monthly-summary' },
  { name: 'users', address: '/users' },
  { name: 'users-directory', address: '/users/directory' },
  { name: 'account', address: '/account' },
];

interface Look {
  readonly language: string;
  readonly scheme: 'light' | 'dark';
  readonly size: (typeof SIZES)[number];
}

async function takeAll(browser: Browser, origin: string, state: string, folder: string, look: Look): Promise<number> {
  const context = await browser.newContext({
    storageState: state,
    viewport: look.size,
    colorScheme: look.scheme,
    locale: look.language === 'vi' ? 'vi-VN' : 'en-GB',
  });
  await context.addInitScript((language) => localStorage.setItem('tollbook.language', language), look.language);
  const page = await context.newPage();
  let complaints = 0;
  const complain = (text: string): void => {
    complaints += 1;
    console.error(`${look.language} ${look.scheme}: ${text}`);
  };
  page.on('pageerror', (error) => complain(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(message.text());
  });
  // A page that nobody put off would lead to the wizard again and again.
  await page.goto(`${origin}/start`);
  await page.evaluate(() => sessionStorage.setItem('tollbook.wizard-put-off', '1'));
  for (const shot of SHOTS) {
    await page.goto(`${origin}${shot.address}`);
    await page.locator('h1').first().waitFor();
    await page.waitForTimeout(SETTLED_MS);
    try {
      await shot.prepare?.(page);
    } catch (error) {
      complain(`${shot.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    await page.waitForTimeout(SETTLED_MS);
    await page.screenshot({
      path: path.join(folder, `${shot.name}-${look.language}-${look.scheme}-${look.size.width}.png`),
    });
  }
  await context.close();
  return complaints;
}

async function main(): Promise<void> {
  const [link, folder, ...wanted] = process.argv.slice(2);
  if (link === undefined || folder === undefined) {
    throw new Error('usage: node build/screenshots.ts LINK FOLDER [vi|en] [light|dark] [1366|1920]');
  }
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: BROWSER_ARGS });
  const { origin } = new URL(link);
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(link);
  await page.waitForURL((address) => !address.pathname.startsWith('/enter'));
  const state = path.join(folder, 'session.json');
  await first.storageState({ path: state });
  await first.close();
  const isWanted = (word: string, all: readonly string[]): boolean =>
    wanted.includes(word) || !all.some((other) => wanted.includes(other));
  let complaints = 0;
  for (const language of ['vi', 'en'].filter((word) => isWanted(word, ['vi', 'en']))) {
    for (const scheme of (['light', 'dark'] as const).filter((word) => isWanted(word, ['light', 'dark']))) {
      for (const size of SIZES.filter(({ width }) => isWanted(String(width), ['1366', '1920']))) {
        complaints += await takeAll(browser, origin, state, folder, { language, scheme, size });
      }
    }
  }
  await browser.close();
  process.exitCode = complaints === 0 ? 0 : 1;
}

await main();
