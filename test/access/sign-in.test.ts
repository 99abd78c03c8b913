/** Getting in by password, second factor, waits, sessions: through the API. */
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import { createClient, type ProblemError } from '../../core/api/client.ts';
import { INFO, ORIGIN, openRig, type Rig } from '../api/rig.ts';

const PASSWORD = 'xe đạp của bà ngoại';
const OTHER = 'ba con mèo trên mái';
const AWAY = { remoteAddress: '192.168.1.20', localPort: 4690 };
const HOUR_MS = 3_600_000;

let rig: Rig;
let owner: Client;
beforeEach(async () => {
  rig = openRig();
  owner = await rig.client();
});
afterEach(() => rig.close());

const lan = { login: 'Lan', name: 'Nguyễn Thị Lan', role: 'administrator', state: 'active' } as const;
const rights = { personId: null, departmentIds: [], seesNumbers: true, seesCodes: true };
const addLan = (part: object = {}): Promise<{ id: number }> =>
  owner.call('addUser', { body: { ...lan, ...rights, password: PASSWORD, mustChangePassword: false, ...part } });

/** As a browser: keeps its cookie. */
class Browser {
  cookie = '';
  readonly info: typeof INFO;
  constructor(info: typeof INFO = INFO) {
    this.info = info;
  }
  readonly client: Client = createClient({
    baseUrl: ORIGIN,
    language: 'en',
    fetch: async (request) => {
      if (this.cookie !== '') request.headers.set('cookie', this.cookie);
      const response = await rig.api.fetch(request, this.info);
      this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
      return response;
    },
  });
  signIn(login = 'lan', password = PASSWORD, code?: string): Promise<unknown> {
    return this.client.call('signInWithPassword', { body: { login, password, ...(code !== undefined && { code }) } });
  }
}

const refusalOf = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
    return 'done';
  } catch (error) {
    return (error as ProblemError).problem.code;
  }
};

describe('signing in by password', () => {
  it('opens a session of that user, however the name is typed', async () => {
    await addLan();
    const browser = new Browser();
    await browser.signIn(' LAN ');
    expect(await browser.client.call('getSession')).toMatchObject({ name: lan.name, role: 'administrator' });
    expect(await owner.call('listSessions')).toMatchObject([
      { name: lan.name, address: '127.0.0.1' },
      { userId: null },
    ]);
  });

  it('answers an unknown name as it answers a wrong password', async () => {
    await addLan();
    const answer = (login: string, password: string): Promise<Response> =>
      rig.request('/api/sign-in', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: ORIGIN, 'accept-language': 'en' },
        body: JSON.stringify({ login, password }),
      });
    const [wrong, unknown] = [await answer('lan', OTHER), await answer('nobody', OTHER)];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  it('makes attempts wait after five wrong ones, also the right one, and an administrator ends it', async () => {
    const { id } = await addLan();
    const browser = new Browser();
    for (let i = 0; i < 6; i += 1) expect(await refusalOf(browser.signIn('lan', OTHER))).toBe('sign-in-refused');
    expect(await refusalOf(browser.signIn())).toBe('sign-in-wait');
    expect(await owner.call('listUsers')).toMatchObject([{ waitSeconds: 30 }]);
    await owner.call('unlockUser', { params: { id } });
    expect(await refusalOf(browser.signIn())).toBe('done');
  });

  it('lets no more guesses through when they come at the same moment', async () => {
    await addLan();
    const guesses = Array.from({ length: 30 }, () => refusalOf(new Browser().signIn('lan', OTHER)));
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer === 'sign-in-refused').length).toBeLessThanOrEqual(6);
  });

  it('makes an address wait that tries many names, and nobody else', async () => {
    await addLan();
    const guesser = new Browser({ ...INFO, remoteAddress: '127.0.0.9' });
    for (let i = 0; i < 26; i += 1) await refusalOf(guesser.signIn(`name${i}`, OTHER));
    expect(await refusalOf(guesser.signIn())).toBe('sign-in-wait');
    expect(await refusalOf(new Browser().signIn())).toBe('done');
  });

  it.each(['locked', 'disabled'] as const)('is over at once for a user who is %s', async (state) => {
    const { id } = await addLan({ role: 'accountant' });
    const browser = new Browser();
    await browser.signIn();
    await owner.call('changeUser', { params: { id }, body: { ...lan, ...rights, role: 'accountant', state } });
    expect(await refusalOf(browser.client.call('getSession'))).toBe('not-signed-in');
    expect(await refusalOf(browser.signIn())).toBe('account-closed');
  });

  it('has the rights of another role at the next request', async () => {
    await addLan();
    const { id } = await addLan({ login: 'minh', role: 'employee' });
    const browser = new Browser();
    await browser.signIn('minh');
    expect(await refusalOf(browser.client.call('listTariffs'))).toBe('not-allowed');
    await owner.call('changeUser', { params: { id }, body: { ...lan, ...rights, login: 'minh', role: 'accountant' } });
    expect(await refusalOf(browser.client.call('listTariffs'))).toBe('done');
  });

  it('asks for a password of one’s own before anything else where it was given by another', async () => {
    await addLan({ mustChangePassword: true });
    const browser = new Browser();
    await browser.signIn();
    expect(await refusalOf(browser.client.call('listUsers'))).toBe('password-due');
    await browser.client.call('changeOwnPassword', { body: { password: PASSWORD, newPassword: OTHER } });
    expect(await refusalOf(browser.client.call('listUsers'))).toBe('done');
  });
});

