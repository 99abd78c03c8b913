import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SettingsStore } from '../../core/store/settings.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

let rig: BrowserRig;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tollbook-kinds-'));
  rig = await openBrowserRig();
  new SettingsStore(rig.app.deps.db).change({ isWizardDone: true });
  page = await rig.newPage();
  await rig.signIn(page);
});

afterAll(async () => {
  await rig?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

const field = (label: string) => page.getByRole('dialog').getByLabel(label, { exact: true });

/** Adds a source of this kind with these fields filled in, and waits until it is in the list. */
async function add(title: string, name: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(`${rig.http.origin}/sources`);
  await page.getByRole('button', { name: 'Add a source' }).first().click();
  await page.getByRole('button', { name: title }).click();
  await field('Name').fill(name);
  for (const [label, value] of Object.entries(fields)) await field(label).fill(value);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name }).first().waitFor();
}

describe('the form of every kind of source', () => {
  test('takes what is typed and opens the source', async () => {
    const inbox = path.join(folder, 'records');
    mkdirSync(inbox);
    writeFileSync(path.join(inbox, 'a.txt'), 'a first line\n');
    await add('Folder of files', 'Folder', { 'Path of the folder': inbox, 'Unchanged for (seconds)': '0' });
    await page.getByText('a first line').waitFor();
    await add('NEC link', 'NEC', { 'Address of the PBX': '127.0.0.1', Port: '1' });
    await page.getByText('127.0.0.1 answers, but refuses connections on port 1.').waitFor();
    await add('Mitel 5000 link', 'Mitel', {
      'Address of the PBX': '127.0.0.1',
      Port: '1',
      'Password of the PBX': 'm1tel',
    });
    await add('Syslog (UDP)', 'Syslog', { 'Port on this computer': String(await freePort()) });
    const database = { 'Address of the server': '127.0.0.1', Port: '1', 'User name': 'reader', Password: 'db-secret' };
    await add('Table of Asterisk', 'Table', database);
    const kinds = new SourceStore(rig.app.deps.db).list().map(({ config }) => config.kind);
    expect(kinds).toEqual(['folder', 'nec-link', 'mitel-5000-link', 'udp-listener', 'database']);
  }, 60_000);

  test('asks for what is missing, at its field', async () => {
    await page.goto(`${rig.http.origin}/sources`);
    await page.getByRole('button', { name: 'Add a source' }).first().click();
    await page.getByRole('button', { name: 'Web request (HTTP push)' }).click();
    await field('Name').fill('Push');
    await field('Who may send').selectOption('bearer');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Enter a value.').waitFor();
    await field('Secret').fill('push-secret');
    const port = await freePort();
    await field('Port on this computer').fill(String(port));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const headers = { authorization: 'Bearer push-secret' };
    await expect
      .poll(
        async () =>
          (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: 'a pushed line' })).status,
      )
      .toBe(200);
    await page.getByText('a pushed line').first().waitFor();
  }, 30_000);

  test('never shows a secret again, and says where its key is', async () => {
    await page.getByRole('button', { name: 'Table' }).first().click();
    await page.getByRole('button', { name: 'Edit' }).click();
    await expect.poll(() => field('Password').inputValue()).toBe('••••');
    await page.getByText('Stored encrypted; the key is in a file that only the service can read.').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain('db-secret');
    expect(JSON.stringify(new SourceStore(rig.app.deps.db).list())).not.toMatch(/db-secret|m1tel|push-secret/);
  });

  test('shows the fingerprint of the drop folder, and confirms that of a server', async () => {
    const port = await freePort();
    const login = { 'User name': 'cucm', Password: 'drop-secret' };
    await add('Receive files (SFTP)', 'Drop', { 'Port on this computer': String(port), ...login });
    const own = await page.getByText(/^SHA256:[\w+/]{43}$/).innerText();
    const server = { 'Address of the server': '127.0.0.1', Port: String(port), 'Folder on the server': '/' };
    await add('Fetch files (SFTP)', 'Fetch', { ...server, ...login });
    await page.getByText(`127.0.0.1 identifies itself with the key ${own}.`).waitFor();
    await page.getByRole('button', { name: 'Confirm this key' }).click();
    await page.getByRole('dialog').getByText(own).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm this key' }).click();
    await page.getByText('The host key is confirmed.').waitFor();
    await expect
      .poll(() => rig.app.deps.capture.statuses().at(-1), { timeout: 15_000 })
      .toMatchObject({ state: 'open', problem: null, hostKey: own });
    expect(rig.complaints.filter((text) => !text.includes('422'))).toEqual([]);
  }, 60_000);
});
