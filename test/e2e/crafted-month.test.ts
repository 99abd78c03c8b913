/**
 * A month of one office as its PBX printed it, with both modes of the code rules in force, and with wrong codes, a leaver and
 * frauds planted among its ordinary calls: the real service is given the file and the people, and must find each of them.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Alert, Breach, CodeFinding, CodePolicy } from '../../core/api/contract.ts';
import { endOf } from '../../core/simulator/encoder.ts';
import { encoderFor } from '../../core/simulator/encoders/index.ts';
import { createOffice, type OfficePerson } from '../../core/simulator/office.ts';
import { type SimulatedCall, simulateTraffic } from '../../core/simulator/traffic.ts';
import { at } from '../policy/policy-fixture.ts';
import { run, Service, sourceOf, TempFolder, until } from './rig.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

const FORMAT = 'panasonic-a';
const FROM = '2026-10-01';
const LAST = '2026-10-31';
const MOBILE = '0912345678';
const ABROAD = '0065612345678';
/** Printed whole minutes need room between two calls of one person. */
const REST_S = 180;

const office = createOffice(31, { peopleCount: 30, trunkCount: 20 });
const person = (index: number): OfficePerson => office.people[index] ?? office.people[0];

/** What is planted is done by the last people; the first twenty do the office's ordinary work. */
const WORKING = 20;
const NIGHT_VICTIM = person(20);
const PREMIUM_CALLER = person(21);
const CONFERENCE = person(22);
const DIALLER = person(23);
const LIMITED = person(24);
const LATE = person(25);
const LENT = person(26);
const LEAVER = person(27);
const MISTAKEN = person(28);
const LOBBY = person(29);
const ATTACKED = '150';
const WEAK = '12345';

let serial = 100_000;

/** An answered outside call that begins at `moment` (`2026-10-06 09:00`). */
function call(
  moment: string,
  extension: string,
  codeDialled: string,
  outsideNumber: string,
  talkSeconds: number,
): SimulatedCall {
  serial += 1;
  return {
    serial,
    startLocalSeconds: at(moment),
    ringSeconds: 5,
    talkSeconds,
    isAnswered: talkSeconds > 0,
    direction: 'outgoing',
    extension,
    trunk: '20',
    outsideNumber,
    insideNumber: '',
    codeDialled,
    person: '',
    extensionOwner: '',
    charge: undefined,
    transfer: undefined,
  };
}

const clock = (fromMinutes: number): string =>
  `${String(Math.floor(fromMinutes / 60)).padStart(2, '0')}:${String(fromMinutes % 60).padStart(2, '0')}`;
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** Everybody dials the own code, from any telephone, and is in one call at a time. */
function ordinaryCalls(): readonly SimulatedCall[] {
  const traffic = {
    seed: 8,
    count: 6000,
    fromLocalSeconds: at(`${FROM} 08:00`),
    meanSecondsBetweenCalls: 130,
    isOfficeHoursOnly: true,
  };
  const working = new Map(office.people.slice(0, WORKING).map((one) => [one.extension, one]));
  const codes = new Set([...working.values()].map(({ code }) => code));
  const busyUntil = new Map<string, number>();
  const calls: SimulatedCall[] = [];
  for (const one of simulateTraffic(office, traffic)) {
    if (one.startLocalSeconds >= at('2026-10-31 12:00')) break;
    if (!working.has(one.extension)) continue;
    if (one.direction !== 'outgoing') {
      calls.push(one);
      continue;
    }
    const who = [one.codeDialled, one.extension];
    if (!codes.has(one.codeDialled) || one.transfer !== undefined) continue;
    if (who.some((name) => one.startLocalSeconds < (busyUntil.get(name) ?? 0) + REST_S)) continue;
    for (const name of who) busyUntil.set(name, endOf(one));
    calls.push(one);
  }
  return calls;
}

