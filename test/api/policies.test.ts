import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, ProblemError } from '../../core/api/client.ts';
import { CodePolicy } from '../../core/api/contract.ts';
import type { CodePolicy as StoredPolicy } from '../../core/model/code-policy.ts';
import { hours, policy } from '../policy/policy-fixture.ts';
import { LINES, openRig, type Rig } from './rig.ts';

let rig: Rig;
let client: Client;
let sourceId: number;
let lanId: number;

const RIGHTS = [{ id: 'office', name: 'Office', hours: [hours('local')] }];

/** As a page sends it: what the contract reads may be written to. */
const sent = (changes: Partial<StoredPolicy> = {}): CodePolicy => CodePolicy.parse(policy(changes));

const limited = (first: string): CodePolicy =>
  sent({
    rights: RIGHTS,
    assignments: [
      { id: 'row', holder: { kind: 'code', first, last: null }, rightId: 'office', validFrom: null, validTo: null },
    ],
  });

async function refusal(work: Promise<unknown>): Promise<ProblemError['problem']> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

beforeAll(async () => {
  rig = openRig();
  client = await rig.client();
  sourceId = (
    await client.call('addSource', {
      body: {
        name: 'PBX',
        config: { kind: 'file-import' },
        formatId: 'panasonic-a',
        formatOptions: { dateOrder: 'DMY' },
        isEnabled: true,
      },
    })
  ).id;
  lanId = (await client.call('addPerson', { body: { name: 'Nguyễn Thị Lan' } })).id;
  for (const assignment of [
    { kind: 'code', value: '987654' },
    { kind: 'extension', value: '102' },
  ] as const) {
    await client.call('applyAssignment', { body: { action: 'add', personId: lanId, assignment } });
  }
  rig.feed(sourceId, LINES);
});

afterAll(() => rig.close());

describe('code rules', () => {
  it('are none at first, and nothing is judged', async () => {
    expect(await client.call('listPolicies')).toEqual({ versions: [], presentId: null, today: '2026-03-20' });
    expect(await client.call('listBreaches', { query: {} })).toEqual({ breaches: [], leftOut: 0, sources: [] });
    const { calls } = await client.call('listCalls', { query: { limit: 10 } });
    expect(calls.map(({ verdict }) => verdict)).toEqual([null, null, null, null]);
  });

  it('say what they would change before they are stored', async () => {
    const effect = await client.call('previewPolicy', {
      body: { action: 'add', validFrom: '2026-03-01', policy: limited('987654') },
    });
    expect(effect).toEqual({
      calls: 4,
      changes: [
        { from: null, to: 'unknown-code', calls: 2 },
        { from: null, to: 'beyond-right', calls: 1 },
        { from: null, to: 'extension-only', calls: 1 },
      ],
      firstDay: '2026-03-20',
      lastDay: '2026-03-20',
    });
    const later = await client.call('previewPolicy', {
      body: { action: 'add', validFrom: '2026-03-21', policy: sent() },
    });
    expect(later).toEqual({ calls: 0, changes: [], firstDay: null, lastDay: null });
    expect((await client.call('listPolicies')).versions).toEqual([]);
  });

  it('name the person who stores them, and have the calls judged anew', async () => {
    rig.ingest.asked.length = 0;
    const body = { action: 'add', validFrom: '2026-03-01', policy: limited('987654'), note: 'Nội quy 12' } as const;
    expect((await refusal(client.call('applyPolicy', { body: { ...body, by: ' ' } }))).fields).toMatchObject([
      { path: 'by' },
    ]);
    expect((await client.call('applyPolicy', { body: { ...body, by: 'Chị Mai' } })).calls).toBe(4);
    const { calls } = await client.call('listCalls', { query: { limit: 10 } });
    const ids = calls.map(({ id }) => id).sort((a, b) => a - b);
    expect(rig.ingest.asked).toEqual(['reload', `rebook ${JSON.stringify({ ids })}`]);
    const { versions, presentId } = await client.call('listPolicies');
    expect(versions).toMatchObject([
      { createdBy: 'Chị Mai', note: 'Nội quy 12', validFrom: '2026-03-01', removedBy: null },
    ]);
    expect(presentId).toBe(versions[0]?.id);
  });

  it('come with their codes masked, and keep them when they are sent back', async () => {
    const [version] = (await client.call('listPolicies')).versions;
    expect(version?.policy.assignments[0]?.holder).toEqual({ kind: 'code', first: '••54', last: null });
    const again = await client.call('previewPolicy', {
      body: { action: 'add', validFrom: '2026-03-01', policy: limited('••54') },
    });
    expect(again.changes).toEqual([]);
    const guessed = await refusal(
      client.call('previewPolicy', {
        body: { action: 'add', validFrom: '2026-03-01', policy: limited('••99') },
      }),
    );
    expect(guessed.fields).toMatchObject([{ path: 'policy.assignments.0.holder' }]);
  });

  it('are refused where they contradict themselves, in words at the field', async () => {
    const wrong = sent({
      groups: [
        {
          name: 'Lobby',
          sourceIds: [],
          extensions: [{ first: '219', last: '200' }],
          mode: 'none',
          withoutCode: { upTo: null, also: [] },
        },
      ],
      assignments: [{ id: 'x', holder: { kind: 'everyone' }, rightId: 'none', validFrom: null, validTo: null }],
    });
    const problem = await refusal(
      client.call('previewPolicy', { body: { action: 'add', validFrom: '2026-03-01', policy: wrong } }),
    );
    expect(problem.fields).toEqual([
      {
        path: 'policy.groups.0.extensions.0',
        message: 'Enter a last number that has as many digits as the first and is not below it.',
      },
      { path: 'policy.assignments.0.rightId', message: 'Choose a calling right from the list.' },
    ]);
  });
});

