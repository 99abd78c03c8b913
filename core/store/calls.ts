/** Calls as stored, with their legs. Writing a call also moves the daily sums, in the same transaction. */
import type Database from 'better-sqlite3';
import type { CallId, CallLeg } from '../model/call.ts';
import {
  type Booking,
  CALL_COLUMNS,
  CALL_VIEW,
  type CallColumns,
  type CallRow,
  type CallView,
  type CallViewColumns,
  COLUMNS,
  callRowOf,
  callViewOf,
  type StoredLeg,
  valuesOf,
} from './call-rows.ts';
import type { DailySums } from './daily-sums.ts';

export {
  type Booking,
  CALL_COLUMNS,
  CALL_VIEW,
  type CallColumns,
  type CallRow,
  type CallView,
  type CallViewColumns,
  callRowOf,
  callViewOf,
  type StoredLeg,
} from './call-rows.ts';

/** Last digits that a number and the way it was dialled have in common; a search by last digits starts from no more. */
export const SHARED_END_DIGITS = 7;
/** Numbers remembered as known to `call_numbers`, so that a frequent one costs no statement. */
const KNOWN_NUMBERS_LIMIT = 20_000;

/** True for a call that may not change any more: one of a closed month. */
export type IsFixed = (call: CallRow) => boolean;

/** Told of every call that was stored, changed or removed, before the transaction ends. */
export type OnCallChange = (before: CallRow | undefined, after: CallRow | undefined) => void;

export class CallStore {
  readonly #sums: DailySums;
  readonly #isFixed: IsFixed;
  readonly #onChange: OnCallChange | undefined;
  readonly #insert: Database.Statement;
  readonly #replace: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #select: Database.Statement<[number], CallColumns>;
  readonly #selectView: Database.Statement<[number], CallViewColumns>;
  readonly #selectAfter: Database.Statement<[number, number], CallColumns>;
  readonly #selectMany: Database.Statement<[string], CallColumns>;
  readonly #selectIds: Database.Statement<[string, string], number>;
  readonly #selectIdsFrom: Database.Statement<[number], number>;
  readonly #deleteLegs: Database.Statement;
  readonly #insertLeg: Database.Statement;
  readonly #selectLegs: Database.Statement<[number], { source_offset: number; byte_length: number; leg: string }>;
  readonly #book: Database.Statement;
  readonly #insertNumber: Database.Statement;
  /** Two generations: what was met lately stays when the older one is let go. */
  #knownNumbers = new Set<string>();
  #knownBefore = new Set<string>();

