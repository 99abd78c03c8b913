import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mostAtOnce, trunkLoads } from '../../core/api/trunk-load.ts';
import { callIdOf } from '../../core/model/call.ts';
import { DAY_S, type OfficeCalendar } from '../../core/model/office-calendar.ts';
import type { CallTotals } from '../../core/store/call-filter.ts';
import { CallQueries } from '../../core/store/call-query.ts';
import { completenessOf } from '../../core/store/completeness.ts';
import { DashboardQueries, type GroupTotals, type LineUse } from '../../core/store/dashboard.ts';
import { MonthStore } from '../../core/store/month.ts';
import { daysOfMonth } from '../../core/store/month-days.ts';
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

const ALL = { kind: 'all' } as const;
const HOUR = 3600;
const october = daysOfMonth('2026-10');

function added(groups: readonly GroupTotals[]): CallTotals {
  const charges = new Map<string, bigint>();
  for (const { currency, amountMicro } of groups.flatMap((group) => group.charges)) {
    charges.set(currency, (charges.get(currency) ?? 0n) + amountMicro);
  }
  return {
    calls: groups.reduce((sum, group) => sum + group.calls, 0),
    talkSeconds: groups.reduce((sum, group) => sum + group.talkSeconds, 0),
    charges: [...charges].sort().map(([currency, sum]) => ({ currency, amountMicro: sum as never })),
  };
}

describe('groups of the dashboard', () => {
  let fixture: CallFixture;
  beforeEach(() => {
    fixture = openCallFixture();
    fixture.db.exec(`INSERT INTO departments (id, parent_id, name) VALUES (1, NULL, 'Ban giám đốc'), (2, 1, 'Kinh doanh');
      INSERT INTO people (id, name, search_name) VALUES (1, 'A', 'a'), (2, 'B', 'b'), (3, 'C', 'c'), (4, 'D', 'd'), (5, 'E', 'e');`);
  });
  afterEach(() => fixture.close());

  it('add up to the month whatever they are grouped by, and those of a scope to the calls of that scope', () => {
    fc.assert(
      fc.property(fc.array(dice, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (rolls, person) => {
        fixture.db.exec('DELETE FROM calls; DELETE FROM daily_sums; DELETE FROM call_numbers');
        fixture.put(...rolls.map((roll, i) => diceCall(i, roll)));
        const queries = new DashboardQueries(fixture.db);
        const { totals } = new MonthStore(fixture.db).sums('2026-10', 'band');
        for (const by of ['day', 'department', 'person'] as const) {
          expect(added(queries.sums(by, october, ALL))).toEqual(totals);
        }
        const found = new CallQueries(fixture.db);
        for (const scope of [
          { kind: 'departments', departmentIds: [2] },
          { kind: 'person', personId: person },
        ] as const) {
          const { calls, talkSeconds } = added(queries.sums('day', october, scope));
          const wanted = found.totals({ month: '2026-10', isOutbound: true }, scope);
          expect([calls, talkSeconds]).toEqual([wanted.calls, wanted.talkSeconds]);
          const hours = queries.hours(october, scope).reduce((sum, hour) => sum + hour.calls, 0);
          expect(hours).toBe(found.totals({ from: '2026-10-01', to: '2026-10-31' }, scope).calls);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('count each hour of the whole site as its filter finds it', () => {
    fixture.put(
      { ...plainCall, startLocalS: OCTOBER + 9 * HOUR },
      { ...plainCall, id: callIdOf(1, 80), startLocalS: OCTOBER + 9 * HOUR + 3599 },
      { ...plainCall, id: callIdOf(1, 160), startLocalS: OCTOBER + 10 * HOUR },
    );
    const hours = new DashboardQueries(fixture.db).hours(october, ALL);
    expect(hours.map(({ hour, calls }) => [hour - october.first * 24, calls])).toEqual([
      [9, 2],
      [10, 1],
    ]);
    // The first of October 2026 was a Thursday.
    const filter = { from: '2026-10-01', to: '2026-10-31', weekday: 4, hour: 9 };
    expect(new CallQueries(fixture.db).totals(filter, ALL).calls).toBe(2);
    expect(new CallQueries(fixture.db).totals({ ...filter, weekday: 5 }, ALL).calls).toBe(0);
  });
});

describe('completeness', () => {
  const calendar: OfficeCalendar = {
    opensAtS: 8 * HOUR,
    closesAtS: 10.5 * HOUR,
    weekdays: new Set([1, 2, 3, 4, 5]),
    holidays: new Set(),
  };
  const question = { firstDay: october.first, endDay: october.end, calendar, fromMs: 0, toMs: 1 };

  it('counts open clock hours that are over and have no call, from the first call on', () => {
    const fixture = openCallFixture();
    // Thursday at 9:10, Friday at 8:59; Saturday and Sunday are not open.
    fixture.put(
      { ...plainCall, startLocalS: OCTOBER + 9 * HOUR + 600 },
      { ...plainCall, id: callIdOf(1, 80), startLocalS: OCTOBER + DAY_S + 9 * HOUR - 60 },
    );
    const found = completenessOf(fixture.db, { ...question, now: OCTOBER + 4 * DAY_S + 9 * HOUR });
    fixture.close();
    // Thursday 9 to 10:30, all of Friday, Monday 8 to 9.
    expect(found.openSeconds).toBe(1.5 * HOUR + 2.5 * HOUR + HOUR);
    expect(found.silences.map(({ from, to }) => [(from - OCTOBER) / HOUR, (to - OCTOBER) / HOUR])).toEqual([
      [10, 10.5],
      [24 + 9, 24 + 10.5],
      [96 + 8, 96 + 9],
    ]);
    expect(found.silentSeconds).toBe(3 * HOUR);
  });

  it('says nothing of hours before there were any calls', () => {
    const fixture = openCallFixture();
    const found = completenessOf(fixture.db, { ...question, now: OCTOBER + 4 * DAY_S });
    fixture.close();
    expect(found).toMatchObject({ openSeconds: 0, silentSeconds: 0, silences: [], openCalls: 0 });
  });
});

describe('lines in use', () => {
  const uses = fc.array(
    fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 60 })).map(
      ([from, length]): LineUse => ({
        trunk: '01',
        from,
        to: from + length,
      }),
    ),
    { maxLength: 25 },
  );

  it('are at most what any second of the time had', () => {
    fc.assert(
      fc.property(uses, fc.nat(200), fc.integer({ min: 1, max: 60 }), (list, from, length) => {
        const seconds = Array.from({ length }, (_, i) => from + i);
        const busy = seconds.map((second) => list.filter((use) => use.from <= second && second < use.to).length);
        expect(mostAtOnce(list, from, from + length)).toBe(Math.max(...busy));
      }),
    );
  });

  it('are told by trunk, hour by hour', () => {
    const line = (trunk: string, from: number, to: number): LineUse => ({ trunk, from, to });
    const loads = trunkLoads(
      [line('02', 0, 1800), line('10', 3000, 4500), line('10', 3300, 3900), line('10', 6900, 7200)],
      { from: 0, hours: 2, now: 7200, lately: 900 },
    );
    expect(loads).toEqual([
      // 1500 and 300 of 7200 seconds; the second call lay within the first.
      { trunk: '10', calls: 3, busyLately: 1, peaks: [2, 2], usedPercent: 25 },
      { trunk: '02', calls: 1, busyLately: 0, peaks: [1, 0], usedPercent: 25 },
    ]);
  });
});
