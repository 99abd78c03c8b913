/**
 * What a month's calls come from, and what may be missing among them. Of a closed month it is kept with the first file that
 * is printed, since formats, office hours and journals change later.
 */
import { callIdOf } from '../model/call.ts';
import type { Completeness } from './completeness.ts';
import type { Database } from './database.ts';
import { FormatDefinitionStore } from './format-definitions.ts';
import { readJournalGaps } from './journal-gaps.ts';
import { daysOfMonth } from './month-days.ts';
import { SourceStore } from './sources.ts';

export interface MonthSource {
  readonly id: number;
  readonly formatId: string;
  /** Of formats that people described here. */
  readonly formatVersion: number | null;
  /** Of any direction. */
  readonly calls: number;
  /** Lines that nobody could read, received in the month. */
  readonly unreadFrames: number;
  /** Places where the stream was cut; null: not looked at. */
  readonly cuts: number | null;
}

export interface MonthSources extends Pick<Completeness, 'openSeconds' | 'silentSeconds' | 'silences' | 'openCalls'> {
  readonly sources: readonly MonthSource[];
}

export interface MonthSourcesQuestion {
  readonly month: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly whole: Completeness;
  /** Absent: cuts are not looked at. */
  readonly journalPath?: string | undefined;
}

export function monthSources(db: Database, question: MonthSourcesQuestion): MonthSources {
  const { month, fromMs, toMs, whole, journalPath } = question;
  const { first, end } = daysOfMonth(month);
  const counted = (sql: string, from: number, to: number): ReadonlyMap<number, number> =>
    new Map(db.prepare(sql).raw().all(from, to) as [number, number][]);
  const calls = counted(
    'SELECT source_id, SUM(calls) FROM daily_sums WHERE day >= ? AND day < ? GROUP BY 1',
    first,
    end,
  );
  const unread = counted(
    `SELECT id / ${callIdOf(1, 0)}, COUNT(*) FROM quarantine
     WHERE received_at_ms >= ? AND received_at_ms < ? GROUP BY 1`,
    fromMs,
    toMs,
  );
  const cuts = journalPath === undefined ? undefined : readJournalGaps(journalPath, fromMs, toMs).cuts;
  const definitions = new FormatDefinitionStore(db);
  const isOfMonth = ({ id, deletedAtMs }: { readonly id: number; readonly deletedAtMs: number | null }): boolean =>
    calls.has(id) || unread.has(id) || deletedAtMs === null;
  return {
    openSeconds: whole.openSeconds,
    silentSeconds: whole.silentSeconds,
    silences: whole.silences,
    openCalls: whole.openCalls,
    sources: new SourceStore(db)
      .listAll()
      .filter(isOfMonth)
      .map(({ id, formatId }) => ({
        id,
        formatId,
        formatVersion: definitions.newestVersion(formatId) ?? null,
        calls: calls.get(id) ?? 0,
        unreadFrames: unread.get(id) ?? 0,
        cuts: cuts === undefined ? null : (cuts.get(id) ?? 0),
      })),
  };
}
