import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { LUNAR_YEARS, vietnamHolidays } from '../../core/holidays/vietnam.ts';
import lunar from '../../core/holidays/vietnam-lunar.json' with { type: 'json' };

const SUNDAY = new Set([7]);
const WEEKEND = new Set([6, 7]);

function daysOf(year: number, weeklyDaysOff: ReadonlySet<number> = new Set()): readonly string[] {
  return vietnamHolidays(year, weeklyDaysOff).map(({ day }) => day);
}

describe('the holidays of Việt Nam', () => {
  it('have the lunar days that date-holidays reckons, every year of the table', () => {
    const calendar = new Holidays('VN');
    const reckoned = (year: number, rule: string): string | undefined =>
      calendar
        .getHolidays(year)
        .find((holiday) => holiday.rule === rule)
        ?.date.slice(0, 10);
    let compared = 0;
    for (const [year, days] of Object.entries(lunar)) {
      expect(days).toEqual({
        newYear: reckoned(Number(year), 'vietnamese 1-0-1'),
        hungKings: reckoned(Number(year), 'vietnamese 3-0-10'),
      });
      compared += 1;
    }
    expect(compared).toBe(LUNAR_YEARS.last - LUNAR_YEARS.first + 1);
  });

  it('are eleven days since 2021', () => {
    const onAnother = new Set(['04-30', '05-01']);
    for (const [year, { hungKings }] of Object.entries(lunar).filter(([text]) => Number(text) >= 2021)) {
      expect(daysOf(Number(year))).toHaveLength(onAnother.has(hungKings.slice(5)) ? 10 : 11);
    }
    expect(daysOf(2026)).toEqual([
      '2026-01-01',
      '2026-02-16',
      '2026-02-17',
      '2026-02-18',
      '2026-02-19',
      '2026-02-20',
      '2026-04-26',
      '2026-04-30',
      '2026-05-01',
      '2026-09-01',
      '2026-09-02',
    ]);
  });

  it('have a second National Day day since 2021, on the side that was chosen in the years known', () => {
    const second = (year: number): readonly string[] => daysOf(year).filter((day) => /-09-0[13]$/.test(day));
    expect(second(2020)).toEqual([]);
    expect(second(2022)).toEqual(['2022-09-01']);
    expect(second(2023)).toEqual(['2023-09-01']);
    expect(second(2024)).toEqual(['2024-09-03']);
    expect(second(2025)).toEqual(['2025-09-01']);
  });

  it('move to the next working day where they fall on a weekly day off', () => {
    expect(daysOf(2026, SUNDAY)).toContain('2026-04-27');
    expect(daysOf(2023, WEEKEND)).toContain('2023-09-04');
    expect(vietnamHolidays(2026, SUNDAY).find(({ day }) => day === '2026-04-27')?.basis).toBe('moved');
    expect(daysOf(2026, new Set([1, 2, 3, 4, 5, 6, 7]))).toEqual(daysOf(2026));
  });

  it('say which of them are chosen year by year', () => {
    const chosen = vietnamHolidays(2026, SUNDAY).filter(({ basis }) => basis === 'chosen');
    expect(chosen.map(({ day }) => day)).toEqual([
      '2026-02-16',
      '2026-02-18',
      '2026-02-19',
      '2026-02-20',
      '2026-09-01',
    ]);
  });

  it('had four days for the lunar new year before 2013', () => {
    expect(daysOf(2012).filter((day) => day < '2012-02-01')).toEqual([
      '2012-01-01',
      '2012-01-22',
      '2012-01-23',
      '2012-01-24',
      '2012-01-25',
    ]);
  });
});
