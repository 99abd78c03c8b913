import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Scope } from '../../core/model/access.ts';
import { amountMicro } from '../../core/model/money.ts';
import type { ReportFilter, ReportId } from '../../core/model/report-request.ts';
import type { CallRow } from '../../core/store/calls.ts';
import { RestatementStore } from '../../core/store/restatements.ts';
import { diceCall, OCTOBER, openCallFixture } from '../store/call-fixture.ts';
import { markClosed } from '../store/close-month.ts';
import { plainCell, reportOf, tableOf, totalsOf } from './report-fixture.ts';

const fixture = openCallFixture();
const { db } = fixture;
db.exec("INSERT INTO departments (id, name) VALUES (1, 'Sales'), (2, 'Repair')");
afterAll(() => fixture.close());

const LATE_DAY = OCTOBER / 86_400 + 12;
const MINUTES = 30 * 1440;

const die = fc.record({
  startMinute: fc.nat(MINUTES),
  direction: fc.nat(4),
  band: fc.nat(10),
  reason: fc.nat(3),
  rating: fc.nat(2),
  person: fc.nat(5),
  charge: fc.nat(50),
  currency: fc.nat(1),
  talk: fc.nat(900),
  trunk: fc.nat(3),
  isLate: fc.boolean(),
  isPrivate: fc.boolean(),
  correction: fc.nat(3),
});

const GROUPED: readonly ReportId[] = [
  'by-department',
  'by-person',
  'by-code',
  'by-extension',
  'by-trunk',
  'by-destination',
  'most-called',
];

const filters = fc.record({
  days: fc.constantFrom(
    { from: '2026-10-01', to: '2026-10-31' },
    { from: '2026-09-01', to: '2026-10-31' },
    { from: '2026-09-28', to: '2026-10-13' },
  ),
  part: fc.constantFrom<Partial<ReportFilter>>(
    {},
    {},
    {},
    { directions: ['incoming', 'outgoing'] },
    { trunks: ['01', '02'] },
    { personIds: [0, 2, 4] },
    { departmentIds: [1, 0] },
    { bands: ['mobile', 'local', 'incoming'] },
    { sourceIds: [2] },
    { codes: ['4002', '4004'] },
  ),
  scope: fc.constantFrom<Scope>(
    { kind: 'all' },
    { kind: 'all' },
    { kind: 'all' },
    { kind: 'departments', departmentIds: [2] },
    { kind: 'person', personId: 4 },
  ),
});

type Die = typeof die extends fc.Arbitrary<infer T> ? T : never;

/** September is closed: some of its calls came late and count in October, and some are corrected there. */
function store(dice: readonly Die[]): void {
  db.exec(`DELETE FROM restatement_sums; DELETE FROM restatements; DELETE FROM calls; DELETE FROM daily_sums;
    DELETE FROM closed_months; DELETE FROM closing_log;`);
  const rows = dice.map((one, i): CallRow => {
    const row = diceCall(i, one);
    const isLate = one.isLate && row.startLocalS < OCTOBER;
    return {
      ...row,
      trunk: one.trunk === 0 ? null : `0${one.trunk}`,
      lateDay: isLate ? LATE_DAY : null,
      purpose: one.isPrivate ? 'private' : null,
    };
  });
  fixture.put(...rows);
  markClosed(db, '2026-09', 0);
  const changed = rows.filter(
    (row, i) => row.startLocalS < OCTOBER && row.lateDay === null && dice[i]?.correction === 0,
  );
  new RestatementStore(db).add(
    changed.map((row) => ({
      callId: row.id,
      kind: 'owner' as const,
      after: {
        personId: 4,
        departmentId: 2,
        chargeMicro: amountMicro((row.chargeMicro ?? 0n) + 7n),
        currency: row.currency ?? 'VND',
        isPrivate: false,
      },
    })),
    { month: '2026-10', reason: 'x', by: 'Lan', atMs: 1 },
  );
}

/** What every report has to agree on, with nothing where it has no such column. */
function figures(id: ReportId, totals: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(totals).filter(([key, value]) => {
      const isCommon = /^(calls|talk|unrated|charge \w+|corrections \w+|due \w+|private \w+)$/.test(key);
      return isCommon && value !== null && id !== 'call-detail';
    }),
  );
}

describe('reports of one filter', () => {
  test('add up row by row, and agree with each other on calls, time, charges, corrections and what was private', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(die, { minLength: 10, maxLength: 40 }), filters, (dice, { days, part, scope }) => {
        store(dice);
        const asked = { filter: { ...days, ...part }, reader: { scope } };
        const all = GROUPED.map((id) => ({ id, table: tableOf(reportOf(db, id, asked)) }));
        const expected = figures('by-person', totalsOf(all[1]?.table ?? tableOf(reportOf(db, 'by-person', asked))));
        for (const { id, table } of all) {
          expect(columnSums(table), id).toEqual(totalsOf(table));
          expect(figures(id, plainBands(totalsOf(table))), id).toEqual(expected);
        }
        for (const id of ['call-detail', 'dearest-calls', 'longest-calls'] as const) {
          const table = tableOf(reportOf(db, id, asked));
          const { talk, charge, calls } = totalsOf(table);
          expect(talk, id).toBe(expected['talk']);
          const [currency] = currenciesIn(expected);
          if (currenciesIn(expected).length === 1) expect(charge, id).toBe(expected[`charge ${currency}`]);
          if (calls !== undefined) expect(calls, id).toBe(expected['calls']);
          expect(columnSums(table)['talk'], id).toBe(talk);
        }
        compared += Number(expected['calls']);
      }),
      { numRuns: 15 },
    );
    // Filters that find nothing prove nothing.
    expect(compared).toBeGreaterThan(20);
  });
});

const plainBands = (totals: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(totals).filter(([key]) => !/^(calls|charge) \w+( \w+)?$/.test(key) || /^charge [A-Z]{3}$/.test(key)),
  );

const currenciesIn = (totals: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(totals).flatMap((key) => (key.startsWith('charge ') ? [key.slice(7)] : []));

/** Every column of numbers added up anew; other cells are those of the row of totals. */
function columnSums(table: ReturnType<typeof tableOf>): Record<string, unknown> {
  const rows = [...table.rows()];
  const totals = totalsOf(table);
  return Object.fromEntries(
    table.columns.map(({ key, type }, i) => {
      if (totals[key] === null || (type !== 'integer' && type !== 'money' && type !== 'duration'))
        return [key, totals[key]];
      const values = rows.map((row) => plainCell(row[i])).filter((value) => value !== null);
      return [
        key,
        type === 'money'
          ? values.reduce<bigint>((sum, value) => sum + BigInt(value), 0n)
          : values.reduce<number>((sum, value) => sum + Number(value), 0),
      ];
    }),
  );
}
