import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../core/api/client.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { APRIL, APRIL_2, MARCH, type Office, openOffice } from './office.ts';

let office: Office;
const LAN = { by: 'Lan' };
const WHY = { ...LAN, reason: 'The customer called back' };

beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.rig.close());

const close = (month = MARCH) => office.client.call('closeMonth', { body: { month, ...LAN } });
const monthBy = (by: 'person' | 'department' | 'band', month = MARCH) =>
  office.client.call('getMonth', { query: { month, by } });

async function refusedWith(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
  return 'not refused';
}

async function fileOf(type: 'xlsx' | 'csv', language: 'vi' | 'en', month = MARCH): Promise<Buffer> {
  const cookie = await office.rig.signIn();
  const address = `/api/month/export?month=${month}&type=${type}&language=${language}`;
  const response = await office.rig.request(address, { headers: { cookie } });
  if (response.status !== 200) throw new Error(await response.text());
  return Buffer.from(await response.arrayBuffer());
}

const KINDS = [
  ['xlsx', 'vi'],
  ['xlsx', 'en'],
  ['csv', 'vi'],
  ['csv', 'en'],
] as const;
const everyFile = () => Promise.all(KINDS.map(([type, language]) => fileOf(type, language)));
/** All but the list of other months, which grows with time. */
const everyPage = async () => {
  const pages = await Promise.all((['person', 'department', 'band'] as const).map((by) => monthBy(by)));
  return pages.map(({ months: _, ...page }) => page);
};

/** Renames, moves, new prices, decisions, settings: all that could change what a month says. */
async function changeEverything(): Promise<void> {
  const { client, lanId, minhId } = office;
  await client.call('changePerson', { params: { id: lanId }, body: { name: 'Nguyễn Lan Hương', employeeNumber: 'X' } });
  const moved = await client.call('addDepartment', { body: { name: 'Ban khác' } });
  for (const { id, name } of await client.call('listDepartments')) {
    if (id !== moved.id)
      await client.call('changeDepartment', { params: { id }, body: { name: `${name} mới`, parentId: moved.id } });
  }
  const assignment = { kind: 'code', value: '9' } as const;
  await client.call('applyAssignment', { body: { action: 'add', personId: minhId, assignment } });
  await client.call('putSettings', { body: { companyName: 'Tên khác', outsideDigits: '' } });
  const [tariff] = await client.call('listTariffs');
  await client.call('renameTariff', { params: { id: tariff?.id ?? 0 }, body: { name: 'Bảng giá khác' } });
  const owner = { kind: 'owner', personId: minhId } as const;
  const { id } = await office.call('0901000001');
  await client.call('decideCalls', { body: { calls: { ids: [id] }, change: owner, ...WHY } });
}

