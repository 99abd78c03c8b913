/** Runs of schedules and everybody they are sent to: what is to be done, what was, and what may have been. */
import { AppError } from '../model/errors.ts';
import type { Maker, RunReason, RunState, SendingState, Task } from '../model/schedule.ts';
import type { LocalDay } from '../model/time.ts';
import type { Database } from './database.ts';
import { makerOf } from './schedules.ts';

export interface RunInput {
  /** null: asked for by hand, without a schedule. */
  readonly scheduleId: number | null;
  readonly name: string;
  readonly task: Task;
  readonly dueDay: LocalDay;
  readonly reason: RunReason;
  readonly maker: Maker;
  /** Only `left-out` differs from a run that is to be made. */
  readonly state: 'waiting' | 'left-out';
  readonly result: string;
}

export interface RunRow extends Omit<RunInput, 'state'> {
  readonly id: number;
  readonly state: RunState;
  readonly tries: number;
  readonly nextTryAtMs: number;
  readonly createdAtMs: number;
  readonly doneAtMs: number | null;
}

export interface SendingInput {
  readonly kind: 'mail' | 'folder';
  /** An e-mail address or a folder; empty for somebody who has no address. */
  readonly target: string;
  readonly name: string;
  readonly personId: number | null;
  readonly language: 'vi' | 'en';
  readonly state: 'waiting' | 'left-out';
  readonly result: string;
}

export interface SendingRow extends Omit<SendingInput, 'state'> {
  readonly id: number;
  readonly runId: number;
  readonly state: SendingState;
  readonly tries: number;
  readonly nextTryAtMs: number;
  readonly doneAtMs: number | null;
}

export interface RunFilter {
  readonly scheduleId?: number | undefined;
  /** Those of one user. */
  readonly makerId?: number | undefined;
  readonly beforeId?: number | undefined;
}

interface RunColumns {
  readonly id: number;
  readonly schedule_id: number | null;
  readonly name: string;
  readonly task: string;
  readonly due_day: string;
  readonly reason: RunReason;
  readonly maker_user_id: number | null;
  readonly maker_name: string;
  readonly maker_rights: string;
  readonly state: RunState;
  readonly tries: number;
  readonly next_try_at_ms: number;
  readonly created_at_ms: number;
  readonly done_at_ms: number | null;
  readonly result: string;
}

const SENDING = `SELECT id, run_id AS runId, kind, target, name, person_id AS personId, language, state, tries,
  next_try_at_ms AS nextTryAtMs, done_at_ms AS doneAtMs, result FROM schedule_sendings`;
const OPEN = "state IN ('waiting', 'sending')";

function rowOf(c: RunColumns): RunRow {
  return {
    id: c.id,
    scheduleId: c.schedule_id,
    name: c.name,
    task: JSON.parse(c.task) as Task,
    dueDay: c.due_day,
    reason: c.reason,
    maker: makerOf(c),
    state: c.state,
    tries: c.tries,
    nextTryAtMs: c.next_try_at_ms,
    createdAtMs: c.created_at_ms,
    doneAtMs: c.done_at_ms,
    result: c.result,
  };
}

