import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { departmentsUnder, drawsOn, holdsIn } from '../../core/budgets/budget.ts';
import { percentOf, warningsOf } from '../../core/budgets/budget-state.ts';
import { budgetStates } from '../../core/budgets/budget-states.ts';
import { WHOLE_DAY, weightsOf } from '../../core/budgets/day-weights.ts';
import { type Forecast, forecastOf, squareRoot } from '../../core/budgets/forecast.ts';
import type { Budget, DayUse } from '../../core/model/budget.ts';
import { DAY_S, isOfficeDay, type OfficeCalendar } from '../../core/model/office-calendar.ts';
import { localSecondsOfDay } from '../../core/model/time.ts';

const day = (text: string): number => (localSecondsOfDay(text) ?? 0) / DAY_S;
const at = (text: string, hour: number): number => day(text) * DAY_S + hour * 3600;

/** October 2026 begins on a Thursday; Monday to Friday make 22 working days. */
const CALENDAR: OfficeCalendar = {
  opensAtS: 8 * 3600,
  closesAtS: 17 * 3600,
  weekdays: new Set([1, 2, 3, 4, 5]),
  holidays: new Set(),
};
const OCTOBER = { firstDay: day('2026-10-01'), endDay: day('2026-11-01') };
const even = weightsOf(CALENDAR, new Map(), undefined, OCTOBER.firstDay);

/** The same on every working day before a moment. */
function steady(units: bigint, until: number): Map<number, bigint> {
  const days = new Map<number, bigint>();
  for (let one = OCTOBER.firstDay; one < until; one += 1) if (isOfficeDay(CALENDAR, one)) days.set(one, units);
  return days;
}

function known(forecast: Forecast): Extract<Forecast, { readonly state: 'fair' | 'rough' }> {
  if (forecast.state === 'fair' || forecast.state === 'rough') return forecast;
  throw new Error(forecast.state);
}

describe('a forecast', () => {
  test('carries the pace of the working days so far over those to come', () => {
    const days = steady(1000n, day('2026-10-15'));
    const forecast = forecastOf({ ...OCTOBER, now: at('2026-10-15', 7), days, weights: even, calendar: CALENDAR });
    // 10 working days of 1,000 each so far, 12 to come.
    expect(forecast).toEqual({
      ...{ state: 'fair', units: 22_000n, low: 22_000n, high: 22_000n },
      ...{ isLearnt: false, daysSoFar: 10, daysToCome: 12 },
    });
  });

  test('says that it is too early in the first days, and nothing of a month that is over', () => {
    const question = { ...OCTOBER, days: steady(1000n, day('2026-10-03')), weights: even, calendar: CALENDAR };
    expect(forecastOf({ ...question, now: at('2026-10-03', 12) })).toEqual({ state: 'too-early' });
    expect(forecastOf({ ...question, now: at('2026-09-30', 12) })).toEqual({ state: 'too-early' });
    expect(forecastOf({ ...question, now: at('2026-11-01', 0) })).toEqual({ state: 'over' });
  });

  test('counts of today what of its office hours is over', () => {
    const days = steady(1000n, day('2026-10-15')).set(day('2026-10-15'), 500n);
    const forecast = known(
      forecastOf({ ...OCTOBER, now: at('2026-10-15', 12.5), days, weights: even, calendar: CALENDAR }),
    );
    expect(forecast.units).toBe(22_000n);
  });

  test('expects nothing of holidays', () => {
    const calendar = { ...CALENDAR, holidays: new Set([day('2026-10-29'), day('2026-10-30')]) };
    const weights = weightsOf(calendar, new Map(), undefined, OCTOBER.firstDay);
    const days = steady(1000n, day('2026-10-15'));
    const forecast = known(forecastOf({ ...OCTOBER, now: at('2026-10-15', 7), days, weights, calendar }));
    expect(forecast.units).toBe(20_000n);
  });

  test('is rough where days differ much, and its range covers what is to come four times of five', () => {
    let inside = 0;
    let total = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      let state = seed * 7919;
      const days = new Map<number, bigint>();
      let whole = 0n;
      for (let one = OCTOBER.firstDay; one < OCTOBER.endDay; one += 1) {
        if (!isOfficeDay(CALENDAR, one)) continue;
        let sum = 0;
        for (let i = 0; i < 6; i += 1) {
          state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
          sum += state / 2_147_483_648;
        }
        const units = BigInt(Math.round(sum * 1000));
        whole += units;
        if (one < day('2026-10-15')) days.set(one, units);
      }
      const { low, high } = known(
        forecastOf({ ...OCTOBER, now: at('2026-10-15', 7), days, weights: even, calendar: CALENDAR }),
      );
      total += 1;
      if (low <= whole && whole <= high) inside += 1;
    }
    expect(inside / total).toBeGreaterThan(0.7);
    expect(inside / total).toBeLessThan(0.9);
    const wild = new Map([[day('2026-10-01'), 30_000n]]);
    expect(
      forecastOf({ ...OCTOBER, now: at('2026-10-15', 7), days: wild, weights: even, calendar: CALENDAR }),
    ).toMatchObject({ state: 'rough' });
  });

  test('is never below what is used, and grows with it', () => {
    const uses = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(uses, fc.bigInt({ min: 1n, max: 10n ** 12n }), (units, more) => {
        const days = new Map(units.map((value, i) => [OCTOBER.firstDay + i, value]));
        const question = { ...OCTOBER, now: at('2026-10-15', 0), weights: even, calendar: CALENDAR };
        const used = units.reduce((a, b) => a + b, 0n);
        const one = known(forecastOf({ ...question, days }));
        expect(one.low).toBeGreaterThanOrEqual(used);
        expect(one.units).toBeGreaterThanOrEqual(one.low);
        expect(one.high).toBeGreaterThanOrEqual(one.units);
        const larger = new Map(days).set(OCTOBER.firstDay, (units[0] ?? 0n) + more);
        expect(known(forecastOf({ ...question, days: larger })).units).toBeGreaterThan(one.units - 1n);
      }),
    );
  });

  test('takes whole square roots', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (value) => {
        const root = squareRoot(value);
        expect(root * root).toBeLessThanOrEqual(value);
        expect((root + 1n) * (root + 1n)).toBeGreaterThan(value);
      }),
    );
  });
});

