import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../core/api/client.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { readBits, sentBits } from '../parsers/uart.ts';
import { lookAt } from './axe-look.ts';
import { type BrowserRig, openBrowserRig } from './rig.ts';

/** Both dates can be read either way; the source reads the month first, and the PBX prints the day first. */
const LINES =
  panasonicLine({ at: '05/10/26 09:00', number: '0912345678', duration: "00:01'00", account: '4401' }) +
  panasonicLine({ at: '06/10/26 10:00', number: '0912345678', duration: "00:02'00", account: '4401' });

let rig: BrowserRig;
let page: Page;
let client: Client;
let id: number;

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
  const person = await client.call('addPerson', { body: { name: 'Nguyễn Thị Hà' } });
  // The code is hers from June on: with the month first, one of the calls lies before that day.
  const assignment = { kind: 'code', value: '4401', validFrom: '2026-06-01' } as const;
  await client.call('applyAssignment', { body: { action: 'add', personId: person.id, assignment } });
  const source = { name: 'Third floor', config: { kind: 'file-import' }, formatId: 'panasonic-a' } as const;
  id = (await client.call('addSource', { body: { ...source, formatOptions: { dateOrder: 'MDY' } } })).id;
  await client.call('importFile', {
    query: { fileName: 'calls.log', sourceId: id },
    body: Buffer.from(LINES, 'latin1'),
  });
  const isRead = async (): Promise<void> => expect(await days()).toEqual(['2026-05-10', '2026-06-10']);
  await vi.waitFor(isRead, { timeout: 20_000, interval: 100 });
}, 60_000);

afterAll(() => rig?.close());

async function days(): Promise<string[]> {
  const { calls } = await client.call('listCalls', { query: {} });
  return calls.map((call) => call.startLocal.slice(0, 10)).sort();
}

const expectNoViolations = async (): Promise<void> => expect(await lookAt(page)).toEqual([]);

/** Cells of one row of the examples. */
const side = (name: string) => page.locator('.tb-reread-examples tr').filter({ hasText: name }).first().locator('td');

