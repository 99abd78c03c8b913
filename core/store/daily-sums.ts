/**
 * The roll-up of calls by day, owner and kind that totals and month pages are made of. Changes are gathered in memory
 * and written in the transaction of the calls they belong to, so the sums always agree with the calls.
 */
import type Database from 'better-sqlite3';
import type { AttributionReason, Band, CallDirection, CallId, RatingState } from '../model/call.ts';
import { sourceIdOf } from '../model/call.ts';
import type { AmountMicro } from '../model/money.ts';

export const SECONDS_PER_DAY = 86_400;

/** What of a call the sums know. */
export interface SummedCall {
  readonly id: CallId;
  readonly startLocalS: number;
  readonly lateDay: number | null;
  readonly direction: CallDirection;
  readonly isAnswered: boolean | null;
  readonly talkSeconds: number;
  readonly band: Band;
  readonly personId: number | null;
  readonly departmentId: number | null;
  readonly reason: AttributionReason;
  readonly rating: RatingState;
  readonly chargeMicro: AmountMicro | null;
  readonly currency: string | null;
}

interface SumCell {
  readonly call: SummedCall;
  readonly day: number;
  calls: number;
  talkSeconds: number;
  chargeMicro: bigint;
}

/** Days since 1970-01-01 on the site's wall clock. */
export function dayNumberOf(startLocalS: number): number {
  return Math.floor(startLocalS / SECONDS_PER_DAY);
}

/** The day a call is summed at: that of its start, unless it came after its month was closed. */
export function bookedDayOf(call: Pick<SummedCall, 'startLocalS' | 'lateDay'>): number {
  return call.lateDay ?? dayNumberOf(call.startLocalS);
}

export class DailySums {
  /** By day, then by person. */
  readonly #cells = new Map<number, Map<number | null, SumCell[]>>();
  readonly #add: Database.Statement;
  readonly #removeEmpty: Database.Statement;

  constructor(db: Database.Database) {
    this.#add = db.prepare(`
      INSERT INTO daily_sums (day, source_id, person_id, department_id, reason, direction, band, rating, currency,
        is_answered, calls, talk_s, charge_micro)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, talk_s = talk_s + excluded.talk_s,
        charge_micro = charge_micro + excluded.charge_micro`);
    this.#removeEmpty = db.prepare(`
      DELETE FROM daily_sums WHERE day = ? AND source_id = ? AND person_id = ? AND department_id = ? AND reason = ?
        AND direction = ? AND band = ? AND rating = ? AND currency = ? AND is_answered = ? AND calls = 0`);
  }

  /** Counts a call in. */
  add(call: SummedCall): void {
    const cell = this.#cellOf(call);
    cell.calls += 1;
    cell.talkSeconds += call.talkSeconds;
    if (call.chargeMicro !== null) cell.chargeMicro += call.chargeMicro;
  }

  /** Counts a call out, as it was stored before. */
  subtract(call: SummedCall): void {
    const cell = this.#cellOf(call);
    cell.calls -= 1;
    cell.talkSeconds -= call.talkSeconds;
    if (call.chargeMicro !== null) cell.chargeMicro -= call.chargeMicro;
  }

  /** Writes what was gathered. Call it inside the transaction of the calls. */
  flush(): void {
    for (const { call, day, calls, talkSeconds, chargeMicro } of this.#gathered()) {
      const key = [
        day,
        sourceIdOf(call.id),
        call.personId ?? 0,
        call.departmentId ?? 0,
        call.reason,
        call.direction,
        call.band,
        call.rating,
        call.currency ?? '',
        answeredNumber(call),
      ];
      if (calls === 0 && talkSeconds === 0 && chargeMicro === 0n) continue;
      this.#add.run(...key, calls, talkSeconds, chargeMicro);
      if (calls <= 0) this.#removeEmpty.run(...key);
    }
    this.#cells.clear();
  }

  /** Forgets what was gathered, after a transaction that failed. */
  discard(): void {
    this.#cells.clear();
  }

  *#gathered(): Generator<SumCell> {
    for (const people of this.#cells.values()) for (const cells of people.values()) yield* cells;
  }

  #cellOf(call: SummedCall): SumCell {
    const day = bookedDayOf(call);
    let people = this.#cells.get(day);
    if (people === undefined) {
      people = new Map();
      this.#cells.set(day, people);
    }
    let cells = people.get(call.personId);
    if (cells === undefined) {
      cells = [];
      people.set(call.personId, cells);
    }
    // A person's day has few kinds of calls: comparing them is faster than a key of ten parts.
    for (const cell of cells) if (isSummedWith(cell.call, call)) return cell;
    const cell: SumCell = { call, day, calls: 0, talkSeconds: 0, chargeMicro: 0n };
    cells.push(cell);
    return cell;
  }
}

/** For calls of one day and one person. */
function isSummedWith(a: SummedCall, b: SummedCall): boolean {
  return (
    a.direction === b.direction &&
    a.band === b.band &&
    a.isAnswered === b.isAnswered &&
    a.rating === b.rating &&
    a.reason === b.reason &&
    a.departmentId === b.departmentId &&
    a.currency === b.currency &&
    sourceIdOf(a.id) === sourceIdOf(b.id)
  );
}

/** 1 answered, 0 not answered, -1 unknown. */
function answeredNumber(call: SummedCall): number {
  if (call.isAnswered === null) return -1;
  return call.isAnswered ? 1 : 0;
}
