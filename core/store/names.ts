/** Names of people and departments as they are today. */
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export function personName(db: Database, id: number): string | undefined {
  return cachedStatement<[number], { name: string }>(db, 'SELECT name FROM people WHERE id = ?').get(id)?.name;
}

export function departmentName(db: Database, id: number): string | undefined {
  return cachedStatement<[number], { name: string }>(db, 'SELECT name FROM departments WHERE id = ?').get(id)?.name;
}