describe('a session', () => {
  it('gets another token when the password changes, and all others end', async () => {
    await addLan();
    const [here, elsewhere] = [new Browser(), new Browser()];
    await here.signIn();
    await elsewhere.signIn();
    const before = here.cookie;
    await here.client.call('changeOwnPassword', { body: { password: PASSWORD, newPassword: OTHER } });
    expect(here.cookie).not.toBe(before);
    expect(await refusalOf(here.client.call('getAccount'))).toBe('done');
    expect(await refusalOf(elsewhere.client.call('getAccount'))).toBe('not-signed-in');
    const old = await rig.request('/api/account', { headers: { cookie: before } });
    expect(old.status).toBe(401);
  });

  it('ends after half a day without a sign of life, and after a week with them', async () => {
    await addLan();
    const browser = new Browser();
    await browser.signIn();
    for (let hour = 0; hour < 6 * 24; hour += 11) {
      rig.clockMs += 11 * HOUR_MS;
      expect(await refusalOf(browser.client.call('getSession'))).toBe('done');
    }
    rig.clockMs += 13 * HOUR_MS;
    expect(await refusalOf(browser.client.call('getSession'))).toBe('not-signed-in');
    await browser.signIn();
    rig.clockMs += 12 * HOUR_MS;
    expect(await refusalOf(browser.client.call('getSession'))).toBe('not-signed-in');
  });

  it('is not kept alive by a page that only listens', async () => {
    await addLan();
    const browser = new Browser();
    await browser.signIn();
    const response = await rig.request('/api/events', { headers: { cookie: browser.cookie } });
    const reader = response.body?.getReader();
    await reader?.read();
    rig.clockMs += 11 * HOUR_MS;
    // Whatever changes a user has the listening pages looked at again.
    await addLan({ login: 'minh' });
    await owner.call('endUserSessions', { params: { id: 2 } });
    rig.clockMs += HOUR_MS;
    expect(await refusalOf(browser.client.call('getSession'))).toBe('not-signed-in');
    await reader?.cancel();
  });

  it('is ended by its user or by an administrator, never by another user', async () => {
    await addLan();
    await addLan({ login: 'minh', role: 'employee' });
    const [ofLan, ofMinh] = [new Browser(), new Browser()];
    await ofLan.signIn();
    await ofMinh.signIn('minh');
    const second = new Browser();
    await second.signIn();
    await ofLan.client.call('endOtherSessions');
    expect(await refusalOf(second.client.call('getAccount'))).toBe('not-signed-in');
    const [entry] = (await ofLan.client.call('getAccount')).sessions;
    const params = { id: entry?.id ?? 0 };
    expect(await refusalOf(ofMinh.client.call('endOwnSession', { params }))).toBe('not-found');
    await owner.call('endSession', { params });
    expect(await refusalOf(ofLan.client.call('getAccount'))).toBe('not-signed-in');
  });
});