describe('calls under code rules', () => {
  it('are found by their verdict, and counted', async () => {
    const find = async (query: object): Promise<readonly unknown[]> =>
      (await client.call('listCalls', { query: { limit: 10, ...query } })).calls.map(({ extension, verdict }) => [
        extension,
        verdict,
      ]);
    expect(await find({ verdict: 'extension-only' })).toEqual([['102', 'extension-only']]);
    expect(await find({ isBreach: true })).toHaveLength(4);
    expect((await client.call('countCalls', { query: { verdict: 'unknown-code' } })).calls).toBe(2);
    expect((await client.call('countCalls', { query: { isBreach: true, extension: '101' } })).calls).toBe(2);
    expect((await client.call('countCalls', { query: { verdict: 'obeys' } })).calls).toBe(0);
  });

  it('say which rule gave their verdict', async () => {
    const { calls } = await client.call('listCalls', { query: { verdict: 'beyond-right', limit: 1 } });
    const detail = await client.call('getCall', { params: { id: calls[0]?.id ?? 0 } });
    expect(detail.ruling).toEqual({
      rule: 'right-ends-before',
      values: { group: '', band: 'mobile', right: 'Office' },
    });
    expect(detail.isVerdictInDoubt).toBe(false);
  });

  it('keep their verdict and its reason when people decide whose they are', async () => {
    const { calls } = await client.call('listCalls', { query: { extension: '101', verdict: 'unknown-code' } });
    const id = calls[0]?.id ?? 0;
    const change = { kind: 'owner', personId: lanId } as const;
    await client.call('decideCalls', { body: { calls: { ids: [id] }, change, by: 'Chị Mai', reason: 'Gõ nhầm' } });
    const detail = await client.call('getCall', { params: { id } });
    expect([detail.personId, detail.reason, detail.verdict]).toEqual([lanId, 'reassigned', 'unknown-code']);
    expect(detail.ruling?.rule).toBe('code-never-assigned');
    const same = { action: 'add', validFrom: '2026-03-01', policy: limited('••54') } as const;
    expect((await client.call('previewPolicy', { body: same })).calls).toBe(0);
  });

  it('are reported by extension with what to ask for', async () => {
    const { breaches, sources } = await client.call('listBreaches', {
      query: { from: '2026-03-01', to: '2026-03-31' },
    });
    expect(
      breaches.map(({ extension, verdict, calls, request, family }) => [extension, verdict, calls, request, family]),
    ).toEqual([
      [null, 'unknown-code', 1, 'check-codes', 'panasonic'],
      ['101', 'beyond-right', 1, 'limit-reach', 'panasonic'],
      ['101', 'unknown-code', 1, 'check-codes', 'panasonic'],
      ['102', 'extension-only', 1, 'ask-for-code', 'panasonic'],
    ]);
    expect(breaches[3]).toMatchObject({
      sourceName: 'PBX',
      isInDoubt: false,
      attempts: 0,
      firstLocal: '2026-03-20T08:17:50',
      ruling: { rule: 'code-asked' },
      examples: [{ dialled: '0987000111' }],
    });
    expect(sources).toEqual([{ sourceId, name: 'PBX', judged: 4, obeying: 0, withCode: 3, hasCodeField: true }]);
  });

  it('of a PBX that prints no codes are in doubt where none was seen', async () => {
    rig.deps.db.prepare("UPDATE sources SET format_id = 'karel-ms' WHERE id = ?").run(sourceId);
    const { breaches, sources } = await client.call('listBreaches', { query: {} });
    expect(breaches.filter(({ isInDoubt }) => isInDoubt).map(({ verdict }) => verdict)).toEqual(['extension-only']);
    expect(sources[0]?.hasCodeField).toBe(false);
    rig.deps.db.prepare("UPDATE sources SET format_id = 'panasonic-a' WHERE id = ?").run(sourceId);
  });
});

