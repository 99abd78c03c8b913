import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callIdOf } from '../../core/model/call.ts';
import { amountMicro } from '../../core/model/money.ts';
import type { CallFilter, CallTotals } from '../../core/store/call-filter.ts';
import { CallQueries } from '../../core/store/call-query.ts';
import { WHOLE_SITE } from '../../core/store/call-scope.ts';
import type { CallRow } from '../../core/store/calls.ts';
import { MonthStore } from '../../core/store/month.ts';
import { type CallDice, type CallFixture, diceCall, OCTOBER, openCallFixture, plainCall } from './call-fixture.ts';

const dice: fc.Arbitrary<CallDice> = fc.record({
  startMinute: fc.integer({ min: 0, max: 60 * 24 * 45 }),
  direction: fc.nat(4),
  band: fc.nat(10),
  reason: fc.nat(3),
  rating: fc.nat(2),
  person: fc.nat(5),
  charge: fc.nat(1_000_000_000),
  currency: fc.nat(1),
  talk: fc.nat(5000),
});

function bigTotals(calls: readonly CallRow[]): CallTotals {
  const charges = new Map<string, bigint>();
  for (const call of calls) {
    if (call.currency !== null) {
      charges.set(call.currency, (charges.get(call.currency) ?? 0n) + (call.chargeMicro ?? 0n));
    }
  }
  return {
    calls: calls.length,
    talkSeconds: calls.reduce((sum, call) => sum + call.talkSeconds, 0),
    charges: [...charges].sort().map(([currency, sum]) => ({ currency, amountMicro: amountMicro(sum) })),
  };
}

const sorted = (totals: CallTotals): CallTotals => ({
  calls: totals.calls,
  talkSeconds: totals.talkSeconds,
  charges: [...totals.charges].sort((a, b) => (a.currency < b.currency ? -1 : 1)),
});

const hasDigits =
  (digits: string) =>
  (call: CallRow): boolean =>
    [call.number, call.dialled].some((number) => number?.startsWith(digits) || number?.endsWith(digits));

/** Calls that go out, and incoming ones with a price. */
const isOnBill = (c: CallRow): boolean =>
  c.direction === 'outgoing' ||
  c.direction === 'tandem' ||
  (c.direction === 'incoming' && c.rating !== 'not-chargeable');

