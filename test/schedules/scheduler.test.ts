import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTranslate } from '../../core/i18n/translate.ts';
import { resultWords } from '../../core/schedules/words.ts';
import { writeDeliverySetting } from '../../core/store/delivery-settings.ts';
import { addDepartment } from '../../core/store/departments.ts';
import { changePerson } from '../../core/store/people.ts';
import { type UserFields, UserStore } from '../../core/store/users.ts';
import { checkSchedules } from '../../service/mail-checks.ts';
import { openSmtpSink, type SmtpSink } from '../alerts/smtp-sink.ts';
import { HA } from '../ingest/site-fixture.ts';
import { DAILY, OWNER_MAKER, openScheduling, reportTask, type SchedulingSite, serverOf } from './scheduling-site.ts';

/** 20 March 2026, 7:01 in Ha Noi. */
const MORNING = '2026-03-20T00:01:00Z';
const MINUTE_MS = 60_000;

const MINH: UserFields = {
  login: 'minh',
  name: 'Minh',
  role: 'manager',
  state: 'active',
  personId: null,
  departmentIds: [],
  seesNumbers: true,
  seesCodes: false,
};

let sink: SmtpSink;
let rig: SchedulingSite;

beforeEach(async () => {
  sink = await openSmtpSink({ security: 'none' });
  rig = openScheduling(MORNING, serverOf(sink));
});
afterEach(async () => {
  await sink.close();
  rig.site.close();
  expect(rig.errors).toEqual([]);
});

const subjects = (): (string | undefined)[] => sink.mails.map(({ text }) => /^Subject: (.*)$/m.exec(text)?.[1]?.trim());
const dueDays = (): string[] => rig.runs.list({}, 100).map(({ dueDay, state }) => `${dueDay} ${state}`);

describe('a schedule', () => {
  test('sends its report on time, once, and says what came of it', async () => {
    rig.add(reportTask(), DAILY, '2026-03-19');
    await rig.run();
    await rig.run();
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]).toMatchObject({ from: 'tollbook@office.vn', to: ['lan@office.vn'] });
    expect(subjects()).toEqual(['Report, 19/03/2026']);
    expect(sink.mails[0]?.text).toContain('Monthly summary 2026-03-19.csv');
    expect(rig.runs.list({}, 10)).toMatchObject([{ dueDay: '2026-03-20', reason: 'due', state: 'done' }]);
    expect(readdirSync(path.join(rig.site.folder, 'outbox'))).toEqual([]);
  });

  test('waits for its hour', async () => {
    rig.add(reportTask(), DAILY, '2026-03-19');
    rig.nowMs -= 2 * MINUTE_MS;
    await rig.run();
    expect(rig.runs.list({}, 10)).toEqual([]);
  });

  test('makes up what it missed, oldest first, each about its own days, and says that it is late', async () => {
    rig.add(reportTask(), DAILY, '2026-03-16');
    await rig.run();
    await rig.run();
    expect(subjects()).toEqual([
      'Report, 16/03/2026',
      'Report, 17/03/2026',
      'Report, 18/03/2026',
      'Report, 19/03/2026',
    ]);
    expect(sink.mails[0]?.text).toContain('It was due on 17/03/2026 and comes late');
    expect(sink.mails[3]?.text).not.toContain('comes late');
  });

  test('that missed a month of days makes up the newest seven and says how many were left out', async () => {
    rig.add(reportTask(), DAILY, '2026-02-18');
    await rig.run();
    expect(sink.mails).toHaveLength(7);
    expect(dueDays().at(-1)).toBe('2026-03-13 left-out');
    const result = rig.runs.list({}, 100).at(-1)?.result ?? '';
    expect(resultWords(result, 'en')).toBe('23 more missed runs since 19/02/2026 were left out.');
  });

  test('that is paused makes nothing, and stops by itself when its maker was disabled', async () => {
    const id = rig.add(reportTask(), DAILY, '2026-03-19');
    rig.schedules.pause(id, true, '2026-03-19');
    await rig.run();
    expect(rig.runs.list({}, 10)).toEqual([]);
    const users = new UserStore(rig.site.db);
    const user: UserFields = {
      ...MINH,
      role: 'accountant',
      state: 'disabled',
    };
    const userId = users.add(user, 'here', 0);
    const other = rig.add(reportTask(), DAILY, '2026-03-19', { ...OWNER_MAKER, userId, name: 'Minh' });
    await rig.run();
    expect(sink.mails).toEqual([]);
    expect(rig.schedules.get(other).problem).toBe('maker-gone');
    expect(rig.runs.list({}, 10)).toMatchObject([{ state: 'stopped', result: 'maker-gone' }]);
    rig.nowMs += 24 * 60 * MINUTE_MS;
    await rig.run();
    expect(rig.runs.list({}, 10)).toHaveLength(1);
  });

  test('sees no more than its maker saw when it was saved, nor than the maker sees now', async () => {
    const { db } = rig.site;
    const [sales, works] = ['Sales', 'Works'].map((name) => addDepartment(db, { parentId: null, name, code: null }));
    const users = new UserStore(db);
    const fields: UserFields = { ...MINH, departmentIds: [sales ?? 0], seesCodes: true };
    const userId = users.add(fields, 'here', 0);
    const rights = {
      scope: { kind: 'departments', departmentIds: [sales ?? 0, works ?? 0] },
      seesCodes: true,
    } as const;
    const maker = { userId, name: 'Minh', rights: { ...rights, seesNumbers: false } };
    rig.add(reportTask(), DAILY, '2026-03-19', maker);
    await rig.run();
    expect(rig.asked[0]?.reader).toEqual({
      ...{ madeBy: 'Minh', scope: { kind: 'departments', departmentIds: [sales] } },
      ...{ seesNumbers: false, seesCodes: true },
    });
    users.change(userId, { ...fields, role: 'employee', departmentIds: [] });
    rig.nowMs += 24 * 60 * MINUTE_MS;
    await rig.run();
    expect(rig.runs.list({}, 1)).toMatchObject([{ state: 'stopped', result: 'rights-changed' }]);
  });

  test('finds its recipients on the day it sends: people, roles, managers; who has no address is named', async () => {
    const { db } = rig.site;
    const sales = addDepartment(db, { parentId: null, name: 'Sales', code: null });
    const details = { employeeNumber: null, title: null, notes: null, activeFrom: null, activeTo: null };
    const place = { departmentId: null, departmentFrom: null };
    changePerson(db, HA, { name: 'Nguyễn Thị Hà', email: 'ha@office.vn', ...details, ...place }, '2026-03-20');
    const users = new UserStore(db);
    users.add({ ...MINH, login: 'ha', name: 'Hà', personId: HA, departmentIds: [sales] }, 'here', 0);
    users.add(MINH, 'here', 0);
    const recipients = [
      { kind: 'manager', departmentId: sales },
      { kind: 'person', personId: HA },
      { kind: 'role', role: 'manager' },
    ] as const;
    rig.add(reportTask({ recipients }), DAILY, '2026-03-19');
    await rig.run();
    expect(rig.sendings().map(({ target, name, state, result }) => [target, name, state, result])).toEqual([
      ['ha@office.vn', 'Nguyễn Thị Hà', 'sent', expect.stringContaining('250')],
      ['', 'Minh', 'left-out', 'no-address'],
    ]);
  });

  test('puts its files into a folder as well', async () => {
    const folder = path.join(rig.site.folder, 'reports');
    mkdirSync(folder);
    rig.add(reportTask({ recipients: [], folder }), DAILY, '2026-03-19');
    await rig.run();
    expect(readdirSync(folder)).toEqual(['Monthly summary 2026-03-19.csv']);
    expect(readFileSync(path.join(folder, 'Monthly summary 2026-03-19.csv'), 'utf8')).toBe(
      'monthly-summary 2026-03-19 2026-03-19',
    );
  });
});

