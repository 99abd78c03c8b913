/** Managers and employees ask every reading route for what is not theirs, and never see it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewerOfUser } from '../../core/access/viewer.ts';
import type { Client, ProblemError } from '../../core/api/client.ts';
import { type RouteName, routes } from '../../core/api/contract.ts';
import type { RouteDefinition } from '../../core/api/route.ts';
import { isGranted, type Role } from '../../core/model/access.ts';
import { callIdOf } from '../../core/model/call.ts';
import { NO_FILTER } from '../../core/model/report-filters.ts';
import { REPORT_IDS } from '../../core/model/report-request.ts';
import { buildReport } from '../../core/reports/catalogue.ts';
import { viewOf } from '../../core/reports/view.ts';
import { UserStore } from '../../core/store/users.ts';
import { APRIL_2, MARCH, type Office, openOffice } from '../closing/office.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { addUser, clientOf, cookieOf } from './sign-in-as.ts';

const LANS = ['0901000001', '0901000002'];
const MINHS = '0911000003';
const NOBODYS = '0901000004';

let office: Office;
let teamId: number;
const users = new Map<Role, number>();
const clients = new Map<Role, Client>();
/** The manager has Lan's department, and the employee is Lan: Minh and nobody's calls are not theirs. */
const NARROW = ['manager', 'employee'] as const;

beforeAll(async () => {
  office = await openOffice();
  office.rig.clockMs = APRIL_2;
  const { rig, client, salesId, lanId } = office;
  teamId = (await client.call('addDepartment', { body: { name: 'Nhóm Bắc', parentId: salesId } })).id;
  users.set('manager', addUser(rig, { login: 'truong', role: 'manager', departmentIds: [salesId] }));
  users.set('employee', addUser(rig, { login: 'lan', role: 'employee', personId: lanId }));
  users.set('auditor', addUser(rig, { login: 'kiem', role: 'auditor' }));
  for (const [role, id] of users) clients.set(role, clientOf(rig, id));
});
afterAll(() => office.rig.close());

const as = (role: Role): Client => {
  const client = clients.get(role);
  if (client === undefined) throw new Error(`no client for ${role}`);
  return client;
};
const refusalOf = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
    return 'done';
  } catch (error) {
    return (error as ProblemError).problem.code;
  }
};
const numbersOf = async (client: Client, query: object = {}): Promise<(string | null)[]> =>
  (await client.call('listCalls', { query })).calls.map((call) => call.dialled).sort();

const NUMBERS = /0911000003|0901000004|911000003|901000004/;
const FOREIGN = new RegExp(`Trần Minh|Bảo trì|NV02|${NUMBERS.source}`);

interface Answer {
  readonly route: RouteName;
  readonly url: string;
  readonly text: string;
}

/** Questions for what is Minh's, at every reading route the role may ask. */
async function answersTo(role: Role): Promise<readonly Answer[]> {
  const { rig, minhId } = office;
  const { id: callId } = await office.call(MINHS);
  const values: Readonly<Record<string, string>> = {
    ...{ month: MARCH, from: '2026-03-01', to: '2026-03-31', q: 'minh', text: 'minh', type: 'csv', by: 'person' },
    ...{ personId: String(minhId), fromMonth: MARCH, toMonth: MARCH, number: MINHS, language: 'vi', limit: '100' },
  };
  const headers = { cookie: cookieOf(rig, users.get(role) ?? 0) };
  const answers: Answer[] = [];
  for (const name of Object.keys(routes) as RouteName[]) {
    const { method, path: address, access, query, produces }: RouteDefinition = routes[name];
    // Reports are made by threads of their own, so one stands for all here; what each says is looked at below.
    const isOther = method !== 'GET' || produces === 'events' || address.startsWith('/api/reports/:reportId/');
    if (isOther || !isGranted(role, access)) continue;
    const known = query !== undefined && 'shape' in query ? Object.keys(query.shape as object) : [];
    const ids = address.includes(':') ? [callId, minhId] : [0];
    const wide = known.filter((key) => !['personId', 'q', 'text', 'number'].includes(key));
    // Everything that can be asked, and all but whose it is. A file takes a thread of its own: one is asked for.
    const questions = produces === 'file' || address.includes(':') ? [wide] : [known, wide];
    for (const id of ids) {
      for (const keys of questions) {
        const asked = keys.flatMap((key): [string, string][] => (key in values ? [[key, values[key] ?? '']] : []));
        const url = `${address.replace(':reportId', 'call-detail').replace(/:\w+/g, String(id))}?${new URLSearchParams(asked)}`;
        const response = await rig.request(url, { headers });
        // What was asked for may be repeated in the answer.
        const text = (await response.text()).replaceAll(MINHS, keys.includes('number') ? '' : MINHS);
        if (response.ok) answers.push({ route: name, url, text });
      }
    }
  }
  return answers;
}

