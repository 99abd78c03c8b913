/** Incoming calls: how they were answered, and whom nobody has called back. */
import { where } from './conditions.ts';
import { SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';
import type { ReportSelection } from './report-selection.ts';

const HOUR_S = 3600;

const KEYS = {
  hour: `CAST((c.start_local_s % ${SECONDS_PER_DAY}) / ${HOUR_S} AS TEXT)`,
  extension: "COALESCE(c.extension, '')",
} as const;

export interface IncomingSum {
  readonly key: string;
  readonly calls: number;
  readonly answered: number;
  readonly unanswered: number;
  /** Of calls whose record says nothing of an answer. */
  readonly unknown: number;
  readonly talkSeconds: number;
  /** Answered calls with a known ring time, and that time. */
  readonly rang: number;
  readonly ringSeconds: number;
  readonly longestRingSeconds: number | null;
  /** Unanswered calls with a known ring time, and how long their callers waited. */
  readonly waited: number;
  readonly waitSeconds: number;
}

/** Without a key: all of them as one row. */
export function incomingSums(
  db: Database,
  selection: ReportSelection,
  by: keyof typeof KEYS | undefined,
): readonly IncomingSum[] {
  const conditions = selection.ofIncoming();
  const key = by === undefined ? "''" : KEYS[by];
  return db
    .prepare(
      `SELECT ${key} AS key, COUNT(*) AS calls, COUNT(*) FILTER (WHERE c.is_answered = 1) AS answered,
         COUNT(*) FILTER (WHERE c.is_answered = 0) AS unanswered,
         COUNT(*) FILTER (WHERE c.is_answered IS NULL) AS "unknown", SUM(c.talk_s) AS talkSeconds,
         COUNT(c.ring_s) FILTER (WHERE c.is_answered = 1) AS rang,
         COALESCE(SUM(c.ring_s) FILTER (WHERE c.is_answered = 1), 0) AS ringSeconds,
         MAX(c.ring_s) AS longestRingSeconds,
         COUNT(c.ring_s) FILTER (WHERE c.is_answered = 0) AS waited,
         COALESCE(SUM(c.ring_s) FILTER (WHERE c.is_answered = 0), 0) AS waitSeconds
       FROM calls c ${where(conditions)} GROUP BY 1`,
    )
    .all(...conditions.values) as IncomingSum[];
}

export interface UnreturnedCaller {
  /** As the record prints it; empty where it prints none. */
  readonly caller: string;
  readonly callerName: string | null;
  readonly calls: number;
  readonly firstLocalS: number;
  readonly lastLocalS: number;
  readonly longestRingSeconds: number | null;
  /** Of the last call. */
  readonly extension: string | null;
}

/**
 * Callers of unanswered calls after which nobody took a call from that number and nobody called it, up to now and on any
 * telephone. A call back counts unless its record says that it was not answered. Most often missed first.
 */
export function unreturnedCallers(db: Database, selection: ReportSelection): readonly UnreturnedCaller[] {
  const conditions = selection.ofIncoming();
  const contact = (column: 'number' | 'dialled' | 'caller', value: string): string =>
    `SELECT 1 FROM calls r WHERE r.${column} = ${value} AND r.start_local_s >= m.start_local_s AND r.id <> m.id
       AND ((r.direction = 'incoming' AND r.is_answered = 1)
         OR (r.direction IN ('outgoing', 'tandem') AND r.is_answered IS NOT 0))`;
  return db
    .prepare(
      `WITH m AS MATERIALIZED (
         SELECT c.id, c.start_local_s, c.number, c.caller, c.caller_name, c.ring_s, c.extension
         FROM calls c ${where(conditions)} AND c.is_answered = 0 AND c.purpose IS NOT 'private'
       )
       SELECT COALESCE(m.caller, '') AS caller, MAX(m.caller_name) AS callerName, COUNT(*) AS calls,
         MIN(m.start_local_s) AS firstLocalS, MAX(m.ring_s) AS longestRingSeconds,
         MAX(m.start_local_s) AS lastLocalS, m.extension
       FROM m
       WHERE (m.number IS NULL OR NOT EXISTS (${contact('number', 'm.number')}))
         AND (m.caller IS NULL OR NOT EXISTS (${contact('dialled', 'm.caller')}))
       GROUP BY COALESCE(m.number, m.caller, '') ORDER BY calls DESC, lastLocalS DESC, caller`,
    )
    .all(...conditions.values) as UnreturnedCaller[];
}