describe('a source that was read with the wrong date order', () => {
  test('leads from its page to reading it again with the right one, and shows the difference first', async () => {
    await page.goto(`${rig.http.origin}/sources?source=${id}`);
    await page.getByRole('link', { name: 'Read again with …' }).click();
    await page.getByLabel('Order of the date').selectOption({ label: 'day, month, year' });
    await page.getByRole('button', { name: 'Read again and compare' }).click();
    await page.getByRole('heading', { name: /^What .* would change$/ }).waitFor();
    expect(await page.locator('[data-kind=changed] .tb-figure-value').textContent()).toBe('2');
    expect(await page.locator('[data-kind=gained] .tb-figure-value').textContent()).toBe('0');
    const people = page.getByRole('region', { name: 'Whose calls change' });
    const rows = (await people.getByRole('row').allTextContents()).map((text) => text.replaceAll(/\s/g, ' '));
    expect(rows.some((text) => /^Nguyễn Thị Hà12\+1/.test(text))).toBe(true);
    expect(rows.some((text) => /^Nobody10-1/.test(text))).toBe(true);
    expect(rows.at(-1)).toMatch(/^Total of these22–/);
    expect(await side('Now').nth(1).locator('mark').textContent()).toContain('10/05/2026');
    expect(await side('Then').nth(1).locator('mark').textContent()).toContain('05/10/2026');
    expect(await side('Now').nth(5).locator('mark').count()).toBe(0);
    expect(await days()).toEqual(['2026-05-10', '2026-06-10']);
    await expectNoViolations();
  }, 60_000);

  test('is still there after the page was loaded again', async () => {
    await page.reload();
    await page.getByRole('heading', { name: /^What .* would change$/ }).waitFor();
    expect(await page.locator('[data-kind=changed] .tb-figure-value').textContent()).toBe('2');
  });

  test('has the right days once it is applied', async () => {
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('heading', { name: 'Take the last change back' }).waitFor();
    expect(await days()).toEqual(['2026-10-05', '2026-10-06']);
    await expectNoViolations();
  });

  test('can be taken back, with the difference first', async () => {
    const undo = page.getByRole('region', { name: 'Take the last change back' });
    expect(await undo.textContent()).toContain('month, day, year');
    await undo.getByRole('button', { name: 'Take back …' }).click();
    await page.getByRole('heading', { name: /^What going back to .* would change$/ }).waitFor();
    expect(await side('Then').nth(1).locator('mark').textContent()).toContain('10/05/2026');
    await page.getByRole('button', { name: 'Take back', exact: true }).click();
    await page.getByRole('button', { name: 'Read again and compare' }).waitFor();
    expect(await days()).toEqual(['2026-05-10', '2026-06-10']);
    expect(await page.getByRole('heading', { name: 'Take the last change back' }).count()).toBe(0);
  });

  test('has nothing to apply when it is read as it is', async () => {
    await page.getByText('This is how the source is read now.').waitFor();
    await page.getByRole('button', { name: 'Read again and compare' }).click();
    await page.getByText('Nothing changes: every call would be the same.').waitFor();
    const decision = page.getByRole('region', { name: 'Apply it?' });
    expect(await decision.getByRole('button').allTextContents()).toEqual(['Close']);
    await decision.getByRole('button').click();
    await page.getByRole('button', { name: 'Read again and compare' }).waitFor();
  });

  test('says in its ordinary form that earlier calls stay, and leads on with what the form holds', async () => {
    await page.goto(`${rig.http.origin}/sources?source=${id}`);
    await page.getByRole('button', { name: 'Edit' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Order of the date').selectOption({ label: 'day, month, year' });
    await form.getByText('The 2 calls that are there already stay as they are').waitFor();
    await form.getByRole('button', { name: 'Read again with this format …' }).click();
    await page.waitForURL((url) => url.pathname === `/sources/${id}/reread`);
    expect(await page.getByLabel('Order of the date').inputValue()).toBe('DMY');
    expect((await client.call('listSources'))[0]?.formatOptions).toEqual({ dateOrder: 'MDY' });
  });

  test('can be discarded', async () => {
    await page.getByRole('button', { name: 'Read again and compare' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'Read again and compare' }).waitFor();
    expect(await days()).toEqual(['2026-05-10', '2026-06-10']);
    expect(rig.complaints).toEqual([]);
  });
});

describe('the wizard', () => {
  test('reads the first lines again when another format or option is chosen after all', async () => {
    await client.call('removeSource', { params: { id } });
    const before = new Set((await client.call('listCalls', { query: {} })).calls.map((call) => call.id));
    const newDays = async (): Promise<string[]> => {
      const { calls } = await client.call('listCalls', { query: {} });
      return calls
        .filter((call) => !before.has(call.id))
        .map((call) => call.startLocal.slice(0, 10))
        .sort();
    };
    await page.goto(`${rig.http.origin}/start`);
    await page.getByRole('button', { name: 'Connect the PBX' }).click();
    await page.getByRole('button', { name: /^Files by hand/ }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'calls.log', mimeType: 'text/plain', buffer: Buffer.from(LINES) });
    await page.getByText('2 lines').waitFor();
    await page.getByRole('button', { name: 'Recognise the format' }).click();
    const choose = async (order: string): Promise<void> => {
      await page.locator('.tb-candidate').filter({ hasText: 'pattern A' }).getByRole('button').click();
      await page.getByLabel('Order of the date').selectOption({ label: order });
    };
    await choose('month, day, year');
    // Two lines prove nothing, and the button says so.
    await page.getByRole('button', { name: 'Use it although it is not certain' }).click();
    await page.getByRole('heading', { name: 'Whose codes are these?' }).waitFor();
    await expect.poll(newDays).toEqual(['2026-05-10', '2026-06-10']);
    await page.getByRole('button', { name: 'Back' }).click();
    await choose('day, month, year');
    await page.getByText(/2 calls were already read with .*pattern A/).waitFor();
    await page.getByRole('button', { name: 'Use it although it is not certain' }).click();
    await page.getByRole('heading', { name: 'Whose codes are these?' }).waitFor();
    expect(await newDays()).toEqual(['2026-10-05', '2026-10-06']);
  }, 60_000);
});

describe('a source on a serial port that is set otherwise than the PBX', () => {
  test('says so first, and is set right by one click', async () => {
    const port = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
    const sent = { ...port, dataBits: 7, parity: 'even' } as const;
    const config = { kind: 'serial', path: path.join(rig.folder, 'no-port'), ...port, flowControl: 'none' } as const;
    const cable = await client.call('addSource', { body: { name: 'Cable', config, formatId: 'panasonic-a' } });
    const bytes = readBits(sentBits(LINES.repeat(10), sent), sent, port);
    const { journal } = rig.app.deps;
    journal.append(journal.openStream(cable.id, config.path), Date.now(), Buffer.from(bytes, 'latin1'));
    await page.goto(`${rig.http.origin}/sources?source=${cable.id}&tab=detection`);
    const fault = page.getByRole('alert').filter({ hasText: 'The serial port is set otherwise than the PBX' });
    await fault.getByText('Now the port is set to 9600 baud, 8N1.').waitFor();
    await expectNoViolations();
    await fault.getByRole('button', { name: 'Set 9600 baud, 7E1 and listen again' }).click();
    await page.getByText('The port is set to 9600 baud, 7E1. Make a test call.').waitFor();
    const stored = (await client.call('listSources')).find((source) => source.id === cable.id);
    expect(stored?.config).toMatchObject({ ...sent, path: config.path });
  }, 30_000);
});
