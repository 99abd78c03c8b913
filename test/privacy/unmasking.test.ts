import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addSource, LINES, NOW_MS, openRig, type Rig } from '../api/rig.ts';
import { readableText } from './readable.ts';
import { type SignedIn, signInAs } from './viewers.ts';

const WHY = { reason: 'A dispute of the bill', by: 'x' };

let rig: Rig;
let owner: Client;
let accountant: SignedIn;
let callId: number;

beforeAll(async () => {
  rig = openRig();
  rig.feed(addSource(new SourceStore(rig.deps.db), 'PBX'), LINES);
  owner = await rig.client();
  accountant = signInAs(rig, 'accountant', { seesNumbers: false });
  callId = (await owner.call('listCalls', { query: { number: '0912345678' } })).calls[0]?.id ?? 0;
});

afterAll(() => rig.close());

const shown = async (): Promise<(string | null)[]> =>
  (await accountant.client.call('listCalls', { query: { number: '0912' } })).calls.map((call) => call.dialled);

describe('showing numbers', () => {
  it('asks for a reason, gives one call’s numbers, and is in the audit trail', async () => {
    const { client } = accountant;
    await expect(
      client.call('unmaskCall', { params: { id: callId }, body: { reason: '', by: 'x' } }),
    ).rejects.toThrow();
    const numbers = await client.call('unmaskCall', { params: { id: callId }, body: WHY });
    expect(numbers).toMatchObject({ dialled: '0912345678', number: '84912345678' });
    const { entries } = await owner.call('listAudit', { query: { what: 'calls' } });
    expect(entries[0]).toMatchObject({ who: 'An accountant', action: 'Number shown', reason: WHY.reason });
    expect(JSON.stringify(entries)).not.toContain('2345678');
    expect(await shown()).toEqual(['091234••••']);
  });

  it('lasts ten minutes for a list, and each list is counted', async () => {
    await accountant.client.call('unmaskList', { body: WHY });
    expect(await shown()).toEqual(['0912345678']);
    const { entries } = await owner.call('listAudit', { query: { what: 'calls' } });
    expect(entries[0]).toMatchObject({ action: 'Numbers shown', reason: WHY.reason });
    expect(entries[0]?.changes).toContainEqual({ field: 'calls', before: null, after: '1' });
    expect(await accountant.client.call('getUnmasking')).toEqual({ untilMs: NOW_MS + 10 * 60_000 });
    await accountant.client.call('endUnmasking');
    expect(await shown()).toEqual(['091234••••']);
    await accountant.client.call('unmaskList', { body: WHY });
    expect(await shown()).toEqual(['0912345678']);
    rig.clockMs = NOW_MS + 10 * 60_000;
    expect(await shown()).toEqual(['091234••••']);
    rig.clockMs = NOW_MS;
  });

  it('is not for auditors, and not for somebody else’s private calls', async () => {
    const auditor = signInAs(rig, 'auditor', { seesNumbers: false });
    const refused = auditor.client.call('unmaskCall', { params: { id: callId }, body: WHY });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'not-allowed' } });
    const change = { kind: 'purpose', purpose: 'private' } as const;
    await owner.call('decideCalls', { body: { calls: { ids: [callId] }, change, reason: 'r', by: 'Lan' } });
    const gone = accountant.client.call('unmaskCall', { params: { id: callId }, body: WHY });
    await expect(gone).rejects.toMatchObject({ problem: { code: 'not-found' } });
  });
});

describe('files that hold every number', () => {
  it.each(['/api/backups/file?fileName=x.zip', '/api/people/1/personal-data'])('are refused: %s', async (address) => {
    const masked = signInAs(rig, 'administrator', { seesNumbers: false });
    const response = await rig.request(address, { headers: { cookie: masked.cookie } });
    expect(response.status).toBe(403);
  });
});

describe('a private call of somebody else', () => {
  it('is in no list, found by no number, and has no detail', async () => {
    const auditor = signInAs(rig, 'auditor', { seesNumbers: true });
    const { calls } = await auditor.client.call('listCalls', { query: { month: '2026-03' } });
    expect(calls.map((call) => call.id)).not.toContain(callId);
    expect((await owner.call('listCalls', { query: { number: '0912345678' } })).calls).toEqual([]);
    expect(await owner.call('countCalls', { query: { number: '0912345678' } })).toMatchObject({ calls: 0 });
    expect((await auditor.client.call('listCalls', { query: { purpose: 'private' } })).calls).toEqual([]);
    const detail = auditor.client.call('getCall', { params: { id: callId } });
    await expect(detail).rejects.toMatchObject({ problem: { code: 'not-found' } });
    const month = await auditor.client.call('countCalls', { query: { month: '2026-03' } });
    expect(month).toMatchObject({ calls: calls.length + 1, unlistedCalls: 1 });
  });

  it.each(['csv', 'xlsx'] as const)('is in no row of the month’s %s', async (type) => {
    const response = await rig.request(`/api/month/export?month=2026-03&type=${type}`, {
      headers: { cookie: await rig.signIn() },
    });
    const text = await readableText(Buffer.from(await response.arrayBuffer()));
    expect(text).toContain('7000111');
    expect(text).not.toContain('2345678');
  });

  it('shows who may decide about it a masked number and no bytes', async () => {
    const call = await owner.call('getCall', { params: { id: callId } });
    expect(call).toMatchObject({ dialled: '091234••••', callerName: null });
    expect(call.legs[0]?.rawText).toContain('Withheld');
    expect(JSON.stringify(call)).not.toContain('2345678');
  });
});