describe('a closed month', () => {
  it('prints the same pages and files after everything around it has changed', async () => {
    await close();
    const [pages, files] = [await everyPage(), await everyFile()];
    await changeEverything();
    office.rig.clockMs = APRIL_2 + 86_400_000;
    expect(await everyPage()).toEqual(pages);
    for (const [i, file] of (await everyFile()).entries())
      expect(file.equals(files[i] as Buffer), KINDS[i]?.join()).toBe(true);
    const [person] = pages;
    expect(person?.rows.map((row) => [row.name, row.charges[0]?.amount])).toEqual([
      ['nobody (unattributed)', '600'],
      ['Nguyễn Thị Lan', '1800'],
      ['Trần Minh', '900'],
    ]);
  });

  it('writes a lost file anew with the same bytes, from what the closing kept', async () => {
    await close();
    const files = await everyFile();
    const folder = path.join(office.rig.deps.dataFolder, 'closed-months');
    expect(readdirSync(folder)).toHaveLength(4);
    await changeEverything();
    // The clock of a zip counts in steps of two seconds.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    for (const name of readdirSync(folder)) {
      if (name.endsWith('.csv')) writeFileSync(path.join(folder, name), 'damaged');
      else rmSync(path.join(folder, name));
    }
    for (const [i, file] of (await everyFile()).entries())
      expect(file.equals(files[i] as Buffer), KINDS[i]?.join()).toBe(true);
  });

  it('does not pass off other bytes as the file that was printed', async () => {
    await close();
    await fileOf('csv', 'vi');
    office.rig.deps.db.exec("UPDATE calls SET talk_s = talk_s + 1; UPDATE closed_files SET file_name = 'lost.csv'");
    await expect(fileOf('csv', 'vi')).rejects.toThrow('closed-file-differs');
    expect(await office.client.call('checkMonth', { query: { month: MARCH } })).toMatchObject({ isSame: false });
  });

  it('says before what it still waits for, and afterwards who closed it, with a fingerprint that can be checked', async () => {
    const before = await office.client.call('getClosing', { query: { month: MARCH } });
    expect(before).toMatchObject({ isClosed: false, isOver: true, log: [] });
    expect(before.open).toMatchObject({ unattributedCalls: 1, unratedCalls: 0, quarantinedFrames: 0, unreadBytes: 0 });
    const after = await close();
    expect(after).toMatchObject({ isClosed: true, log: [{ act: 'closed', by: 'Lan', calls: 4, atMs: APRIL_2 }] });
    const checked = await office.client.call('checkMonth', { query: { month: MARCH } });
    expect(checked).toEqual({ fingerprint: after.log[0]?.fingerprint, isSame: true });
    expect(checked.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is closed once, when it is over, and by somebody', async () => {
    expect(await refusedWith(close(APRIL))).toBe('month-not-over');
    await close();
    expect(await refusedWith(close())).toBe('month-closed');
    const body = { month: MARCH, by: ' ' };
    expect(await refusedWith(office.client.call('closeMonth', { body }))).toBe('invalid-input');
  });

  it('can be reopened by name and reason; closed again it has another fingerprint, and the log has both', async () => {
    await close();
    const reopen = { month: MARCH, by: 'Minh', reason: 'A wrong code' };
    await office.client.call('reopenMonth', { body: reopen });
    expect(await refusedWith(office.client.call('reopenMonth', { body: reopen }))).toBe('month-not-closed');
    const { id } = await office.call('0901000004');
    const owner = { kind: 'owner', personId: office.lanId } as const;
    const decided = await office.client.call('decideCalls', { body: { calls: { ids: [id] }, change: owner, ...WHY } });
    expect(decided).toEqual({ decided: 1, corrected: 0, month: null });
    const { log } = await close();
    expect(log.map(({ act, by }) => [act, by])).toEqual([
      ['closed', 'Lan'],
      ['reopened', 'Minh'],
      ['closed', 'Lan'],
    ]);
    expect(new Set(log.map((entry) => entry.fingerprint)).size).toBe(3);
    const { rows } = await monthBy('person');
    expect(rows.find((row) => row.key === String(office.lanId))?.charges).toEqual([
      { amount: '2400', currency: 'VND' },
    ]);
  });
});

