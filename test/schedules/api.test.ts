import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, ProblemError } from '../../core/api/client.ts';
import type { MailInput, ScheduleInput } from '../../core/api/contract.ts';
import { addPerson } from '../../core/store/people.ts';
import { UserStore } from '../../core/store/users.ts';
import { openSmtpSink, type SmtpSink } from '../alerts/smtp-sink.ts';
import { openRig, type Rig } from '../api/rig.ts';

const NO_SECRETS = { clientId: '', tokenUrl: '', replyTo: '', certificate: '' } as const;

const closing: (() => unknown)[] = [];
let rig: Rig;
let client: Client;

beforeEach(async () => {
  rig = openRig({ runReport: async (_, file) => writeFileSync(file, 'report') });
  client = await rig.client();
});
afterEach(async () => {
  rig.close();
  for (const close of closing.splice(0)) await close();
});

async function openSink(options: Parameters<typeof openSmtpSink>[0]): Promise<SmtpSink> {
  const sink = await openSmtpSink(options);
  closing.push(() => sink.close());
  return sink;
}

const mailOf = (sink: SmtpSink, part: Partial<MailInput> = {}): MailInput => ({
  ...NO_SECRETS,
  ...{ host: '127.0.0.1', port: sink.port, security: 'none', login: 'none', user: '', from: 'tollbook@office.vn' },
  ...part,
});

const SCHEDULE: ScheduleInput = {
  name: 'Monday report',
  rhythm: { every: 'week', weekday: 1, at: '07:30' },
  task: {
    ...{ kind: 'report', reportId: 'call-detail', period: 'last-week', types: ['csv'], language: 'en' },
    recipients: [{ kind: 'address', address: 'lan@office.vn' }],
  },
};

async function finished(runId: number) {
  for (;;) {
    const detail = await client.call('getScheduleRun', { params: { id: runId } });
    if (detail.run.doneAtMs !== null) return detail;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('the mail server', () => {
  test('keeps its secrets: they are sealed, never shown, and stay when the form leaves them out', async () => {
    const sink = await openSink({ security: 'none' });
    const body = mailOf(sink, { login: 'password', user: 'tollbook', password: 'top secret' });
    const saved = await client.call('putMail', { body });
    const again = await client.call('putMail', { body: { ...body, password: null } });
    expect(again).toMatchObject({ hasPassword: true, hasRefreshToken: false, isSetUp: true });
    expect(JSON.stringify([saved, again, await client.call('getMail')])).not.toContain('top secret');
    const stored = rig.deps.db.prepare("SELECT value FROM delivery_settings WHERE key = 'mail'").pluck().get();
    expect(stored).toContain('"sealed:top secret"');
    expect(await client.call('putMail', { body: { ...body, password: '' } })).toMatchObject({ hasPassword: false });
  });

  test('is tried without being stored, and says in words what failed', async () => {
    const strict = await openSink({ security: 'none', login: { user: 'a', password: 'b' } });
    const settings = mailOf(strict, { login: 'password', user: 'a', password: 'wrong' });
    const wrong = await client.call('testMail', { body: { settings, to: 'lan@office.vn' } });
    expect(wrong.isSent).toBe(false);
    expect(wrong.text).toContain('User name or password was refused.');
    const right = await client.call('testMail', {
      body: { settings: { ...settings, password: 'b' }, to: 'lan@office.vn' },
    });
    expect(right).toMatchObject({ isSent: true });
    expect(strict.mails).toMatchObject([{ to: ['lan@office.vn'], user: 'a' }]);
    expect(await client.call('getMail')).toMatchObject({ host: '', isSetUp: false });
  });

  test('is signed in to by OAuth2, with a token that is fetched for it', async () => {
    const asked: string[] = [];
    const tokens = createServer((request, response) => {
      let text = '';
      request.on('data', (data: Buffer) => {
        text += data.toString();
      });
      request.on('end', () => {
        asked.push(text);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ access_token: 'fresh', expires_in: 3600 }));
      });
    });
    await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => tokens.close(resolve)));
    const sink = await openSink({ security: 'none', login: { user: 'tollbook', accessToken: 'fresh' } });
    const settings = mailOf(sink, {
      ...{ login: 'oauth2', user: 'tollbook', clientId: 'id', clientSecret: 'client secret', refreshToken: 'refresh' },
      tokenUrl: `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`,
    });
    const tried = await client.call('testMail', { body: { settings, to: 'lan@office.vn' } });
    expect(tried).toMatchObject({ isSent: true });
    expect(Object.fromEntries(new URLSearchParams(asked[0]))).toMatchObject({
      ...{ client_id: 'id', client_secret: 'client secret', refresh_token: 'refresh' },
      grant_type: 'refresh_token',
    });
    expect(sink.mails).toHaveLength(1);
  });
});

