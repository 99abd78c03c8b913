import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import type { AuditEntry } from '../../core/api/contract.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addSource, openRig, type Rig } from '../api/rig.ts';
import { signInAs } from './viewers.ts';

let rig: Rig;
let client: Client;

beforeAll(async () => {
  rig = openRig();
  client = await rig.client();
});

afterAll(() => rig.close());

const newest = async (): Promise<AuditEntry | undefined> =>
  (await client.call('listAudit', { query: { limit: 1 } })).entries[0];

describe('what is done through the API', () => {
  it('is recorded field by field, with names instead of numbers', async () => {
    const sales = await client.call('addDepartment', { body: { name: 'Kinh doanh' } });
    const person = await client.call('addPerson', { body: { name: 'Trần Văn An', title: 'Nhân viên' } });
    const { id, assignments: _, departmentName: __, ...fields } = person;
    await client.call('changePerson', {
      params: { id },
      body: { ...fields, title: 'Trưởng phòng', departmentId: sales.id },
    });
    expect(await newest()).toMatchObject({
      who: 'Owner of this computer',
      action: 'Changed',
      what: 'people',
      name: 'Trần Văn An',
      changes: expect.arrayContaining([
        { field: 'title', before: 'Nhân viên', after: 'Trưởng phòng' },
        { field: 'department', before: null, after: 'Kinh doanh' },
      ]),
    });
  });

  it('names who is signed in', async () => {
    const accountant = signInAs(rig, 'administrator', { seesNumbers: true });
    await accountant.client.call('putSettings', { body: { companyName: 'Công ty Sao Mai' } });
    expect(await newest()).toMatchObject({
      who: 'An administrator',
      what: 'settings',
      changes: [{ field: 'company name', before: null, after: 'Công ty Sao Mai' }],
    });
  });

  it('holds no password and no code', async () => {
    const secret = 'Gr8-Secret-Word';
    const config = { kind: 'ami', host: 'pbx.example', username: 'tollbook', secret } as const;
    await client.call('addSource', { body: { name: 'AMI', config, formatId: 'asterisk-ami' } });
    const [person] = await client.call('listPeople', { query: {} });
    const assignment = { kind: 'code', value: '736451' } as const;
    await client.call('applyAssignment', { body: { action: 'add', personId: person?.id ?? 0, assignment } });
    const kept = JSON.stringify(rig.deps.db.prepare('SELECT * FROM audit').all());
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain('736451');
    expect(kept).toContain('••51');
  });

  it('is not recorded where it changes nothing, nor where it is refused', async () => {
    const before = await newest();
    await client.call('tryDefinition', { body: { definition: {}, text: 'x' } });
    await expect(client.call('removeDepartment', { params: { id: 9999 } })).rejects.toThrow();
    expect(await newest()).toEqual(before);
  });

  it('has files taken away and sign-ins that were refused', async () => {
    addSource(new SourceStore(rig.deps.db), 'PBX');
    await client.call('exportAudit', { query: { type: 'csv' } });
    expect(await newest()).toMatchObject({ action: 'Taken away as a file', what: 'audit trail' });
    const body = JSON.stringify({ login: 'nobody', password: 'wrong password' });
    const headers = { 'content-type': 'application/json' };
    for (let i = 0; i < 40; i += 1) await rig.request('/api/sign-in', { method: 'POST', headers, body });
    expect(await newest()).toMatchObject({ who: 'Typed: nobody', action: 'Sign-in refused' });
    const refused = await client.call('listAudit', { query: { who: 'stranger', limit: 100 } });
    const attempts = refused.entries.filter((entry) => entry.action === 'Sign-in refused');
    expect(attempts.length).toBeLessThanOrEqual(30);
    expect(JSON.stringify(refused)).not.toContain('wrong password');
  });

  it('is said in Vietnamese as well, and the trail is whole', async () => {
    const vi = await rig.client('vi');
    const { entries } = await vi.call('listAudit', { query: { what: 'settings' } });
    expect(entries[0]?.changes).toEqual([{ field: 'tên công ty', before: null, after: 'Công ty Sao Mai' }]);
    expect(await client.call('checkAudit')).toMatchObject({ isWhole: true, text: '' });
  });

  it('can be filtered by the days of the site', async () => {
    const on = await client.call('listAudit', { query: { from: '2026-03-20', to: '2026-03-20' } });
    const before = await client.call('listAudit', { query: { to: '2026-03-19' } });
    const { who, what } = await client.call('getAuditChoices');
    expect(who).toContainEqual({ value: 'An administrator', label: 'An administrator' });
    expect(what).toContainEqual({ value: 'settings', label: 'settings' });
    expect(on.entries.length).toBeGreaterThan(3);
    expect(before.entries).toEqual([]);
  });
});
