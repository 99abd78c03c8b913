/** The site's calendar of holidays. */
import { AppError } from '../model/errors.ts';
import type { Holiday, HolidayBasis, HolidayName } from '../model/holiday.ts';
import type { LocalDay } from '../model/time.ts';
import type { Database } from './database.ts';

export interface HolidayRow extends Holiday {
  /** Seeded, and taken out by people: no holiday here. */
  readonly isRemoved: boolean;
}

/** Country and region (empty: the whole country) that the calendar was seeded from. */
export interface SeededFrom {
  readonly country: string;
  readonly region: string;
}

interface StoredDay {
  readonly day: LocalDay;
  readonly nameEn: string;
  readonly nameVi: string;
  readonly basis: HolidayBasis;
  readonly isRemoved: number;
}

const SELECT = 'SELECT day, name_en AS nameEn, name_vi AS nameVi, basis, is_removed AS isRemoved FROM holidays';

function rowOf({ day, nameEn, nameVi, basis, isRemoved }: StoredDay): HolidayRow {
  return { day, name: { en: nameEn, vi: nameVi }, basis, isRemoved: isRemoved === 1 };
}

export class HolidayStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Every holiday that holds here, in order. */
  days(): readonly LocalDay[] {
    return this.#db.prepare('SELECT day FROM holidays WHERE is_removed = 0 ORDER BY day').pluck().all() as LocalDay[];
  }

  /** Of one year or of all, with those that people removed. */
  list(year?: number): readonly HolidayRow[] {
    const rows =
      year === undefined
        ? this.#db.prepare(`${SELECT} ORDER BY day`).all()
        : this.#db.prepare(`${SELECT} WHERE day LIKE ? ORDER BY day`).all(`${String(year).padStart(4, '0')}-%`);
    return (rows as StoredDay[]).map(rowOf);
  }

  /** Undefined until it was seeded. */
  seededFrom(): SeededFrom | undefined {
    return this.#db.prepare('SELECT country, region FROM holiday_years LIMIT 1').get() as SeededFrom | undefined;
  }

  seededYears(): readonly number[] {
    return this.#db.prepare('SELECT year FROM holiday_years ORDER BY year').pluck().all() as number[];
  }

  /**
   * Replaces what was seeded in these years, and in all years when the country or region is another. What people typed
   * stays, and so does what they removed.
   */
  seed(from: SeededFrom, years: readonly number[], holidays: readonly Holiday[]): void {
    this.#db.transaction(() => {
      const before = this.seededFrom();
      const isSamePlace = before?.country === from.country && before.region === from.region;
      if (!isSamePlace) {
        this.#db.prepare("DELETE FROM holidays WHERE basis <> 'own'").run();
        this.#db.prepare('DELETE FROM holiday_years').run();
      }
      const removed = new Set(this.list().flatMap(({ day, isRemoved }) => (isRemoved ? [day] : [])));
      for (const year of years) this.#clearYear(year, from);
      const put = this.#db.prepare(
        'INSERT INTO holidays (day, name_en, name_vi, basis, is_removed) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      );
      for (const { day, name, basis } of holidays) put.run(day, name.en, name.vi, basis, removed.has(day) ? 1 : 0);
    })();
  }

  #clearYear(year: number, { country, region }: SeededFrom): void {
    this.#db.prepare("DELETE FROM holidays WHERE basis <> 'own' AND day LIKE ?").run(`${year}-%`);
    this.#db
      .prepare('INSERT OR REPLACE INTO holiday_years (year, country, region) VALUES (?, ?, ?)')
      .run(year, country, region);
  }

  /** A day of one's own; a seeded day of that date becomes one's own. */
  put(day: LocalDay, name: HolidayName): void {
    this.#db
      .prepare(
        `INSERT INTO holidays (day, name_en, name_vi, basis) VALUES (?, ?, ?, 'own') ON CONFLICT DO UPDATE SET
           name_en = excluded.name_en, name_vi = excluded.name_vi, basis = 'own', is_removed = 0`,
      )
      .run(day, name.en, name.vi);
  }

  /** A day of one's own goes; a seeded day stays, marked. Throws AppError `not-found`. */
  remove(day: LocalDay): void {
    const { changes } = this.#db.prepare('UPDATE holidays SET is_removed = 1 WHERE day = ?').run(day);
    if (changes === 0) throw noHoliday(day);
    this.#db.prepare("DELETE FROM holidays WHERE day = ? AND basis = 'own'").run(day);
  }

  /** Brings a removed day back. Throws AppError `not-found`. */
  restore(day: LocalDay): void {
    const { changes } = this.#db.prepare('UPDATE holidays SET is_removed = 0 WHERE day = ?').run(day);
    if (changes === 0) throw noHoliday(day);
  }
}

function noHoliday(day: LocalDay): AppError {
  return new AppError('not-found', { what: 'holiday', id: day });
}
