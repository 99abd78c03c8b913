import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../core/api/client.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

let rig: BrowserRig;
let page: Page;

const PLAIN = {
  employeeNumber: null,
  email: null,
  title: null,
  notes: null,
  activeFrom: null,
  activeTo: null,
  departmentFrom: null,
};

beforeAll(async () => {
  rig = await openBrowserRig();
  page = await rig.newPage();
  await rig.signIn(page);
  const [cookie] = await page.context().cookies();
  const client = createClient({
    baseUrl: rig.http.origin,
    headers: { cookie: `${cookie?.name}=${cookie?.value}`, origin: rig.http.origin },
  });
  await client.call('putSettings', { body: { isWizardDone: true } });
  const { id: departmentId } = await client.call('addDepartment', {
    body: { parentId: null, name: 'Kho', code: null },
  });
  for (const name of ['Nguyễn Thị Hoa', 'Đặng Văn Ất']) {
    await client.call('addPerson', { body: { ...PLAIN, name, departmentId } });
  }
}, 60_000);
afterAll(() => rig?.close());

const search = async (text: string): Promise<void> => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').last().fill(text);
};

test('people are found without marks, changed together, and changed back from another page', async () => {
  await page.goto(rig.http.origin);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await search('dang at');
  await page.getByRole('option', { name: 'Đặng Văn Ất' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/people\?person=/);
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.getByRole('checkbox', { name: 'Choose all 2 shown' }).check();
  await page.getByRole('button', { name: 'Change them' }).click();
  await page.getByRole('textbox', { name: 'Last day in the company' }).fill('31/12/2026');
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await page.getByRole('button', { name: 'Change 2 people' }).click();
  await page.getByText('2 people changed.').waitFor();

  await page.locator('h1').click();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.waitForURL(/\/calls/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone.').waitFor();
  const people = (await (await page.request.get(`${rig.http.origin}/api/people`)).json()) as {
    activeTo: string | null;
  }[];
  expect(people.map(({ activeTo }) => activeTo)).toEqual([null, null]);
}, 30_000);

test('an import goes on after the page was loaded anew, and help is there without marks', async () => {
  await page.goto(`${rig.http.origin}/people?import=file`);
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from('Họ tên,Mã\nLê Bình,445566\n') };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('Lê Bình').waitFor();
  await page.reload();
  await page.getByText('Lê Bình').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await search('month end');
  await page.getByRole('option', { name: 'Month end' }).click();
  await page.waitForURL(/\/help\/month-end/);
  await page.getByRole('heading', { name: 'After closing' }).waitFor();
  expect(rig.complaints).toEqual([]);
}, 30_000);