export class ScheduleRuns {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Undefined where the schedule has a run for that day already. */
  add(input: RunInput, nowMs: number): number | undefined {
    const { changes, lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO schedule_runs (schedule_id, name, task, due_day, reason, maker_user_id, maker_name, maker_rights,
           state, next_try_at_ms, created_at_ms, done_at_ms, result)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(
        ...[input.scheduleId, input.name, JSON.stringify(input.task), input.dueDay, input.reason],
        ...[input.maker.userId, input.maker.name, JSON.stringify(input.maker.rights), input.state, nowMs, nowMs],
        ...[input.state === 'left-out' ? nowMs : null, input.result],
      );
    return changes === 0 ? undefined : Number(lastInsertRowid);
  }

  /** Open runs whose time has come, the oldest day first. */
  due(nowMs: number): readonly RunRow[] {
    return (
      this.#db
        .prepare(`SELECT * FROM schedule_runs WHERE ${OPEN} AND next_try_at_ms <= ? ORDER BY due_day, id`)
        .all(nowMs) as RunColumns[]
    ).map(rowOf);
  }

  nextAtMs(): number | undefined {
    const at = this.#db.prepare(`SELECT MIN(next_try_at_ms) FROM schedule_runs WHERE ${OPEN}`).pluck().get();
    return at === null ? undefined : Number(at);
  }

  /** Throws `not-found`. */
  get(id: number): RunRow {
    const row = this.#db.prepare('SELECT * FROM schedule_runs WHERE id = ?').get(id) as RunColumns | undefined;
    if (row === undefined) throw new AppError('not-found', { what: 'run', id });
    return rowOf(row);
  }

  /** Newest first. */
  list({ scheduleId, makerId, beforeId }: RunFilter, limit: number): readonly RunRow[] {
    const values = { scheduleId: scheduleId ?? null, makerId: makerId ?? null, beforeId: beforeId ?? null, limit };
    return (
      this.#db
        .prepare(
          `SELECT * FROM schedule_runs WHERE ($scheduleId IS NULL OR schedule_id = $scheduleId)
             AND ($makerId IS NULL OR maker_user_id = $makerId) AND ($beforeId IS NULL OR id < $beforeId)
           ORDER BY id DESC LIMIT $limit`,
        )
        .all(values) as RunColumns[]
    ).map(rowOf);
  }

  /** How many sendings of each state the runs have. */
  counts(runIds: readonly number[]): ReadonlyMap<number, Readonly<Partial<Record<SendingState, number>>>> {
    const rows = this.#db
      .prepare(
        `SELECT run_id AS runId, state, COUNT(*) AS count FROM schedule_sendings
         WHERE run_id IN (SELECT value FROM json_each(?)) GROUP BY run_id, state`,
      )
      .all(JSON.stringify(runIds)) as { runId: number; state: SendingState; count: number }[];
    const counts = new Map<number, Partial<Record<SendingState, number>>>();
    for (const { runId, state, count } of rows) counts.set(runId, { ...counts.get(runId), [state]: count });
    return counts;
  }

  sendings(runId: number): readonly SendingRow[] {
    return this.#db.prepare(`${SENDING} WHERE run_id = ? ORDER BY id`).all(runId) as SendingRow[];
  }

  /** Throws `not-found`. */
  sending(id: number): SendingRow {
    const row = this.#db.prepare(`${SENDING} WHERE id = ?`).get(id) as SendingRow | undefined;
    if (row === undefined) throw new AppError('not-found', { what: 'sending', id });
    return row;
  }

  /** Everybody the run is for; from here on it is being sent. */
  begin(runId: number, sendings: readonly SendingInput[], nowMs: number): void {
    const put = this.#db.prepare(
      `INSERT INTO schedule_sendings
         (run_id, kind, target, name, person_id, language, state, next_try_at_ms, done_at_ms, result)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#db.transaction(() => {
      for (const one of sendings) {
        const doneAtMs = one.state === 'left-out' ? nowMs : null;
        put.run(
          ...[runId, one.kind, one.target, one.name, one.personId, one.language, one.state, nowMs],
          ...[doneAtMs, one.result],
        );
      }
      this.#db.prepare("UPDATE schedule_runs SET state = 'sending', result = '' WHERE id = ?").run(runId);
    })();
  }

  /** False where it is not waiting: then it must not be sent. */
  claim(id: number): boolean {
    const { changes } = this.#db
      .prepare("UPDATE schedule_sendings SET state = 'claimed' WHERE id = ? AND state = 'waiting'")
      .run(id);
    return changes === 1;
  }

  end(id: number, state: Exclude<SendingState, 'waiting' | 'claimed'>, nowMs: number, result: string): void {
    this.#db
      .prepare('UPDATE schedule_sendings SET state = ?, done_at_ms = ?, result = ? WHERE id = ?')
      .run(state, nowMs, result, id);
  }

  sendLater(id: number, tries: number, nextTryAtMs: number, result: string): void {
    this.#db
      .prepare("UPDATE schedule_sendings SET state = 'waiting', tries = ?, next_try_at_ms = ?, result = ? WHERE id = ?")
      .run(tries, nextTryAtMs, result, id);
  }

  /** Somebody asked for one more try; also where it may have been sent already. Throws `conflict`. */
  sendAgain(id: number, nowMs: number): void {
    const { runId, state } = this.sending(id);
    if (state !== 'failed' && state !== 'uncertain') throw new AppError('conflict', { field: 'state', value: state });
    this.#db.transaction(() => {
      this.#db
        .prepare(
          "UPDATE schedule_sendings SET state = 'waiting', tries = 0, next_try_at_ms = ?, done_at_ms = NULL WHERE id = ?",
        )
        .run(nowMs, id);
      this.#db
        .prepare("UPDATE schedule_runs SET state = 'sending', next_try_at_ms = ?, done_at_ms = NULL WHERE id = ?")
        .run(nowMs, runId);
    })();
  }

  /** At a start nothing is being sent: what was claimed may have gone out before the program ended. */
  doubtClaimed(nowMs: number, result: string): number {
    return this.#db
      .prepare("UPDATE schedule_sendings SET state = 'uncertain', done_at_ms = ?, result = ? WHERE state = 'claimed'")
      .run(nowMs, result).changes;
  }

  /** The run goes on at the next sending that waits. */
  continueAt(runId: number, nextTryAtMs: number, result: string): void {
    this.#db
      .prepare('UPDATE schedule_runs SET next_try_at_ms = ?, result = ? WHERE id = ?')
      .run(nextTryAtMs, result, runId);
  }

  retry(runId: number, nextTryAtMs: number, result: string): void {
    this.#db
      .prepare('UPDATE schedule_runs SET tries = tries + 1, next_try_at_ms = ?, result = ? WHERE id = ?')
      .run(nextTryAtMs, result, runId);
  }

  finish(runId: number, state: 'done' | 'failed' | 'stopped', nowMs: number, result: string): void {
    this.#db
      .prepare('UPDATE schedule_runs SET state = ?, done_at_ms = ?, result = ? WHERE id = ?')
      .run(state, nowMs, result, runId);
  }
}
