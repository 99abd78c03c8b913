/**
 * Numbers made anonymous, and calls removed, when their time is over. Only closed months are touched: an open one is still
 * read, priced and booked anew, which would bring back what was taken or lose what it cost. `daily_sums` stay.
 */
import type { CallId } from '../model/call.ts';
import { callIdOf, sourceOffsetOf } from '../model/call.ts';
import { maskNumber, maskNumbersIn } from '../model/masking.ts';
import { cachedStatement } from './cached-statement.ts';
import { reversedText } from './calls.ts';
import { SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';
import { inMonth, inMonthValues } from './month.ts';
import { daysOfMonth } from './month-days.ts';

export interface RetentionRules {
  readonly numbersMonths: number | null;
  readonly detailMonths: number | null;
  readonly removesClosedFiles: boolean;
}

export const NO_RULES: RetentionRules = { numbersMonths: null, detailMonths: null, removesClosedFiles: false };

export interface RedactedMonth {
  readonly numbersAtMs: number | null;
  readonly detailAtMs: number | null;
  readonly fingerprint: string;
}

interface NumberRow {
  readonly id: CallId;
  readonly extension: string | null;
  readonly dialled: string | null;
  readonly caller: string | null;
  readonly callerName: string | null;
  readonly cleaned: string | null;
  readonly number: string | null;
}

const SIX_DIGITS = `'${'*[0-9]'.repeat(6)}*'`;
const isWhole = (column: string): string => `(c.${column} GLOB ${SIX_DIGITS} AND instr(c.${column}, '•') = 0)`;
/** A number in it can still be read. */
const HAS_NUMBER = `(${['dialled', 'caller', 'cleaned', 'number'].map(isWhole).join(' OR ')} OR c.caller_name IS NOT NULL)`;
const NOT_DISPUTED = `c.id NOT IN (SELECT call_id FROM statement_disputes WHERE outcome IS NULL)`;
/** What was private of a month's sums is read from its calls. */
const NOT_NEEDED_BY_SUMS = 'c.purpose IS NULL';
const LONGEST_EXTENSION = 7;
const masked = (text: string | null): string | null => (text === null ? null : maskNumber(text));

export class RetentionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  rules(): RetentionRules {
    const text = this.#db.prepare('SELECT rules FROM retention').pluck().get();
    return typeof text === 'string' ? (JSON.parse(text) as RetentionRules) : NO_RULES;
  }

  setRules(rules: RetentionRules): void {
    this.#db
      .prepare('INSERT INTO retention (id, rules) VALUES (1, ?) ON CONFLICT DO UPDATE SET rules = excluded.rules')
      .run(JSON.stringify(rules));
  }

  lastRunAtMs(): number | null {
    return (
      (this.#db.prepare('SELECT last_run_at_ms FROM retention').pluck().get() as number | null | undefined) ?? null
    );
  }

  setLastRun(atMs: number): void {
    this.#db
      .prepare(
        'INSERT INTO retention (id, rules, last_run_at_ms) VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET last_run_at_ms = excluded.last_run_at_ms',
      )
      .run(JSON.stringify(NO_RULES), atMs);
  }

  /** Closed months before that one, oldest first, with the closing that holds. */
  closedBefore(month: string): readonly { readonly month: string; readonly closingId: number }[] {
    return this.#db
      .prepare('SELECT month, closing_id AS closingId FROM closed_months WHERE month < ? ORDER BY month')
      .all(month) as { month: string; closingId: number }[];
  }

  redacted(closingId: number): RedactedMonth | undefined {
    return this.#db
      .prepare(
        'SELECT numbers_at_ms AS numbersAtMs, detail_at_ms AS detailAtMs, fingerprint FROM month_redactions WHERE closing_id = ?',
      )
      .get(closingId) as RedactedMonth | undefined;
  }

  setRedacted(closingId: number, month: string, { numbersAtMs, detailAtMs, fingerprint }: RedactedMonth): void {
    this.#db
      .prepare(
        `INSERT INTO month_redactions (closing_id, month, numbers_at_ms, detail_at_ms, fingerprint) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET numbers_at_ms = COALESCE(excluded.numbers_at_ms, numbers_at_ms),
           detail_at_ms = COALESCE(excluded.detail_at_ms, detail_at_ms), fingerprint = excluded.fingerprint`,
      )
      .run(closingId, month, numbersAtMs, detailAtMs, fingerprint);
  }

  countNumbers(month: string, personId?: number): number {
    const whose = personId === undefined ? '' : ` AND c.person_id = ${Number(personId)}`;
    return this.#count(month, `${HAS_NUMBER} AND ${NOT_DISPUTED}${whose}`);
  }

  countDetail(month: string): number {
    return this.#count(month, `${NOT_NEEDED_BY_SUMS} AND ${NOT_DISPUTED}`);
  }

  countDisputed(month: string): number {
    return this.#count(month, `NOT (${NOT_DISPUTED})`);
  }

  #count(month: string, condition: string): number {
    const { first, end } = daysOfMonth(month);
    const sql = `SELECT COUNT(*) FROM calls c WHERE ${inMonth('c')} AND ${condition}`;
    return Number(
      this.#db
        .prepare(sql)
        .pluck()
        .get(...inMonthValues(first, end)),
    );
  }

  /** Some calls of the month, of one person or of all; 0: there is none left. */
  anonymiseSome(month: string, limit: number, personId?: number): number {
    const { first, end } = daysOfMonth(month);
    const whose = personId === undefined ? '' : 'AND c.person_id = ?';
    const sql = `SELECT c.id, c.extension, c.dialled, c.caller, c.caller_name AS callerName, c.cleaned, c.number
      FROM calls c WHERE ${inMonth('c')} AND ${HAS_NUMBER} AND ${NOT_DISPUTED} ${whose} LIMIT ?`;
    const values = [...inMonthValues(first, end), ...(personId === undefined ? [] : [personId]), limit];
    return this.#db.transaction(() => {
      const rows = cachedStatement<unknown[], NumberRow>(this.#db, sql).all(...values);
      for (const row of rows) this.#anonymise(row);
      return rows.length;
    })();
  }

  erase(personId: number, atMs: number): void {
    this.#db
      .prepare('INSERT INTO erased_people (person_id, at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(personId, atMs);
  }

  erased(): readonly number[] {
    return this.#db.prepare('SELECT person_id FROM erased_people ORDER BY person_id').pluck().all() as number[];
  }

  #anonymise(row: NumberRow): void {
    const { id, extension, dialled, caller, cleaned, number } = row;
    const isOutside = extension !== null && extension.replace(/\D/g, '').length > LONGEST_EXTENSION;
    cachedStatement(
      this.#db,
      `UPDATE calls SET extension = ?, dialled = ?, caller = ?, caller_name = NULL, cleaned = ?, number = ? WHERE id = ?`,
    ).run(
      isOutside ? masked(extension) : extension,
      masked(dialled),
      masked(caller),
      masked(cleaned),
      masked(number),
      id,
    );
    const legs = cachedStatement<[CallId], { offset: number; leg: string }>(
      this.#db,
      'SELECT source_offset AS offset, leg FROM call_legs WHERE call_id = ?',
    ).all(id);
    for (const { offset, leg } of legs) {
      const { callerNumber: _caller, dialedNumber: _dialled, ...rest } = JSON.parse(leg) as Record<string, unknown>;
      cachedStatement(this.#db, 'UPDATE call_legs SET leg = ? WHERE call_id = ? AND source_offset = ?').run(
        JSON.stringify(rest),
        id,
        offset,
      );
    }
    this.#forgetNumbers(row);
  }

  /** What finds calls by the end of their number, unless another call has that number. */
  #forgetNumbers({ dialled, number }: NumberRow): void {
    for (const [column, text] of [
      ['number', number],
      ['dialled', dialled],
    ] as const) {
      if (text === null) continue;
      const isUsed =
        cachedStatement(this.#db, `SELECT 1 FROM calls WHERE ${column} = ? LIMIT 1`).get(text) !== undefined;
      if (!isUsed) cachedStatement(this.#db, 'DELETE FROM call_numbers WHERE reversed = ?').run(reversedText(text));
    }
  }

  removeSome(month: string, limit: number): number {
    const { first, end } = daysOfMonth(month);
    const sql = `SELECT c.id, c.dialled, c.number FROM calls c
      WHERE ${inMonth('c')} AND ${NOT_NEEDED_BY_SUMS} AND ${NOT_DISPUTED} LIMIT ?`;
    return this.#db.transaction(() => {
      const rows = cachedStatement<unknown[], NumberRow>(this.#db, sql).all(...inMonthValues(first, end), limit);
      for (const row of rows) {
        cachedStatement(this.#db, 'DELETE FROM call_legs WHERE call_id = ?').run(row.id);
        cachedStatement(this.#db, 'DELETE FROM calls WHERE id = ?').run(row.id);
        this.#forgetNumbers(row);
      }
      return rows.length;
    })();
  }

  countFrames(beforeMs: number): number {
    return Number(this.#db.prepare('SELECT COUNT(*) FROM quarantine WHERE received_at_ms < ?').pluck().get(beforeMs));
  }

  /** Frames that nothing could read, older than that; they stay counted. */
  removeFrames(beforeMs: number): number {
    return this.#db.prepare('DELETE FROM quarantine WHERE received_at_ms < ?').run(beforeMs).changes;
  }

  /** Alerts that are over: what they say of numbers, and what people wrote beside them. */
  anonymiseAlerts(beforeDay: number): void {
    const old = this.#db
      .prepare(`SELECT id, details FROM alerts WHERE last_local_s < ? AND case_key NOT LIKE 'old:%'`)
      .all(beforeDay * SECONDS_PER_DAY) as { id: number; details: string }[];
    for (const { id, details } of old) {
      const values = JSON.parse(details) as Record<string, unknown>;
      const { number } = values;
      const hidden = typeof number === 'string' ? { ...values, number: maskNumber(number) } : values;
      this.#db
        .prepare(`UPDATE alerts SET details = ?, case_key = 'old:' || id WHERE id = ?`)
        .run(JSON.stringify(hidden), id);
      const notes = this.#db.prepare('SELECT id, note FROM alert_notes WHERE alert_id = ?').all(id);
      for (const { id: noteId, note } of notes as { id: number; note: string }[]) {
        this.#db.prepare('UPDATE alert_notes SET note = ? WHERE id = ?').run(maskNumbersIn(note), noteId);
      }
    }
  }

  /** Where the first call of a source begins whose number can still be read; its bytes and those behind must stay. */
  firstWholeOffset(sourceId: number, endOffset: number): number {
    const id = this.#db
      .prepare(`SELECT MIN(c.id) FROM calls c WHERE c.id >= ? AND c.id < ? AND ${HAS_NUMBER}`)
      .pluck()
      .get(callIdOf(sourceId, 0), callIdOf(sourceId, endOffset)) as CallId | null;
    return id === null ? endOffset : sourceOffsetOf(id);
  }

  /** Files of the months' closings, by name in the folder of closed months. */
  closedFiles(months: readonly string[]): readonly string[] {
    return this.#db
      .prepare(
        `SELECT file_name FROM closed_files WHERE closing_id IN (
           SELECT id FROM closing_log WHERE month IN (SELECT value FROM json_each(?)))`,
      )
      .pluck()
      .all(JSON.stringify(months)) as string[];
  }

  forgetClosedFiles(months: readonly string[]): void {
    this.#db
      .prepare(
        `DELETE FROM closed_files WHERE closing_id IN (
           SELECT id FROM closing_log WHERE month IN (SELECT value FROM json_each(?)))`,
      )
      .run(JSON.stringify(months));
  }
}
