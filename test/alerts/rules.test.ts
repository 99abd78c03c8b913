/** Edges of single rules; how they do over years is in year.test.ts. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_RULES, withDefaults } from '../../core/alerts/alert-rules.ts';
import { findUnusualVolume, medianOf } from '../../core/alerts/volume.ts';
import { CaseLog } from '../../core/alerts/watch-state.ts';
import { isOpenAt, type OfficeCalendar } from '../../core/model/office-calendar.ts';
import { CALENDAR, dayNumber, OfficeYear, type YearCall } from './office-year.ts';
import { MemoryState, Watching } from './watching.ts';

const DAY_S = 86_400;
const office = new OfficeYear(1);
/** A Wednesday. */
const DAY = dayNumber('2025-03-05');

function call(at: number, part: Partial<YearCall> = {}): YearCall {
  return {
    ...office.call({
      direction: 'outgoing',
      startLocalS: DAY * DAY_S + at,
      isAnswered: true,
      talkSeconds: 60,
      extension: '1001',
      personId: 1,
      number: '6561234567',
      band: 'international',
      country: 'SG',
    }),
    ...part,
  };
}

const hours = (hour: number, minute = 0): number => hour * 3600 + minute * 60;

describe('a night', () => {
  test('begins after the overtime and ends before the early hours of the office', () => {
    const kinds = (at: number): number => {
      const watching = new Watching();
      for (let i = 0; i < 3; i += 1) watching.call(call(at + i));
      return watching.told.size;
    };
    // Open from 8:00 to 17:30; two hours before and three behind are no night.
    expect([kinds(hours(6)), kinds(hours(20, 29)), kinds(hours(12))]).toEqual([0, 0, 0]);
    expect([kinds(hours(5, 59)), kinds(hours(20, 30)), kinds(hours(23))]).toEqual([1, 1, 1]);
  });

  test('is one alert, whether its calls come before or after midnight', () => {
    const watching = new Watching();
    for (const at of [hours(23), hours(23, 30), hours(24, 10), hours(29)]) watching.call(call(at));
    const [told] = watching.told.values();
    expect(watching.told.size).toBe(1);
    expect(told?.finding).toMatchObject({ count: 4, values: { night: '2025-03-05', extensionCalls: 4 } });
  });

  test('of an office that is open past midnight begins behind its closing', () => {
    const late: OfficeCalendar = { ...CALENDAR, opensAtS: hours(18), closesAtS: hours(2) };
    expect(isOpenAt(late, DAY * DAY_S + hours(1))).toBe(true);
    expect(isOpenAt(late, DAY * DAY_S + hours(2))).toBe(false);
    expect(isOpenAt(late, DAY * DAY_S + hours(17))).toBe(false);
  });

  test('has no calls that were not answered, and none inside the country', () => {
    const watching = new Watching();
    for (let i = 0; i < 9; i += 1) {
      watching.call(call(hours(23) + i, { isAnswered: false, talkSeconds: 0 }));
      watching.call(call(hours(23) + i, { band: 'mobile', country: null }));
    }
    expect(watching.told.size).toBe(0);
  });
});

describe('a call that a later record belongs to', () => {
  test('counts once, and as long as it is known to be now', () => {
    const watching = new Watching();
    const first = call(hours(23), { talkSeconds: 60 });
    for (let i = 0; i < 5; i += 1) watching.call({ ...first, talkSeconds: 60 + i });
    expect(watching.told.size).toBe(0);
    watching.call({ ...first, talkSeconds: hours(1) });
    expect([...watching.told.values()][0]?.finding).toMatchObject({ count: 1, values: { minutes: 60 } });
  });

  test('is no short call any more once it is longer', () => {
    const watching = new Watching();
    const calls = Array.from({ length: 19 }, (_, i) => call(hours(10) + i, { band: 'mobile', talkSeconds: 2 }));
    for (const one of calls) watching.call(one);
    for (const one of calls) watching.call({ ...one, talkSeconds: 300 });
    watching.call(call(hours(10, 5), { band: 'mobile', talkSeconds: 2 }));
    expect(watching.told.size).toBe(0);
  });
});

describe('a new country', () => {
  test('is known after the days of learning, and is not told of one call', () => {
    const watching = new Watching();
    watching.call(call(hours(10) - 40 * DAY_S, { country: 'SG' }));
    watching.call(call(hours(10) - 39 * DAY_S, { country: 'JP' }));
    for (let i = 0; i < 10; i += 1) watching.call(call(hours(10) + i, { country: 'JP' }));
    for (let i = 0; i < 3; i += 1) watching.call(call(hours(11) + i, { country: 'SO' }));
    expect(watching.told.size).toBe(0);
    watching.call(call(hours(12), { country: 'SO' }));
    expect([...watching.told.values()].map(({ finding }) => [finding.kind, finding.count])).toEqual([
      ['new-country', 4],
    ]);
  });

  test('is an ordinary one a day after its first call', () => {
    const watching = new Watching();
    watching.call(call(hours(10) - 40 * DAY_S));
    watching.call(call(hours(10) - 2 * DAY_S, { country: 'SO' }));
    for (let i = 0; i < 10; i += 1) watching.call(call(hours(10) + i, { country: 'SO' }));
    expect(watching.told.size).toBe(0);
  });
});