const holding = (answers: readonly Answer[], text: RegExp): string[] =>
  answers.flatMap((answer) => (text.test(answer.text) ? [`${answer.route} ${answer.url}`] : []));

describe.each(NARROW)('to the %s', (role) => {
  it('the list of calls has the own ones, and its totals count no other', async () => {
    expect(await numbersOf(as(role))).toEqual(LANS);
    expect(await as(role).call('countCalls', { query: {} })).toMatchObject({ calls: 2, talkSeconds: 180 });
    expect(await as(role).call('countCalls', { query: { month: MARCH } })).toMatchObject({ calls: 2 });
  });

  it('every filter finds among the own calls alone', async () => {
    const { minhId, sourceId } = office;
    const queries: readonly object[] = [
      { personId: minhId },
      { personId: 0 },
      { departmentId: 0 },
      { extension: '102' },
      { code: '9999' },
      { number: MINHS },
      { number: NOBODYS.slice(-4) },
      { text: 'minh' },
      { reason: 'unknown-code' },
      { reason: 'extension' },
    ];
    for (const query of queries) expect([query, await numbersOf(as(role), query)]).toEqual([query, []]);
    for (const query of [{ sourceId }, { from: '2026-03-01' }, { isOutbound: true }, { number: '09' }]) {
      expect([query, await numbersOf(as(role), query)]).toEqual([query, LANS]);
    }
  });

  it('a call of somebody else is not found, like one that does not exist', async () => {
    const { id } = await office.call(MINHS);
    const ask = async (callId: number): Promise<unknown[]> => {
      const answers = [];
      for (const address of [`/api/calls/${callId}`, `/api/calls/${callId}/history`]) {
        const response = await office.rig.request(address, {
          headers: { cookie: cookieOf(office.rig, users.get(role) ?? 0) },
        });
        answers.push(response.status, (await response.text()).replaceAll(String(callId), 'ID'));
      }
      return answers;
    };
    const there = await ask(id);
    expect(there).toEqual(await ask(987_654_321));
    expect(there[0]).toBe(404);
  });

  it('whose a code, an extension, a number or a name is, is told of the own ones alone', async () => {
    const nothing = { codes: [], extensions: [], people: [], recentCalls: [], nearestCodes: [], matchedAs: 'nothing' };
    for (const q of ['102', '103', 'Minh', 'Trần', '4402', MINHS, NOBODYS.slice(-6)]) {
      expect(await as(role).call('lookUp', { query: { q } })).toMatchObject(nothing);
    }
    expect(await as(role).call('lookUp', { query: { q: '4401' } })).toMatchObject({
      codes: [{ personName: 'Nguyễn Thị Lan' }],
      totals: { calls: 2 },
    });
  });

  it('the month adds up the own calls alone, by department, person and band', async () => {
    for (const by of ['department', 'person', 'band'] as const) {
      const month = await as(role).call('getMonth', { query: { month: MARCH, by } });
      expect([by, month.rows.length, month.totals.calls, month.unattributed.calls]).toEqual([by, 1, 2, 0]);
      expect(month.quarantinedFrames).toBe(0);
    }
  });

  it('decisions about calls of others, or that give calls to others, find nothing', async () => {
    const { id } = await office.call(MINHS);
    const own = await office.call(LANS[0] ?? '');
    const { minhId } = office;
    const words = { reason: 'Thử', by: '' };
    const decide = (ids: number[], change: object): Promise<unknown> =>
      as(role).call('decideCalls', { body: { ...words, calls: { ids }, change: change as never } });
    const expected = isGranted(role, 'decide-calls') ? 'not-found' : 'not-allowed';
    expect(await refusalOf(decide([id], { kind: 'purpose', purpose: 'private' }))).toBe(expected);
    expect(await refusalOf(decide([own.id], { kind: 'owner', personId: minhId }))).toBe(expected);
  });

  it('no answer of any reading route holds a name, number, code or department of others', async () => {
    expect(holding(await answersTo(role), FOREIGN)).toEqual([]);
  });
});

describe.each([...NARROW, 'auditor'] as const)('to the %s', (role) => {
  it.each(REPORT_IDS)('the report %s says no more than its reader may see', (reportId) => {
    const { db, journal } = office.rig.deps;
    const user = new UserStore(db).get(users.get(role) ?? 0);
    const { scope, seesNumbers, seesCodes, name: madeBy } = viewerOfUser(user);
    const report = buildReport(db, {
      reportId,
      filter: { ...NO_FILTER, from: '2026-03-01', to: '2026-03-31' },
      language: 'vi',
      reader: { madeBy, scope, seesNumbers, seesCodes },
      nowMs: APRIL_2,
      journalPath: journal.db.name,
    });
    expect(JSON.stringify(viewOf(report))).not.toMatch(role === 'auditor' ? NUMBERS : FOREIGN);
  });
});

