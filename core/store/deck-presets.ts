/** Layouts of price lists that people keep under a name. */
import type { Database } from './database.ts';

export interface DeckPresetRow {
  readonly id: number;
  readonly name: string;
  /** JSON text: the headings of the file. */
  readonly headings: string;
  /** JSON text of the layout, checked before it was stored. */
  readonly layout: string;
  readonly createdAtMs: number;
}

const COLUMNS = 'id, name, headings, layout, created_at_ms AS createdAtMs';

export class DeckPresetStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  list(): readonly DeckPresetRow[] {
    return this.#db.prepare(`SELECT ${COLUMNS} FROM deck_presets ORDER BY name`).all() as DeckPresetRow[];
  }

  /** A name that is there already gets the new layout. */
  save(preset: Pick<DeckPresetRow, 'name' | 'headings' | 'layout'>, nowMs: number): DeckPresetRow {
    const row = this.#db
      .prepare(
        `INSERT INTO deck_presets (name, headings, layout, created_at_ms) VALUES (@name, @headings, @layout, @nowMs)
         ON CONFLICT (name) DO UPDATE SET headings = excluded.headings, layout = excluded.layout
         RETURNING ${COLUMNS}`,
      )
      .get({ ...preset, nowMs });
    return row as DeckPresetRow;
  }

  /** False: there was none. */
  remove(id: number): boolean {
    return this.#db.prepare('DELETE FROM deck_presets WHERE id = ?').run(id).changes > 0;
  }
}
