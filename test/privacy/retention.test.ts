import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import { verifyJournal } from '../../core/store/journal-verify.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addSource, LINES, openRig, type Rig } from '../api/rig.ts';
import { unzip } from './readable.ts';

const MARCH = '2026-03';
/** 2027-06-01 in Ha Noi. */
const LATER_MS = Date.UTC(2027, 5, 1, 3);
const RULES = { numbersMonths: 6, detailMonths: null, removesClosedFiles: false };

let rig: Rig;
let client: Client;
let sourceId: number;

beforeEach(async () => {
  rig = openRig();
  client = await rig.client();
  sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
  rig.feed(sourceId, LINES);
  rig.feed(sourceId, '20/03/26 09:00AM 101 zz 0912345678 ?? broken\r\n');
});

afterEach(() => rig.close());

async function closeMarch(): Promise<void> {
  rig.clockMs = LATER_MS;
  client = await rig.client();
  await client.call('closeMonth', { body: { month: MARCH, by: 'Lan', note: '' } });
}

async function run(rules: Parameters<typeof client.call<'putRetention'>>[1]['body']): Promise<void> {
  await client.call('putRetention', { body: rules });
  await client.call('runRetention');
  await expect.poll(async () => (await client.call('getRetention')).state, { timeout: 5000 }).toBe('idle');
}

const allText = (): string => {
  const tables = rig.deps.db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
  const rows = tables.map((table) => rig.deps.db.prepare(`SELECT * FROM ${table}`).all());
  return JSON.stringify(rows);
};
const reversed = (text: string): string => [...text].reverse().join('');

describe('numbers whose time is over', () => {
  it('lose their last digits everywhere, bytes and all, while every sum stays', async () => {
    await closeMarch();
    const before = await client.call('getMonth', { query: { month: MARCH, by: 'band' } });
    const { plan } = await client.call('getRetention');
    expect(plan).toMatchObject({ callsToAnonymise: 0, numbersBefore: null });
    const preview = await client.call('previewRetention', { body: RULES });
    expect(preview).toMatchObject({ numbersBefore: '2026-12-01', callsToAnonymise: 4, framesToRemove: 2 });
    expect(preview.journalBytes).toBeGreaterThan(300);
    await run(RULES);
    expect(await client.call('getMonth', { query: { month: MARCH, by: 'band' } })).toMatchObject({
      rows: before.rows,
      totals: before.totals,
    });
    const kept = allText();
    for (const digits of ['2345678', '7000111', '8250000', '3000222']) {
      expect(kept).not.toContain(digits);
      expect(kept).not.toContain(reversed(digits));
    }
    expect(rig.deps.journal.readChunks(sourceId, 0, 1_000_000)).toEqual([]);
    const { calls } = await client.call('listCalls', { query: { number: '0912345' } });
    expect(calls).toEqual([]);
    const masked = await client.call('listCalls', { query: { month: MARCH } });
    expect(masked.calls.map((call) => call.dialled)).toContain('091234••••');
  });

  it('leave chains that can still be checked, and say so in the audit trail', async () => {
    await closeMarch();
    await run(RULES);
    expect(await client.call('checkMonth', { query: { month: MARCH } })).toMatchObject({ isSame: true });
    expect((await verifyJournal(rig.deps.journal)).breaks).toEqual([]);
    rig.feed(sourceId, LINES, LATER_MS);
    expect((await verifyJournal(rig.deps.journal)).breaks).toEqual([]);
    const { entries } = await client.call('listAudit', { query: { what: 'privacy' } });
    expect(entries.map((entry) => entry.who)).toContain('Tollbook itself');
  });

  it('do not come back by reopening the month', async () => {
    await closeMarch();
    await run(RULES);
    const reopened = client.call('reopenMonth', { body: { month: MARCH, by: 'Lan', reason: 'why not' } });
    await expect(reopened).rejects.toMatchObject({ problem: { code: 'month-anonymised' } });
  });

  it('stay in months that are open, and in calls that are disputed', async () => {
    rig.clockMs = LATER_MS;
    client = await rig.client();
    expect(await client.call('previewRetention', { body: RULES })).toMatchObject({ callsToAnonymise: 0 });
    await closeMarch();
    const [call] = (await client.call('listCalls', { query: { number: '0912345678' } })).calls;
    const person = await client.call('addPerson', { body: { name: 'Lan' } });
    const { db } = rig.deps;
    const statement = db
      .prepare('INSERT INTO statements (month, person_id, shows_numbers, made_at_ms) VALUES (?, ?, 1, 0)')
      .run(MARCH, person.id).lastInsertRowid;
    db.prepare("INSERT INTO statement_disputes (statement_id, call_id, words) VALUES (?, ?, 'not mine')").run(
      statement,
      call?.id,
    );
    expect(await client.call('previewRetention', { body: RULES })).toMatchObject({
      callsToAnonymise: 3,
      disputedCalls: 1,
    });
    await run(RULES);
    expect((await client.call('listCalls', { query: { number: '0912345678' } })).calls).toHaveLength(1);
    expect(rig.deps.journal.readChunks(sourceId, 0, 1_000_000)).not.toEqual([]);
  });

  it('stay where the month is not what it was when it was closed', async () => {
    await closeMarch();
    rig.deps.db.prepare('UPDATE calls SET talk_s = talk_s + 1').run();
    await run(RULES);
    expect(allText()).toContain('0912345678');
    expect(rig.logged).toContain('a month is not what it was when it was closed; its numbers stay');
  });
});