describe('a costly call', () => {
  test('is told from exactly the amount, and compared in its own currency only', () => {
    const watching = new Watching();
    const costs = (text: bigint, currency: string): void =>
      void watching.call(call(hours(10), { chargeMicro: text as YearCall['chargeMicro'], currency }));
    costs(999_999_999_999n, 'VND');
    costs(9_000_000_000_000n, 'USD');
    expect(watching.told.size).toBe(0);
    costs(1_000_000_000_000n, 'VND');
    expect([...watching.told.values()][0]?.finding.values).toMatchObject({ amount: '1000000', currency: 'VND' });
  });
});

describe('volume', () => {
  const rule = DEFAULT_RULES.volume;
  const weeks = (minutes: readonly number[], today: number): ReadonlyMap<number, number> =>
    new Map([...minutes.map((value, i): [number, number] => [DAY - 7 * (i + 1), value * 60]), [DAY, today * 60]]);
  const judge = (days: ReadonlyMap<number, number>, firstDay = DAY - 100, key = 'band:international') =>
    findUnusualVolume({
      ...{ table: new Map([[key, days]]), day: DAY, firstDay, calendar: CALENDAR, rule, state: new MemoryState() },
      scope: '',
    });

  test('is compared with the middle of the same weekday, which one wild week does not move', () => {
    const usual = [100, 110, 90, 105, 95, 2000, 100, 100];
    expect(judge(weeks(usual, 340))).toEqual([]);
    expect(judge(weeks(usual, 360))[0]?.finding.values).toMatchObject({
      ...{ span: 'day', minutes: 360, usualMinutes: 100, limitMinutes: 350 },
      // One of the eight Wednesdays was a holiday.
      weeks: 7,
    });
  });

  test('is not judged before four weeks are known, nor where it is small', () => {
    expect(judge(weeks([1, 1, 1], 5000), DAY - 27)).toEqual([]);
    expect(judge(weeks([1, 1, 1, 1, 1, 1, 1, 1], 199))).toEqual([]);
    expect(judge(weeks([1, 1, 1, 1, 1, 1, 1, 1], 200))).toHaveLength(1);
  });

  test('of free calls and emergencies is nobody’s concern', () => {
    expect(judge(weeks([1, 1, 1, 1, 1, 1, 1, 1], 9000), DAY - 100, 'band:free')).toEqual([]);
  });

  test('that goes on is one case of a week, which counts its days', () => {
    const state = new MemoryState();
    const days = new Map(weeks([10, 10, 10, 10, 10, 10, 10, 10], 900));
    const ask = (day: number) =>
      findUnusualVolume({
        ...{ table: new Map([['band:mobile', days]]), day, firstDay: DAY - 100, calendar: CALENDAR, rule, state },
        scope: '',
      });
    const first = ask(DAY)[0]?.finding;
    expect(ask(DAY)[0]?.finding).toEqual(first);
    days.set(DAY + 1, 900 * 60);
    const second = ask(DAY + 1)[0]?.finding;
    expect([first?.count, second?.count]).toEqual([1, 2]);
    expect(second?.caseKey).toBe(first?.caseKey);
  });

  test('takes the middle of an even number between the two', () => {
    expect([medianOf([3, 1, 2]), medianOf([4, 1, 2, 3]), medianOf([])]).toEqual([2, 2.5, 0]);
  });
});

describe('what rules remember', () => {
  test('is the same after it was written down', () => {
    let log = CaseLog.read(undefined);
    for (let i = 0; i < 250; i += 1) log = log.with({ id: i, startLocalS: i, seconds: 2 });
    const read = CaseLog.read(JSON.parse(JSON.stringify(log.toState())));
    expect([read.count, read.seconds, read.lastLocalS]).toEqual([250, 500, 199]);
    expect([log.count, log.seconds]).toEqual([250, 500]);
  });

  test('of settings gets the default of what was not stored', () => {
    const rules = withDefaults({ premium: { isOn: false } });
    expect(rules.premium).toEqual({ ...DEFAULT_RULES.premium, isOn: false });
    expect(rules.volume).toEqual(DEFAULT_RULES.volume);
  });
});
