import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import type { CodeFinding } from '../../core/api/contract.ts';
import { isSlip } from '../../core/attribution/slips.ts';
import { type CallId, callIdOf } from '../../core/model/call.ts';
import { localSecondsOfDay } from '../../core/model/time.ts';
import { addAssignment, listAssignments } from '../../core/store/assignments.ts';
import { type CallRow, CallStore } from '../../core/store/calls.ts';
import { DailySums } from '../../core/store/daily-sums.ts';
import { codedCalls, distinctOfCalls } from '../../core/store/hygiene.ts';
import { addPerson } from '../../core/store/people.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addSource, openRig, type Rig } from '../api/rig.ts';
import { plainCall } from '../store/call-fixture.ts';

/** The rig's clock: 2026-03-20T10:00 in Ha Noi. */
const MARCH = { from: '2026-03-01', to: '2026-03-31' };

let rig: Rig;
let client: Client;
let calls: CallStore;
let sums: DailySums;
let nextOffset = 0;

beforeEach(async () => {
  rig = openRig();
  client = await rig.client('en');
  addSource(new SourceStore(rig.deps.db), 'Panasonic', false);
  sums = new DailySums(rig.deps.db);
  calls = new CallStore(rig.deps.db, sums);
  nextOffset = 0;
});
afterEach(() => rig.close());

function hire(name: string, codes: readonly string[], more: { activeTo?: string; validTo?: string } = {}): number {
  const { db } = rig.deps;
  const id = addPerson(db, {
    name,
    employeeNumber: null,
    email: null,
    title: null,
    notes: null,
    activeFrom: null,
    activeTo: more.activeTo ?? null,
    departmentId: null,
    departmentFrom: null,
  });
  for (const value of codes) {
    addAssignment(db, {
      kind: 'code',
      value,
      lastValue: null,
      personId: id,
      validFrom: '2026-01-01',
      validTo: more.validTo ?? '9999-12-31',
    });
  }
  return id;
}

function dial(code: string, day: string, clock: string, more: Partial<CallRow> = {}): CallId {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  nextOffset += 80;
  const id = callIdOf(1, nextOffset);
  const startLocalS = Number(localSecondsOfDay(day)) + hours * 3600 + minutes * 60;
  rig.deps.db.transaction(() => {
    calls.put({ ...plainCall, id, startLocalS, code, extension: '101', ...more }, undefined);
    sums.flush();
  })();
  return id;
}

async function findings(): Promise<readonly CodeFinding[]> {
  return (await client.call('getHygiene', { query: MARCH })).findings;
}

