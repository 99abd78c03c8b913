/** How far an office is with its first month, read from what is stored. */
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

/** What leaves no trace of its own. */
export const REMEMBERED_STEPS = ['tariff', 'alert-mail', 'put-away'] as const;
export type RememberedStep = (typeof REMEMBERED_STEPS)[number];

export interface FirstFacts {
  /** Calls of sources that are no demo. */
  readonly calls: number;
  readonly people: number;
  readonly codes: number;
  /** Calls of open months with a code that nobody has. */
  readonly unknownCodeCalls: number;
  readonly closedMonths: number;
  readonly backups: number;
  readonly remembered: ReadonlyMap<RememberedStep, number>;
}

/** Counting on would only tell how many more. */
const COUNTED = 1000;

export class FirstSteps {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  remember(step: RememberedStep, atMs: number): void {
    cachedStatement(
      this.#db,
      'INSERT INTO first_steps (step, at_ms) VALUES (?, ?) ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms',
    ).run(step, atMs);
  }

  forget(step: RememberedStep): void {
    cachedStatement(this.#db, 'DELETE FROM first_steps WHERE step = ?').run(step);
  }

  facts(): FirstFacts {
    const count = (sql: string): number => cachedStatement<[], { n: number }>(this.#db, sql).get()?.n ?? 0;
    const rows = cachedStatement<[], { step: RememberedStep; atMs: number }>(
      this.#db,
      'SELECT step, at_ms AS atMs FROM first_steps',
    ).all();
    return {
      calls: count(
        `SELECT COALESCE(SUM(s.calls), 0) AS n FROM daily_sums s JOIN sources q ON q.id = s.source_id WHERE q.is_demo = 0`,
      ),
      people: count(`SELECT COUNT(*) AS n FROM (SELECT DISTINCT person_id FROM assignments LIMIT ${COUNTED})`),
      codes: count(`SELECT COUNT(*) AS n FROM (SELECT 1 FROM assignments WHERE kind = 'code' LIMIT ${COUNTED})`),
      unknownCodeCalls: count(
        `SELECT COALESCE(SUM(s.calls), 0) AS n FROM daily_sums s JOIN sources q ON q.id = s.source_id
           WHERE q.is_demo = 0 AND s.reason IN ('unknown-code', 'code-not-valid')
             AND NOT EXISTS (SELECT 1 FROM closed_months m WHERE m.month = strftime('%Y-%m', s.day * 86400, 'unixepoch'))`,
      ),
      closedMonths: count('SELECT COUNT(*) AS n FROM closed_months'),
      backups: count("SELECT COUNT(*) AS n FROM (SELECT 1 FROM backup_runs WHERE result = 'made' LIMIT 1)"),
      remembered: new Map(rows.map(({ step, atMs }) => [step, atMs])),
    };
  }
}