describe('stored calls', () => {
  let fixture: CallFixture;
  let queries: CallQueries;
  beforeEach(() => {
    fixture = openCallFixture();
    queries = new CallQueries(fixture.db);
    fixture.db.exec(`
      INSERT INTO destinations (id, name_en, name_vi) VALUES (1, 'Hanoi', 'Hà Nội'), (2, 'Da Nang', 'Đà Nẵng');
      INSERT INTO departments (id, parent_id, name) VALUES (1, NULL, 'Ban giám đốc'), (2, 1, 'Kinh doanh');
      INSERT INTO people (id, name, search_name) VALUES
        (1, 'Đặng Thuỷ', 'dang thuy'), (2, 'Trần Văn Đức', 'tran van duc'), (3, 'Lê Hoa', 'le hoa'),
        (4, 'Phạm Minh', 'pham minh'), (5, 'Võ An', 'vo an');`);
  });
  afterEach(() => fixture.close());

  const sumsAfresh = (): unknown[] =>
    fixture.db
      .prepare(
        `SELECT start_local_s / 86400 AS day, id / (1 << 40) AS source_id, COALESCE(person_id, 0) AS person_id,
           COALESCE(department_id, 0) AS department_id, reason, direction, band, rating,
           COALESCE(currency, '') AS currency, COALESCE(is_answered, -1) AS is_answered, COUNT(*) AS calls,
           SUM(talk_s) AS talk_s, COALESCE(SUM(charge_micro), 0) AS charge_micro
         FROM calls GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
      )
      .safeIntegers()
      .all();
  const storedSums = (): unknown[] =>
    fixture.db.prepare('SELECT * FROM daily_sums ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10').safeIntegers().all();

  it('come back as they were put', () => {
    const call: CallRow = {
      ...plainCall,
      chargeMicro: amountMicro(9_007_199_254_740_993n),
      currency: 'VND',
      rating: 'rated',
      isAnswered: null,
      doubts: ['year-from-arrival', 'gap-inside'],
    };
    fixture.put(call);
    expect(fixture.calls.get(call.id)).toEqual({
      ...call,
      personName: null,
      departmentName: null,
      destinationEn: null,
      destinationVi: null,
    });
  });

  it('are the same after a second put, and so are the sums', () => {
    fixture.put(plainCall);
    const before = storedSums();
    expect(fixture.calls.put(plainCall, undefined)).toBe('same');
    fixture.sums.flush();
    expect(storedSums()).toEqual(before);
  });

  it('keep exact sums however often they change', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(8), dice, fc.boolean()), { minLength: 1, maxLength: 40 }), (changes) => {
        fixture.db.exec('DELETE FROM calls; DELETE FROM daily_sums;');
        for (const [index, values, isFlushed] of changes) {
          fixture.calls.put(diceCall(index, values), undefined);
          if (isFlushed) fixture.sums.flush();
        }
        fixture.sums.flush();
        expect(storedSums()).toEqual(sumsAfresh());
      }),
      { numRuns: 40 },
    );
  });

  it('are booked anew with exact sums', () => {
    fixture.put(plainCall);
    const booking = {
      number: '84912345678',
      band: 'mobile',
      destinationId: 1,
      personId: 1,
      departmentId: 1,
      reason: 'code',
      rating: 'rated',
      tariffVersionId: 1,
      chargeMicro: amountMicro(1_000_000_000n),
      currency: 'VND',
      billedSeconds: 60,
      monthUse: null,
      verdict: 'obeys',
      purpose: null,
    } as const;
    expect(fixture.calls.book(plainCall, booking)).toBe(true);
    fixture.sums.flush();
    expect(storedSums()).toEqual(sumsAfresh());
    const after = fixture.calls.get(plainCall.id);
    expect(after).toMatchObject(booking);
    expect(fixture.calls.book(after as CallRow, booking)).toBe(false);
  });

  const filters: readonly (readonly [string, CallFilter, (call: CallRow) => boolean])[] = [
    ['nothing', {}, () => true],
    ['a direction', { direction: 'outgoing' }, (c) => c.direction === 'outgoing'],
    ['a reason', { reason: 'unknown-code' }, (c) => c.reason === 'unknown-code'],
    ['a person', { personId: 2 }, (c) => c.personId === 2],
    ['a department and what is below it', { departmentId: 1 }, (c) => c.departmentId !== null],
    ['a department', { departmentId: 2 }, (c) => c.departmentId === 2],
    ['nobody', { personId: 0 }, (c) => c.personId === null],
    ['nobody and digits', { personId: 0, number: '09' }, (c) => c.personId === null && hasDigits('09')(c)],
    ['a person in no department', { departmentId: 0 }, (c) => c.personId !== null && c.departmentId === null],
    ['a department alone', { departmentId: 1, isDepartmentOnly: true }, (c) => c.departmentId === 1],
    ['a department not alone', { departmentId: 1, isDepartmentOnly: false }, (c) => c.departmentId !== null],
    ['that a bill counts', { isOutbound: true }, isOnBill],
    ['a source', { sourceId: 2 }, (c) => c.id >= callIdOf(2, 0)],
    ['a code', { code: '4002' }, (c) => c.code === '4002'],
    [
      'an extension and a band',
      { extension: '103', band: 'mobile' },
      (c) => c.extension === '103' && c.band === 'mobile',
    ],
    [
      'days',
      { from: '2026-10-01', to: '2026-10-10' },
      (c) => c.startLocalS >= OCTOBER && c.startLocalS < OCTOBER + 10 * 86_400,
    ],
    [
      'days and a rating',
      { from: '2026-10-01', to: '2026-10-10', rating: 'rated' },
      (c) => c.startLocalS >= OCTOBER && c.startLocalS < OCTOBER + 10 * 86_400 && c.rating === 'rated',
    ],
    ['first or last digits of a number', { number: '94' }, hasDigits('94')],
    ['the first digits of nearly all numbers', { number: '09' }, hasDigits('09')],
    ['many digits with signs between them', { number: '(09) 12' }, hasDigits('0912')],
    ['a destination without marks', { text: 'da nang' }, (c) => c.destinationId === 2],
    ['a destination in English', { text: 'Hanoi' }, (c) => c.destinationId === 1],
    ['a name with marks', { text: 'Đức' }, (c) => c.personId === 2],
    ['a name in capitals without marks', { text: 'THUY' }, (c) => c.personId === 1],
    ['a trunk and a rating', { trunk: '01', rating: 'rated' }, (c) => c.rating === 'rated'],
    ['a trunk that is not there', { trunk: '99' }, () => false],
    ['a text that is not there', { text: 'zzz' }, () => false],
  ];

  it.each(filters)('are paged, jumped to and summed by %s', (_name, filter, matches) => {
    const rows = fc
      .sample(dice, { numRuns: 300, seed: 7 })
      .map((values, index) => diceCall(index, values))
      // Many calls of one minute: the cursor must tell them apart.
      .map((call, index) => (index % 3 === 0 ? { ...call, startLocalS: OCTOBER } : call));
    fixture.put(...rows);
    const expected = rows.filter(matches).sort((a, b) => b.startLocalS - a.startLocalS || b.id - a.id);
    const ids: number[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 100; pages += 1) {
      const page = queries.page({ ...filter, after, limit: 7 }, WHOLE_SITE);
      expect(page.calls.length).toBeLessThanOrEqual(7);
      ids.push(...page.calls.map((call) => call.id));
      if (page.next === null) break;
      after = page.next;
    }
    expect(ids).toEqual(expected.map((call) => call.id));
    for (const at of [0, 3, 20, 150, 299, 400]) {
      const jump = queries.page({ ...filter, at, limit: 5 }, WHOLE_SITE).calls.map((call) => call.id);
      expect(jump).toEqual(expected.slice(at, at + 5).map((call) => call.id));
    }
    expect(sorted(queries.totals(filter, WHOLE_SITE))).toEqual(bigTotals(rows.filter(matches)));
  });

  it('are found by the end of their number however it was dialled, and after it is read anew', () => {
    const call: CallRow = { ...plainCall, dialled: '90912345678' };
    const feature: CallRow = { ...plainCall, id: callIdOf(1, 80), dialled: '*21', number: null };
    fixture.put(call, feature);
    const idsOf = (number: string): readonly number[] =>
      queries.page({ number, limit: 9 }, WHOLE_SITE).calls.map((found) => found.id);
    for (const end of ['78', '2345678', '0912345678', '90912345678', '84912345678', '849']) {
      expect(idsOf(end), end).toEqual([call.id]);
    }
    expect(idsOf('84912345678 9')).toEqual([]);
    expect(idsOf('21')).toEqual([feature.id]);
    const booking = { ...call, number: '84243000111' };
    fixture.calls.book(call, booking);
    fixture.sums.flush();
    for (const end of ['0111', '2345678']) expect(idsOf(end), end).toEqual([call.id]);
  });

  it('of a month add up to its totals by department, person and band', () => {
    const month = new MonthStore(fixture.db);
    let checked = 0;
    fc.assert(
      fc.property(fc.array(dice, { minLength: 10, maxLength: 60 }), (list) => {
        fixture.db.exec('DELETE FROM calls; DELETE FROM daily_sums;');
        const rows = list.map((values, index) => diceCall(index, values));
        fixture.put(...rows);
        const inMonth = rows.filter((call) => call.startLocalS >= OCTOBER && call.startLocalS < OCTOBER + 31 * 86_400);
        const outside = inMonth.filter(isOnBill);
        for (const by of ['department', 'person', 'band'] as const) {
          const sums = month.sums('2026-10', by);
          expect(sums.totals).toEqual(bigTotals(outside));
          expect(sums.unattributed).toEqual(bigTotals(outside.filter((call) => call.personId === null)));
          expect(added(sums.rows)).toEqual(sums.totals);
          expect(added(sums.rows.flatMap((row) => Object.values(row.byBand)))).toEqual(sums.totals);
          expect(sums.rows.reduce((sum, row) => sum + row.unratedCalls, 0)).toBe(sums.unratedCalls);
          expect(sums.unratedCalls).toBe(outside.filter((call) => call.rating === 'unrated').length);
          expect(sums.others.reduce((sum, other) => sum + other.calls, 0)).toBe(inMonth.length - outside.length);
          checked += sums.rows.length;
        }
        expect([...month.calls('2026-10')].map((call) => call.id)).toEqual(
          inMonth.sort((a, b) => a.startLocalS - b.startLocalS || a.id - b.id).map((call) => call.id),
        );
      }),
      { numRuns: 40 },
    );
    expect(checked).toBeGreaterThan(100);
  });

  it('name the months that have any', () => {
    fixture.put(plainCall, { ...plainCall, id: callIdOf(1, 80), startLocalS: OCTOBER - 86_400 * 70 });
    expect(new MonthStore(fixture.db).months()).toEqual(['2026-10', '2026-07']);
  });
});

function added(list: readonly CallTotals[]): CallTotals {
  const charges = new Map<string, bigint>();
  for (const { charges: parts } of list) {
    for (const part of parts) charges.set(part.currency, (charges.get(part.currency) ?? 0n) + part.amountMicro);
  }
  return {
    calls: list.reduce((sum, totals) => sum + totals.calls, 0),
    talkSeconds: list.reduce((sum, totals) => sum + totals.talkSeconds, 0),
    charges: [...charges].sort().map(([currency, sum]) => ({ currency, amountMicro: amountMicro(sum) })),
  };
}
