import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../core/api/client.ts';
import { secondsLeft } from '../../core/api/work-list.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addUser, clientOf } from '../access/sign-in-as.ts';
import { addSource, LINES, NOW_MS, ORIGIN, openRig, type Rig } from './rig.ts';

const PLAIN = {
  employeeNumber: null,
  email: null,
  title: null,
  notes: null,
  activeFrom: null,
  activeTo: null,
  departmentId: null,
  departmentFrom: null,
};

let rig: Rig;
let client: Client;
let steps: number[];

beforeEach(async () => {
  rig = openRig();
  steps = [];
  client = createClient({
    baseUrl: ORIGIN,
    language: 'en',
    fetch: (request) => {
      const headers = new Headers(request.headers);
      headers.set('host', '127.0.0.1:4680');
      return rig.api.fetch(new Request(request, { headers }), { remoteAddress: '127.0.0.1', localPort: 4680 });
    },
    headers: { cookie: await rig.signIn() },
    onUndoable: (step) => steps.push(step),
  });
});
afterEach(() => rig.close());

const undo = (): Promise<unknown> => client.call('undoChange', { params: { id: steps.at(-1) ?? 0 } });

describe('undo', () => {
  test('a code that goes back takes its calls along', async () => {
    const { id } = await client.call('addPerson', { body: { ...PLAIN, name: 'Nguyễn Thị Hoa' } });
    const code = { kind: 'code' as const, value: '987654', lastValue: null, validFrom: null, validTo: null };
    await client.call('applyAssignment', { body: { action: 'add', personId: id, assignment: code } });
    rig.ingest.asked.length = 0;
    await undo();
    expect(rig.ingest.asked).toContain('rebook {"codes":["987654"],"extensions":[]}');
    expect((await client.call('listPeople', { query: {} }))[0]?.assignments).toEqual([]);
  });

  test('a change is taken back once, and not over what was changed since', async () => {
    await client.call('putSettings', { body: { companyName: 'An Phú' } });
    await client.call('putSettings', { body: { quietMinutes: 45 } });
    await undo();
    expect(await client.call('getSettings')).toMatchObject({ companyName: 'An Phú', quietMinutes: 60 });
    await expect(undo()).rejects.toMatchObject({ problem: { code: 'undo-gone' } });
    await client.call('putSettings', { body: { companyName: 'Bình Minh' } });
    const [first] = steps;
    const early = client.call('undoChange', { params: { id: first ?? 0 } });
    await expect(early).rejects.toMatchObject({ problem: { code: 'undo-conflict' } });
    expect((await client.call('getSettings')).companyName).toBe('Bình Minh');
  });

  test('an hour later nothing is kept to be taken back', async () => {
    await client.call('putSettings', { body: { companyName: 'An Phú' } });
    const [early] = steps;
    rig.clockMs = NOW_MS + 61 * 60_000;
    await client.call('putSettings', { body: { companyName: 'Bình Minh' } });
    const late = client.call('undoChange', { params: { id: early ?? 0 } });
    await expect(late).rejects.toMatchObject({ problem: { code: 'undo-gone' } });
  });
});

describe('many people at once', () => {
  test('a preview writes nothing; the change is one step that undo takes back', async () => {
    const stock = await client.call('addDepartment', { body: { parentId: null, name: 'Kho', code: null } });
    const personIds: number[] = [];
    for (const name of ['An', 'Bình', 'Chi']) {
      const { id } = await client.call('addPerson', { body: { ...PLAIN, name } });
      const code = { kind: 'code' as const, value: `55${id}`, lastValue: null, validFrom: null, validTo: null };
      await client.call('applyAssignment', { body: { action: 'add', personId: id, assignment: code } });
      personIds.push(id);
    }
    const change = { personIds, department: { id: stock.id, from: '2026-03-01' }, codesEndAt: '2026-04-01' };
    const before = await client.call('listPeople', { query: {} });
    const effect = { people: 3, moved: 3, endedCodes: 3, endedExtensions: 0 };
    expect(await client.call('previewPeopleChange', { body: change })).toEqual(effect);
    expect(await client.call('listPeople', { query: {} })).toEqual(before);

    expect(await client.call('changePeople', { body: change })).toEqual(effect);
    const after = await client.call('listPeople', { query: {} });
    expect(after.map(({ departmentName }) => departmentName)).toEqual(['Kho', 'Kho', 'Kho']);
    expect(after.flatMap(({ assignments }) => assignments.map(({ validTo }) => validTo))).toEqual(
      Array.from({ length: 3 }, () => '2026-04-01'),
    );
    await undo();
    expect(await client.call('listPeople', { query: {} })).toEqual(before);
  });
});

