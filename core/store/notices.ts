/** What happened, told once, and who has read it. */
import type { NoticeKind, NoticeValues } from '../model/notice.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export interface NoticeRow {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly atMs: number;
  readonly values: NoticeValues;
  readonly isRead: boolean;
}

interface NoticeColumns {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly atMs: number;
  readonly details: string;
  readonly isRead: number;
}

/** Older ones are forgotten. */
const KEPT = 300;
/** Stands for the owner of the computer among the readers. */
const OWNER_ID = 0;

export class NoticeStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** False where the occasion was told before. */
  add(kind: NoticeKind, occasion: string, values: NoticeValues, atMs: number): boolean {
    const sql = 'INSERT INTO notices (kind, occasion, at_ms, details) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
    const { changes } = cachedStatement(this.#db, sql).run(kind, occasion, atMs, JSON.stringify(values));
    if (changes === 0) return false;
    const old = 'DELETE FROM notices WHERE id <= (SELECT MAX(id) FROM notices) - ?';
    cachedStatement(this.#db, old).run(KEPT);
    return true;
  }

  isTold(occasion: string): boolean {
    return cachedStatement(this.#db, 'SELECT 1 FROM notices WHERE occasion = ?').get(occasion) !== undefined;
  }

  /** Newest first. */
  list(userId: number | null, kinds: readonly NoticeKind[], limit: number): readonly NoticeRow[] {
    const rows = cachedStatement<[number, string, number], NoticeColumns>(
      this.#db,
      `SELECT n.id, n.kind, n.at_ms AS atMs, n.details, r.notice_id IS NOT NULL AS isRead
       FROM notices n LEFT JOIN notice_reads r ON r.notice_id = n.id AND r.user_id = ?
       WHERE n.kind IN (SELECT value FROM json_each(?)) ORDER BY n.id DESC LIMIT ?`,
    ).all(userId ?? OWNER_ID, JSON.stringify(kinds), limit);
    return rows.map(({ details, isRead, ...row }) => ({
      ...row,
      values: JSON.parse(details) as NoticeValues,
      isRead: isRead !== 0,
    }));
  }

  unread(userId: number | null, kinds: readonly NoticeKind[]): number {
    const row = cachedStatement<[string, number], { unread: number }>(
      this.#db,
      `SELECT COUNT(*) AS unread FROM notices n WHERE n.kind IN (SELECT value FROM json_each(?))
       AND NOT EXISTS (SELECT 1 FROM notice_reads r WHERE r.notice_id = n.id AND r.user_id = ?)`,
    ).get(JSON.stringify(kinds), userId ?? OWNER_ID);
    return row?.unread ?? 0;
  }

  /** Without ids: all there are. */
  read(userId: number | null, ids: readonly number[] | undefined): void {
    const which = ids === undefined ? '' : 'WHERE id IN (SELECT value FROM json_each(?))';
    this.#db
      .prepare(`INSERT OR IGNORE INTO notice_reads (user_id, notice_id) SELECT ?, id FROM notices ${which}`)
      .run(userId ?? OWNER_ID, ...(ids === undefined ? [] : [JSON.stringify(ids)]));
  }

  /** Alerts about calls as they are made that came after this one. */
  alertsAfter(id: number): readonly { readonly id: number; readonly createdAtMs: number }[] {
    const sql = 'SELECT id, created_at_ms AS createdAtMs FROM alerts WHERE id > ? AND is_history = 0 ORDER BY id';
    return cachedStatement<[number], { id: number; createdAtMs: number }>(this.#db, sql).all(id);
  }

  /** Runs of schedules that were given up since then. */
  failedRuns(sinceMs: number): readonly { readonly id: number; readonly name: string }[] {
    const sql = "SELECT id, name FROM schedule_runs WHERE state = 'failed' AND done_at_ms >= ? ORDER BY id";
    return cachedStatement<[number], { id: number; name: string }>(this.#db, sql).all(sinceMs);
  }

  newestAlert(): number {
    return cachedStatement<[], { id: number | null }>(this.#db, 'SELECT MAX(id) AS id FROM alerts').get()?.id ?? 0;
  }
}