function plantedCalls(): readonly SimulatedCall[] {
  const slip = `${MISTAKEN.code.slice(0, 4)}${(Number(MISTAKEN.code[4]) + 1) % 10}`;
  return [
    // Rules: a telephone that lets calls out without a code, and the lobby's, which may call only locally without one.
    call('2026-10-06 09:00', '140', '', MOBILE, 100),
    call('2026-10-07 10:00', LOBBY.extension, '', MOBILE, 100),
    call('2026-10-07 11:00', LOBBY.extension, '', '02438250000', 100),
    call('2026-10-07 11:30', LOBBY.extension, '', '113', 40),
    call('2026-10-08 09:00', LIMITED.extension, LIMITED.code, ABROAD, 100),
    call('2026-10-09 21:30', LATE.extension, LATE.code, '02438250001', 100),
    // Codes: one that nobody has, again and again; a leaver's; one at two telephones at once; guessing; a weak one.
    ...[12, 14, 16].map((day) => call(`2026-10-${day} 14:00`, MISTAKEN.extension, slip, MOBILE, 60)),
    call('2026-10-20 10:00', '141', LEAVER.code, MOBILE, 100),
    call('2026-10-13 10:00', LENT.extension, LENT.code, MOBILE, 900),
    call('2026-10-13 10:04', '142', LENT.code, '0968123456', 300),
    ...range(9).map((i) => call(`2026-10-17 ${clock(600 + i)}`, ATTACKED, String(90_210 + i * 137), MOBILE, 0)),
    call('2026-10-21 10:00', '143', WEAK, MOBILE, 100),
    // Frauds: a night abroad, premium numbers, a line that stays open, a dialler, a country nobody called.
    ...range(20).map((i) => call(`2026-10-22 ${clock(120 + i * 4)}`, NIGHT_VICTIM.extension, '', '0086108123456', 120)),
    ...range(14).map((i) =>
      call(`2026-10-23 ${clock(840 + i * 8)}`, PREMIUM_CALLER.extension, PREMIUM_CALLER.code, '19004321', 300),
    ),
    call('2026-10-26 08:30', CONFERENCE.extension, CONFERENCE.code, ABROAD, 5 * 3600),
    ...range(60).map((i) =>
      call(
        `2026-10-27 ${clock(600 + Math.floor((i * 2) / 3))}`,
        DIALLER.extension,
        DIALLER.code,
        `0912${200_000 + i * 7}`,
        3,
      ),
    ),
    ...range(6).map((i) =>
      call(`2026-10-28 ${clock(600 + i * 15)}`, person(3).extension, person(3).code, '00252612345678', 600),
    ),
    // The others who plant nothing else use their codes once, so that they are not unused.
    ...[NIGHT_VICTIM, MISTAKEN, LOBBY, LIMITED, LATE].map(({ extension, code }) =>
      call('2026-10-05 11:00', extension, code, MOBILE, 60),
    ),
    call('2026-10-05 11:00', LEAVER.extension, LEAVER.code, MOBILE, 60),
  ];
}

function printed(): Buffer {
  const encoder = encoderFor(FORMAT);
  const records = [...ordinaryCalls(), ...plantedCalls()].flatMap((one) => encoder.encode(one, FORMAT).records);
  records.sort((a, b) => a.atLocalSeconds - b.atLocalSeconds);
  return Buffer.from(records.map(({ text }) => text).join(''), 'latin1');
}

const BY_DAY = { weekdays: [1, 2, 3, 4, 5, 6], from: '07:00', to: '20:00', holidays: 'as-usual' as const };
const always = { validFrom: null, validTo: null };

const RULES: CodePolicy = {
  exceptions: { emergency: true, free: true },
  groups: [
    {
      name: 'Sảnh',
      sourceIds: [],
      extensions: [{ first: LOBBY.extension, last: null }],
      mode: 'restricted',
      withoutCode: { upTo: 'local', also: [] },
    },
  ],
  others: { mode: 'every-call', withoutCode: { upTo: null, also: [] } },
  rights: [
    { id: 'all', name: 'Tất cả', hours: [{ upTo: 'international', also: ['premium', 'service'], ...BY_DAY }] },
    { id: 'home', name: 'Trong nước', hours: [{ upTo: 'mobile', also: [], ...BY_DAY }] },
  ],
  assignments: [
    { id: 'limited', holder: { kind: 'code', first: LIMITED.code, last: null }, rightId: 'home', ...always },
    { id: 'everyone', holder: { kind: 'everyone' }, rightId: 'all', ...always },
  ],
};

