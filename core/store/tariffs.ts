/** Tariffs as entered. At most one is active: it prices new calls and, after a change, the calls of open months. */
import { AppError } from '../model/errors.ts';
import type { Database } from './database.ts';

export interface TariffRow {
  readonly id: number;
  readonly name: string;
  readonly currency: string;
  readonly rateCount: number;
  readonly isActive: boolean;
  readonly createdAtMs: number;
}

interface TariffColumns {
  readonly id: number;
  readonly name: string;
  readonly currency: string;
  readonly rate_count: number | null;
  readonly is_active: number;
  readonly created_at_ms: number;
}

const COLUMNS = `id, name, currency, json_array_length(definition, '$.rates') AS rate_count, is_active, created_at_ms`;

function rowOf(c: TariffColumns): TariffRow {
  return {
    id: c.id,
    name: c.name,
    currency: c.currency,
    rateCount: c.rate_count ?? 0,
    isActive: c.is_active !== 0,
    createdAtMs: c.created_at_ms,
  };
}

export class TariffStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Newest first. */
  list(): readonly TariffRow[] {
    return (this.#db.prepare(`SELECT ${COLUMNS} FROM tariffs ORDER BY id DESC`).all() as TariffColumns[]).map(rowOf);
  }

  get(id: number): TariffRow | undefined {
    const row = this.#db.prepare(`SELECT ${COLUMNS} FROM tariffs WHERE id = ?`).get(id) as TariffColumns | undefined;
    return row === undefined ? undefined : rowOf(row);
  }

  active(): TariffRow | undefined {
    return this.list().find((tariff) => tariff.isActive);
  }

  /** The tariff itself, as JSON text. */
  definition(id: number): string | undefined {
    return this.#db.prepare('SELECT definition FROM tariffs WHERE id = ?').pluck().get(id) as string | undefined;
  }

  /** `definition` is JSON text that was checked before. */
  add(
    tariff: { readonly name: string; readonly currency: string; readonly definition: string },
    nowMs: number,
  ): TariffRow {
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO tariffs (name, currency, definition, created_at_ms) VALUES (?, ?, ?, ?)')
      .run(tariff.name, tariff.currency, tariff.definition, nowMs);
    const row = this.get(Number(lastInsertRowid));
    if (row === undefined) throw new Error('a tariff just stored is not there');
    return row;
  }

  /** Throws AppError `not-found`. */
  setActive(id: number): void {
    if (this.get(id) === undefined) throw new AppError('not-found', { what: 'tariff', id });
    this.#db.prepare('UPDATE tariffs SET is_active = (id = ?)').run(id);
  }
}