describe('what an administrator does for a user', () => {
  it('a new password ends all sessions and the wait, and has to be changed', async () => {
    const { id } = await addLan();
    const browser = new Browser();
    await browser.signIn();
    for (let i = 0; i < 6; i += 1) await refusalOf(new Browser().signIn('lan', OTHER));
    await owner.call('setUserPassword', { params: { id }, body: { password: OTHER } });
    expect(await refusalOf(browser.client.call('getSession'))).toBe('not-signed-in');
    await browser.signIn('lan', OTHER);
    expect(await browser.client.call('getSession')).toMatchObject({ isPasswordDue: true });
  });

  it('ends the second factor of who has lost it', async () => {
    const { id } = await addLan();
    const browser = new Browser();
    await browser.signIn();
    const { secret } = await browser.client.call('startSecondFactor', { body: { password: PASSWORD } });
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: rig.clockMs });
    await browser.client.call('confirmSecondFactor', { body: { code } });
    expect(await refusalOf(new Browser().signIn())).toBe('second-factor-needed');
    await owner.call('removeUserSecondFactor', { params: { id } });
    expect(await refusalOf(new Browser().signIn())).toBe('done');
  });

  it('ends all sessions of the user, or removes the user with them', async () => {
    const { id } = await addLan();
    await addLan({ login: 'minh' });
    const browser = new Browser();
    await browser.signIn();
    await owner.call('endUserSessions', { params: { id } });
    expect(await refusalOf(browser.client.call('getSession'))).toBe('not-signed-in');
    await browser.signIn();
    await owner.call('removeUser', { params: { id } });
    expect(await refusalOf(browser.client.call('getSession'))).toBe('not-signed-in');
  });

  it('takes no password that is easy, nor a login that somebody has', async () => {
    expect(await refusalOf(addLan({ password: 'password12' }))).toBe('invalid-input');
    await addLan();
    expect(await refusalOf(addLan({ login: 'LAN' }))).toBe('conflict');
  });
});

describe('who did it', () => {
  it('is whoever signed in by name, whatever else is typed; the owner has to type a name', async () => {
    await addLan();
    const browser = new Browser();
    await browser.signIn();
    const budget = { fromMonth: '2026-03', allowance: { kind: 'minutes', minutes: 100 } } as const;
    await browser.client.call('addBudget', { body: { ...budget, by: 'Ai đó' } });
    expect(rig.deps.db.prepare('SELECT changed_by FROM budgets').pluck().all()).toEqual([lan.name]);
    expect(await refusalOf(owner.call('addBudget', { body: budget }))).toBe('invalid-input');
  });
});

describe('the last administrator', () => {
  it('can be neither removed, locked nor demoted; with another one it can', async () => {
    const { id } = await addLan();
    const change = (part: object): Promise<unknown> =>
      owner.call('changeUser', { params: { id }, body: { ...lan, ...rights, ...part } });
    expect(await refusalOf(owner.call('removeUser', { params: { id } }))).toBe('last-administrator');
    expect(await refusalOf(change({ role: 'auditor' }))).toBe('last-administrator');
    expect(await refusalOf(change({ state: 'locked' }))).toBe('last-administrator');
    await addLan({ login: 'minh' });
    expect(await refusalOf(change({ role: 'auditor' }))).toBe('done');
  });
});

