/** Which months are closed, who closed and reopened them and why, and which of them were closed at a moment of the past. */
import type { Database } from './database.ts';
import { daysOfMonth, monthOfDay } from './month-days.ts';

export type ClosingAct = 'closed' | 'reopened';

export interface ClosingEntry {
  readonly id: number;
  readonly month: string;
  readonly act: ClosingAct;
  readonly atMs: number;
  readonly by: string;
  readonly reason: string;
  /** Of closings only. */
  readonly fingerprint: string | null;
  /** Calls of the month when it was closed. */
  readonly calls: number;
}

/** What a closed month's reports say that is found nowhere else any more. */
export interface Closing extends ClosingEntry {
  readonly company: string;
  readonly timeZone: string;
  readonly quarantinedFrames: number;
}

const ENTRY = 'id, month, act, at_ms AS atMs, made_by AS "by", reason, fingerprint, calls';
const CLOSING = `${ENTRY}, company, time_zone AS timeZone, quarantined_frames AS quarantinedFrames`;

export class ClosingStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The closing that holds; undefined for an open month. */
  closing(month: string): Closing | undefined {
    return this.#db
      .prepare(`SELECT ${CLOSING} FROM closing_log WHERE id = (SELECT closing_id FROM closed_months WHERE month = ?)`)
      .get(month) as Closing | undefined;
  }

  isClosed(month: string): boolean {
    return this.#db.prepare('SELECT 1 FROM closed_months WHERE month = ?').get(month) !== undefined;
  }

  closedMonths(): readonly string[] {
    return this.#db.prepare('SELECT month FROM closed_months ORDER BY month').pluck().all() as string[];
  }

  /** Of one month, oldest first. */
  log(month: string): readonly ClosingEntry[] {
    return this.#db
      .prepare(`SELECT ${ENTRY} FROM closing_log WHERE month = ? ORDER BY id`)
      .all(month) as ClosingEntry[];
  }

  history(): ClosingHistory {
    const rows = this.#db.prepare('SELECT month, act, positions FROM closing_log ORDER BY id').all() as HistoryRow[];
    return new ClosingHistory(rows, new Set(this.closedMonths()));
  }

  /** Part of a transaction. Gives the number of the closing. */
  close(closing: Omit<Closing, 'id' | 'act'>): number {
    const positions = this.#positions();
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO closing_log (month, act, at_ms, made_by, reason, fingerprint, calls, company, time_zone,
           quarantined_frames, positions)
         VALUES (@month, 'closed', @atMs, @by, @reason, @fingerprint, @calls, @company, @timeZone, @quarantinedFrames,
           @positions)`,
      )
      .run({ ...closing, positions });
    const id = Number(lastInsertRowid);
    this.#db
      .prepare('INSERT INTO closed_months (month, closed_at_ms, closing_id) VALUES (?, ?, ?)')
      .run(closing.month, closing.atMs, id);
    return id;
  }

  /** Part of a transaction. */
  reopen(entry: Pick<ClosingEntry, 'month' | 'atMs' | 'by' | 'reason'>): void {
    this.#db.prepare('DELETE FROM closed_months WHERE month = ?').run(entry.month);
    this.#db
      .prepare(
        `INSERT INTO closing_log (month, act, at_ms, made_by, reason, positions)
         VALUES (@month, 'reopened', @atMs, @by, @reason, @positions)`,
      )
      .run({ ...entry, positions: this.#positions() });
  }

  #positions(): string {
    const rows = this.#db
      .prepare('SELECT source_id, MAX(next_offset) FROM ingest_streams GROUP BY source_id ORDER BY source_id')
      .raw()
      .all() as [number, number][];
    return JSON.stringify(Object.fromEntries(rows));
  }
}

interface HistoryRow {
  readonly month: string;
  readonly act: ClosingAct;
  readonly positions: string;
}

interface HistoryEntry {
  readonly act: ClosingAct;
  readonly positions: Readonly<Record<number, number>>;
}

/** Where a record ends in its source: places are read in order. */
export interface RecordPlace {
  readonly sourceId: number;
  readonly endOffset: number;
}

/** A still picture of the log, for questions about every record that is read. */
export class ClosingHistory {
  readonly #entries: ReadonlyMap<string, readonly HistoryEntry[]>;
  readonly #closed: ReadonlySet<string>;

  constructor(rows: readonly HistoryRow[], closed: ReadonlySet<string>) {
    const entries = rows.map(({ month, act, positions }) => ({
      month,
      act,
      positions: JSON.parse(positions) as HistoryEntry['positions'],
    }));
    this.#entries = Map.groupBy(entries, (entry) => entry.month);
    this.#closed = closed;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  isClosed(month: string): boolean {
    return this.#closed.has(month);
  }

  /** True where the month was closed when reading came to this record. */
  wasClosedAt(month: string, { sourceId, endOffset }: RecordPlace): boolean {
    const before = (entry: HistoryEntry): boolean => (entry.positions[sourceId] ?? 0) < endOffset;
    return this.#entries.get(month)?.findLast(before)?.act === 'closed';
  }

  /** `day`, or where its month was closed then, the first day of the next month that was not. */
  openDayAt(day: number, place: RecordPlace): number {
    return openDayFrom(day, (month) => this.wasClosedAt(month, place));
  }

  /** As `openDayAt`, of this moment. */
  openDayNow(day: number): number {
    return openDayFrom(day, (month) => this.isClosed(month));
  }
}

function openDayFrom(day: number, isClosed: (month: string) => boolean): number {
  let open = day;
  for (let month = monthOfDay(open); isClosed(month); month = monthOfDay(open)) open = daysOfMonth(month).end;
  return open;
}