describe('calls whose time is over', () => {
  it('go, and their sums stay', async () => {
    await closeMarch();
    const before = await client.call('getMonth', { query: { month: MARCH, by: 'person' } });
    await run({ numbersMonths: 6, detailMonths: 12, removesClosedFiles: true });
    const after = await client.call('getMonth', { query: { month: MARCH, by: 'person' } });
    expect(after.totals).toEqual(before.totals);
    expect(after.rows).toEqual(before.rows);
    expect((await client.call('listCalls', { query: { month: MARCH } })).calls).toEqual([]);
    const count = await client.call('countCalls', { query: { month: MARCH } });
    expect(count).toMatchObject({ calls: 4, unlistedCalls: 4 });
    expect(await client.call('checkMonth', { query: { month: MARCH } })).toMatchObject({ isSame: true });
  });

  it('go with the printed files of their month only where that is asked for', async () => {
    await closeMarch();
    const print = async (): Promise<Response> =>
      rig.request(`/api/month/export?month=${MARCH}&type=csv`, { headers: { cookie: await rig.signIn() } });
    await (await print()).arrayBuffer();
    const [file = ''] = rig.deps.db.prepare('SELECT file_name FROM closed_files').pluck().all() as string[];
    const at = path.join(rig.deps.dataFolder, 'closed-months', path.basename(file));
    expect(existsSync(at)).toBe(true);
    await run({ numbersMonths: 6, detailMonths: 12, removesClosedFiles: false });
    expect(existsSync(at)).toBe(true);
    await run({ numbersMonths: 6, detailMonths: 12, removesClosedFiles: true });
    expect(existsSync(at)).toBe(false);
  });
});

describe('one person', () => {
  let personId: number;

  beforeEach(async () => {
    const person = await client.call('addPerson', {
      body: { name: 'Nguyễn Thị Lan', email: 'lan@example.vn', employeeNumber: 'NV-7' },
    });
    personId = person.id;
    const assignment = { kind: 'code', value: '987654' } as const;
    await client.call('applyAssignment', { body: { action: 'add', personId, assignment } });
    rig.deps.db.prepare("UPDATE calls SET person_id = ?, reason = 'code' WHERE code = '987654'").run(personId);
  });

  it('gets all that is stored about them as files', async () => {
    const response = await rig.request(`/api/people/${personId}/personal-data`, {
      headers: { cookie: await rig.signIn() },
    });
    const files = await unzip(Buffer.from(await response.arrayBuffer()));
    expect([...files.keys()]).toContain('personal-data.json');
    expect(files.get('person.csv')).toContain('Nguyễn Thị Lan');
    expect(files.get('codes-and-extensions.csv')).toContain('987654');
    expect(files.get('calls.csv')).toContain('0912345678');
    expect(files.get('calls.csv')).not.toContain('0987000111');
    const { entries } = await client.call('listAudit', { query: { what: 'personal-data' } });
    expect(entries[0]).toMatchObject({ action: 'Personal data exported', name: 'Nguyễn Thị Lan' });
  });

  it('is erased: name and numbers go, sums stay, and the trail has the reason without the name', async () => {
    await closeMarch();
    const before = await client.call('getMonth', { query: { month: MARCH, by: 'band' } });
    const plan = await client.call('previewErasure', { params: { id: personId } });
    expect(plan).toMatchObject({ personName: 'Nguyễn Thị Lan', calls: 1, codes: 1, closedMonths: [MARCH] });
    const body = { reason: 'Asked for it in writing', by: 'Hoa' };
    await client.call('erasePerson', { params: { id: personId }, body });
    await expect
      .poll(async () => (await client.call('listCalls', { query: { personId } })).calls[0]?.dialled)
      .toBe('091234••••');
    const people = await client.call('listPeople', { query: {} });
    expect(people).toMatchObject([{ name: `Erased person ${personId}`, email: null, employeeNumber: null }]);
    expect((await client.call('getMonth', { query: { month: MARCH, by: 'band' } })).rows).toEqual(before.rows);
    const check = async () => (await client.call('checkMonth', { query: { month: MARCH } })).isSame;
    await expect.poll(check).toBe(true);
    const { entries } = await client.call('listAudit', { query: { what: 'personal-data' } });
    expect(entries[0]).toMatchObject({ action: 'Person erased', who: 'Hoa', reason: body.reason });
    expect(JSON.stringify(entries[0])).not.toContain('Lan');
  });
});