describe('the second factor', () => {
  const codeAt = (secret: string, nowMs: number): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: nowMs });

  async function setUp(browser: Browser): Promise<{ secret: string; recoveryCodes: readonly string[] }> {
    await browser.signIn();
    const { secret, address } = await browser.client.call('startSecondFactor', { body: { password: PASSWORD } });
    expect(address).toContain(`secret=${secret}`);
    const body = { code: codeAt(secret, rig.clockMs) };
    return { secret, ...(await browser.client.call('confirmSecondFactor', { body })) };
  }

  it('is asked for after the right password alone; each code works once', async () => {
    await addLan();
    const { secret } = await setUp(new Browser());
    const browser = new Browser();
    expect(await refusalOf(browser.signIn('lan', OTHER))).toBe('sign-in-refused');
    expect(await refusalOf(browser.signIn())).toBe('second-factor-needed');
    expect(await refusalOf(browser.signIn('lan', PASSWORD, codeAt(secret, rig.clockMs)))).toBe('sign-in-refused');
    rig.clockMs += 30_000;
    expect(await refusalOf(browser.signIn('lan', PASSWORD, codeAt(secret, rig.clockMs)))).toBe('done');
    expect(await refusalOf(browser.signIn('lan', PASSWORD, codeAt(secret, rig.clockMs)))).toBe('sign-in-refused');
  });

  it('cannot be guessed around the wait by asking without a code in between', async () => {
    await addLan();
    await setUp(new Browser());
    const browser = new Browser();
    const answers: string[] = [];
    for (let i = 0; i < 8; i += 1) {
      answers.push(await refusalOf(browser.signIn('lan', PASSWORD, '000000')));
      await refusalOf(browser.signIn());
    }
    expect(answers.at(-1)).toBe('sign-in-wait');
  });

  it('is replaced by recovery codes, each once, and they are stored as hashes alone', async () => {
    await addLan();
    const { secret, recoveryCodes } = await setUp(new Browser());
    const [first = ''] = recoveryCodes;
    expect(recoveryCodes).toHaveLength(10);
    expect(await refusalOf(new Browser().signIn('lan', PASSWORD, first.toUpperCase()))).toBe('done');
    expect(await refusalOf(new Browser().signIn('lan', PASSWORD, first))).toBe('sign-in-refused');
    const browserOf = async (code: string): Promise<Browser> => {
      const browser = new Browser();
      await browser.signIn('lan', PASSWORD, code);
      return browser;
    };
    const stored = ['users', 'recovery_codes'].map((table) => rig.deps.db.prepare(`SELECT * FROM ${table}`).all());
    const again = await browserOf(recoveryCodes[2] ?? '');
    const { recoveryCodes: renewed } = await again.client.call('renewRecoveryCodes', { body: { password: PASSWORD } });
    expect(await refusalOf(new Browser().signIn('lan', PASSWORD, recoveryCodes[3] ?? ''))).toBe('sign-in-refused');
    expect(await refusalOf(new Browser().signIn('lan', PASSWORD, renewed[0] ?? ''))).toBe('done');
    await again.client.call('removeSecondFactor', { body: { password: PASSWORD } });
    expect(await refusalOf(new Browser().signIn())).toBe('done');
    const text = JSON.stringify(stored);
    expect(text).not.toContain(recoveryCodes[1]);
    expect(text).toContain(`sealed:${secret}`);
  });
});

describe('the door to the network', () => {
  const settings = { address: '0.0.0.0', port: 4690, hostNames: ['tollbook.lan'], certificateFile: '', keyFile: '' };
  const openDoor = (): Promise<unknown> => owner.call('putNetwork', { body: { ...settings, isOpen: true } });
  const fromAway = (address: string, headers: Record<string, string>): Promise<Response> =>
    rig.api.fetch(new Request(`http://tollbook.lan:4690${address}`, { headers }), AWAY);

  it('opens only when an administrator with a password is there', async () => {
    expect(await refusalOf(openDoor())).toBe('network-needs-administrator');
    await addLan({ role: 'accountant' });
    expect(await refusalOf(openDoor())).toBe('network-needs-administrator');
    await addLan({ login: 'minh' });
    expect(await refusalOf(openDoor())).toBe('done');
    expect(await owner.call('getNetwork')).toMatchObject({ hasAdministrator: true, settings: { isOpen: true } });
  });

  it.each([
    ['tollbook.lan:4690', 200],
    ['192.168.1.5:4690', 200],
    ['evil.example:4690', 403],
  ])('answers others who call this computer %s with %i', async (host, status) => {
    expect((await fromAway('/api/openapi.json', { host })).status).toBe(403);
    await addLan();
    await openDoor();
    expect((await fromAway('/api/openapi.json', { host })).status).toBe(status);
  });

  it('takes no link from elsewhere, nor the session of one', async () => {
    await addLan();
    await openDoor();
    const token = rig.api.issueLinkToken();
    const body = JSON.stringify({ token });
    const headers = {
      'content-type': 'application/json',
      host: 'tollbook.lan:4690',
      origin: 'http://tollbook.lan:4690',
    };
    const request = new Request('http://tollbook.lan:4690/api/session', { method: 'POST', headers, body });
    expect((await rig.api.fetch(request, AWAY)).status).toBe(401);
    const throughProxy = new Request('http://tollbook.lan:4690/api/session', { method: 'POST', headers, body });
    expect((await rig.api.fetch(throughProxy, INFO)).status).toBe(401);
    const cookie = await rig.signIn();
    expect((await fromAway('/api/session', { host: 'tollbook.lan:4690', cookie })).status).toBe(401);
    expect((await rig.request('/api/session', { headers: { cookie } })).status).toBe(200);
  });
});
