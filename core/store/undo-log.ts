/**
 * What a change wrote, row by row, so that it can be taken back exactly. Triggers of this connection alone note each row
 * before and after while a step is open; steps live in this connection's memory and end with the service.
 */
import { AppError } from '../model/errors.ts';
import type { Database } from './database.ts';

/** What people edit. What is derived from it (calls, sums) is made again by whoever undoes. */
export const UNDOABLE_TABLES = [
  'people',
  'departments',
  'department_memberships',
  'assignments',
  'settings',
  'budgets',
  'holidays',
  'code_policies',
  'alert_settings',
  'tariff_choices',
  'trunk_groups',
] as const;
export type UndoableTable = (typeof UNDOABLE_TABLES)[number];

/** A row as SQLite writes it in JSON: whole numbers stay exact. */
export interface RowChange {
  readonly table: UndoableTable;
  /** null: the change made the row. */
  readonly before: string | null;
  /** null: the change removed the row. */
  readonly after: string | null;
}

interface TableShape {
  readonly columns: readonly string[];
  readonly keys: readonly string[];
  /** Where rows point at a row of this table. */
  readonly pointers: readonly Pointer[];
}

interface Pointer {
  readonly table: string;
  readonly column: string;
}

/** Derived rows name people and departments without a foreign key, because of their number. */
const DERIVED_POINTERS: Partial<Record<UndoableTable, readonly Pointer[]>> = {
  people: [{ table: 'calls', column: 'person_id' }],
  departments: [{ table: 'daily_sums', column: 'department_id' }],
};

const quoted = (name: string): string => `"${name}"`;

export class UndoLog {
  readonly #db: Database;
  readonly #shapes = new Map<UndoableTable, TableShape>();
  #lastStep = 0;

  constructor(db: Database) {
    this.#db = db;
    db.exec(`
      CREATE TEMP TABLE IF NOT EXISTS undo_open (step INTEGER NOT NULL);
      CREATE TEMP TABLE IF NOT EXISTS undo_rows (
        id INTEGER PRIMARY KEY, step INTEGER NOT NULL, table_name TEXT NOT NULL, before TEXT, after TEXT
      );
    `);
    for (const table of UNDOABLE_TABLES) this.#watch(table);
  }

  #watch(table: UndoableTable): void {
    const info = this.#db.pragma(`table_info(${table})`) as { name: string; pk: number }[];
    const columns = info.map(({ name }) => name);
    const keys = info.filter(({ pk }) => pk > 0).map(({ name }) => name);
    this.#shapes.set(table, { columns, keys, pointers: this.#pointersAt(table) });
    const row = (prefix: string): string => jsonOf(columns, prefix);
    for (const [event, before, after] of [
      ['INSERT', 'NULL', row('NEW.')],
      ['UPDATE', row('OLD.'), row('NEW.')],
      ['DELETE', row('OLD.'), 'NULL'],
    ] as const) {
      this.#db.exec(`
        CREATE TEMP TRIGGER IF NOT EXISTS undo_${table}_${event.toLowerCase()} AFTER ${event} ON main.${table}
        WHEN EXISTS (SELECT 1 FROM undo_open)
        BEGIN
          INSERT INTO undo_rows (step, table_name, before, after) SELECT step, '${table}', ${before}, ${after} FROM undo_open;
        END`);
    }
  }

  #pointersAt(parent: UndoableTable): readonly Pointer[] {
    const found = this.#db
      .prepare<[string], Pointer>(
        `SELECT t.name AS "table", k."from" AS "column" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k
         WHERE t.type = 'table' AND k."table" = ?`,
      )
      .all(parent);
    return [...found, ...(DERIVED_POINTERS[parent] ?? [])];
  }

  /** Runs what writes at once; answers with the number of its step, undefined where no row changed. */
  record<T>(work: () => T): { readonly result: T; readonly step: number | undefined } {
    this.#lastStep += 1;
    const step = this.#lastStep;
    this.#db.prepare('INSERT INTO undo_open (step) VALUES (?)').run(step);
    try {
      const result = work();
      return { result, step: this.changesOf(step).length === 0 ? undefined : step };
    } finally {
      this.#db.prepare('DELETE FROM undo_open').run();
    }
  }

  changesOf(step: number): readonly RowChange[] {
    return this.#db
      .prepare<[number], RowChange>(
        'SELECT table_name AS "table", before, after FROM undo_rows WHERE step = ? AND before IS NOT after ORDER BY id DESC',
      )
      .all(step);
  }

  forget(step: number): void {
    this.#db.prepare('DELETE FROM undo_rows WHERE step = ?').run(step);
  }

  /**
   * Puts every row back as it was before the step, last change first, or nothing at all. Throws `undo-conflict` where a row
   * is no longer as the step left it.
   */
  takeBack(step: number): readonly RowChange[] {
    const changes = this.changesOf(step);
    const work = this.#db.transaction(() => {
      // Rows that belong together come back one after the other.
      this.#db.pragma('defer_foreign_keys = ON');
      for (const change of changes) this.#putBack(change);
      this.forget(step);
    });
    try {
      work.immediate();
    } catch (error) {
      throw isConstraint(error) ? new AppError('undo-conflict') : error;
    }
    return changes;
  }

  #putBack({ table, before, after }: RowChange): void {
    const { columns, keys, pointers } = this.#shapeOf(table);
    const given = (column: string): string => `json_extract($row, '$.${column}')`;
    const isSame = (parameter: string): string =>
      keys.map((key) => `${quoted(key)} IS json_extract(${parameter}, '$.${key}')`).join(' AND ');
    const present = this.#db
      .prepare<[{ row: string }], { row: string }>(
        `SELECT ${jsonOf(columns, '')} AS row FROM main.${table} WHERE ${isSame('$row')}`,
      )
      .get({ row: after ?? before ?? '{}' });
    if ((present?.row ?? null) !== after) throw new AppError('undo-conflict');
    if (before !== null && after !== null) {
      const set = columns.map((column) => `${quoted(column)} = ${given(column)}`).join(', ');
      this.#write(`UPDATE main.${table} SET ${set} WHERE ${isSame('$after')}`, { row: before, after });
    } else if (before !== null) {
      const names = columns.map(quoted).join(', ');
      this.#write(`INSERT INTO main.${table} (${names}) VALUES (${columns.map(given).join(', ')})`, { row: before });
    } else if (after !== null) {
      // Deleting would take along what was added to the row since.
      for (const pointer of pointers) this.#refusePointed(pointer, after);
      this.#write(`DELETE FROM main.${table} WHERE ${isSame('$row')}`, { row: after });
    }
  }

  #shapeOf(table: UndoableTable): TableShape {
    const shape = this.#shapes.get(table);
    if (shape === undefined) throw new Error(`no table ${table} to undo`);
    return shape;
  }

  #refusePointed({ table, column }: Pointer, row: string): void {
    const pointed = this.#db
      .prepare(`SELECT 1 FROM main.${table} WHERE ${quoted(column)} = json_extract(?, '$.id') LIMIT 1`)
      .get(row);
    if (pointed !== undefined) throw new AppError('undo-conflict');
  }

  /** A name or number that somebody else has been given meanwhile is a conflict. */
  #write(sql: string, values: Readonly<Record<string, string>>): void {
    try {
      this.#db.prepare(sql).run(values);
    } catch (error) {
      throw isConstraint(error) ? new AppError('undo-conflict') : error;
    }
  }
}

const jsonOf = (columns: readonly string[], prefix: string): string =>
  `json_object(${columns.map((column) => `'${column}', ${prefix}${quoted(column)}`).join(', ')})`;

function isConstraint(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT');
}