  constructor(db: Database.Database, sums: DailySums, isFixed: IsFixed = () => false, onChange?: OnCallChange) {
    this.#sums = sums;
    this.#isFixed = isFixed;
    this.#onChange = onChange;
    const marks = COLUMNS.split(',').map(() => '?');
    this.#insert = db.prepare(`INSERT INTO calls (${COLUMNS}) VALUES (${marks.join(', ')}) ON CONFLICT DO NOTHING`);
    const assignments = COLUMNS.split(',').map((column) => `${column.trim()} = ?`);
    this.#replace = db.prepare(`UPDATE calls SET ${assignments.join(', ')} WHERE id = ?`);
    this.#delete = db.prepare('DELETE FROM calls WHERE id = ?');
    this.#select = db.prepare(`SELECT ${CALL_COLUMNS} FROM calls c WHERE c.id = ?`);
    this.#selectView = db.prepare(`${CALL_VIEW} WHERE c.id = ?`);
    this.#selectAfter = db.prepare(`SELECT ${CALL_COLUMNS} FROM calls c WHERE c.id > ? ORDER BY c.id LIMIT ?`);
    this.#selectMany = db.prepare(
      `SELECT ${CALL_COLUMNS} FROM calls c WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id`,
    );
    this.#selectIds = db
      .prepare<[string, string], number>(
        `SELECT id FROM calls WHERE code IN (SELECT value FROM json_each(?))
         UNION SELECT id FROM calls WHERE extension IN (SELECT value FROM json_each(?)) ORDER BY 1`,
      )
      .pluck();
    this.#selectIdsFrom = db
      .prepare<[number], number>('SELECT id FROM calls WHERE start_local_s >= ? ORDER BY id')
      .pluck();
    this.#deleteLegs = db.prepare('DELETE FROM call_legs WHERE call_id = ?');
    this.#insertLeg = db.prepare(
      'INSERT INTO call_legs (call_id, source_offset, byte_length, leg) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#selectLegs = db.prepare(
      'SELECT source_offset, byte_length, leg FROM call_legs WHERE call_id = ? ORDER BY source_offset',
    );
    this.#book = db.prepare(`
      UPDATE calls SET number = ?, band = ?, destination_id = ?, person_id = ?, department_id = ?, reason = ?, rating = ?,
        tariff_version_id = ?, charge_micro = ?, currency = ?, billed_s = ?, month_use = ?, verdict = ?, purpose = ?
      WHERE id = ?`);
    this.#insertNumber = db.prepare('INSERT INTO call_numbers (reversed) VALUES (?) ON CONFLICT DO NOTHING');
  }

  /** Stores a call, or replaces it by what is known now. `legs` only for calls of several records. */
  put(call: CallRow, legs: readonly CallLeg[] | undefined): 'added' | 'updated' | 'same' {
    const values = valuesOf(call);
    let result: 'added' | 'updated' | 'same' = 'added';
    let known: CallRow | undefined;
    if (this.#insert.run(values).changes === 0) {
      const before = this.#select.get(call.id);
      if (before === undefined) throw new Error(`call ${call.id} is neither new nor stored`);
      const beforeRow = callRowOf(before);
      if (valuesOf(beforeRow).every((value, i) => value === values[i])) {
        result = 'same';
      } else {
        this.#sums.subtract(beforeRow);
        this.#replace.run(...values, call.id);
        result = 'updated';
        known = beforeRow;
      }
    }
    if (result !== 'same') {
      this.#sums.add(call);
      this.#rememberNumbers(call.number, call.dialled);
      this.#onChange?.(known, call);
    }
    if (legs !== undefined && legs.length > 1) this.#putLegs(call.id, legs, result === 'added');
    return result;
  }

  /** Takes a call and its legs out of the store and out of the sums, unless its month is closed. */
  remove(id: CallId): void {
    const before = this.#select.get(id);
    if (before === undefined) return;
    const row = callRowOf(before);
    if (this.#isFixed(row)) return;
    this.#sums.subtract(row);
    this.#delete.run(id);
    this.#onChange?.(row, undefined);
  }

  get(id: CallId): CallView | undefined {
    const row = this.#selectView.get(id);
    return row === undefined ? undefined : callViewOf(row);
  }

  /** Legs of a call of several records, in the order of their bytes; empty for a call of one record. */
  legs(id: CallId): readonly StoredLeg[] {
    return this.#selectLegs.all(id).map((row) => ({
      sourceOffset: row.source_offset,
      byteLength: row.byte_length,
      leg: JSON.parse(row.leg) as CallLeg,
    }));
  }

  /** Calls in order of id, after one. */
  rowsAfter(id: CallId, limit: number): readonly CallRow[] {
    return this.#selectAfter.all(id, limit).map(callRowOf);
  }

  rows(ids: readonly CallId[]): readonly CallRow[] {
    return this.#selectMany.all(JSON.stringify(ids)).map(callRowOf);
  }

  /** Calls with any of these codes or from any of these extensions. */
  idsOf(codes: readonly string[], extensions: readonly string[]): readonly CallId[] {
    return this.#selectIds.all(JSON.stringify(codes), JSON.stringify(extensions));
  }

  /** Calls that began at that local second or later. */
  idsFrom(startLocalS: number): readonly CallId[] {
    return this.#selectIdsFrom.all(startLocalS);
  }

  /** Gives a stored call a new owner and price, unless its month is closed. True when anything changed. */
  book(before: CallRow, booking: Booking): boolean {
    if (this.#isFixed(before)) return false;
    const isSame = (Object.keys(booking) as (keyof Booking)[]).every((key) => booking[key] === before[key]);
    if (isSame) return false;
    this.#sums.subtract(before);
    this.#book.run(
      booking.number,
      booking.band,
      booking.destinationId,
      booking.personId,
      booking.departmentId,
      booking.reason,
      booking.rating,
      booking.tariffVersionId,
      booking.chargeMicro,
      booking.currency,
      booking.billedSeconds,
      booking.monthUse,
      booking.verdict,
      booking.purpose,
      before.id,
    );
    const after = { ...before, ...booking };
    this.#sums.add(after);
    this.#rememberNumbers(booking.number, before.dialled);
    this.#onChange?.(before, after);
    return true;
  }

  /** Forgets which numbers it wrote, after a transaction that failed. */
  discard(): void {
    this.#knownNumbers.clear();
    this.#knownBefore.clear();
  }

  #putLegs(id: CallId, legs: readonly CallLeg[], isNew: boolean): void {
    if (!isNew) this.#deleteLegs.run(id);
    for (const leg of legs) this.#insertLeg.run(id, leg.sourceOffset, leg.byteLength, JSON.stringify(leg));
  }

  #rememberNumbers(number: string | null, dialled: string | null): void {
    if (number !== null) this.#rememberNumber(number);
    if (dialled !== null && number?.endsWith(dialled.slice(-SHARED_END_DIGITS)) !== true) this.#rememberNumber(dialled);
  }

  #rememberNumber(digits: string): void {
    if (this.#knownNumbers.has(digits)) return;
    if (this.#knownNumbers.size >= KNOWN_NUMBERS_LIMIT) {
      this.#knownBefore = this.#knownNumbers;
      this.#knownNumbers = new Set();
    }
    this.#knownNumbers.add(digits);
    if (!this.#knownBefore.has(digits)) this.#insertNumber.run(reversedText(digits));
  }
}

export function reversedText(text: string): string {
  let reversed = '';
  for (let i = text.length - 1; i >= 0; i -= 1) reversed += text.charAt(i);
  return reversed;
}