describe('a call that comes after its month was closed', () => {
  const late = panasonicLine({ at: '31/03/26 23:50', number: '0901000005', duration: "00:01'00", account: '4401' });

  it('counts in the month it came in, and is marked there', async () => {
    await close();
    const march = await monthBy('person');
    office.rig.feed(office.sourceId, late, APRIL_2 + 1000);
    expect(await monthBy('person')).toEqual({ ...march, months: [APRIL, MARCH] });
    const april = await monthBy('person', APRIL);
    expect(april.late).toEqual({ calls: 1, talkSeconds: 60, charges: [{ amount: '600', currency: 'VND' }] });
    expect(april.totals.calls).toBe(1);
    expect(await office.call('0901000005')).toMatchObject({
      isLate: true,
      month: APRIL,
      startLocal: '2026-03-31T23:49:00',
    });
    const list = async (query: object) =>
      (await office.client.call('listCalls', { query })).calls.map((call) => call.dialled);
    expect(await list({ month: APRIL })).toEqual(['0901000005']);
    expect(await list({ month: MARCH })).not.toContain('0901000005');
    expect(await list({ from: '2026-03-31', to: '2026-03-31' })).toEqual(['0901000005']);
    const csv = (await fileOf('csv', 'en', APRIL)).toString();
    expect(csv).toContain('of 03/2026, came late');
    expect((await fileOf('csv', 'en')).toString()).not.toContain('0901000005');
  });

  it('stays there when its month is reopened, and when all is read anew', async () => {
    await close();
    office.rig.feed(office.sourceId, late, APRIL_2 + 1000);
    await office.client.call('reopenMonth', { body: { month: MARCH, ...WHY } });
    office.rig.feed(office.sourceId, late.replace('23:50', '23:51').replace('00005', '00006'), APRIL_2 + 2000);
    expect(await office.call('0901000005')).toMatchObject({ isLate: true, month: APRIL });
    expect(await office.call('0901000006')).toMatchObject({ isLate: false, month: MARCH });
  });

  it('is found and counted by every filter as often as it is there', async () => {
    await close();
    office.rig.feed(office.sourceId, late, APRIL_2 + 1000);
    const apart = panasonicLine({ at: '01/04/26 08:00', number: '0901000007', duration: "00:01'00", account: '4401' });
    office.rig.feed(office.sourceId, apart, APRIL_2 + 2000);
    const filters = [
      {},
      { month: MARCH },
      { month: APRIL },
      { month: APRIL, personId: office.lanId },
      { from: '2026-03-01', to: '2026-03-31' },
      { from: '2026-03-31', to: '2026-04-01', isOutbound: true },
      { from: '2026-04-01' },
      { personId: office.lanId, band: 'mobile' },
    ] as const;
    for (const query of filters) {
      const { calls } = await office.client.call('listCalls', { query });
      const totals = await office.client.call('countCalls', { query });
      expect([totals.calls, totals.talkSeconds], JSON.stringify(query)).toEqual([
        calls.length,
        calls.reduce((sum, call) => sum + call.talkSeconds, 0),
      ]);
      for (const [at, call] of calls.entries()) {
        const page = await office.client.call('listCalls', { query: { ...query, at, limit: 1 } });
        expect(page.calls[0]?.id, JSON.stringify({ ...query, at })).toBe(call.id);
      }
    }
  });
});

describe('new prices for a closed month', () => {
  it('change nothing in it; what they would change can be written as corrections, once, and be taken back', async () => {
    await close();
    const march = await everyPage();
    const { client } = office;
    const dearer = `prefix;category;rate_per_minute;currency;initial_seconds;increment_seconds
8490;mobile;700;VND;6;1
8491;mobile;900;VND;6;1
`;
    const query = { fileName: 'deck.csv', name: 'Dearer' };
    await client.call('importTariff', { query, body: new TextEncoder().encode(dearer) });
    const { id } = await client.call('startRerate', { body: { from: '2026-03-01', to: '2026-03-31' } });
    const { open, closed } = await client.call('getRerate', { params: { id }, query: { by: 'month' } });
    expect([open.calls, closed.repriced]).toEqual([0, 3]);
    const body = { by: 'Lan', reason: 'The carrier charged more' };
    expect(await client.call('correctFromRerate', { params: { id }, body })).toEqual({ corrected: 3, month: APRIL });
    expect(await client.call('correctFromRerate', { params: { id }, body })).toEqual({ corrected: 0, month: APRIL });
    expect(await everyPage()).toEqual(march);
    const april = await monthBy('person', APRIL);
    // 100 more a minute: three minutes of Lan, one of nobody.
    expect(april.rows.map((row) => [row.name, row.corrections[0]?.amount])).toEqual([
      ['nobody (unattributed)', '100'],
      ['Nguyễn Thị Lan', '300'],
    ]);
    const { rows } = await client.call('listCorrections', { query: { month: APRIL } });
    for (const row of rows) await client.call('takeBackCorrection', { params: { id: row.id }, body });
    expect((await monthBy('band', APRIL)).corrections).toEqual([]);
  });
});