describe('what is wrong with codes', () => {
  it('is told with the rule, its values, the calls and what to do, and codes stay masked', async () => {
    const lan = hire('Lan', ['918273']);
    hire('Hùng', ['402816'], { activeTo: '2026-03-05' });
    const used = dial('402816', '2026-03-10', '12:00');
    dial('918237', '2026-03-11', '09:00', { talkSeconds: 0 });
    dial('918273', '2026-03-11', '09:01');
    dial('918237', '2026-03-12', '09:00');
    const found = await findings();
    expect(found.map((one) => [one.kind, one.severity])).toEqual([
      ['leaver-code', 'alarm'],
      ['open-leaver-code', 'warning'],
      ['unknown-code', 'note'],
    ]);
    expect(found[0]).toMatchObject({
      code: '••16',
      personName: 'Hùng',
      calls: 1,
      callIds: [used],
      firstLocal: '2026-03-10T12:00:00',
      text: 'Hùng had left, so ••16 should not be dialled from 06/03/2026 on. Calls with it since: 1.',
    });
    expect(found[2]).toMatchObject({
      text: 'Nobody has ever had ••37. One slip away: ••73 (Lan). Calls: 1.',
      related: [{ code: '••73', personId: lan, personName: 'Lan' }],
    });
    expect(JSON.stringify(found)).not.toMatch(/402816|9182[37]{2}/);
    const shown = await client.call('listHygieneCalls', { query: { ids: String(used) } });
    expect(shown).toMatchObject([{ id: used, code: '••16', startLocal: '2026-03-10T12:00:00' }]);

    const vietnamese = await rig.client('vi');
    const [first] = (await vietnamese.call('getHygiene', { query: MARCH })).findings;
    expect(first?.text).toBe(
      'Hùng đã nghỉ nên từ 06/03/2026 không ai được bấm mã ••16. Số cuộc gọi bằng mã này từ đó: 1.',
    );
  });

  it('does not tell a weak code by its reason while codes are masked', async () => {
    hire('Lan', ['234567']);
    hire('Mai', ['111']);
    const texts = async () => (await findings()).map((one) => one.text).sort();
    expect(await texts()).toEqual([
      '•• of Mai: it has 3 digits, fewer than 4; the reason would tell the code and is shown where codes are shown in full.',
      '••67 of Lan: the reason would tell the code and is shown where codes are shown in full.',
    ]);
    await client.call('putSettings', { body: { showCodes: true } });
    expect(await texts()).toEqual([
      '111 of Mai: it has 3 digits, fewer than 4; the same digit again and again.',
      '234567 of Lan: digits that follow each other.',
    ]);
  });

  it('counts mistypes by telephone and by the code that was meant', async () => {
    hire('Lan', ['918273']);
    for (const day of ['2026-03-10', '2026-03-11']) {
      dial('91827', day, '09:00', { talkSeconds: 0 });
      dial('918273', day, '09:01');
    }
    const { mistypes } = await client.call('getHygiene', { query: MARCH });
    expect(mistypes).toEqual({
      total: 2,
      telephones: [{ sourceId: 1, extension: '101', mistypes: 2 }],
      codes: [{ code: '••73', personId: 1, personName: 'Lan', mistypes: 2 }],
    });
  });

  it('follows the thresholds that people set', async () => {
    hire('Lan', ['918273']);
    dial('918273', '2026-03-10', '09:00', { talkSeconds: 600 });
    dial('918273', '2026-03-10', '09:08', { talkSeconds: 600, extension: '102' });
    const kinds = async () => (await findings()).map((one) => one.kind);
    expect(await kinds()).toEqual(['two-telephones']);
    await client.call('putHygieneSettings', { body: { overlapSeconds: 150 } });
    expect(await kinds()).toEqual([]);
    expect(await client.call('getHygieneSettings')).toMatchObject({ overlapSeconds: 150, guessCodes: 5 });
  });

  it('lists every code with its owner, its last use and what became of it', async () => {
    hire('Lan', ['918273']);
    hire('Bình', ['604152'], { validTo: '2026-03-10' });
    hire('Hùng', ['402816'], { activeTo: '2026-03-05' });
    hire('Mai', ['735190']);
    dial('918273', '2026-03-02', '09:00');
    dial('918273', '2026-03-03', '09:00', { extension: '102' });
    dial('604152', '2026-03-04', '09:00');
    const listed = await client.call('listHygieneCodes', { query: MARCH });
    expect(listed.map((one) => [one.personName, one.code, one.state, one.calls, one.telephones])).toEqual([
      ['Lan', '••73', 'used', 2, 2],
      ['Bình', '••52', 'ended', 1, 1],
      ['Hùng', '••16', 'left', 0, 0],
      ['Mai', '••90', 'unused', 0, 0],
    ]);
    expect(listed[0]?.lastUsed).toBe('2026-03-03T09:00:00');
  });
});

describe('the store', () => {
  it('gives calls with codes of the days asked for in order, and each dialled code once', () => {
    dial('22', '2026-03-02', '09:00');
    dial('11', '2026-03-01', '00:00');
    dial('11', '2026-03-03', '23:59');
    dial('33', '2026-03-04', '00:00');
    dial('44', '2026-02-28', '23:59');
    const read = [...codedCalls(rig.deps.db, '2026-03-01', '2026-03-03')].flat();
    expect(read.map((call) => call.code)).toEqual(['11', '22', '11']);
    expect(distinctOfCalls(rig.deps.db, 'code')).toEqual(['11', '22', '33', '44']);
    expect(distinctOfCalls(rig.deps.db, 'extension')).toEqual(['101']);
  });
});

