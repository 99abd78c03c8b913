/**
 * Statements that people were asked to confirm, with what they answered. The newest statement of a person and month is the
 * one that counts; there is another one only after all that was disputed in the one before has been decided.
 */
import type { CallId } from '../model/call.ts';
import { AppError } from '../model/errors.ts';
import type { Database } from './database.ts';

export const ANSWERS = ['confirmed', 'disputed'] as const;
export type Answer = (typeof ANSWERS)[number];

export interface StatementRow {
  readonly id: number;
  readonly month: string;
  readonly personId: number;
  readonly showsNumbers: boolean;
  readonly sentAtMs: number | null;
  readonly remindedAtMs: number | null;
  readonly reminders: number;
  readonly answer: Answer | null;
  readonly way: 'link' | 'paper' | null;
  readonly answeredAtMs: number | null;
  readonly notedBy: string;
  readonly note: string;
  /** Disputed calls that nobody has decided about yet. */
  readonly openDisputes: number;
}

export interface DisputeInput {
  readonly callId: CallId;
  readonly words: string;
}

export interface DisputeRow extends DisputeInput {
  readonly id: number;
  readonly statementId: number;
  readonly month: string;
  readonly personId: number;
  /** null until somebody decided. */
  readonly outcome: 'changed' | 'kept' | null;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAtMs: number | null;
}

export interface AnswerAct {
  readonly answer: Answer;
  readonly way: 'link' | 'paper';
  readonly atMs: number;
  readonly notedBy: string;
  readonly note: string;
}

type Columns = Omit<StatementRow, 'showsNumbers'> & { readonly showsNumbers: number };

const SELECT = `SELECT s.id, s.month, s.person_id AS personId, s.shows_numbers AS showsNumbers, s.sent_at_ms AS sentAtMs,
    s.reminded_at_ms AS remindedAtMs, s.reminders, s.answer, s.way, s.answered_at_ms AS answeredAtMs,
    s.noted_by AS notedBy, s.note,
    (SELECT COUNT(*) FROM statement_disputes d WHERE d.statement_id = s.id AND d.outcome IS NULL) AS openDisputes
  FROM statements s`;
const NEWEST = `s.id = (SELECT MAX(n.id) FROM statements n WHERE n.month = s.month AND n.person_id = s.person_id)`;
const DISPUTES = `SELECT d.id, d.statement_id AS statementId, s.month, s.person_id AS personId, d.call_id AS callId,
    d.words, d.outcome, d.reason, d.decided_by AS decidedBy, d.decided_at_ms AS decidedAtMs
  FROM statement_disputes d JOIN statements s ON s.id = d.statement_id`;

const rowOf = ({ showsNumbers, ...row }: Columns): StatementRow => ({ ...row, showsNumbers: showsNumbers === 1 });