describe('schedules', () => {
  test('are added, changed, paused and removed, and say when they run next', async () => {
    const added = await client.call('addSchedule', { body: SCHEDULE });
    // 20 March 2026 is a Friday.
    expect(added).toMatchObject({ name: 'Monday report', nextRunLocal: '2026-03-23T07:30:00', isPaused: false });
    const params = { id: added.id };
    const rhythm = { every: 'month', on: 'last-working-day', at: '17:00' } as const;
    const changed = await client.call('changeSchedule', { params, body: { ...SCHEDULE, rhythm } });
    expect(changed.nextRunLocal).toBe('2026-03-31T17:00:00');
    const paused = await client.call('pauseSchedule', { params, body: { isPaused: true } });
    expect(paused).toMatchObject({ isPaused: true, nextRunLocal: null });
    expect((await client.call('listSchedules')).schedules).toMatchObject([{ id: added.id, lastRun: null }]);
    await client.call('removeSchedule', { params });
    expect((await client.call('listSchedules')).schedules).toEqual([]);
  });

  test('need somebody to send to, and a whole path as folder', async () => {
    const fieldsOf = async (task: Partial<Extract<ScheduleInput['task'], { kind: 'report' }>>): Promise<unknown> => {
      try {
        const body = { ...SCHEDULE, task: { ...SCHEDULE.task, ...task } } as ScheduleInput;
        return await client.call('addSchedule', { body });
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return error.problem.fields?.map(({ path }) => path);
      }
    };
    expect(await fieldsOf({ recipients: [] })).toEqual(['task.recipients']);
    expect(await fieldsOf({ folder: 'reports' })).toEqual(['task.folder']);
    expect(await fieldsOf({ types: [] })).toEqual(['task.types']);
  });

  test('run when asked, and what may have arrived is sent again when asked', async () => {
    const sink = await openSink({ security: 'none' });
    await client.call('putMail', { body: mailOf(sink) });
    sink.refusals.push('');
    const { id } = await client.call('addSchedule', { body: SCHEDULE });
    const { runId } = await client.call('runSchedule', { params: { id } });
    const failed = await finished(runId);
    expect(failed.run).toMatchObject({ reason: 'by-hand', state: 'failed', counts: { uncertain: 1 } });
    await client.call('sendAgain', { params: { id: failed.sendings[0]?.id ?? 0 } });
    expect((await finished(runId)).run).toMatchObject({ state: 'done', counts: { sent: 1 } });
    expect(sink.mails).toHaveLength(1);
    expect((await client.call('listScheduleRuns', { query: {} })).runs).toMatchObject([{ id: runId, kind: 'report' }]);
  });

  test('can be sent to users, whose address is that of their person', async () => {
    const details = { employeeNumber: null, title: null, notes: null, activeFrom: null, activeTo: null };
    const place = { departmentId: null, departmentFrom: null };
    const personId = addPerson(rig.deps.db, { name: 'Hà', email: 'ha@office.vn', ...details, ...place });
    const user = { role: 'manager', state: 'active', departmentIds: [], seesNumbers: true, seesCodes: false } as const;
    const users = new UserStore(rig.deps.db);
    users.add({ ...user, login: 'ha', name: 'Hà', personId }, 'here', 0);
    users.add({ ...user, login: 'minh', name: 'Minh', personId: null }, 'here', 0);
    expect(await client.call('listRecipients')).toMatchObject([
      { name: 'Hà', hasAddress: true },
      { name: 'Minh', hasAddress: false },
    ]);
  });
});

describe('statements', () => {
  test('say that links lead nowhere as long as only this computer reaches the service', async () => {
    expect(await client.call('getStatementSettings')).toMatchObject({ isReachable: false, settings: { linkBase: '' } });
    const { settings } = await client.call('getStatementSettings');
    const links = async () => (await client.call('listStatements', { query: {} })).links;
    expect(await links()).toBe('none');
    await client.call('putStatementSettings', { body: { ...settings, linkBase: 'http://127.0.0.1:4680/' } });
    expect(await links()).toBe('here');
    const body = { ...settings, linkBase: 'ftp://x' };
    await expect(client.call('putStatementSettings', { body })).rejects.toThrow(ProblemError);
    expect(await client.call('remindStatements', { body: { month: '2026-02', personIds: [] } })).toEqual({
      reminded: 0,
    });
  });
});
