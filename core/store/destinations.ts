/** Names of the places that are called, in both languages; a call holds the number of its place. */
import type Database from 'better-sqlite3';

export interface DestinationName {
  readonly en: string;
  readonly vi: string;
}

/** A stored call's destination in the reader's language; null where nothing is known of it. */
export function destinationIn(
  call: { readonly destinationEn: string | null; readonly destinationVi: string | null },
  language: 'vi' | 'en',
): string | null {
  return language === 'en' ? call.destinationEn : call.destinationVi;
}

export class DestinationStore {
  readonly #insert: Database.Statement;
  readonly #select: Database.Statement<[string, string], number>;
  /** Ids by English, then Vietnamese name. */
  readonly #known = new Map<string, Map<string, number>>();

  constructor(db: Database.Database) {
    this.#insert = db.prepare('INSERT INTO destinations (name_en, name_vi) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#select = db
      .prepare<[string, string], number>('SELECT id FROM destinations WHERE name_en = ? AND name_vi = ?')
      .pluck();
  }

  /** Adds what is new, so it belongs into the transaction of the calls. */
  idOf(name: DestinationName): number {
    const known = this.#known.get(name.en)?.get(name.vi);
    if (known !== undefined) return known;
    this.#insert.run(name.en, name.vi);
    const id = this.#select.get(name.en, name.vi);
    if (id === undefined) throw new Error(`destination ${name.en} is neither new nor stored`);
    const byVi = this.#known.get(name.en);
    if (byVi === undefined) this.#known.set(name.en, new Map([[name.vi, id]]));
    else byVi.set(name.vi, id);
    return id;
  }

  /** Forgets what it added, after a transaction that failed. */
  discard(): void {
    this.#known.clear();
  }
}
