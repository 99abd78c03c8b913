/** What the journal itself says is missing: places where a line was cut, files not read to their end, sources gone quiet. */
import SqliteDatabase from 'better-sqlite3';
import { callIdOf } from '../model/call.ts';
import { mapSqliteErrors } from './database.ts';

export interface JournalGaps {
  /** Gaps noted in the period, by source. */
  readonly cuts: ReadonlyMap<number, number>;
  /** Imported files of which a part has not been read, by source. */
  readonly halfRead: ReadonlyMap<number, number>;
  /** When the newest byte of each source came. */
  readonly lastReceivedMs: ReadonlyMap<number, number>;
}

/** Reads journal.db through a connection of its own. */
export function readJournalGaps(journalPath: string, fromMs: number, toMs: number): JournalGaps {
  return mapSqliteErrors(journalPath, () => {
    const db = new SqliteDatabase(journalPath, { readonly: true, fileMustExist: true });
    try {
      const counts = (sql: string, ...values: number[]): ReadonlyMap<number, number> =>
        new Map(
          db
            .prepare(sql)
            .raw()
            .all(...values) as [number, number][],
        );
      const newest = db
        .prepare('SELECT received_at_ms FROM chunks WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1')
        .pluck();
      const sourceIds = db.prepare('SELECT source_id FROM heads').pluck().all() as number[];
      return {
        cuts: counts(
          `SELECT t.source_id, COUNT(*) FROM gaps g JOIN streams t ON t.id = g.stream_id
           WHERE g.at_ms >= ? AND g.at_ms < ? GROUP BY 1`,
          fromMs,
          toMs,
        ),
        halfRead: counts(
          'SELECT source_id, COUNT(*) FROM files WHERE is_import = 1 AND content_hash IS NULL GROUP BY 1',
        ),
        lastReceivedMs: new Map(
          sourceIds.flatMap((id): [number, number][] => {
            const at = newest.get(callIdOf(id, 0), callIdOf(id + 1, 0)) as number | undefined;
            return at === undefined ? [] : [[id, at]];
          }),
        ),
      };
    } finally {
      db.close();
    }
  });
}