describe('the weight of a day', () => {
  const before = OCTOBER.firstDay;

  test('is learnt from the weekdays of two months or more', () => {
    const history = new Map<number, bigint>();
    // Mondays (weekday 1) are twice as busy; 2026-10-05 is one.
    for (let one = before - 70; one < before; one += 1) {
      if (isOfficeDay(CALENDAR, one)) history.set(one, (one - day('2026-10-05')) % 7 === 0 ? 2000n : 1000n);
    }
    const weights = weightsOf(CALENDAR, history, before - 70, before);
    expect(weights.isLearnt).toBe(true);
    expect(weights.of(day('2026-10-05'))).toBe((2000n * WHOLE_DAY) / 1200n);
    expect(weights.of(day('2026-10-06'))).toBe((1000n * WHOLE_DAY) / 1200n);
    expect(weights.of(day('2026-10-10'))).toBe(0n);
  });

  test('is even before that', () => {
    const weights = weightsOf(CALENDAR, new Map([[before - 1, 5n]]), before - 30, before);
    expect(weights.isLearnt).toBe(false);
    expect([weights.of(day('2026-10-05')), weights.of(day('2026-10-10'))]).toEqual([WHOLE_DAY, 0n]);
  });
});

const BUDGET: Budget = {
  id: 1,
  personId: null,
  departmentId: null,
  includesSubDepartments: true,
  bands: [],
  allowance: { kind: 'money', currency: 'VND', units: 10_000_000n },
  fromMonth: '2026-10',
  toMonth: null,
  thresholds: [80, 100],
  warnsOfForecast: true,
  note: '',
};

const USE: DayUse = {
  ...{ day: OCTOBER.firstDay, personId: 7, departmentId: 3, band: 'mobile', currency: 'VND' },
  ...{ seconds: 60, chargeMicro: 1_000_000n },
};

