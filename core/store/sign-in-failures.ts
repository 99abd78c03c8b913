/** Failed attempts to sign in, by login and by address. What follows from them is core/access/lockout.ts. */
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export interface Failures {
  readonly failures: number;
  readonly lastAtMs: number;
}

export class SignInFailures {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  of(key: string): Failures | undefined {
    const sql = 'SELECT failures, last_at_ms AS lastAtMs FROM sign_in_failures WHERE key = ?';
    return cachedStatement<[string], Failures>(this.#db, sql).get(key);
  }

  set(key: string, { failures, lastAtMs }: Failures): void {
    cachedStatement(
      this.#db,
      `INSERT INTO sign_in_failures (key, failures, last_at_ms) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET failures = excluded.failures, last_at_ms = excluded.last_at_ms`,
    ).run(key, failures, lastAtMs);
  }

  clear(key: string): void {
    cachedStatement(this.#db, 'DELETE FROM sign_in_failures WHERE key = ?').run(key);
  }

  removeBefore(atMs: number): void {
    cachedStatement(this.#db, 'DELETE FROM sign_in_failures WHERE last_at_ms < ?').run(atMs);
  }
}
