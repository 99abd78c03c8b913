import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callIdOf } from '../../core/model/call.ts';
import { amountMicro } from '../../core/model/money.ts';
import type { CallRow } from '../../core/store/calls.ts';
import { DestinationStore } from '../../core/store/destinations.ts';
import { type CallFixture, OCTOBER, openCallFixture, plainCall } from '../store/call-fixture.ts';
import { markClosed } from '../store/close-month.ts';
import { reportOf, rowsOf, tableOf, totalsOf } from './report-fixture.ts';

const dong = (amount: number) => amountMicro(BigInt(amount) * 1_000_000n);
/** Day of October and a clock. */
const at = (day: number, clock: string): number => {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return OCTOBER + (day - 1) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60;
};

let fixture: CallFixture;
let next = 0;
const call = (fields: Partial<CallRow>): CallRow => {
  next += 1;
  return { ...plainCall, id: callIdOf(1, next * 80), ...fields };
};
const priced = (amount: number) =>
  ({ rating: 'rated', chargeMicro: dong(amount), currency: 'VND', tariffVersionId: 1 }) as const;
const LAN = { personId: 1, departmentId: 1, reason: 'code', code: '4401' } as const;
const MINH = { personId: 2, departmentId: null, reason: 'extension', extension: '102' } as const;
const INCOMING = {
  direction: 'incoming',
  dialled: null,
  number: null,
  band: 'incoming',
  rating: 'not-chargeable',
  reason: 'none',
} as const;

beforeAll(() => {
  fixture = openCallFixture();
  const { db } = fixture;
  db.exec(`
    INSERT INTO departments (id, name) VALUES (1, 'Sales');
    INSERT INTO people (id, name, search_name, employee_number) VALUES (1, 'Nguyễn Thị Lan', 'nguyen thi lan', 'NV01'),
      (2, 'Trần Minh', 'tran minh', NULL);
    INSERT INTO sources (id, name, kind, config, format_id, created_at_ms) VALUES (1, 'Tổng đài', 'file-import', '{}', 'panasonic-a', 0);
    INSERT INTO tariffs (id, name, created_at_ms) VALUES (1, 'Bảng giá', 0);
    INSERT INTO tariff_versions (id, tariff_id, number, state, currency, rate_count, definition, created_at_ms, changed_at_ms)
      VALUES (1, 1, 1, 'published', 'VND', 0, '{}', 0, 0);
    INSERT INTO trunk_groups (trunk, group_name) VALUES ('01', 'PRI'), ('02', 'PRI');`);
  const japan = new DestinationStore(db).idOf({ en: 'Japan', vi: 'Nhật Bản' });
  fixture.put(
    // Monday 5 October: Lan twice, once abroad; Minh once; somebody with a code that nobody has.
    call({ startLocalS: at(5, '09:00'), talkSeconds: 60, ...LAN, ...priced(1000) }),
    call({
      startLocalS: at(5, '09:50'),
      talkSeconds: 1200,
      trunk: '02',
      ...LAN,
      ...priced(90_000),
      band: 'international',
      destinationId: japan,
      number: '81312345678',
    }),
    call({ startLocalS: at(5, '10:10'), talkSeconds: 120, ...MINH, ...priced(2000) }),
    call({ startLocalS: at(5, '20:00'), talkSeconds: 30, code: '9', reason: 'unknown-code', rating: 'unrated' }),
    // A private call of Lan; a freephone call that the office pays for.
    call({
      startLocalS: at(6, '11:00'),
      talkSeconds: 90,
      ...LAN,
      ...priced(1500),
      purpose: 'private',
      number: '84999999999',
    }),
    call({ ...INCOMING, startLocalS: at(6, '14:00'), caller: '0911111111', talkSeconds: 60, ...priced(300), ...MINH }),
    // Incoming calls: one answered after 10 s, two missed of one caller, one missed and called back, one missed and reached later.
    call({
      ...INCOMING,
      startLocalS: at(7, '09:00'),
      caller: '0922222222',
      number: '84922222222',
      isAnswered: true,
      talkSeconds: 50,
      ringSeconds: 10,
      extension: '102',
    }),
    call({
      ...INCOMING,
      startLocalS: at(7, '09:20'),
      caller: '0933333333',
      number: '84933333333',
      isAnswered: false,
      talkSeconds: 0,
      ringSeconds: 25,
      extension: '102',
    }),
    call({
      ...INCOMING,
      startLocalS: at(7, '10:20'),
      caller: '0933333333',
      number: '84933333333',
      isAnswered: false,
      talkSeconds: 0,
      ringSeconds: 35,
      extension: '103',
    }),
    call({
      ...INCOMING,
      startLocalS: at(7, '11:00'),
      caller: '0944444444',
      number: '84944444444',
      isAnswered: false,
      talkSeconds: 0,
      ringSeconds: 5,
      extension: '102',
    }),
    call({
      startLocalS: at(8, '08:30'),
      talkSeconds: 20,
      ...MINH,
      ...priced(500),
      number: '84944444444',
      dialled: '0944444444',
    }),
    call({
      ...INCOMING,
      startLocalS: at(7, '12:00'),
      caller: '0955555555',
      number: '84955555555',
      isAnswered: false,
      talkSeconds: 0,
      ringSeconds: 8,
      extension: '102',
    }),
    call({
      ...INCOMING,
      startLocalS: at(9, '12:00'),
      caller: '0955555555',
      number: '84955555555',
      isAnswered: true,
      talkSeconds: 9,
      ringSeconds: 2,
      extension: '102',
    }),
    // Last month.
    call({ startLocalS: OCTOBER - 5 * 86_400, talkSeconds: 60, ...LAN, ...priced(50_000) }),
  );
});
afterAll(() => fixture.close());