describe('new codes for many people', () => {
  it('are shown masked first, begin on the day, and end the old ones that day', async () => {
    const lan = hire('Lan', ['918273']);
    const mai = hire('Mai', ['735190'], { validTo: '2026-12-01' });
    hire('Hùng', ['402816'], { activeTo: '2026-03-05' });
    hire('Bình', []);
    await client.call('putSettings', { body: { showCodes: true } });
    dial('555001', '2026-03-02', '09:00');
    const body = { choice: { who: 'all' } as const, day: '2026-04-01', digits: 6 };
    const preview = await client.call('previewCodeRenewal', { body });
    expect(preview.rows.map((row) => [row.personId, row.oldCodes, row.validTo])).toEqual([
      [lan, ['••73'], null],
      [mai, ['••90'], '2026-12-01'],
    ]);
    expect(preview.skipped.map((one) => [one.personName, one.reason])).toEqual([
      ['Hùng', 'left'],
      ['Bình', 'codeless'],
    ]);
    expect(preview.rows.every((row) => /^••\d\d$/.test(row.newCode))).toBe(true);
    expect(listAssignments(rig.deps.db)).toHaveLength(3);

    expect(await client.call('applyCodeRenewal', { params: { renewalId: preview.renewalId } })).toEqual({
      people: 2,
      day: '2026-04-01',
    });
    const stored = listAssignments(rig.deps.db);
    expect(stored.filter((row) => row.personId === lan).map((row) => [row.validFrom, row.validTo])).toEqual(
      expect.arrayContaining([
        ['2026-01-01', '2026-04-01'],
        ['2026-04-01', '9999-12-31'],
      ]),
    );
    const slips = await client.call('printCodeRenewal', { body: { day: '2026-04-01' } });
    expect(slips.slips.map((slip) => [slip.personName, slip.validTo])).toEqual([
      ['Lan', null],
      ['Mai', '2026-12-01'],
    ]);
    const codes = slips.slips.map((slip) => slip.code);
    for (const code of codes) {
      expect(code).toMatch(/^[1-9]\d{5}$/);
      for (const old of ['918273', '735190', '402816']) expect(isSlip(code, old)).toBe(false);
    }
    const [, first] = slips.csv.split('\r\n');
    expect(first).toBe(`"Lan","","","","918273","${codes[0]}","2026-04-01",""`);
    expect(slips.csv.charCodeAt(0)).toBe(0xfeff);
  });

  it('are booked from their first day; calls before it stay where they are', async () => {
    const lan = hire('Lan', ['918273']);
    const before = dial('918273', '2026-03-19', '09:00', { personId: lan, reason: 'code' });
    dial('918273', '2026-03-20', '09:00', { personId: lan, reason: 'code' });
    const body = { choice: { who: 'people' as const, personIds: [lan] }, day: '2026-03-20', digits: 5 };
    const preview = await client.call('previewCodeRenewal', { body });
    expect(preview.callsSince).toBe(1);
    await client.call('applyCodeRenewal', { params: { renewalId: preview.renewalId } });
    expect(rig.ingest.asked).toContain('rebook {"codes":["918273"],"extensions":[]}');
    expect(calls.get(before)?.personId).toBe(lan);
    // Once more for the same day would end a code before it began.
    const again = await client.call('previewCodeRenewal', { body });
    expect(again).toMatchObject({ rows: [], skipped: [{ personName: 'Lan', reason: 'planned' }] });
  });

  it('are not written when codes were changed since the preview, or twice', async () => {
    const lan = hire('Lan', ['918273']);
    const body = { choice: { who: 'all' } as const, day: '2026-04-01', digits: 6 };
    const preview = await client.call('previewCodeRenewal', { body });
    rig.deps.db.prepare("UPDATE assignments SET valid_to = '2026-05-01' WHERE person_id = ?").run(lan);
    const apply = client.call('applyCodeRenewal', { params: { renewalId: preview.renewalId } });
    await expect(apply).rejects.toMatchObject({ problem: { code: 'renewal-expired', status: 410 } });
    expect(listAssignments(rig.deps.db)).toHaveLength(1);
    const good = await client.call('previewCodeRenewal', { body });
    await client.call('applyCodeRenewal', { params: { renewalId: good.renewalId } });
    const twice = client.call('applyCodeRenewal', { params: { renewalId: good.renewalId } });
    await expect(twice).rejects.toMatchObject({ problem: { code: 'renewal-expired' } });
  });

  it('never begin in the past, where months may be closed', async () => {
    hire('Lan', ['918273']);
    const refused = client.call('previewCodeRenewal', {
      body: { choice: { who: 'all' }, day: '2026-03-19', digits: 6 },
    });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'invalid-input', fields: [{ path: 'day' }] } });
  });

  it('that do not fit are refused with the number that does', async () => {
    for (let i = 0; i < 120; i += 1) hire(`Person ${i}`, [String(500_000 + i * 1009)]);
    const refused = client.call('previewCodeRenewal', {
      body: { choice: { who: 'all' }, day: '2026-04-01', digits: 3 },
    });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'codes-do-not-fit', values: { count: 120 } } });
  });
});
