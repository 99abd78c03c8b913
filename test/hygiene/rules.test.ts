import { describe, expect, it } from 'vitest';
import { callIdOf } from '../../core/model/call.ts';
import type { FindingKind } from '../../core/model/code-finding.ts';
import { ALWAYS_FROM, ALWAYS_TO, type DatedAssignment } from '../../core/model/people.ts';
import { type BookPerson, CodeBook } from '../../core/policy/hygiene/code-book.ts';
import { CodeHygiene } from '../../core/policy/hygiene/code-hygiene.ts';
import type { CodedCall } from '../../core/policy/hygiene/coded-call.ts';
import type { Finding } from '../../core/policy/hygiene/finding.ts';
import { DEFAULT_HYGIENE, type HygieneSettings } from '../../core/policy/hygiene/settings.ts';
import { at, FIRST_DAY, TODAY } from './office-month.ts';

const LAN = { id: 1, code: '91827' };
const MAI = { id: 2, code: '40618' };

function person(id: number, more: Partial<BookPerson> = {}): BookPerson {
  return { id, name: `Person ${id}`, employeeNumber: null, activeFrom: null, activeTo: null, ...more };
}

function codeOf(personId: number, value: string, more: Partial<DatedAssignment> = {}): DatedAssignment {
  return { kind: 'code', value, lastValue: null, personId, validFrom: ALWAYS_FROM, validTo: ALWAYS_TO, ...more };
}

let offset = 0;

function call(code: string, startLocalS: number, more: Partial<CodedCall> = {}): CodedCall {
  offset += 80;
  return {
    id: callIdOf(1, offset),
    sourceId: 1,
    startLocalS,
    utcOffsetMin: 420,
    talkSeconds: 60,
    extension: '101',
    code,
    isOutbound: true,
    isJoined: false,
    isTimeSure: true,
    ...more,
  };
}

interface Asked {
  readonly people?: readonly BookPerson[];
  readonly assignments?: readonly DatedAssignment[];
  readonly settings?: Partial<HygieneSettings>;
  /** Absent: every code was used lately. */
  readonly lastUse?: number | null;
}

function run(calls: readonly CodedCall[], asked: Asked = {}) {
  const rows = {
    people: asked.people ?? [person(LAN.id), person(MAI.id)],
    memberships: [],
    assignments: asked.assignments ?? [codeOf(LAN.id, LAN.code), codeOf(MAI.id, MAI.code)],
  };
  const hygiene = new CodeHygiene(new CodeBook(rows), { ...DEFAULT_HYGIENE, ...asked.settings });
  for (const one of calls) hygiene.add(one);
  const lastUse = asked.lastUse === undefined ? at(30, '12:00') : asked.lastUse;
  return hygiene.result({ today: TODAY, firstCallDay: FIRST_DAY, lastUseOf: () => lastUse });
}

const kinds = (findings: readonly Finding[]): FindingKind[] => findings.map((finding) => finding.kind);

describe('a wrong code', () => {
  it('is a mistype when a near and valid one follows in time from the same telephone', () => {
    const wrong = call('91872', at(5, '09:00'), { talkSeconds: 30 });
    const latest = at(5, '09:00') + 30 + 180;
    expect(run([wrong, call(LAN.code, latest)]).mistypes.total).toBe(1);
    expect(run([wrong, call(LAN.code, latest + 1)]).mistypes.total).toBe(0);
    expect(run([wrong, call(LAN.code, latest, { extension: '102' })]).mistypes.total).toBe(0);
    expect(run([wrong, call(LAN.code, latest, { sourceId: 2 })]).mistypes.total).toBe(0);
    expect(run([wrong, call(MAI.code, latest)]).mistypes.total).toBe(0);
  });

  it('stays a mistype when somebody else calls in between', () => {
    const between = call(MAI.code, at(5, '09:01'));
    const calls = [call('91872', at(5, '09:00')), between, call(LAN.code, at(5, '09:02'))];
    expect(run(calls).mistypes.codes).toEqual([{ code: LAN.code, personId: LAN.id, mistypes: 1 }]);
  });

  it('is unknown where the record names no telephone', () => {
    const calls = [call('91872', at(5, '09:00'), { extension: null }), call(LAN.code, at(5, '09:01'))];
    const { findings, mistypes } = run(calls);
    expect(mistypes.total).toBe(0);
    expect(findings).toMatchObject([{ kind: 'unknown-code', related: [{ code: LAN.code, personId: LAN.id }] }]);
  });

  it('that comes back is a warning', () => {
    const unknown = (count: number) => Array.from({ length: count }, (_, i) => call('555', at(5 + i, '09:00')));
    expect(run(unknown(2)).findings).toMatchObject([{ kind: 'unknown-code', severity: 'note' }]);
    expect(run(unknown(3)).findings).toMatchObject([{ kind: 'unknown-code', severity: 'warning' }]);
  });
});

