/** Signing in with a directory and taking its people over, with a real LDAP server. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { escapeFilterValue, filledFilter } from '../../core/access/directory.ts';
import { roleOf } from '../../core/access/directory-settings.ts';
import type { Client, ProblemError } from '../../core/api/client.ts';
import type { DirectoryInput } from '../../core/api/contract.ts';
import { ORIGIN, openRig, type Rig } from '../api/rig.ts';
import { BASE, type LdapServer, READER, READER_PASSWORD, startLdap } from './ldap-server.ts';

let ldap: LdapServer;
let rig: Rig;
let owner: Client;
beforeAll(async () => {
  ldap = await startLdap();
});
afterAll(() => ldap.stop());
beforeEach(async () => {
  rig = openRig();
  owner = await rig.client();
});
afterEach(() => rig.close());

const settings = (part: Partial<DirectoryInput> = {}): DirectoryInput => ({
  isOn: true,
  host: 'localhost',
  port: ldap.port,
  security: 'starttls',
  authorityFile: ldap.authorityFile,
  bindName: READER,
  password: READER_PASSWORD,
  base: BASE,
  userFilter: '(&(objectClass=inetOrgPerson)(uid={login}))',
  peopleFilter: '(objectClass=inetOrgPerson)',
  groupFilter: '(&(objectClass=groupOfNames)(member={dn}))',
  attributes: {
    login: 'uid',
    name: 'cn',
    email: 'mail',
    employeeNumber: 'employeeNumber',
    department: 'ou',
    title: 'title',
  },
  groups: [
    { group: 'tollbook-accounting', role: 'accountant' },
    { group: `cn=staff,ou=groups,${BASE}`, role: 'employee' },
  ],
  otherRole: null,
  ...part,
});

const codeOf = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
    return 'done';
  } catch (error) {
    return (error as ProblemError).problem.code;
  }
};
const test = (part: Partial<DirectoryInput>, login = ''): Promise<unknown> =>
  owner.call('testDirectory', { body: { settings: settings(part), login } });
const signIn = async (login: string, password = `${login} knows it`): Promise<{ code: string; cookie: string }> => {
  const response = await rig.request('/api/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ login, password }),
  });
  const answer = (await response.json()) as { code?: string };
  return { code: answer.code ?? 'done', cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
};

describe('the test of a directory', () => {
  it('says how many people there are, who a login is, and which role the groups give', async () => {
    expect(await test({}, 'lan')).toEqual({
      peopleCount: 4,
      person: {
        dn: `uid=lan,ou=people,${BASE}`,
        login: 'lan',
        name: 'Nguyễn Thị Lan',
        email: 'lan@anhduong.vn',
        employeeNumber: 'NV01',
        department: 'Kinh doanh',
        groups: [`cn=tollbook-accounting,ou=groups,${BASE}`, `cn=staff,ou=groups,${BASE}`],
        role: 'accountant',
      },
    });
    expect(await test({}, 'khach')).toMatchObject({ person: { role: null } });
  });

  it('has a word of its own for each failure', async () => {
    const failures: readonly (readonly [Partial<DirectoryInput>, string])[] = [
      [{ password: 'wrong' }, 'directory-login-refused'],
      [{ bindName: 'not a name' }, 'directory-name-wrong'],
      [{ base: 'dc=nowhere,dc=vn' }, 'directory-base-wrong'],
      [{ peopleFilter: '(objectClass=inetOrgPerson))' }, 'directory-filter-wrong'],
      [{ authorityFile: '' }, 'directory-certificate'],
      [{ host: '127.0.0.1' }, 'directory-certificate'],
      [{ authorityFile: '/nowhere/ca.pem' }, 'file-not-readable'],
      [{ host: 'no-such-host.invalid' }, 'host-not-found'],
      [{ port: 1 }, 'host-refused'],
    ];
    for (const [part, code] of failures) expect([part, await codeOf(test(part))]).toEqual([part, code]);
    expect(await codeOf(test({}, 'nobody'))).toBe('directory-nobody');
  });

  it('does not hand the stored password to another server', async () => {
    await owner.call('putDirectory', { body: settings() });
    const { password: _, ...kept } = settings();
    const ask = (part: object): Promise<unknown> =>
      owner.call('testDirectory', { body: { settings: { ...kept, ...part }, login: '' } });
    expect(await codeOf(ask({}))).toBe('done');
    expect(await codeOf(ask({ host: '127.0.0.1', security: 'none' }))).not.toBe('done');
    expect(JSON.stringify(await owner.call('getDirectory'))).not.toContain(READER_PASSWORD);
  });
});

describe('signing in with the directory', () => {
  it('makes a user with the role of the first group, who is the person of the same employee number', async () => {
    const { id } = await owner.call('addPerson', { body: { name: 'Lan', employeeNumber: 'NV01' } });
    await owner.call('putDirectory', { body: settings() });
    const { code, cookie } = await signIn('LAN', 'lan knows it');
    expect(code).toBe('done');
    const session = await rig.request('/api/session', { headers: { cookie } });
    expect(await session.json()).toMatchObject({ name: 'Nguyễn Thị Lan', role: 'accountant' });
    expect(await owner.call('listUsers')).toMatchObject([{ login: 'lan', origin: 'directory', personId: id }]);
  });

  it('refuses a wrong password, none at all, people in no group, and names that are patterns', async () => {
    await owner.call('putDirectory', { body: settings() });
    const refused = [
      ['lan', 'wrong'],
      ['lan', ' '],
      ['khach', 'khach knows it'],
      ['l*', 'lan knows it'],
      ['*)(uid=lan', 'lan knows it'],
    ];
    for (const [login = '', password] of refused) {
      expect([login, (await signIn(login, password)).code]).toEqual([login, 'sign-in-refused']);
    }
    expect(await owner.call('listUsers')).toEqual([]);
  });

  it('looks the role up again each time, and shuts out who has lost every group', async () => {
    await owner.call('putDirectory', { body: settings() });
    const { cookie } = await signIn('minh');
    expect(await (await rig.request('/api/session', { headers: { cookie } })).json()).toMatchObject({
      role: 'employee',
    });
    await owner.call('putDirectory', { body: settings({ groups: [{ group: 'staff', role: 'auditor' }] }) });
    await signIn('minh');
    expect(await owner.call('listUsers')).toMatchObject([{ login: 'minh', role: 'auditor', seesNumbers: false }]);
    await owner.call('putDirectory', { body: settings({ groups: [] }) });
    expect((await signIn('minh')).code).toBe('sign-in-refused');
  });

  it('never takes over a name whose password is kept here', async () => {
    await owner.call('putDirectory', { body: settings() });
    const rights = { personId: null, departmentIds: [], seesNumbers: true, seesCodes: true };
    const user = {
      login: 'lan',
      name: 'Lan',
      role: 'administrator',
      state: 'active',
      mustChangePassword: false,
    } as const;
    await owner.call('addUser', { body: { ...user, ...rights, password: 'một mật khẩu khác' } });
    expect((await signIn('lan', 'lan knows it')).code).toBe('sign-in-refused');
    expect((await signIn('lan', 'một mật khẩu khác')).code).toBe('done');
  });

  it('tells a stranger nothing of a directory that does not answer, and counts no failure', async () => {
    await owner.call('putDirectory', { body: settings({ port: 1 }) });
    for (let i = 0; i < 8; i += 1) expect((await signIn('lan')).code).toBe('directory-unavailable');
  });
});

describe('people of the directory', () => {
  it('are looked at first, then written, found again by their employee number', async () => {
    await owner.call('addPerson', { body: { name: 'Chị Lan', employeeNumber: 'NV01' } });
    await owner.call('putDirectory', { body: settings() });
    const preview = await owner.call('previewDirectoryPeople');
    expect(preview.counts).toEqual({ add: 3, update: 1, same: 0, error: 0 });
    expect(await owner.call('listPeople', { query: {} })).toHaveLength(1);
    await owner.call('confirmPeopleImport', { params: { importId: preview.importId } });
    const people = await owner.call('listPeople', { query: {} });
    expect(people.map(({ name, email, departmentName }) => [name, email, departmentName])).toEqual([
      ['Nguyễn Thị Lan', 'lan@anhduong.vn', 'Kinh doanh'],
      ['Trần Minh', null, 'Bao tri'],
      ['Khách', null, 'Ngoai'],
      ["O'Hara (tạm)", null, 'Ngoai'],
    ]);
    expect((await owner.call('previewDirectoryPeople')).counts).toMatchObject({ add: 0, update: 0, same: 4 });
  });
});

describe('a filter', () => {
  it.each([
    ['lan', 'lan'],
    ['lan@anhduong.vn', 'lan@anhduong.vn'],
    ['*', '\\2a'],
    ['a)(uid=*', 'a\\29\\28uid\\3d\\2a'],
    ['ế', '\\e1\\ba\\bf'],
    ['\\', '\\5c'],
    ['\0', '\\00'],
  ])('takes %j for what it is', (typed, escaped) => {
    expect(escapeFilterValue(typed)).toBe(escaped);
    expect(filledFilter('(uid={login})', { login: typed })).toBe(`(uid=${escaped})`);
  });
});

describe('the role of groups', () => {
  it('is that of the first group in the list, by its whole name or its own', () => {
    const groups = [
      { group: 'CN=Kế toán\\, trưởng,OU=Groups,DC=a', role: 'accountant' },
      { group: 'staff', role: 'employee' },
    ] as const;
    expect(roleOf({ groups, otherRole: null }, ['cn=Staff,ou=x'])).toBe('employee');
    expect(roleOf({ groups, otherRole: null }, ['cn=staff,ou=x', 'cn=kế toán\\, trưởng,ou=groups,dc=a'])).toBe(
      'accountant',
    );
    expect(roleOf({ groups, otherRole: null }, ['cn=staffing,ou=x'])).toBeUndefined();
    expect(roleOf({ groups, otherRole: 'auditor' }, [])).toBe('auditor');
  });
});
