/** Views of a table that people named: a filter, columns and their order of rows. */
import { AppError } from '../model/errors.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export interface SavedView {
  readonly id: number;
  /** Which table: `calls`, `people`. */
  readonly page: string;
  readonly name: string;
  /** The filter as it stands in the address. */
  readonly search: string;
  readonly columns: readonly string[] | null;
  readonly ownerId: number | null;
  readonly ownerName: string;
  readonly isShared: boolean;
}

export type SavedViewInput = Pick<SavedView, 'page' | 'name' | 'search' | 'columns' | 'isShared'>;

interface Owner {
  readonly userId: number | null;
  readonly name: string;
}

interface StoredRow extends Omit<SavedView, 'columns' | 'isShared'> {
  readonly columns: string | null;
  readonly isShared: number;
}

const SELECT = `SELECT id, page, name, search, columns, owner_id AS ownerId, owner_name AS ownerName,
  is_shared AS isShared FROM saved_views`;

function viewOf({ columns, isShared, ...row }: StoredRow): SavedView {
  return { ...row, columns: columns === null ? null : (JSON.parse(columns) as string[]), isShared: isShared === 1 };
}

export class SavedViews {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Somebody's own views and those that others share, by name. */
  list(page: string, userId: number | null): readonly SavedView[] {
    return cachedStatement<[string, number | null], StoredRow>(
      this.#db,
      `${SELECT} WHERE page = ? AND (owner_id IS ? OR is_shared = 1) ORDER BY name, id`,
    )
      .all(page, userId)
      .map(viewOf);
  }

  /** Throws `not-found`. */
  get(id: number): SavedView {
    const row = cachedStatement<[number], StoredRow>(this.#db, `${SELECT} WHERE id = ?`).get(id);
    if (row === undefined) throw new AppError('not-found', { what: 'view', id });
    return viewOf(row);
  }

  /** Under a name that its owner has used before, the view is replaced. */
  save(view: SavedViewInput, owner: Owner, atMs: number): SavedView {
    const { page, name, search, columns, isShared } = view;
    const row = cachedStatement<unknown[], { id: number }>(
      this.#db,
      `INSERT INTO saved_views (page, name, search, columns, owner_id, owner_name, is_shared, changed_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET search = excluded.search, columns = excluded.columns,
         owner_name = excluded.owner_name, is_shared = excluded.is_shared, changed_at_ms = excluded.changed_at_ms
       RETURNING id`,
    ).get(
      page,
      name,
      search,
      columns === null ? null : JSON.stringify(columns),
      owner.userId,
      owner.name,
      isShared ? 1 : 0,
      atMs,
    );
    return this.get(row?.id ?? 0);
  }

  remove(id: number): void {
    cachedStatement(this.#db, 'DELETE FROM saved_views WHERE id = ?').run(id);
  }
}
