import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebookCalls } from '../../core/ingest/rebook-calls.ts';
import type { CodePolicy } from '../../core/model/code-policy.ts';
import {
  addPolicy,
  breachesByExtension,
  judgedBySource,
  newestBreaches,
  removePolicy,
} from '../../core/store/policies.ts';
import { openSite, panasonicLine, type Site } from '../ingest/site-fixture.ts';
import { markClosed } from '../store/close-month.ts';
import { hours, policy } from './policy-fixture.ts';

const MOBILE = '0912345678';
const LOCAL = '02438250000';
const NATIONAL = '02838250000';
const ABROAD = '0065612345678';

/** Mode 1 for everybody, mode 2 in the lobby; codes may call up to mobiles in the office's hours. */
const RULES: CodePolicy = policy({
  groups: [
    {
      name: 'Sảnh',
      sourceIds: [],
      extensions: [{ first: '201', last: '203' }],
      mode: 'restricted',
      withoutCode: { upTo: 'local', also: [] },
    },
  ],
  rights: [
    {
      id: 'office',
      name: 'Giờ hành chính',
      hours: [hours('mobile', { weekdays: [1, 2, 3, 4, 5, 6], from: '07:30', to: '18:00' })],
    },
  ],
  assignments: [{ id: 'a', holder: { kind: 'everyone' }, rightId: 'office', validFrom: null, validTo: null }],
});

const call = (day: number, clock: string, extension: string, number: string, account = '', duration = "00:02'10") =>
  panasonicLine({ at: `${String(day).padStart(2, '0')}/10/26 ${clock}`, extension, number, account, duration });

/** Every working day of October 2026: Hà's code 4401 at any telephone, the lobby's local calls, free and emergency numbers. */
function honestLines(): readonly string[] {
  const lines: string[] = [];
  for (let day = 1; day <= 31; day += 1) {
    // 4 October 2026 is a Sunday.
    if (day % 7 === 4) continue;
    lines.push(
      // Printed is the end: it began at 07:30:50.
      call(day, '07:33', '101', MOBILE, '4401'),
      call(day, '08:05', '110', NATIONAL, '4401'),
      call(day, '09:15', '203', MOBILE, '4401'),
      call(day, '10:20', '201', LOCAL),
      call(day, '11:45', '202', '113'),
      call(day, '13:00', '110', '18001090'),
      call(day, '14:30', '102', '113', '', "00:00'40"),
      panasonicLine({
        at: `${String(day).padStart(2, '0')}/10/26 15:10`,
        extension: '110',
        number: '<I>0903000111',
        ring: "0'05",
        duration: "00:01'00",
      }),
      call(day, '18:01', '105', LOCAL, '4401'),
    );
  }
  return lines;
}

const PLANTED = [
  call(5, '09:00', '110', MOBILE),
  call(6, '09:00', '110', LOCAL),
  // An attempt that nobody answered.
  call(7, '09:00', '110', MOBILE, '', ''),
  call(8, '09:00', '102', MOBILE),
  call(9, '22:30', '102', MOBILE),
  // Mistyped, and Bình's code, which ended in July.
  call(12, '09:00', '101', MOBILE, '4410'),
  call(13, '09:00', '101', MOBILE, '4410'),
  call(14, '09:00', '105', NATIONAL, '4402'),
  call(15, '09:00', '101', ABROAD, '4401'),
  call(16, '09:00', '203', ABROAD, '4401'),
  call(19, '18:03', '103', MOBILE, '4401'),
  call(20, '23:40', '103', LOCAL, '4401'),
  call(18, '10:00', '103', MOBILE, '4401'),
  call(21, '09:00', '201', MOBILE),
];

const EXPECTED = [
  '101 beyond-right 1',
  '101 unknown-code 2',
  '102 extension-only 2',
  '103 outside-hours 3',
  '105 unknown-code 1',
  '110 no-code 3',
  '201 no-code 1',
  '203 beyond-right 1',
];

describe('a month with both modes and planted breaches', () => {
  let site: Site;
  let policyId: number;
  const breaches = (): readonly string[] =>
    breachesByExtension(site.db, {})
      .map(({ extension, verdict, calls }) => `${extension} ${verdict} ${calls}`)
      .sort();

  beforeAll(() => {
    site = openSite();
    policyId = addPolicy(site.db, { validFrom: '2026-10-01', policy: RULES, note: '', by: 'Lan' }, 0);
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    // Before the rules began anything went.
    site.append(
      stream,
      panasonicLine({ at: '30/09/26 09:00', extension: '110', number: MOBILE, duration: "00:01'00" }),
    );
    site.append(stream, [...honestLines(), ...PLANTED].join(''), '2026-11-01T02:00:00Z');
    site.ingest.readAll(site.sourceId);
  });
  afterAll(() => site.close());

  it('shows each of them, and nothing else', () => {
    expect(breaches()).toEqual(EXPECTED);
  });

  it('judges every outside call of the rules’ days, and no other', () => {
    const outside = honestLines().length - 27 + PLANTED.length;
    expect(judgedBySource(site.db, {})).toEqual([
      { sourceId: site.sourceId, judged: outside, obeying: outside - PLANTED.length, withCode: 27 * 4 + 8 },
    ]);
    const others = site.calls().filter(({ verdict }) => verdict === null);
    expect(others.filter(({ direction }) => direction === 'incoming')).toHaveLength(27);
    expect(others).toHaveLength(28);
  });

  it('says since when, how often unanswered, and the newest first', () => {
    const [row] = breachesByExtension(site.db, { from: '2026-10-05', to: '2026-10-07' });
    const nine = (day: number): number => Date.UTC(2026, 9, day, 9) / 1000;
    expect(row).toMatchObject({
      extension: '110',
      calls: 3,
      attempts: 1,
      firstLocalS: nine(5) - 130,
      lastLocalS: nine(7),
    });
    const starts = (row === undefined ? [] : newestBreaches(site.db, row, 2)).map(
      (id) => site.calls().find((one) => one.id === id)?.startLocalS,
    );
    expect(starts).toEqual([nine(7), nine(6) - 130]);
    expect(breachesByExtension(site.db, { from: '2026-10-22' })).toEqual([]);
  });

  it('is judged anew when the rules go and come, with its prices as they were; a closed month is not', () => {
    const prices = () => site.calls().map(({ id, chargeMicro }) => [id, chargeMicro]);
    const before = prices();
    const rebook = (): number => {
      site.ingest.reload();
      let changed = 0;
      for (const calls of rebookCalls(site.ingest, 'all', 'kept')) changed += calls;
      return changed;
    };
    removePolicy(site.db, policyId, 'Lan', 1);
    expect(rebook()).toBe(honestLines().length - 27 + PLANTED.length);
    expect(breaches()).toEqual([]);
    addPolicy(site.db, { validFrom: '2026-10-01', policy: RULES, note: '', by: 'Lan' }, 2);
    rebook();
    expect(breaches()).toEqual(EXPECTED);
    markClosed(site.db, '2026-10', 3);
    const lax = policy({ others: { mode: 'none', withoutCode: { upTo: null, also: [] } } });
    addPolicy(site.db, { validFrom: '2026-10-01', policy: lax, note: '', by: 'Lan' }, 4);
    expect(rebook()).toBe(0);
    expect(breaches()).toEqual(EXPECTED);
    expect(prices()).toEqual(before);
  });
});
