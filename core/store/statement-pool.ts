/** Compiled SQL of texts that are put together: there are many of them, so the oldest are let go. */
import type { Statement } from 'better-sqlite3';
import type { Value } from './conditions.ts';
import type { Database } from './database.ts';

const STATEMENTS_LIMIT = 200;

export class StatementPool {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Database) {
    this.#db = db;
  }

  all<Row>(sql: string, values: readonly Value[]): readonly Row[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      if (this.#statements.size >= STATEMENTS_LIMIT) this.#statements.clear();
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement.all(...values) as Row[];
  }
}
