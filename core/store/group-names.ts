/** Names of people, departments and destinations by the number that calls hold, as text. */
import type { Database } from './database.ts';

const NAME_SQL = {
  person: 'SELECT CAST(id AS TEXT) AS key, name FROM people',
  department: 'SELECT CAST(id AS TEXT) AS key, name FROM departments',
} as const;

/** Empty for what has no numbers. */
export function namesOf(
  db: Database,
  by: 'person' | 'department' | 'band' | 'destination' | 'month',
  language: 'vi' | 'en',
): ReadonlyMap<string, string> {
  if (by === 'band' || by === 'month') return new Map();
  const sql =
    by === 'destination' ? `SELECT CAST(id AS TEXT) AS key, name_${language} AS name FROM destinations` : NAME_SQL[by];
  const rows = db.prepare(sql).all() as { key: string; name: string }[];
  return new Map(rows.map(({ key, name }) => [key, name]));
}