describe('a month with planted cases, read by the real service', () => {
  let folder: TempFolder;
  let service: Service;
  let breaches: readonly Breach[];
  let findings: readonly CodeFinding[];
  let alerts: readonly Alert[];

  const hire = async (one: OfficePerson, code: string): Promise<void> => {
    const body = { name: one.name, employeeNumber: one.employeeNumber };
    const hasLeft = one === LEAVER;
    const { id } = await service.client.call('addPerson', {
      body: hasLeft ? { ...body, activeTo: '2026-10-09' } : body,
    });
    const assign = (kind: 'code' | 'extension', value: string, validTo: string | null) =>
      service.client.call('applyAssignment', {
        body: { action: 'add', personId: id, assignment: { kind, value, validTo } },
      });
    await assign('code', code, hasLeft ? '2026-10-10' : null);
    await assign('extension', one.extension, null);
  };

  beforeAll(async () => {
    folder = new TempFolder();
    service = await Service.start(folder.file('data'));
    await service.client.call('putSettings', {
      body: { timeZone: 'Asia/Ho_Chi_Minh', areaCode: '24', showCodes: true },
    });
    for (const one of office.people) await hire(one, one.code);
    await hire({ ...person(0), name: 'Phùng Weak', employeeNumber: 'NV900', extension: '143' }, WEAK);
    await hire({ ...person(0), name: 'Đinh Unused', employeeNumber: 'NV901', extension: '144' }, '80417');
    await service.client.call('applyPolicy', {
      body: { action: 'add', validFrom: FROM, policy: RULES, note: '', by: 'Lan' },
    });

    const records = folder.file('smdr.txt');
    writeFileSync(records, printed());
    const imported = await run([
      ...['import', records, '--format', FORMAT, '--data', folder.file('data'), '--json'],
      ...['--option', 'dateOrder=DMY'],
    ]);
    expect(imported).toMatchObject({ code: 0, err: '' });
    const [{ sourceId }] = JSON.parse(imported.out) as [{ readonly sourceId: number }];
    expect((await sourceOf(service.client, sourceId)).status.counts).toMatchObject({ malformed: 0, part: 0 });

    const query = { from: FROM, to: LAST };
    ({ breaches } = await service.client.call('listBreaches', { query }));
    ({ findings } = await service.client.call('getHygiene', { query }));
    // The rules of fraud look at new calls in the ingest thread's spare time: the last call's country comes last.
    alerts = await until('the last alert', async () => {
      const list = await service.client.call('listAlerts', { query: { show: 'all', limit: 200 } });
      return list.alerts.some(({ kind }) => kind === 'new-country') ? list.alerts : undefined;
    });
  });
  afterAll(async () => {
    await service.kill();
    folder.remove();
  });

  // A telephone with an owner is booked to its owner: `extension-only`, not `no-code`.
  it('shows where the rules of both modes are broken, and nowhere else', () => {
    const told = breaches.map(({ extension, verdict, calls }) => `${extension} ${verdict} ${calls}`).sort();
    expect(told).toEqual(
      [
        '140 no-code 1',
        `${LOBBY.extension} extension-only 1`,
        `${LIMITED.extension} beyond-right 1`,
        `${LATE.extension} outside-hours 1`,
        `${MISTAKEN.extension} unknown-code 3`,
        '141 unknown-code 1',
        `${ATTACKED} unknown-code 9`,
        `${NIGHT_VICTIM.extension} extension-only 20`,
      ].sort(),
    );
  });

  it('shows what is wrong with codes, with at most one false word', () => {
    const told = findings.map(({ kind, code, extension }) => `${kind} ${code ?? extension}`);
    const planted = [
      `unknown-code ${MISTAKEN.code.slice(0, 4)}${(Number(MISTAKEN.code[4]) + 1) % 10}`,
      `leaver-code ${LEAVER.code}`,
      `two-telephones ${LENT.code}`,
      `guessing ${ATTACKED}`,
      `weak-code ${WEAK}`,
      'never-used 80417',
    ];
    expect(planted.filter((one) => !told.includes(one))).toEqual([]);
    const others = told.filter((one) => !planted.includes(one));
    expect(others.length, others.join('; ')).toBeLessThanOrEqual(1);
  });

  it('tells each fraud once, with at most one false alarm', () => {
    const kinds = alerts.map(({ kind }) => kind);
    const planted = ['night-international', 'premium', 'long-call', 'short-calls', 'new-country'] as const;
    for (const kind of planted)
      expect(
        kinds.filter((one) => one === kind),
        kind,
      ).toHaveLength(1);
    const others = alerts.filter(({ kind }) => !planted.some((one) => one === kind));
    expect(others.length, others.map(({ text }) => text).join('; ')).toBeLessThanOrEqual(1);
  });
});
