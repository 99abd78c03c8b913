/** How many calls are stored. */
import type { Database } from './database.ts';

/** Counts the entries of the narrowest index: some 10 ms for a million, where adding up the daily sums takes longer. */
export function countStoredCalls(db: Database): number {
  return Number(db.prepare('SELECT COUNT(*) FROM calls INDEXED BY calls_start').pluck().get());
}