describe('a budget', () => {
  const month = {
    ...OCTOBER,
    ...{ now: at('2026-10-15', 7), weights: even, calendar: CALENDAR },
    parents: new Map([
      [1, null],
      [2, 1],
      [3, 2],
      [4, null],
    ]),
  };
  const usedOf = (budget: Partial<Budget>, ...uses: DayUse[]): bigint | undefined =>
    budgetStates([{ ...BUDGET, ...budget }], { ...month, uses })[0]?.used;

  test('takes the calls of its person, department, kinds and currency, and no others', () => {
    const minutes = { allowance: { kind: 'minutes', units: 600n } } as const;
    expect(usedOf({}, USE, { ...USE, personId: 0, departmentId: 0 })).toBe(2_000_000n);
    expect(usedOf({}, { ...USE, currency: 'USD' })).toBe(0n);
    expect(usedOf(minutes, { ...USE, currency: 'USD' }, { ...USE, currency: '' })).toBe(120n);
    expect(usedOf({ personId: 7 }, USE, { ...USE, personId: 8 })).toBe(1_000_000n);
    expect(usedOf({ departmentId: 1 }, USE, { ...USE, departmentId: 4 })).toBe(1_000_000n);
    expect(usedOf({ departmentId: 1, includesSubDepartments: false }, USE)).toBe(0n);
    expect(usedOf({ personId: 7, bands: ['international'] }, USE)).toBe(0n);
    expect(usedOf({ personId: 7, bands: ['mobile', 'local'] }, USE)).toBe(1_000_000n);
  });

  test('holds from its first month to its last', () => {
    const budget = { fromMonth: '2026-10', toMonth: '2026-12' };
    const months = ['2026-09', '2026-10', '2026-12', '2027-01'];
    expect(months.map((one) => holdsIn(budget, one))).toEqual([false, true, true, false]);
    expect(holdsIn({ ...budget, toMonth: null }, '2030-01')).toBe(true);
  });

  test('adds up: its parts draw exactly what the whole does', () => {
    const use = fc.record({
      personId: fc.integer({ min: 0, max: 3 }),
      departmentId: fc.integer({ min: 0, max: 4 }),
      chargeMicro: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    });
    fc.assert(
      fc.property(fc.array(use), (parts) => {
        const uses = parts.map((part) => ({ ...USE, ...part }));
        const whole = usedOf({}, ...uses) ?? 0n;
        const people = [1, 2, 3].map((personId) => usedOf({ personId }, ...uses) ?? 0n);
        const nobody = uses.filter((one) => one.personId === 0).reduce((sum, one) => sum + one.chargeMicro, 0n);
        expect(people.reduce((a, b) => a + b, nobody)).toBe(whole);
      }),
    );
  });

  test('of a circle of departments ends', () => {
    expect(
      [
        ...departmentsUnder(
          1,
          new Map([
            [1, 2],
            [2, 1],
          ]),
          true,
        ),
      ].sort(),
    ).toEqual([1, 2]);
  });

  test('draws on calls that nobody owns only where it is for all', () => {
    const nobody = { ...USE, personId: 0, departmentId: 0 };
    expect(drawsOn(BUDGET, undefined, nobody)).toBe(true);
    expect(drawsOn({ ...BUDGET, departmentId: 3 }, new Set([3]), nobody)).toBe(false);
  });
});

describe('a warning', () => {
  const fair = { state: 'fair', units: 9n, low: 8n, high: 10n, isLearnt: false, daysSoFar: 5, daysToCome: 5 } as const;
  const warnings = (used: bigint, forecast: Forecast = { state: 'too-early' }) =>
    warningsOf({ budget: { ...BUDGET, allowance: { kind: 'minutes', units: 1000n } }, used, forecast });

  test('is due when all of a threshold is used', () => {
    expect(warnings(799n)).toEqual([]);
    expect(warnings(800n)).toEqual([{ kind: 'threshold', percent: 80 }]);
    expect(warnings(999n)).toEqual([{ kind: 'threshold', percent: 80 }]);
    expect(warnings(1000n)).toEqual([{ kind: 'threshold', percent: 100 }]);
  });

  test('of the forecast is due when a sure one is above, or even the lower end of an unsure one', () => {
    expect(warnings(500n, { ...fair, units: 1001n })).toEqual([{ kind: 'forecast' }]);
    expect(warnings(500n, { ...fair, units: 1000n })).toEqual([]);
    expect(warnings(500n, { ...fair, state: 'rough', units: 2000n, low: 900n })).toEqual([]);
    expect(warnings(500n, { ...fair, state: 'rough', units: 2000n, low: 1001n })).toEqual([{ kind: 'forecast' }]);
    expect(warnings(1200n, { ...fair, units: 2000n })).toEqual([{ kind: 'threshold', percent: 100 }]);
  });

  test('of an allowance of nothing is due with the first use', () => {
    expect([percentOf(0n, 0n), percentOf(1n, 0n)]).toEqual([0, 100]);
  });
});
