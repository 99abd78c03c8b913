/** Schedules as people set them. */
import { AppError } from '../model/errors.ts';
import type { Maker, MakerRights, Rhythm, ScheduledTask, ScheduleProblem } from '../model/schedule.ts';
import type { LocalDay } from '../model/time.ts';
import type { Database } from './database.ts';

export interface ScheduleInput {
  readonly name: string;
  readonly task: ScheduledTask;
  readonly rhythm: Rhythm;
}

export interface ScheduleRow extends ScheduleInput {
  readonly id: number;
  readonly isPaused: boolean;
  /** Days up to this one need no run any more. */
  readonly afterDay: LocalDay;
  readonly maker: Maker;
  /** Why it was stopped; null where it goes on. */
  readonly problem: ScheduleProblem | null;
}

interface Columns {
  readonly id: number;
  readonly name: string;
  readonly task: string;
  readonly rhythm: string;
  readonly is_paused: number;
  readonly after_day: string;
  readonly maker_user_id: number | null;
  readonly maker_name: string;
  readonly maker_rights: string;
  readonly problem: ScheduleProblem | '';
}

const SELECT = `SELECT id, name, task, rhythm, is_paused, after_day, maker_user_id, maker_name, maker_rights, problem
  FROM schedules WHERE is_removed = 0`;

export function makerOf(c: Pick<Columns, 'maker_user_id' | 'maker_name' | 'maker_rights'>): Maker {
  return { userId: c.maker_user_id, name: c.maker_name, rights: JSON.parse(c.maker_rights) as MakerRights };
}

function rowOf(c: Columns): ScheduleRow {
  return {
    id: c.id,
    name: c.name,
    task: JSON.parse(c.task) as ScheduledTask,
    rhythm: JSON.parse(c.rhythm) as Rhythm,
    isPaused: c.is_paused === 1,
    afterDay: c.after_day,
    maker: makerOf(c),
    problem: c.problem === '' ? null : c.problem,
  };
}

export class ScheduleStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  list(): readonly ScheduleRow[] {
    return (this.#db.prepare(`${SELECT} ORDER BY id`).all() as Columns[]).map(rowOf);
  }

  /** Throws `not-found`. */
  get(id: number): ScheduleRow {
    const row = this.#db.prepare(`${SELECT} AND id = ?`).get(id) as Columns | undefined;
    if (row === undefined) throw new AppError('not-found', { what: 'schedule', id });
    return rowOf(row);
  }

  add({ name, task, rhythm }: ScheduleInput, maker: Maker, afterDay: LocalDay, nowMs: number): number {
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO schedules
           (name, task, rhythm, is_paused, after_day, maker_user_id, maker_name, maker_rights, changed_at_ms)
         VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...[name, JSON.stringify(task), JSON.stringify(rhythm), afterDay],
        ...[maker.userId, maker.name, JSON.stringify(maker.rights), nowMs],
      );
    return Number(lastInsertRowid);
  }

  /** From now on it has the rights of who saved it last. Throws `not-found`. */
  change(id: number, { name, task, rhythm }: ScheduleInput, maker: Maker, afterDay: LocalDay, nowMs: number): void {
    this.#must(
      id,
      this.#db
        .prepare(
          `UPDATE schedules SET name = ?, task = ?, rhythm = ?, after_day = ?, maker_user_id = ?, maker_name = ?,
             maker_rights = ?, problem = '', changed_at_ms = ? WHERE id = ? AND is_removed = 0`,
        )
        .run(
          ...[name, JSON.stringify(task), JSON.stringify(rhythm), afterDay],
          ...[maker.userId, maker.name, JSON.stringify(maker.rights), nowMs, id],
        ).changes,
    );
  }

  /** What falls due while it is paused is not made up: `afterDay` is that of the moment it goes on. Throws `not-found`. */
  pause(id: number, isPaused: boolean, afterDay: LocalDay): void {
    this.#must(
      id,
      this.#db
        .prepare('UPDATE schedules SET is_paused = ?, after_day = ? WHERE id = ? AND is_removed = 0')
        .run(Number(isPaused), afterDay, id).changes,
    );
  }

  /** It stops until somebody saves it again. */
  stop(id: number, problem: ScheduleProblem): void {
    this.#db.prepare('UPDATE schedules SET problem = ? WHERE id = ?').run(problem, id);
  }

  passed(id: number, afterDay: LocalDay): void {
    this.#db.prepare('UPDATE schedules SET after_day = ? WHERE id = ?').run(afterDay, id);
  }

  /** Its runs stay in the log. Throws `not-found`. */
  remove(id: number): void {
    this.#must(
      id,
      this.#db.prepare('UPDATE schedules SET is_removed = 1 WHERE id = ? AND is_removed = 0').run(id).changes,
    );
  }

  #must(id: number, changes: number): void {
    if (changes === 0) throw new AppError('not-found', { what: 'schedule', id });
  }
}
