/** Re-rates as jobs: what was asked for, how far the work has come, who applied it and took it back. */
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';
import type { RerateState } from '../model/rerate.ts';
import type { LocalDay, LocalSeconds } from '../model/time.ts';
import type { Database } from './database.ts';

/** The ingest thread has something to do in these. */
export const WORKING_STATES: readonly RerateState[] = ['rating', 'applying', 'taking-back'];

/** Which calls of the period; an absent list means all. */
export interface OnlyCalls {
  /** Priced by one of these, before or after. */
  readonly tariffIds?: readonly number[] | undefined;
  readonly personIds?: readonly number[] | undefined;
  readonly trunks?: readonly string[] | undefined;
  readonly isUnratedOnly?: boolean | undefined;
}

export interface RerateInput {
  readonly fromDay: LocalDay;
  /** Inclusive. */
  readonly toDay: LocalDay;
  readonly only: OnlyCalls;
}

/** An incoming call may have a price, too: freephone numbers are paid for by who is called. */
export const PRICED_DIRECTIONS = `('outgoing', 'tandem', 'incoming')`;

export interface ReratePosition {
  /** Undefined: before the first call. */
  readonly startLocalS: LocalSeconds | undefined;
  readonly callId: number;
}

export interface Decision {
  readonly atMs: number;
  readonly by: string;
  readonly reason: string;
}

export interface Rerate extends RerateInput {
  readonly id: number;
  readonly state: RerateState;
  /** What prices depended on when it began (`rulesOf`). */
  readonly rules: string;
  readonly position: ReratePosition;
  /** JSON of what the months of bundles and volumes have used up to the position. */
  readonly monthStates: string | null;
  /** Of the present state's work. */
  readonly callsTotal: number;
  readonly callsDone: number;
  /** Calls that taking back left as they are, because they have changed since. */
  readonly callsLeft: number;
  readonly phaseStartedAtMs: number;
  readonly phaseDoneBefore: number;
  readonly problem: { readonly code: ErrorCode; readonly values: ErrorValues } | null;
  readonly startedAtMs: number;
  readonly applied: Decision | null;
  readonly takenBack: Decision | null;
}

interface Columns {
  readonly id: number;
  readonly state: RerateState;
  readonly from_day: string;
  readonly to_day: string;
  readonly only_calls: string;
  readonly rules: string;
  readonly position_local_s: number | null;
  readonly position_id: number;
  readonly month_states: string | null;
  readonly calls_total: number;
  readonly calls_done: number;
  readonly calls_left: number;
  readonly phase_started_at_ms: number;
  readonly phase_done_before: number;
  readonly problem: string | null;
  readonly started_at_ms: number;
  readonly applied_at_ms: number | null;
  readonly applied_by: string | null;
  readonly applied_reason: string | null;
  readonly taken_back_at_ms: number | null;
  readonly taken_back_by: string | null;
  readonly taken_back_reason: string | null;
}

function decisionOf(atMs: number | null, by: string | null, reason: string | null): Decision | null {
  return atMs === null ? null : { atMs, by: by ?? '', reason: reason ?? '' };
}

function rerateOf(c: Columns): Rerate {
  return {
    id: c.id,
    state: c.state,
    fromDay: c.from_day,
    toDay: c.to_day,
    only: JSON.parse(c.only_calls) as OnlyCalls,
    rules: c.rules,
    position: { startLocalS: c.position_local_s ?? undefined, callId: c.position_id },
    monthStates: c.month_states,
    callsTotal: c.calls_total,
    callsDone: c.calls_done,
    callsLeft: c.calls_left,
    phaseStartedAtMs: c.phase_started_at_ms,
    phaseDoneBefore: c.phase_done_before,
    problem: c.problem === null ? null : (JSON.parse(c.problem) as Rerate['problem']),
    startedAtMs: c.started_at_ms,
    applied: decisionOf(c.applied_at_ms, c.applied_by, c.applied_reason),
    takenBack: decisionOf(c.taken_back_at_ms, c.taken_back_by, c.taken_back_reason),
  };
}

