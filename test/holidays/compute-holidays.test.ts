import { describe, expect, it } from 'vitest';
import { computeHolidays, holidayCountries, holidayRegions } from '../../core/holidays/compute-holidays.ts';

const NONE = new Set<number>();

describe('holidays of other countries', () => {
  it('come with both names, by day, over several days where they last', async () => {
    const days = await computeHolidays({ country: 'SA', region: '' }, [2026], NONE);
    expect(days.map(({ day }) => day)).toEqual(expect.arrayContaining(['2026-09-23', '2026-05-26', '2026-05-29']));
    const german = await computeHolidays({ country: 'DE', region: 'BY' }, [2026], NONE);
    expect(german.find(({ day }) => day === '2026-01-06')).toMatchObject({
      name: { vi: 'Lễ Hiển Linh' },
      basis: 'law',
    });
  });

  it('leave out half days and mark days in lieu', async () => {
    const german = await computeHolidays({ country: 'DE', region: '' }, [2026], NONE);
    expect(german.some(({ day }) => day === '2026-12-24')).toBe(false);
    const british = await computeHolidays({ country: 'GB', region: 'ENG' }, [2026], NONE);
    expect(british.find(({ day }) => day === '2026-12-28')?.basis).toBe('moved');
  });

  it('differ by region', async () => {
    const berlin = await computeHolidays({ country: 'DE', region: 'BE' }, [2026], NONE);
    expect(berlin.map(({ day }) => day)).toContain('2026-03-08');
    expect((await holidayRegions('DE', 'vi')).length).toBe(16);
    expect(await holidayRegions('VN', 'vi')).toEqual([]);
  });

  it('are known for the countries of the list, named in the language asked for', async () => {
    const countries = await holidayCountries('vi');
    expect(countries.length).toBeGreaterThan(190);
    expect(countries).toContainEqual({ code: 'VN', name: 'Việt Nam' });
    expect(countries).toContainEqual({ code: 'DE', name: 'Đức' });
  });
});
