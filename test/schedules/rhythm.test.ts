import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SiteZone } from '../../core/ingest/site-zone.ts';
import { DAY_S, dayOf, isOfficeDay } from '../../core/model/office-calendar.ts';
import { PERIODS, type Rhythm } from '../../core/model/schedule.ts';
import { civilFromDays, localDayOf, localSecondsOfDay, localText } from '../../core/model/time.ts';
import { rangeOf } from '../../core/schedules/period.ts';
import { beginsAfter, dueDays, nextDue, type SiteTime } from '../../core/schedules/rhythm.ts';

const dayNumber = (day: string): number => dayOf(localSecondsOfDay(day) ?? Number.NaN);
const dayText = (day: number): string => localDayOf(day * DAY_S);

function siteAt(timeZone: string, holidays: readonly string[] = [], weekdays = [1, 2, 3, 4, 5]): SiteTime {
  const calendar = { opensAtS: 0, closesAtS: DAY_S - 1, weekdays: new Set(weekdays), holidays: new Set<number>() };
  return {
    zone: new SiteZone(timeZone),
    calendar: { ...calendar, holidays: new Set(holidays.map(dayNumber)) },
  };
}

const HANOI = siteAt('Asia/Ho_Chi_Minh');
const BERLIN = siteAt('Europe/Berlin');

/** The next due moments on the site's clock. */
function next(rhythm: Rhythm, from: string, count: number, site: SiteTime): string[] {
  const found: string[] = [];
  let nowMs = Date.parse(from);
  let after = beginsAfter(rhythm, nowMs, site);
  while (found.length < count) {
    const due = nextDue(rhythm, after, nowMs, site);
    if (due === undefined) break;
    found.push(localText(site.zone.localOfInstant(due.atMs / 1000)).slice(0, 16));
    [nowMs, after] = [due.atMs, due.day];
  }
  return found;
}