describe('trying codes', () => {
  const tries = (count: number, everySeconds: number) =>
    Array.from({ length: count }, (_, i) => call(String(20000 + 1111 * i), at(5, '22:00') + i * everySeconds));

  it('is guessing from five different ones in a quarter of an hour on', () => {
    expect(kinds(run(tries(5, 200)).findings)).toEqual(['guessing']);
    expect(kinds(run(tries(4, 200)).findings)).not.toContain('guessing');
    expect(kinds(run(tries(5, 300)).findings)).not.toContain('guessing');
    const same = Array.from({ length: 8 }, (_, i) => call('555', at(5, '22:00') + i * 60));
    expect(kinds(run(same).findings)).toEqual(['unknown-code']);
  });

  it('does not become a mistype by a last try that works', () => {
    const near = ['91820', '91821', '91822', '91823', '91824'];
    const calls = near.map((code, i) => call(code, at(5, '22:00') + i * 20, { talkSeconds: 0 }));
    const { findings, mistypes } = run([...calls, call(LAN.code, at(5, '22:02'))]);
    expect(mistypes.total).toBe(0);
    expect(findings).toMatchObject([
      { kind: 'guessing', related: [LAN].map(({ id, code }) => ({ code, personId: id })) },
    ]);
  });

  it('is counted to the end by a dialler that runs through a hundred thousand codes', () => {
    const calls = Array.from({ length: 100_000 }, (_, i) => call(`7${String(i).padStart(6, '0')}`, at(5, '00:00') + i));
    const { findings, unlistedCalls } = run(calls);
    expect(findings[0]).toMatchObject({ kind: 'guessing', evidence: { calls: 100_000 } });
    expect(findings[0]?.evidence.callIds).toHaveLength(50);
    expect(unlistedCalls).toBe(90_000);
  });
});

describe('one code in two places', () => {
  const first = call(LAN.code, at(6, '10:00'), { talkSeconds: 300 });
  const second = (clock: string, more: Partial<CodedCall> = {}) =>
    call(LAN.code, at(6, clock), { extension: '102', talkSeconds: 300, ...more });

  it('is told when two telephones overlap by more than clocks differ', () => {
    expect(run([first, second('10:04:00')]).findings).toEqual([]);
    const [finding] = run([first, second('10:03:59')]).findings;
    expect(finding).toMatchObject({ kind: 'two-telephones', values: { pairs: 1, overlapSeconds: 61 } });
    expect(finding?.evidence.calls).toBe(2);
  });

  it('proves nothing with a call that was handed on, an unsure time, an incoming call or the same telephone', () => {
    for (const more of [{ isJoined: true }, { isTimeSure: false }, { isOutbound: false }, { extension: '101' }]) {
      expect(run([first, second('10:01', more)]).findings).toEqual([]);
    }
  });

  it('is told when the way between two sites was too short, and not when they have one place', () => {
    const away = second('10:24:59', { sourceId: 2 });
    expect(run([first, away]).findings).toMatchObject([{ kind: 'two-places', values: { gapMinutes: 19 } }]);
    expect(run([first, second('10:25:00', { sourceId: 2 })]).findings).toEqual([]);
    const places = { 1: 'Trụ sở', 2: 'Trụ sở' };
    expect(run([first, away], { settings: { places } }).findings).toEqual([]);
    expect(run([first, second('10:10', { sourceId: 2 })], { settings: { travelMinutes: 0 } }).findings).toEqual([]);
  });

  it('compares moments, not wall clocks, of sites in different zones', () => {
    const [hour, sameClock] = [3600, call(LAN.code, at(6, '10:10'), { sourceId: 2, utcOffsetMin: 420 - 60 })];
    expect(run([first, sameClock]).findings).toEqual([]);
    const sameMoment = { ...sameClock, startLocalS: sameClock.startLocalS - hour };
    const [earlier, later] = [sameMoment, first].sort((a, b) => a.startLocalS - b.startLocalS);
    if (earlier === undefined || later === undefined) throw new Error('two calls');
    expect(kinds(run([earlier, later]).findings)).toEqual(['two-places']);
  });
});

describe('codes outside their dates', () => {
  const ended = codeOf(LAN.id, LAN.code, { validTo: '2026-10-05' });
  const renewed = codeOf(LAN.id, '73519', { validFrom: '2026-10-05' });

  it('are a habit for two weeks where the owner has another one', () => {
    const asked = { assignments: [ended, renewed] };
    const severity = (day: number) =>
      run([call(LAN.code, at(day, '09:00'))], asked).findings.map((one) => one.severity);
    expect(severity(18)).toEqual(['note']);
    expect(severity(19)).toEqual(['warning']);
    expect(run([call(LAN.code, at(6, '09:00'))], { assignments: [ended] }).findings[0]?.severity).toBe('warning');
  });

  it('are an alarm once their owner has left, from the day after the last', () => {
    const people = [person(LAN.id, { activeTo: '2026-10-09' }), person(MAI.id)];
    const found = (day: number) => kinds(run([call(LAN.code, at(day, '09:00'))], { people }).findings);
    expect(found(9)).toEqual(['open-leaver-code']);
    expect(found(10)).toEqual(['leaver-code', 'open-leaver-code']);
  });
});

describe('codes that nobody dials', () => {
  it('are told apart: never, and not for long', () => {
    expect(kinds(run([], { lastUse: null }).findings)).toEqual(['never-used', 'never-used']);
    const long = { lastUse: at(1, '12:00') - 62 * 86_400 };
    expect(run([], long).findings).toMatchObject([{ kind: 'idle-code', values: { days: 93 } }, { kind: 'idle-code' }]);
    const fresh = [codeOf(LAN.id, LAN.code, { validFrom: '2026-10-20' })];
    expect(run([], { lastUse: null, assignments: fresh }).findings).toEqual([]);
  });
});

describe('codes that stand too near to each other', () => {
  it('come in groups that hang together, of different people only', () => {
    const assignments = [
      codeOf(1, '40618'),
      codeOf(2, '40619'),
      codeOf(3, '46019'),
      codeOf(4, '77315'),
      codeOf(5, '77351'),
      codeOf(6, '92046'),
      codeOf(6, '92047'),
    ];
    const people = [1, 2, 3, 4, 5, 6].map((id) => person(id));
    const { findings } = run([], { people, assignments });
    expect(findings.map((one) => one.related.map(({ code }) => code))).toEqual([
      ['40618', '40619', '46019'],
      ['77315', '77351'],
    ]);
  });
});
