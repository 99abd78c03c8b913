/** What a copy of the two files holds, in figures that people can compare. */
import type { LocalSeconds } from '../model/time.ts';
import type { Database } from './database.ts';

export interface DatabaseFacts {
  readonly calls: number;
  readonly people: number;
  /** Null without calls. */
  readonly newestCallLocalS: LocalSeconds | null;
}

export function databaseFacts(db: Database): DatabaseFacts {
  const sql = `SELECT (SELECT COUNT(*) FROM calls) AS calls, (SELECT COUNT(*) FROM people) AS people,
    (SELECT MAX(start_local_s) FROM calls) AS newestCallLocalS`;
  return db.prepare(sql).get() as DatabaseFacts;
}

/** Bytes that the sources gave. */
export function journalBytes(journal: Database): number {
  return Number(journal.prepare('SELECT COALESCE(SUM(next_offset), 0) FROM heads').pluck().get());
}