describe('to an auditor', () => {
  it('the same questions are answered with people of others, but with no number in full', async () => {
    const answers = await answersTo('auditor');
    const telling = new Set(answers.filter(({ text }) => FOREIGN.test(text)).map(({ route }) => route));
    const known = ['listCalls', 'getCall', 'lookUp', 'getMonth', 'listPeople', 'search', 'viewReport'];
    expect([...telling]).toEqual(expect.arrayContaining(known));
    expect(holding(answers, NUMBERS)).toEqual([]);
  }, 60_000);
});

describe('to a manager', () => {
  it('people and departments are those of the own tree, without what stands above it', async () => {
    expect((await as('manager').call('listPeople', { query: {} })).map(({ name }) => name)).toEqual(['Nguyễn Thị Lan']);
    expect(await as('manager').call('listPeople', { query: { text: 'Minh' } })).toEqual([]);
    const departments = await as('manager').call('listDepartments');
    expect(departments.map(({ name, parentId }) => [name, parentId])).toEqual([
      ['Kinh doanh', null],
      ['Nhóm Bắc', office.salesId],
    ]);
  });

  it('calls of departments below are the own, and end to be when the department moves away', async () => {
    const { rig, client, sourceId, salesId } = office;
    const person = await client.call('addPerson', { body: { name: 'Phạm Hoa', departmentId: teamId } });
    const assignment = { kind: 'code', value: '4488' } as const;
    await client.call('applyAssignment', { body: { action: 'add', personId: person.id, assignment } });
    rig.feed(
      sourceId,
      panasonicLine({ at: '09/03/26 08:15', number: '0901000088', duration: "00:01'00", account: '4488' }),
    );
    expect(await numbersOf(as('manager'))).toEqual([...LANS, '0901000088']);
    expect(await numbersOf(as('employee'))).toEqual(LANS);
    const move = (parentId: number | null): Promise<unknown> =>
      client.call('changeDepartment', { params: { id: teamId }, body: { name: 'Nhóm Bắc', parentId } });
    await move(null);
    expect(await numbersOf(as('manager'))).toEqual(LANS);
    await move(salesId);
  });

  it('nobody is seen before a department is given', async () => {
    const lonely = clientOf(office.rig, addUser(office.rig, { login: 'moi', role: 'manager' }));
    expect(await numbersOf(lonely)).toEqual([]);
    expect(await lonely.call('countCalls', { query: {} })).toMatchObject({ calls: 0 });
    expect(await lonely.call('listPeople', { query: {} })).toEqual([]);
  });
});

describe('to an employee who is no person of the site', () => {
  it('there are no calls, also not those that nobody owns', async () => {
    const nobody = clientOf(office.rig, addUser(office.rig, { login: 'khach', role: 'employee' }));
    expect(await numbersOf(nobody)).toEqual([]);
    const month = await nobody.call('getMonth', { query: { month: MARCH } });
    expect([month.rows, month.totals.calls, month.months]).toEqual([[], 0, []]);
  });
});

describe('live events', () => {
  it('bring each reader the own calls, and nothing of sources to those who do not look after them', async () => {
    const { rig } = office;
    const open = async (role: Role): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
      const cookie = cookieOf(rig, users.get(role) ?? 0);
      const response = await rig.request('/api/events', { headers: { cookie } });
      const reader = response.body?.getReader();
      if (reader === undefined) throw new Error('no events');
      await reader.read();
      return reader;
    };
    const readers = new Map<Role, ReadableStreamDefaultReader<Uint8Array>>();
    for (const role of ['manager', 'employee', 'auditor'] as const) readers.set(role, await open(role));
    const [minhs, lans] = [await office.call(MINHS), await office.call(LANS[0] ?? '')];
    const tell = (ids: number[]): void => {
      const added = ids.map((id) => callIdOf(Math.floor(id / 2 ** 40), id % 2 ** 40));
      rig.ingest.events.tell({ type: 'calls', sourceId: office.sourceId, added, updated: [], total: added.length });
    };
    tell([minhs.id]);
    tell([lans.id]);
    for (const role of NARROW) {
      const text = new TextDecoder().decode((await readers.get(role)?.read())?.value);
      expect(text).toContain(`"id":${lans.id}`);
    }
    const seen = new TextDecoder().decode((await readers.get('auditor')?.read())?.value);
    expect(seen).toContain(`"id":${minhs.id}`);
    expect(seen).not.toContain(MINHS);
    for (const reader of readers.values()) await reader.cancel();
  });
});
