/** Compiled SQL kept with its connection: compiling takes longer than most of these statements run. */
import type { Statement } from 'better-sqlite3';
import type { Database } from './database.ts';

const known = new WeakMap<Database, Map<string, Statement>>();

/** For fixed SQL texts only, and for statements that finish at once (`get`, `all`, `run`). */
export function cachedStatement<Values extends unknown[], Row = unknown>(
  db: Database,
  sql: string,
): Statement<Values, Row> {
  let statements = known.get(db);
  if (statements === undefined) {
    statements = new Map();
    known.set(db, statements);
  }
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    statements.set(sql, statement);
  }
  return statement as unknown as Statement<Values, Row>;
}