describe('the next run', () => {
  test('of a daily, a weekly and a monthly schedule', () => {
    expect(next({ every: 'day', at: '07:00' }, '2026-03-20T03:00:00Z', 2, HANOI)).toEqual([
      '2026-03-21T07:00',
      '2026-03-22T07:00',
    ]);
    expect(next({ every: 'week', weekday: 1, at: '07:00' }, '2026-03-20T03:00:00Z', 2, HANOI)).toEqual([
      '2026-03-23T07:00',
      '2026-03-30T07:00',
    ]);
    expect(next({ every: 'month', on: 'day', day: 31, at: '08:00' }, '2026-01-31T02:00:00Z', 3, HANOI)).toEqual([
      '2026-02-28T08:00',
      '2026-03-31T08:00',
      '2026-04-30T08:00',
    ]);
  });

  test('is on the last working day by the calendar of holidays', () => {
    // 30 April and 1 May are holidays; 31 May 2026 is a Sunday.
    const site = siteAt('Asia/Ho_Chi_Minh', ['2026-04-30', '2026-05-01']);
    const rhythm: Rhythm = { every: 'month', on: 'last-working-day', at: '17:00' };
    expect(next(rhythm, '2026-04-01T00:00:00Z', 2, site)).toEqual(['2026-04-29T17:00', '2026-05-29T17:00']);
  });

  test('of a month without a working day is its last day', () => {
    const site = siteAt('Asia/Ho_Chi_Minh', [], []);
    const rhythm: Rhythm = { every: 'month', on: 'last-working-day', at: '17:00' };
    expect(next(rhythm, '2026-02-01T00:00:00Z', 1, site)).toEqual(['2026-02-28T17:00']);
  });

  test('comes once where the clock is changed: later where its hour is skipped, the first time where it comes twice', () => {
    const rhythm: Rhythm = { every: 'day', at: '02:30' };
    expect(next(rhythm, '2026-03-28T12:00:00Z', 2, BERLIN)).toEqual(['2026-03-29T03:30', '2026-03-30T02:30']);
    const due = dueDays(rhythm, dayNumber('2026-10-24'), Date.parse('2026-10-26T12:00:00Z'), BERLIN);
    expect(due.map(({ atMs }) => new Date(atMs).toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  test('stays one a month when a holiday is taken back after it', () => {
    const rhythm: Rhythm = { every: 'month', on: 'last-working-day', at: '08:00' };
    const before = siteAt('Asia/Ho_Chi_Minh', ['2026-03-31']);
    const [due] = dueDays(rhythm, dayNumber('2026-03-01'), Date.parse('2026-03-30T02:00:00Z'), before);
    expect(dayText(due?.day ?? 0)).toBe('2026-03-30');
    expect(dueDays(rhythm, dayNumber('2026-03-31'), Date.parse('2026-04-01T02:00:00Z'), HANOI)).toEqual([]);
  });
});

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const rhythms: fc.Arbitrary<Rhythm> = fc.oneof(
  clock.map((at) => ({ every: 'day', at }) as const),
  fc.tuple(clock, fc.integer({ min: 1, max: 7 })).map(([at, weekday]) => ({ every: 'week', at, weekday }) as const),
  fc
    .tuple(clock, fc.integer({ min: 1, max: 31 }))
    .map(([at, day]) => ({ every: 'month', on: 'day', day, at }) as const),
  clock.map((at) => ({ every: 'month', on: 'last-working-day', at }) as const),
);
const zones = fc.constantFrom(
  'Asia/Ho_Chi_Minh',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Cairo',
);
const moments = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2039-12-31') });

test('however often it is looked, the same runs are found, each once, in order, and at its hour but for skipped ones', () => {
  const sites = new Map(
    ['Asia/Ho_Chi_Minh', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo'].map((zone) => [
      zone,
      siteAt(zone),
    ]),
  );
  fc.assert(
    fc.property(
      rhythms,
      zones,
      moments,
      fc.array(fc.integer({ min: 1, max: 40 * 24 }), { maxLength: 6 }),
      (rhythm, zone, fromMs, hours) => {
        const site = sites.get(zone) ?? HANOI;
        const begin = beginsAfter(rhythm, fromMs, site);
        const end = fromMs + hours.reduce((sum, hour) => sum + hour * 3_600_000, 0);
        const atOnce = dueDays(rhythm, begin, end, site);
        const bit: number[] = [];
        let [after, nowMs] = [begin, fromMs];
        for (const hour of hours) {
          nowMs += hour * 3_600_000;
          const announced = nextDue(rhythm, after, nowMs - hour * 3_600_000, site);
          const found = dueDays(rhythm, after, nowMs, site);
          if (found[0] !== undefined) expect(announced).toEqual(found[0]);
          for (const { day, atMs } of found) {
            bit.push(atMs);
            after = rhythm.every === 'month' ? monthEnd(day) : day;
          }
        }
        expect(bit).toEqual(atOnce.map(({ atMs }) => atMs));
        expect([...new Set(bit)].sort((a, b) => a - b)).toEqual(bit);
        for (const { day, atMs } of atOnce) {
          expect(atMs).toBeGreaterThan(fromMs);
          const local = site.zone.localOfInstant(atMs / 1000);
          const isSkipped =
            site.zone.placeLocal(day * DAY_S + minutesOf(rhythm.at) * 60).doubt === 'time-skipped-by-dst';
          if (!isSkipped) expect(localText(local)).toBe(`${dayText(day)}T${rhythm.at}:00`);
          if (rhythm.every === 'month' && rhythm.on === 'last-working-day') {
            for (let later = day + 1; later <= monthEnd(day); later += 1)
              expect(isOfficeDay(site.calendar, later)).toBe(false);
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});

const minutesOf = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));

function monthEnd(day: number): number {
  let last = day;
  while (civilFromDays(last + 1).month === civilFromDays(day).month) last += 1;
  return last;
}

describe('the period of a report', () => {
  test('is said from the day it is due', () => {
    const of = (period: (typeof PERIODS)[number]): string => {
      const { from, to } = rangeOf(period, dayNumber('2026-03-01'));
      return `${from}/${to}`;
    };
    // 1 March 2026 is a Sunday.
    expect(Object.fromEntries(PERIODS.map((period) => [period, of(period)]))).toEqual({
      yesterday: '2026-02-28/2026-02-28',
      'last-7-days': '2026-02-22/2026-02-28',
      'last-week': '2026-02-16/2026-02-22',
      'this-month': '2026-03-01/2026-03-01',
      'last-month': '2026-02-01/2026-02-28',
      'last-quarter': '2025-10-01/2025-12-31',
      'last-year': '2025-01-01/2025-12-31',
    });
  });

  test('ends before the day it is due, but for the month in hand', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.constantFrom(...PERIODS), (day, period) => {
        const { from, to } = rangeOf(period, day);
        expect(from <= to).toBe(true);
        if (period !== 'this-month') expect(to < dayText(day)).toBe(true);
      }),
    );
  });
});
