import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import { ensureHolidays } from '../../core/holiday-calendar.ts';
import { NOW_MS, openRig, type Rig } from './rig.ts';

let rig: Rig;
let client: Client;

beforeAll(async () => {
  rig = openRig();
  await ensureHolidays(rig.deps.db, NOW_MS);
  client = await rig.client();
});

afterAll(() => rig.close());

describe('the calendar of holidays in the API', () => {
  it('begins with the country of the telephone numbers and the years around today', async () => {
    const calendar = await client.call('getHolidays', { query: { year: 2026 } });
    expect(calendar).toMatchObject({ country: 'VN', region: '', suggestedCountry: 'VN' });
    expect(calendar.years).toEqual([2023, 2024, 2025, 2026, 2027, 2028, 2029]);
    expect(calendar.holidays.find(({ day }) => day === '2026-09-01')).toEqual({
      day: '2026-09-01',
      nameEn: 'National Day, second day',
      nameVi: 'Quốc khánh, ngày thứ hai',
      basis: 'chosen',
      isRemoved: false,
    });
  });

  it('is corrected by people: a day out, another in, and back again', async () => {
    const params = { day: '2026-09-01' };
    const without = await client.call('removeHoliday', { params });
    expect(without.holidays.find(({ day }) => day === params.day)?.isRemoved).toBe(true);
    const body = { nameEn: 'National Day', nameVi: 'Quốc khánh' };
    const added = await client.call('putHoliday', { params: { day: '2026-09-03' }, body });
    expect(added.holidays.find(({ day }) => day === '2026-09-03')?.basis).toBe('own');
    const back = await client.call('restoreHoliday', { params });
    expect(back.holidays.find(({ day }) => day === params.day)?.isRemoved).toBe(false);
  });

  it('is filled from another country and region, and keeps what people typed', async () => {
    expect(await client.call('listHolidayCountries')).toContainEqual({ code: 'DE', name: 'Germany' });
    const regions = await client.call('listHolidayRegions', { params: { country: 'DE' } });
    expect(regions).toContainEqual({ code: 'BY', name: 'Bayern' });
    const body = { country: 'DE', region: 'BY', fromYear: 2026, toYear: 2027 };
    const calendar = await client.call('seedHolidays', { body });
    expect(calendar).toMatchObject({ country: 'DE', region: 'BY', years: [2026, 2027] });
    const days = calendar.holidays.map(({ day }) => day);
    expect(days).toEqual(expect.arrayContaining(['2026-01-06', '2026-10-03', '2026-09-03']));
    expect(days).not.toContain('2026-04-30');
  });

  it('refuses a country, a region and years that are none', async () => {
    const seed = (body: { country: string; region?: string; fromYear: number; toYear: number }) =>
      client.call('seedHolidays', { body });
    const years = { fromYear: 2026, toYear: 2027 };
    await expect(seed({ country: 'XX', ...years })).rejects.toMatchObject({ problem: { status: 422 } });
    await expect(seed({ country: 'DE', region: 'XX', ...years })).rejects.toMatchObject({ problem: { status: 422 } });
    await expect(seed({ country: 'VN', fromYear: 2027, toYear: 2026 })).rejects.toMatchObject({
      problem: { fields: [{ path: 'toYear' }] },
    });
    await expect(client.call('removeHoliday', { params: { day: '2026-03-17' } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});