const rows = (id: Parameters<typeof reportOf>[1], table?: string, asked?: Parameters<typeof reportOf>[2]) =>
  rowsOf(tableOf(reportOf(fixture.db, id, asked), table));

describe('a small month, worked by hand', () => {
  test('by person: a pair of columns for each kind, nobody last, charged incoming calls counted', () => {
    const table = tableOf(reportOf(fixture.db, 'by-person'));
    expect(
      rowsOf(table).map((row) => [
        row['person'],
        row['calls'],
        row['talk'],
        row['charge VND'],
        row['private VND'],
        row['unrated'],
      ]),
    ).toEqual([
      ['Nguyễn Thị Lan', 3, 1350, dong(92_500), dong(1500), 0],
      ['Trần Minh', 3, 200, dong(2800), 0n, 0],
      ['Caller not known', 1, 30, 0n, 0n, 1],
    ]);
    expect(rowsOf(table)[0]).toMatchObject({
      'calls mobile': 2,
      'charge mobile VND': dong(2500),
      'calls international': 1,
      'charge international VND': dong(90_000),
    });
    expect(rowsOf(table)[1]).toMatchObject({ 'calls incoming': 1, 'charge incoming VND': dong(300) });
    expect(totalsOf(table)).toMatchObject({ calls: 7, talk: 1580, 'charge VND': dong(95_300), unrated: 1 });
  });

  test('by department: people without one, and calls of nobody, have rows of their own', () => {
    expect(rows('by-department').map((row) => [row['department'], row['calls']])).toEqual([
      ['Sales', 3],
      ['No department', 3],
      ['Caller not known', 1],
    ]);
  });

  test('call detail counts private calls in a row of their own and lists none', () => {
    const found = rows('call-detail');
    expect(found).toHaveLength(7);
    expect(found.at(-1)).toMatchObject({
      person: 'Private calls (not listed)',
      calls: 1,
      talk: 90,
      charge: dong(1500),
    });
    expect(JSON.stringify(found, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      '84999999999',
    );
    expect(rows('most-called').some((row) => row['number'] === '84999999999')).toBe(false);
  });

  test('a personal statement is about one person and says what was private', () => {
    const report = reportOf(fixture.db, 'personal-statement', { filter: { personIds: [1] } });
    expect(report.title).toBe('Personal statement of Nguyễn Thị Lan');
    const page = report.sheets[0];
    const lines = page?.kind === 'page' ? page.lines.map(({ cells }) => cells.map(({ cell }) => cell)) : [];
    expect(lines).toContainEqual(['Total', 3, 1350, dong(92_500)]);
    expect(lines).toContainEqual(['of these private', 1, 90, dong(1500)]);
    expect(rowsOf(tableOf(report))).toHaveLength(3);
  });

  test('the monthly summary adds up by kind, department and reason, and is to be signed', () => {
    const report = reportOf(fixture.db, 'monthly-summary');
    const [page] = report.sheets;
    const totals =
      page?.kind === 'page'
        ? page.lines.filter(({ style }) => style === 'total').map(({ cells }) => cells.map(({ cell }) => cell))
        : [];
    expect(totals).toEqual(Array.from({ length: 3 }, () => ['Total', 7, 1580, dong(95_300)]));
    expect(report.signatures?.length).toBeGreaterThan(0);
  });

  test('the busy hour splits a call at the full hour, and the group of trunks is measured together', () => {
    // 09:00–09:01 and 09:50–10:10 on 5 October: trunk 01 for 60 s and 02 for 600 s in the hour of nine.
    expect(rows('by-trunk', 'trunks').map((row) => [row['trunk'], row['busyHour'], row['erlangs']])).toEqual([
      ['01', '05/10/2026 10:00–11:00', '0.03'],
      ['02', '05/10/2026 09:00–10:00', '0.17'],
    ]);
    // 10:00–11:00: 600 s of the call abroad and 120 s of Minh's: 0.2 erlang; two lines lose 1.64 % of that, three 0.11 %.
    expect(rows('by-trunk', 'groups')).toEqual([
      expect.objectContaining({
        group: 'PRI',
        trunks: '01, 02',
        lines: 2,
        busyHour: '05/10/2026 10:00–11:00',
        erlangs: '0.20',
        loss: '1.64 %',
        needed: 3,
      }),
    ]);
  });

  test('the dearest calls come first, and all others are one row', () => {
    expect(rows('dearest-calls')[0]).toMatchObject({ rank: 1, charge: dong(90_000), destination: 'Japan' });
    expect(
      rows('longest-calls')
        .map((row) => row['talk'])
        .slice(0, 3),
    ).toEqual([1200, 120, 60]);
  });

  test('incoming service: answered, missed and how long it rang, by hour', () => {
    const [nine] = rows('incoming-service', 'by-hour');
    expect(nine).toMatchObject({
      hour: '09:00–10:00',
      calls: 2,
      answered: 1,
      unanswered: 1,
      share: '50 %',
      ring: 10,
      longestRing: 25,
      wait: 25,
    });
    expect(totalsOf(tableOf(reportOf(fixture.db, 'incoming-service'), 'by-hour'))).toMatchObject({
      calls: 7,
      answered: 3,
      unanswered: 4,
      wait: 18,
    });
  });

  test('missed callers who were called back or reached somebody later are not listed', () => {
    expect(rows('missed-calls')).toEqual([
      expect.objectContaining({
        caller: '0933333333',
        calls: 2,
        first: at(7, '09:20'),
        last: at(7, '10:20'),
        ring: 35,
        extension: '103',
      }),
    ]);
  });

  test('exceptions say what is wrong about each call', () => {
    expect(rows('exceptions', 'kinds').map((row) => [row['kind'], row['calls']])).toEqual([
      ['no code', 0],
      ['unknown code', 1],
      ['code not valid', 0],
      ['no rate', 1],
      ['after hours', 1],
      ['against the code rules', 0],
    ]);
    expect(rows('exceptions', 'calls').map((row) => row['why'])).toEqual(['unknown code, no rate, after hours']);
  });

  test('the trend puts twelve months side by side and says how they changed', () => {
    const months = rows('trend');
    expect(months.map((row) => row['month']).slice(-2)).toEqual(['09/2026', '10/2026']);
    expect(months).toHaveLength(12);
    expect(months.at(-1)).toMatchObject({ calls: 7, 'charge VND': dong(95_300), change: '+91 %' });
  });

  test('changes of the books are listed with who and why', () => {
    markClosed(fixture.db, '2026-09', Date.UTC(2026, 9, 2));
    expect(rows('changes')).toEqual([
      expect.objectContaining({ by: 'Lan', what: 'Month closed', about: 'month 09/2026' }),
    ]);
  });
});

describe('every report says of itself', () => {
  test('period, filter, maker, versions, and the office hours without a call', () => {
    const { provenance } = reportOf(fixture.db, 'by-person', {
      filter: { from: '2026-10-05', to: '2026-10-05', personIds: [1] },
    });
    expect(Object.fromEntries(provenance?.facts.map(({ label, value }) => [label, value]) ?? [])).toEqual({
      Period: '05/10/2026',
      Calls: 'Name: Nguyễn Thị Lan',
      'Made at': '03/11/2026 10:00:00',
      'Made by': 'Lan',
      Tariffs: 'Bảng giá',
      'Sources and formats': 'Tổng đài: panasonic-a',
    });
    // Open from 8:00 to 17:30; there are calls in the hours of nine and ten.
    expect(provenance?.gaps).toEqual([
      'No call was recorded while the office was open: 05/10/2026 08:00–09:00, 05/10/2026 11:00–17:30.',
    ]);
  });

  test('a reader without numbers and codes sees neither, and a narrow scope sees only its calls', () => {
    const reader = { seesNumbers: false, seesCodes: false, scope: { kind: 'person', personId: 1 } } as const;
    const detail = rows('call-detail', undefined, { reader });
    // Her own private call is listed for her.
    expect(detail.map((row) => row['talk'])).toEqual([60, 1200, 90]);
    expect(detail[0]).toMatchObject({ code: '••01', outsideNumber: '091234••••' });
    expect(rows('by-person', undefined, { reader }).map((row) => row['person'])).toEqual(['Nguyễn Thị Lan']);
    expect(rows('missed-calls', undefined, { reader })).toEqual([]);
    const table = tableOf(reportOf(fixture.db, 'most-called', { reader }));
    expect([...(table.links?.() ?? [])]).toEqual([null, null, null]);
  });
});
