/**
 * What a month's reports call people, departments, sources and tariffs: as they are called today, or for a closed month as
 * they were called when it was closed, whatever was renamed, moved or removed since.
 */
import type { Database } from './database.ts';
import { daysOfMonth } from './month-days.ts';

export interface MonthNames {
  readonly people: ReadonlyMap<number, { readonly name: string; readonly employeeNumber: string | null }>;
  readonly departments: ReadonlyMap<number, { readonly name: string; readonly parentId: number | null }>;
  readonly sources: ReadonlyMap<number, string>;
  /** Versions of tariffs, in the order they were made. */
  readonly versions: ReadonlyMap<number, string>;
}

const KINDS = ['person', 'department', 'source', 'tariff-version'] as const;
type Kind = (typeof KINDS)[number];

interface NameRow {
  readonly kind: Kind;
  readonly id: number;
  readonly name: string;
  readonly parentId: number | null;
  readonly employeeNumber: string | null;
}

const PRESENT: Readonly<Record<Kind, string>> = {
  person: `SELECT 'person' AS kind, id, name, NULL AS parentId, employee_number AS employeeNumber FROM people`,
  department: `SELECT 'department' AS kind, id, name, parent_id AS parentId, NULL AS employeeNumber FROM departments`,
  source: `SELECT 'source' AS kind, id, name, NULL AS parentId, NULL AS employeeNumber FROM sources`,
  'tariff-version': `SELECT 'tariff-version' AS kind, v.id,
      t.name || CASE v.number WHEN 1 THEN '' ELSE ' · ' || v.number END AS name, NULL AS parentId, NULL AS employeeNumber
    FROM tariff_versions v JOIN tariffs t ON t.id = v.tariff_id`,
};

export function monthNames(db: Database, month: string): MonthNames {
  const rows = frozenNames(db, month);
  return namesOf(rows.length > 0 ? rows : presentRows(db));
}

/** Names of a month's closing in the order of `namesToFreeze`; none for an open month. */
export function frozenNames(db: Database, month: string): readonly NameRow[] {
  return db
    .prepare(
      `SELECT kind, id, name, parent_id AS parentId, employee_number AS employeeNumber FROM frozen_names
       WHERE closing_id = (SELECT closing_id FROM closed_months WHERE month = ?) ORDER BY kind, id`,
    )
    .all(month) as NameRow[];
}

/** Keeps the present names for a closing; part of its transaction. */
export function freezeNames(db: Database, closingId: number, rows: readonly NameRow[]): void {
  const put = db.prepare(
    'INSERT INTO frozen_names (closing_id, kind, id, name, parent_id, employee_number) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const { kind, id, name, parentId, employeeNumber } of rows) {
    put.run(closingId, kind, id, name, parentId, employeeNumber);
  }
}

/** Names that the month's reports can need, by kind and number: of people only those who are in it. */
export function namesToFreeze(db: Database, month: string): readonly NameRow[] {
  const { first, end } = daysOfMonth(month);
  const people = new Set(
    db
      .prepare(
        `SELECT DISTINCT person_id FROM daily_sums WHERE day >= ? AND day < ?
         UNION SELECT person_id FROM restatement_sums WHERE month = ?`,
      )
      .pluck()
      .all(first, end, month) as number[],
  );
  return presentRows(db).filter((row) => row.kind !== 'person' || people.has(row.id));
}

function presentRows(db: Database): readonly NameRow[] {
  return db.prepare(`${KINDS.map((kind) => PRESENT[kind]).join(' UNION ALL ')} ORDER BY 1, 2`).all() as NameRow[];
}

function namesOf(rows: readonly NameRow[]): MonthNames {
  const ofKind = (kind: Kind): readonly NameRow[] => rows.filter((row) => row.kind === kind);
  return {
    people: new Map(ofKind('person').map(({ id, name, employeeNumber }) => [id, { name, employeeNumber }])),
    departments: new Map(ofKind('department').map(({ id, name, parentId }) => [id, { name, parentId }])),
    sources: new Map(ofKind('source').map(({ id, name }) => [id, name])),
    versions: new Map(ofKind('tariff-version').map(({ id, name }) => [id, name])),
  };
}

/** Each department with those above it: `Sales / North`. */
export function departmentPathsOf({ departments }: Pick<MonthNames, 'departments'>): ReadonlyMap<number, string> {
  return new Map(
    [...departments].map(([id, { name, parentId }]) => {
      const path = [name];
      for (let up = parentId; up !== null && path.length <= departments.size; ) {
        const above = departments.get(up);
        if (above === undefined) break;
        path.unshift(above.name);
        up = above.parentId;
      }
      return [id, path.join(' / ')];
    }),
  );
}