describe('sheets for the PBX', () => {
  it('show codes masked, and give files with codes only where codes are shown', async () => {
    const sheet = await client.call('getPbxSheet', { query: { kind: 'asterisk-database' } });
    expect(sheet.codes).toBe(1);
    expect(sheet.files.map(({ name, hasCodes }) => [name, hasCodes])).toEqual([
      ['tollbook-rules.conf', false],
      ['tollbook-codes.sh', true],
    ]);
    expect(sheet.files[1]?.text).toContain("database put tollbook-code ••54 r1'");
    const file = (name: string) =>
      rig.request(`/api/policies/sheet/file?kind=asterisk-database&name=${name}`, { headers: { cookie } });
    const cookie = await rig.signIn();
    expect((await file('tollbook-codes.sh')).status).toBe(403);
    expect(await (await file('tollbook-rules.conf')).text()).toContain('[tollbook-outside]');
    await client.call('putSettings', { body: { showCodes: true } });
    expect(await (await file('tollbook-codes.sh')).text()).toContain("database put tollbook-code 987654 r1'");
    expect((await file('passwords')).status).toBe(404);
    await client.call('putSettings', { body: { showCodes: false } });
  });

  it('are tables in the reader’s language for a PBX that is programmed by hand', async () => {
    const vietnamese = await rig.client('vi');
    const sheet = await vietnamese.call('getPbxSheet', { query: { kind: 'panasonic' } });
    expect(sheet.codeTable).toEqual({
      headings: ['Vị trí', 'Tên', 'Mã', 'Nhóm quyền (COS)'],
      rows: [['0001', 'Nguyễn Thị Lan', '••54', '11']],
    });
    expect(sheet.classTable?.rows).toEqual([['11', 'Office', 'đến nội hạt', '4']]);
    expect(sheet.limits).toEqual(['printed-id']);
    const inFull = { query: { kind: 'panasonic', isInFull: true } } as const;
    expect((await refusal(vietnamese.call('getPbxSheet', inFull))).code).toBe('codes-hidden');
    await client.call('putSettings', { body: { showCodes: true } });
    const shown = await vietnamese.call('getPbxSheet', inFull);
    expect(shown.codeTable?.rows[0]?.[2]).toBe('987654');
    expect(shown.files[0]?.text).toContain('"0001","Nguyễn Thị Lan","987654","11"');
    await client.call('putSettings', { body: { showCodes: false } });
  });
});

describe('rules that are taken out of use', () => {
  it('stay on record with the name of who did it', async () => {
    const { presentId } = await client.call('listPolicies');
    const body = { action: 'remove', policyId: presentId ?? 0 } as const;
    expect((await client.call('previewPolicy', { body })).calls).toBe(4);
    expect((await client.call('applyPolicy', { body: { ...body, by: 'Chị Mai' } })).calls).toBe(4);
    const { versions, presentId: after } = await client.call('listPolicies');
    expect(versions).toMatchObject([{ removedBy: 'Chị Mai' }]);
    expect(after).toBeNull();
    expect((await refusal(client.call('previewPolicy', { body }))).code).toBe('not-found');
  });
});
