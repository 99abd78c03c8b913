/** The newest records of a source, and the frames among them that no rule could read. */
import { type CallDirection, type CallId, callIdOf } from '../model/call.ts';
import type { Doubt } from '../model/call-record.ts';
import type { Database } from './database.ts';

export interface RecentRecord {
  readonly direction: CallDirection;
  readonly extension: string | null;
  readonly trunk: string | null;
  readonly code: string | null;
  readonly dialled: string | null;
  readonly talkSeconds: number;
  readonly doubts: readonly Doubt[];
}

/** Records that follow each other, newest first. */
export interface RecordStretch {
  readonly records: readonly RecentRecord[];
  /** Frames between them that no rule could read. */
  readonly unreadFrames: number;
}

interface Columns {
  readonly id: number;
  readonly direction: CallDirection;
  readonly extension: string | null;
  readonly trunk: string | null;
  readonly code: string | null;
  readonly dialled: string | null;
  readonly talk_s: number;
  readonly doubts: string | null;
}

function recordOf(row: Columns): RecentRecord {
  const { direction, extension, trunk, code, dialled } = row;
  const doubts = row.doubts === null ? [] : (row.doubts.split(',') as Doubt[]);
  return { direction, extension, trunk, code, dialled, talkSeconds: row.talk_s, doubts };
}

/** Two stretches: the newest records, and those before them. Unread frames behind the newest record are recent. */
export function recentRecords(
  db: Database,
  sourceId: number,
  sizes: { readonly recent: number; readonly earlier: number },
): { readonly recent: RecordStretch; readonly earlier: RecordStretch } {
  const [from, to] = [callIdOf(sourceId, 0), callIdOf(sourceId + 1, 0)];
  const rows = db
    .prepare(
      `SELECT id, direction, extension, trunk, code, dialled, talk_s, doubts FROM calls
       WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?`,
    )
    .all(from, to, sizes.recent + sizes.earlier) as Columns[];
  const border = newestUnreadBorder(db, from, to, rows, sizes.recent);
  const recent = rows.filter((row) => row.id >= border);
  const earlier = rows.filter((row) => row.id < border);
  const oldest = earlier.at(-1)?.id ?? border;
  return {
    recent: { records: recent.map(recordOf), unreadFrames: unreadFrames(db, border, to) },
    earlier: { records: earlier.map(recordOf), unreadFrames: unreadFrames(db, oldest, border) },
  };
}

/**
 * Where the present begins: so that records and unread frames behind it are `size` together. A source of which nothing
 * can be read any more has a present of unread frames alone.
 */
function newestUnreadBorder(db: Database, from: CallId, to: CallId, rows: readonly Columns[], size: number): CallId {
  const unread = db
    .prepare('SELECT id FROM quarantine WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?')
    .pluck()
    .all(from, to, size) as number[];
  const newest = [...rows.map((row) => row.id), ...unread].sort((a, b) => b - a);
  return newest[Math.min(size, newest.length) - 1] ?? to;
}

function unreadFrames(db: Database, from: CallId, to: CallId): number {
  return Number(
    db.prepare('SELECT COALESCE(SUM(frame_count), 0) FROM quarantine WHERE id >= ? AND id < ?').pluck().get(from, to),
  );
}
