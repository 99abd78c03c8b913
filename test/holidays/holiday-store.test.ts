import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureHolidays, seedHolidays } from '../../core/holiday-calendar.ts';
import { HolidayStore } from '../../core/store/holidays.ts';
import { type CallFixture, openCallFixture } from '../store/call-fixture.ts';

const NOW_MS = Date.UTC(2026, 10, 23);
const VIETNAM = { country: 'VN', region: '' };

describe('the calendar of holidays', () => {
  let fixture: CallFixture;
  let store: HolidayStore;
  beforeEach(async () => {
    fixture = openCallFixture();
    store = new HolidayStore(fixture.db);
    await ensureHolidays(fixture.db, NOW_MS);
  });
  afterEach(() => fixture.close());

  it('starts with Việt Nam, years before and after today', () => {
    expect(store.seededFrom()).toEqual(VIETNAM);
    expect(store.seededYears()).toEqual([2023, 2024, 2025, 2026, 2027, 2028, 2029]);
    expect(store.days()).toEqual(expect.arrayContaining(['2026-02-17', '2026-09-01', '2026-09-02', '2027-02-06']));
  });

  it('keeps what people typed and removed when a year is seeded again', async () => {
    store.remove('2026-09-01');
    store.put('2026-09-03', { en: 'National Day', vi: 'Quốc khánh' });
    await seedHolidays(fixture.db, VIETNAM, [2026]);
    expect(store.days()).not.toContain('2026-09-01');
    expect(store.days()).toContain('2026-09-03');
    store.restore('2026-09-01');
    expect(store.days()).toContain('2026-09-01');
    store.remove('2026-09-03');
    expect(store.list(2026).map(({ day }) => day)).not.toContain('2026-09-03');
  });

  it('drops the seeded days of another country, never one’s own', async () => {
    store.put('2026-07-14', { en: 'Founding day', vi: 'Ngày thành lập công ty' });
    await seedHolidays(fixture.db, { country: 'FR', region: '' }, [2026]);
    expect(store.seededYears()).toEqual([2026]);
    expect(store.days()).not.toContain('2026-09-02');
    expect(store.list().find(({ day }) => day === '2026-07-14')?.basis).toBe('own');
  });

  it('refuses a day that is none', () => {
    expect(() => store.remove('2026-03-17')).toThrow('not-found');
    expect(() => store.restore('2026-03-17')).toThrow('not-found');
  });
});
