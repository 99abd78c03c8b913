/** Which numbers were called, and how often. */
import type { LocalSeconds } from '../model/time.ts';
import type { Database } from './database.ts';

export interface CalledNumber {
  readonly number: string;
  readonly calls: number;
}

/** Outgoing calls from that moment on, by normalised number. */
export function calledNumbers(db: Database, fromLocal: LocalSeconds): readonly CalledNumber[] {
  return db
    .prepare(
      `SELECT number, COUNT(*) AS calls FROM calls INDEXED BY calls_start
       WHERE start_local_s >= ? AND direction = 'outgoing' AND number IS NOT NULL GROUP BY number`,
    )
    .all(fromLocal) as CalledNumber[];
}