describe('views', () => {
  test('a view of the same name is replaced; others see the shared ones', async () => {
    const input = { page: 'calls' as const, name: 'Không rõ mã', search: 'reason=unknown-code', columns: null };
    const first = await client.call('saveView', { body: input });
    const again = await client.call('saveView', { body: { ...input, search: 'reason=no-code', isShared: true } });
    expect(again.id).toBe(first.id);
    expect(await client.call('listViews', { query: { page: 'calls' } })).toEqual([again]);
    expect(await client.call('listViews', { query: { page: 'people' } })).toEqual([]);
    await client.call('removeView', { params: { id: again.id } });
    expect(await client.call('listViews', { query: { page: 'calls' } })).toEqual([]);
  });
});

test('the first week is told by what is there', async () => {
  const done = async (): Promise<readonly string[]> =>
    (await client.call('getFirstWeek')).steps.filter(({ isDone }) => isDone).map(({ step }) => step);
  expect(await done()).toEqual([]);
  const { id } = await client.call('addPerson', { body: { ...PLAIN, name: 'An' } });
  const code = { kind: 'code' as const, value: '987654', lastValue: null, validFrom: null, validTo: null };
  await client.call('applyAssignment', { body: { action: 'add', personId: id, assignment: code } });
  expect(await done()).toEqual(['people', 'codes']);
  expect((await client.call('putFirstWeekAway', { body: { isPutAway: true } })).isPutAway).toBe(true);
});

describe('running work', () => {
  test('says how much of an import is read and how long the rest takes, until it is stopped', async () => {
    const sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
    const query = { sourceId, fileName: 'march.log' };
    const { id } = await client.call('importFile', { query, body: new TextEncoder().encode(LINES.repeat(4)) });
    const work = { kind: 'import', id, name: 'march.log', part: 0, secondsLeft: null, mayCancel: true };
    expect(await client.call('listWork')).toEqual([work]);

    rig.feed(sourceId, LINES);
    rig.capture.jobs = rig.capture.jobs.map((job) => ({ ...job, bytesDone: LINES.length }));
    rig.clockMs = NOW_MS + 30_000;
    // A quarter took 30 s: three quarters take 90 s.
    expect(await client.call('listWork')).toEqual([{ ...work, part: 0.25, secondsLeft: 90 }]);

    await client.call('cancelImport', { params: { id } });
    expect(await client.call('listWork')).toEqual([]);
  });

  test('is shown to who may see where it runs, and stopped only by who may change it', async () => {
    const sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
    const query = { sourceId, fileName: 'march.log' };
    await client.call('importFile', { query, body: new TextEncoder().encode(LINES) });
    const auditor = clientOf(rig, addUser(rig, { login: 'auditor', role: 'auditor' }));
    expect(await auditor.call('listWork')).toMatchObject([{ kind: 'import', name: 'march.log', mayCancel: false }]);
    const employee = clientOf(rig, addUser(rig, { login: 'employee', role: 'employee' }));
    expect(await employee.call('listWork')).toEqual([]);
  });
});

test('time left follows from how fast it went so far', () => {
  expect(secondsLeft({ atMs: 0, part: 0.2 }, { atMs: 10_000, part: 0.4 })).toBe(30);
  expect(secondsLeft({ atMs: 0, part: 0.2 }, { atMs: 10_000, part: 0.2 })).toBeNull();
});
