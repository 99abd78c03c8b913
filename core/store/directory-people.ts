/** Which person of the site somebody of the directory is. */
import { foldText } from '../model/fold.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

interface DirectoryNames {
  readonly employeeNumber: string;
  readonly email: string;
  readonly name: string;
}

/** By employee number, else by e-mail address, else by a name that only one has. */
export function personOfDirectory(db: Database, { employeeNumber, email, name }: DirectoryNames): number | undefined {
  const only = (condition: string, value: string): number | undefined => {
    if (value === '') return undefined;
    const sql = `SELECT id FROM people WHERE ${condition} LIMIT 2`;
    const [row, ...others] = cachedStatement<[string], { id: number }>(db, sql).all(value);
    return others.length === 0 ? row?.id : undefined;
  };
  return (
    only('employee_number = ?', employeeNumber) ??
    only('lower(email) = ?', email.toLowerCase()) ??
    only('search_name = ?', foldText(name))
  );
}