test('doctor says when schedules send e-mail and no mail server is set up, and when one has stopped', () => {
  const { db } = rig.site;
  const t = createTranslate('en');
  expect(checkSchedules({ t }, db)).toEqual([]);
  const id = rig.add(reportTask(), DAILY, '2026-03-19');
  expect(checkSchedules({ t }, db)).toMatchObject([{ state: 'ok', text: '1 schedule' }]);
  writeDeliverySetting(db, 'mail', {});
  rig.schedules.stop(id, 'maker-gone');
  expect(checkSchedules({ t }, db).map(({ state, text }) => `${state} ${text}`)).toEqual([
    expect.stringContaining('warning 1 schedule sends e-mail, and no mail server is set up'),
    expect.stringContaining('warning schedule “Report” has stopped'),
  ]);
});

describe('a message', () => {
  test('that is refused for now is tried again, later and later, and then arrives once', async () => {
    sink.refusals.push('451 try later', '451 try later');
    rig.add(reportTask(), DAILY, '2026-03-19');
    await rig.run();
    expect(rig.sendings()).toMatchObject([{ state: 'waiting', tries: 1, nextTryAtMs: rig.nowMs + 30_000 }]);
    rig.nowMs += 30_000;
    await rig.run();
    expect(rig.sendings()).toMatchObject([{ state: 'waiting', tries: 2, nextTryAtMs: rig.nowMs + MINUTE_MS }]);
    rig.nowMs += MINUTE_MS;
    await rig.run();
    expect(sink.mails).toHaveLength(1);
    expect(rig.runs.list({}, 1)).toMatchObject([{ state: 'done' }]);
  });

  test('that is refused for good is not tried again', async () => {
    sink.refusals.push('550 no such person here');
    rig.add(reportTask(), DAILY, '2026-03-19');
    await rig.run();
    expect(rig.sendings()).toMatchObject([{ state: 'failed' }]);
    expect(rig.runs.list({}, 1)).toMatchObject([{ state: 'failed', result: 'some-failed' }]);
  });

  test('whose connection was cut after it was given over may have arrived: it is said, and sent again only when asked', async () => {
    sink.refusals.push('');
    rig.add(reportTask(), DAILY, '2026-03-19');
    await rig.run();
    const [sending] = rig.sendings();
    expect(sending).toMatchObject({ state: 'uncertain' });
    expect(resultWords(sending?.result ?? '', 'en')).toContain('The message may have arrived.');
    rig.nowMs += 60 * MINUTE_MS;
    await rig.run();
    expect(sink.mails).toEqual([]);
    rig.runs.sendAgain(sending?.id ?? 0, rig.nowMs);
    await rig.run();
    expect(sink.mails).toHaveLength(1);
    expect(rig.runs.list({}, 1)).toMatchObject([{ state: 'done' }]);
  });

  test('that was being sent when the program ended is not sent a second time, and says so', async () => {
    sink.refusals.push('451 try later');
    rig.add(reportTask(), DAILY, '2026-03-19');
    await rig.run();
    const [sending] = rig.sendings();
    rig.nowMs += 30_000;
    // Here the program was killed.
    expect(rig.runs.claim(sending?.id ?? 0)).toBe(true);
    await rig.run();
    expect(sink.mails).toEqual([]);
    expect(rig.sendings()).toMatchObject([{ state: 'uncertain', result: 'interrupted' }]);
    expect(resultWords('interrupted', 'en')).toContain('It may have arrived');
    expect(rig.runs.list({}, 1)).toMatchObject([{ state: 'failed' }]);
  });
});