export class StatementStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The newest of each person. */
  ofMonth(month: string): ReadonlyMap<number, StatementRow> {
    const rows = this.#db.prepare(`${SELECT} WHERE s.month = ? AND ${NEWEST}`).all(month) as Columns[];
    return new Map(rows.map((row) => [row.personId, rowOf(row)]));
  }

  newest(month: string, personId: number): StatementRow | undefined {
    const row = this.#db
      .prepare(`${SELECT} WHERE s.month = ? AND s.person_id = ? ORDER BY s.id DESC LIMIT 1`)
      .get(month, personId) as Columns | undefined;
    return row === undefined ? undefined : rowOf(row);
  }

  /** Throws `not-found`. */
  get(id: number): StatementRow {
    const row = this.#db.prepare(`${SELECT} WHERE s.id = ?`).get(id) as Columns | undefined;
    if (row === undefined) throw new AppError('not-found', { what: 'statement', id });
    return rowOf(row);
  }

  /** The one that is still to be answered, or a new one. */
  make(month: string, personId: number, showsNumbers: boolean, nowMs: number): number {
    const waiting = this.newest(month, personId);
    if (waiting !== undefined && waiting.answer === null) {
      this.#db.prepare('UPDATE statements SET shows_numbers = ? WHERE id = ?').run(Number(showsNumbers), waiting.id);
      return waiting.id;
    }
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO statements (month, person_id, shows_numbers, made_at_ms) VALUES (?, ?, ?, ?)')
      .run(month, personId, Number(showsNumbers), nowMs);
    return Number(lastInsertRowid);
  }

  sent(id: number, nowMs: number): void {
    this.#db.prepare('UPDATE statements SET sent_at_ms = ? WHERE id = ?').run(nowMs, id);
  }

  reminded(id: number, nowMs: number): void {
    this.#db.prepare('UPDATE statements SET reminded_at_ms = ?, reminders = reminders + 1 WHERE id = ?').run(nowMs, id);
  }

  /** Sent, not answered, and nothing was sent since that moment; with no more reminders than that. */
  unanswered(silentSinceMs: number, mostReminders: number): readonly StatementRow[] {
    return (
      this.#db
        .prepare(
          `${SELECT} WHERE s.answer IS NULL AND COALESCE(s.reminded_at_ms, s.sent_at_ms) <= ? AND s.reminders < ?
             AND ${NEWEST} ORDER BY s.id`,
        )
        .all(silentSinceMs, mostReminders) as Columns[]
    ).map(rowOf);
  }

  addLink(statementId: number, tokenHash: string, expiresAtMs: number): void {
    this.#db
      .prepare('INSERT INTO statement_links (token_hash, statement_id, expires_at_ms) VALUES (?, ?, ?)')
      .run(tokenHash, statementId, expiresAtMs);
  }

  /** Also of a link that is too old. */
  byLink(tokenHash: string): { readonly statement: StatementRow; readonly expiresAtMs: number } | undefined {
    const link = this.#db
      .prepare('SELECT statement_id AS id, expires_at_ms AS expiresAtMs FROM statement_links WHERE token_hash = ?')
      .get(tokenHash) as { id: number; expiresAtMs: number } | undefined;
    return link === undefined ? undefined : { statement: this.get(link.id), expiresAtMs: link.expiresAtMs };
  }

  /** False where it was answered before: the first answer counts, whichever way it came. */
  answer(id: number, act: AnswerAct, disputes: readonly DisputeInput[]): boolean {
    return this.#db
      .transaction(() => {
        const { changes } = this.#db
          .prepare(
            `UPDATE statements SET answer = ?, way = ?, answered_at_ms = ?, noted_by = ?, note = ?
             WHERE id = ? AND answer IS NULL`,
          )
          .run(act.answer, act.way, act.atMs, act.notedBy, act.note, id);
        if (changes === 0) return false;
        const put = this.#db.prepare('INSERT INTO statement_disputes (statement_id, call_id, words) VALUES (?, ?, ?)');
        for (const { callId, words } of disputes) put.run(id, callId, words);
        return true;
      })
      .immediate();
  }

  /** Open ones, or all of a month. */
  disputes(month?: string): readonly DisputeRow[] {
    return month === undefined
      ? (this.#db.prepare(`${DISPUTES} WHERE d.outcome IS NULL ORDER BY d.id`).all() as DisputeRow[])
      : (this.#db.prepare(`${DISPUTES} WHERE s.month = ? ORDER BY d.id`).all(month) as DisputeRow[]);
  }

  /** Throws `not-found`. */
  dispute(id: number): DisputeRow {
    const row = this.#db.prepare(`${DISPUTES} WHERE d.id = ?`).get(id) as DisputeRow | undefined;
    if (row === undefined) throw new AppError('not-found', { what: 'dispute', id });
    return row;
  }

  /** Throws `already-answered` where somebody decided before. */
  decide(
    id: number,
    outcome: 'changed' | 'kept',
    act: { readonly reason: string; readonly by: string; readonly atMs: number },
  ): void {
    const { changes } = this.#db
      .prepare(
        `UPDATE statement_disputes SET outcome = ?, reason = ?, decided_by = ?, decided_at_ms = ?
         WHERE id = ? AND outcome IS NULL`,
      )
      .run(outcome, act.reason, act.by, act.atMs, id);
    if (changes === 0) throw new AppError('already-answered');
  }
}