/** Settings that decide what number was called, and whose price counts. */
const PRICE_SETTINGS = [
  'countryCode',
  'areaCode',
  'outsideDigits',
  'carrierCodes',
  'extensionMaxDigits',
  'extensionRanges',
  'pbxCostUse',
];

/** What prices depend on just now, as a text to compare: two equal texts give every call the same price. */
export function rulesOf(db: Database): string {
  const all = (sql: string, ...values: unknown[]): unknown[] =>
    db
      .prepare(sql)
      .raw()
      .all(...values);
  return JSON.stringify([
    all(`SELECT id, effective_from FROM tariff_versions WHERE state = 'published' ORDER BY id`),
    all('SELECT * FROM tariff_choices ORDER BY kind, value'),
    all('SELECT trunk, group_name FROM trunk_groups ORDER BY trunk'),
    all(
      'SELECT key, value FROM settings WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key',
      JSON.stringify(PRICE_SETTINGS),
    ),
    all('SELECT id, format_id, format_options FROM sources ORDER BY id'),
  ]);
}

export class RerateStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(id: number): Rerate | undefined {
    const row = this.#db.prepare('SELECT * FROM rerates WHERE id = ?').get(id) as Columns | undefined;
    return row === undefined ? undefined : rerateOf(row);
  }

  /** Throws AppError `not-found`. */
  known(id: number): Rerate {
    const rerate = this.get(id);
    if (rerate === undefined) throw new AppError('not-found', { what: 're-rate', id });
    return rerate;
  }

  /** Newest first. */
  list(): readonly Rerate[] {
    return (this.#db.prepare('SELECT * FROM rerates ORDER BY id DESC').all() as Columns[]).map(rerateOf);
  }

  /** The one that works or waits for a decision. */
  current(): Rerate | undefined {
    return this.#one(`state IN ('rating', 'ready', 'applying', 'taking-back')`);
  }

  /** The newest whose prices are in force, or on their way to be. */
  lastApplied(): Rerate | undefined {
    return this.#one(`state IN ('applying', 'applied')`);
  }

  /** The one that the ingest thread works on. */
  working(): Rerate | undefined {
    return this.#one(`state IN (SELECT value FROM json_each('${JSON.stringify(WORKING_STATES)}'))`);
  }

  /** Begins one. Throws AppError `rerate-running` while another works or waits for a decision. */
  start(input: RerateInput, nowMs: number): Rerate {
    return this.#db
      .transaction(() => {
        this.#requireNone();
        const { lastInsertRowid } = this.#db
          .prepare(
            `INSERT INTO rerates (state, from_day, to_day, only_calls, rules, calls_total, phase_started_at_ms, started_at_ms)
             VALUES ('rating', @fromDay, @toDay, @only, @rules, @callsTotal, @nowMs, @nowMs)`,
          )
          .run({
            ...input,
            only: JSON.stringify(input.only),
            rules: rulesOf(this.#db),
            callsTotal: this.#callsBetween(input),
            nowMs,
          });
        return this.known(Number(lastInsertRowid));
      })
      .immediate();
  }

  /**
   * Has what was shown put in place. Throws AppError `not-found`, `rerate-not-ready`, or `rerate-outdated` where prices now
   * depend on something else than when it was worked out.
   */
  apply(id: number, by: string, reason: string, nowMs: number): Rerate {
    return this.#db
      .transaction(() => {
        const rerate = this.known(id);
        if (rerate.state !== 'ready') throw new AppError('rerate-not-ready');
        if (rerate.rules !== rulesOf(this.#db)) throw new AppError('rerate-outdated');
        this.#db
          .prepare('UPDATE rerates SET applied_at_ms = ?, applied_by = ?, applied_reason = ? WHERE id = ?')
          .run(nowMs, by, reason, id);
        return this.#begin(id, 'applying', nowMs);
      })
      .immediate();
  }

  /**
   * Has the prices from before put back. Only the last one that is in force can be taken back, or one that is being applied.
   * Throws AppError `not-found`, `rerate-running` or `rerate-not-last`.
   */
  takeBack(id: number, by: string, reason: string, nowMs: number): Rerate {
    return this.#db
      .transaction(() => {
        const { state } = this.known(id);
        if (state !== 'applying') this.#requireNone();
        if (this.lastApplied()?.id !== id) throw new AppError('rerate-not-last');
        this.#db
          .prepare('UPDATE rerates SET taken_back_at_ms = ?, taken_back_by = ?, taken_back_reason = ? WHERE id = ?')
          .run(nowMs, by, reason, id);
        return this.#begin(id, 'taking-back', nowMs);
      })
      .immediate();
  }

  /** Ends one that has changed nothing yet. Throws AppError `not-found` or `rerate-not-ready`. */
  cancel(id: number): Rerate {
    return this.#db
      .transaction(() => {
        const { state } = this.known(id);
        if (state !== 'rating' && state !== 'ready') throw new AppError('rerate-not-ready');
        this.setState(id, 'cancelled');
        return this.known(id);
      })
      .immediate();
  }

  /** Part of the transaction of its results. */
  move(id: number, position: ReratePosition, callsDone: number, monthStates: string | null): void {
    this.#db
      .prepare(
        'UPDATE rerates SET position_local_s = ?, position_id = ?, calls_done = ?, month_states = ? WHERE id = ?',
      )
      .run(position.startLocalS ?? null, position.callId, callsDone, monthStates, id);
  }

  setState(id: number, state: RerateState): void {
    this.#db.prepare('UPDATE rerates SET state = ? WHERE id = ?').run(state, id);
  }

  fail(id: number, problem: NonNullable<Rerate['problem']>): void {
    this.#db
      .prepare(`UPDATE rerates SET state = 'failed', problem = ? WHERE id = ?`)
      .run(JSON.stringify({ code: problem.code, values: problem.values }), id);
  }

  leave(id: number, calls: number): void {
    this.#db.prepare('UPDATE rerates SET calls_left = calls_left + ? WHERE id = ?').run(calls, id);
  }

  /** After a new start of the program: the time that is left counts from here. */
  resume(id: number, nowMs: number): void {
    this.#db
      .prepare('UPDATE rerates SET phase_started_at_ms = ?, phase_done_before = calls_done WHERE id = ?')
      .run(nowMs, id);
  }

  #begin(id: number, state: 'applying' | 'taking-back', nowMs: number): Rerate {
    this.#db
      .prepare(
        `UPDATE rerates SET state = ?, position_local_s = NULL, position_id = -1, calls_done = 0, phase_done_before = 0,
           calls_total = (SELECT COUNT(*) FROM rerate_changes WHERE rerate_id = rerates.id AND is_closed = 0),
           phase_started_at_ms = ?
         WHERE id = ?`,
      )
      .run(state, nowMs, id);
    return this.known(id);
  }

  #requireNone(): void {
    const other = this.current();
    if (other !== undefined) throw new AppError('rerate-running', { from: other.fromDay, to: other.toDay });
  }

  /** The newest of a condition. */
  #one(condition: string): Rerate | undefined {
    const row = this.#db.prepare(`SELECT * FROM rerates WHERE ${condition} ORDER BY id DESC LIMIT 1`).get();
    return row === undefined ? undefined : rerateOf(row as Columns);
  }

  /** From the daily sums: near enough for a bar, and at once. */
  #callsBetween({ fromDay, toDay }: RerateInput): number {
    const sql = `SELECT COALESCE(SUM(calls), 0) FROM daily_sums
      WHERE day >= unixepoch(?) / 86400 AND day <= unixepoch(?) / 86400 AND direction IN ${PRICED_DIRECTIONS}`;
    return Number(this.#db.prepare(sql).pluck().get(fromDay, toDay));
  }
}
