/** The tree of departments. */
import { AppError } from '../model/errors.ts';
import type { LocalDay } from '../model/time.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export interface DepartmentRow {
  readonly id: number;
  readonly parentId: number | null;
  readonly name: string;
  readonly code: string | null;
  /** People whose department this is on the day asked for; those of departments below are not counted. */
  readonly peopleCount: number;
}

export interface DepartmentInput {
  readonly parentId: number | null;
  readonly name: string;
  readonly code: string | null;
}

const SELECT = `SELECT d.id, d.parent_id AS parentId, d.name, d.code, (
    SELECT COUNT(*) FROM department_memberships m
    WHERE m.department_id = d.id AND m.valid_from <= $today AND $today < m.valid_to
  ) AS peopleCount FROM departments d`;

export function listDepartments(db: Database, today: LocalDay): readonly DepartmentRow[] {
  return cachedStatement<[{ today: LocalDay }], DepartmentRow>(db, `${SELECT} ORDER BY d.id`).all({ today });
}

/** Throws `not-found`. */
export function getDepartment(db: Database, id: number, today: LocalDay): DepartmentRow {
  const row = cachedStatement<[{ today: LocalDay; id: number }], DepartmentRow>(db, `${SELECT} WHERE d.id = $id`).get({
    today,
    id,
  });
  if (row === undefined) throw new AppError('not-found', { what: 'department', id });
  return row;
}

/** Returns the new id. Throws `not-found` for the parent, `conflict` when the code is taken. */
export function addDepartment(db: Database, input: DepartmentInput): number {
  return db
    .transaction(() => {
      checkParent(db, input.parentId);
      checkCode(db, input.code, undefined);
      const { lastInsertRowid } = cachedStatement(
        db,
        'INSERT INTO departments (parent_id, name, code) VALUES (?, ?, ?)',
      ).run(input.parentId, input.name, emptyToNull(input.code));
      return Number(lastInsertRowid);
    })
    .immediate();
}

/** Throws `not-found`, `conflict`, or `department-cycle` when the new parent lies below the department. */
export function changeDepartment(db: Database, id: number, input: DepartmentInput): void {
  db.transaction(() => {
    const name = nameOf(db, id);
    if (name === undefined) throw new AppError('not-found', { what: 'department', id });
    checkParent(db, input.parentId);
    checkCode(db, input.code, id);
    if (input.parentId !== null && isWithin(db, input.parentId, id)) {
      throw new AppError('department-cycle', { name, parent: nameOf(db, input.parentId) ?? '' });
    }
    cachedStatement(db, 'UPDATE departments SET parent_id = ?, name = ?, code = ? WHERE id = ?').run(
      input.parentId,
      input.name,
      emptyToNull(input.code),
      id,
    );
  }).immediate();
}

/** Throws `not-found`, or `department-in-use` while people, departments or calls belong to it. */
export function removeDepartment(db: Database, id: number): void {
  db.transaction(() => {
    const name = nameOf(db, id);
    if (name === undefined) throw new AppError('not-found', { what: 'department', id });
    const count = (sql: string): number => Number(cachedStatement(db, sql).pluck().get(id));
    const people = count('SELECT COUNT(DISTINCT person_id) FROM department_memberships WHERE department_id = ?');
    const departments = count('SELECT COUNT(*) FROM departments WHERE parent_id = ?');
    const booked = count('SELECT COALESCE(SUM(calls), 0) FROM daily_sums WHERE department_id = ?');
    const calls = booked + count('SELECT COUNT(*) FROM restatement_sums WHERE department_id = ?');
    if (people + departments + calls > 0) {
      throw new AppError('department-in-use', { name, people, departments, calls });
    }
    cachedStatement(db, 'DELETE FROM departments WHERE id = ?').run(id);
  }).immediate();
}

/** Finds the department at a path of names from the top, making what is missing. */
export function ensureDepartmentPath(db: Database, path: readonly string[]): number {
  let parentId: number | null = null;
  for (const name of path) {
    const found = cachedStatement<[number | null, string], { id: number }>(
      db,
      'SELECT id FROM departments WHERE parent_id IS ? AND name = ?',
    ).get(parentId, name);
    parentId = found?.id ?? addDepartment(db, { parentId, name, code: null });
  }
  if (parentId === null) throw new Error('a department path has at least one name');
  return parentId;
}

/** Names from the top down to each department. */
export function departmentPaths(db: Database): ReadonlyMap<number, readonly string[]> {
  const rows = cachedStatement<[], { id: number; parentId: number | null; name: string }>(
    db,
    'SELECT id, parent_id AS parentId, name FROM departments',
  ).all();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    rows.map((row) => {
      const path = [row.name];
      for (let up = row.parentId; up !== null && path.length <= rows.length; ) {
        const parent = byId.get(up);
        if (parent === undefined) break;
        path.unshift(parent.name);
        up = parent.parentId;
      }
      return [row.id, path];
    }),
  );
}

function emptyToNull(text: string | null): string | null {
  return text === null || text === '' ? null : text;
}

function nameOf(db: Database, id: number): string | undefined {
  return cachedStatement<[number], { name: string }>(db, 'SELECT name FROM departments WHERE id = ?').get(id)?.name;
}

function checkParent(db: Database, parentId: number | null): void {
  if (parentId !== null && nameOf(db, parentId) === undefined) {
    throw new AppError('not-found', { what: 'department', id: parentId });
  }
}

function checkCode(db: Database, code: string | null, ownId: number | undefined): void {
  const other = cachedStatement<[string | null, number], { name: string }>(
    db,
    'SELECT name FROM departments WHERE code = ? AND id != ?',
  ).get(emptyToNull(code), ownId ?? 0);
  if (other !== undefined) throw new AppError('conflict', { field: 'code', value: code ?? '', name: other.name });
}

/** Is `id` the department `top` or one below it? */
function isWithin(db: Database, id: number, top: number): boolean {
  return (
    cachedStatement(
      db,
      `WITH RECURSIVE up (id, parent_id) AS (
           SELECT id, parent_id FROM departments WHERE id = ?
           UNION SELECT d.id, d.parent_id FROM departments d JOIN up ON d.id = up.parent_id
         ) SELECT 1 FROM up WHERE id = ?`,
    ).get(id, top) !== undefined
  );
}
