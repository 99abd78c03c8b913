/** Calls as stored, with their legs. Writing a call also moves the daily sums, in the same transaction. */
import type Database from 'better-sqlite3';
import type {
  AttributionReason,
  Band,
  CallDirection,
  CallId,
  CallLeg,
  CallPurpose,
  CallVerdict,
  RatingState,
} from '../model/call.ts';
import type { Doubt } from '../model/call-record.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { DailySums } from './daily-sums.ts';

/** One row of `calls`. Times are seconds on the site's wall clock, money is millionths of `currency`. */
export interface CallRow {
  readonly id: CallId;
  readonly startLocalS: number;
  readonly utcOffsetMin: number;
  /** Offset past the last byte of the call's last record. */
  readonly endOffset: number;
  readonly direction: CallDirection;
  /** Null where the record does not say. */
  readonly isAnswered: boolean | null;
  readonly talkSeconds: number;
  readonly ringSeconds: number | null;
  readonly extension: string | null;
  readonly trunk: string | null;
  readonly code: string | null;
  readonly codeField: string | null;
  readonly dialled: string | null;
  readonly caller: string | null;
  readonly callerName: string | null;
  /** Outside number without the format's marks, only where it differs from `dialled` (outgoing) or `caller` (incoming). */
  readonly cleaned: string | null;
  readonly number: string | null;
  readonly band: Band;
  /** Of `destinations`, which names it. */
  readonly destinationId: number | null;
  readonly personId: number | null;
  readonly departmentId: number | null;
  readonly reason: AttributionReason;
  readonly rating: RatingState;
  readonly tariffVersionId: number | null;
  readonly chargeMicro: AmountMicro | null;
  readonly currency: string | null;
  readonly billedSeconds: number | null;
  /** JSON of what it took out of the month's bundles and added to its volumes. */
  readonly monthUse: string | null;
  /** Null where no code policy was in force. */
  readonly verdict: CallVerdict | null;
  readonly purpose: CallPurpose | null;
  /** Day it is summed at (days since 1970) where it came after its own month was closed. */
  readonly lateDay: number | null;
  readonly pbxCost: string | null;
  readonly conditionCode: string | null;
  readonly doubts: readonly Doubt[];
  readonly legCount: number;
}

/** A stored call with the names that go with it today. */
export interface CallView extends CallRow {
  readonly personName: string | null;
  readonly departmentName: string | null;
  readonly destinationEn: string | null;
  readonly destinationVi: string | null;
}

/** What booking and pricing decide; the rest of a call comes from the PBX. */
export type Booking = Pick<
  CallRow,
  | 'number'
  | 'band'
  | 'destinationId'
  | 'personId'
  | 'departmentId'
  | 'reason'
  | 'rating'
  | 'tariffVersionId'
  | 'chargeMicro'
  | 'currency'
  | 'billedSeconds'
  | 'monthUse'
  | 'verdict'
  | 'purpose'
>;

export interface StoredLeg {
  readonly sourceOffset: number;
  readonly byteLength: number;
  readonly leg: CallLeg;
}

const COLUMNS = `id, start_local_s, utc_offset_min, end_offset, direction, is_answered, talk_s, ring_s, extension, trunk,
  code, code_field, dialled, caller, caller_name, cleaned, number, band, destination_id, person_id, department_id, reason,
  rating, tariff_version_id, charge_micro, currency, billed_s, month_use, verdict, purpose, late_day, pbx_cost, condition,
  doubts, leg_count`;

/** Columns of one call for `callRowOf`; the charge as text, because a double cannot hold every amount. */
export const CALL_COLUMNS = `c.id, c.start_local_s, c.utc_offset_min, c.end_offset, c.direction, c.is_answered, c.talk_s,
  c.ring_s, c.extension, c.trunk, c.code, c.code_field, c.dialled, c.caller, c.caller_name, c.cleaned, c.number, c.band,
  c.destination_id, c.person_id, c.department_id, c.reason, c.rating, c.tariff_version_id,
  CAST(c.charge_micro AS TEXT) AS charge_text, c.currency, c.billed_s, c.month_use, c.verdict, c.purpose, c.late_day,
  c.pbx_cost, c.condition, c.doubts, c.leg_count`;

/** Columns and joins of a call with its names, for `callViewOf`. */
export const CALL_VIEW = `SELECT ${CALL_COLUMNS}, p.name AS person_name, d.name AS department_name,
    t.name_en AS destination_en, t.name_vi AS destination_vi
  FROM calls c LEFT JOIN people p ON p.id = c.person_id LEFT JOIN departments d ON d.id = c.department_id
    LEFT JOIN destinations t ON t.id = c.destination_id`;

/** A row of `CALL_COLUMNS` as SQLite gives it. */
export interface CallColumns {
  readonly id: number;
  readonly start_local_s: number;
  readonly utc_offset_min: number;
  readonly end_offset: number;
  readonly direction: CallDirection;
  readonly is_answered: number | null;
  readonly talk_s: number;
  readonly ring_s: number | null;
  readonly extension: string | null;
  readonly trunk: string | null;
  readonly code: string | null;
  readonly code_field: string | null;
  readonly dialled: string | null;
  readonly caller: string | null;
  readonly caller_name: string | null;
  readonly cleaned: string | null;
  readonly number: string | null;
  readonly band: Band;
  readonly destination_id: number | null;
  readonly person_id: number | null;
  readonly department_id: number | null;
  readonly reason: AttributionReason;
  readonly rating: RatingState;
  readonly tariff_version_id: number | null;
  readonly charge_text: string | null;
  readonly currency: string | null;
  readonly billed_s: number | null;
  readonly month_use: string | null;
  readonly verdict: CallVerdict | null;
  readonly purpose: CallPurpose | null;
  readonly late_day: number | null;
  readonly pbx_cost: string | null;
  readonly condition: string | null;
  readonly doubts: string | null;
  readonly leg_count: number;
}

export interface CallViewColumns extends CallColumns {
  readonly person_name: string | null;
  readonly department_name: string | null;
  readonly destination_en: string | null;
  readonly destination_vi: string | null;
}

export function callRowOf(c: CallColumns): CallRow {
  return {
    id: c.id,
    startLocalS: c.start_local_s,
    utcOffsetMin: c.utc_offset_min,
    endOffset: c.end_offset,
    direction: c.direction,
    isAnswered: c.is_answered === null ? null : c.is_answered !== 0,
    talkSeconds: c.talk_s,
    ringSeconds: c.ring_s,
    extension: c.extension,
    trunk: c.trunk,
    code: c.code,
    codeField: c.code_field,
    dialled: c.dialled,
    caller: c.caller,
    callerName: c.caller_name,
    cleaned: c.cleaned,
    number: c.number,
    band: c.band,
    destinationId: c.destination_id,
    personId: c.person_id,
    departmentId: c.department_id,
    reason: c.reason,
    rating: c.rating,
    tariffVersionId: c.tariff_version_id,
    chargeMicro: c.charge_text === null ? null : amountMicro(BigInt(c.charge_text)),
    currency: c.currency,
    billedSeconds: c.billed_s,
    monthUse: c.month_use,
    verdict: c.verdict,
    purpose: c.purpose,
    lateDay: c.late_day,
    pbxCost: c.pbx_cost,
    conditionCode: c.condition,
    doubts: c.doubts === null ? [] : (c.doubts.split(',') as Doubt[]),
    legCount: c.leg_count,
  };
}

export function callViewOf(c: CallViewColumns): CallView {
  return {
    ...callRowOf(c),
    personName: c.person_name,
    departmentName: c.department_name,
    destinationEn: c.destination_en,
    destinationVi: c.destination_vi,
  };
}

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

function valuesOf(call: CallRow): (string | number | bigint | null)[] {
  return [
    call.id,
    call.startLocalS,
    call.utcOffsetMin,
    call.endOffset,
    call.direction,
    call.isAnswered === null ? null : Number(call.isAnswered),
    call.talkSeconds,
    call.ringSeconds,
    call.extension,
    call.trunk,
    call.code,
    call.codeField,
    call.dialled,
    call.caller,
    call.callerName,
    call.cleaned,
    call.number,
    call.band,
    call.destinationId,
    call.personId,
    call.departmentId,
    call.reason,
    call.rating,
    call.tariffVersionId,
    call.chargeMicro,
    call.currency,
    call.billedSeconds,
    call.monthUse,
    call.verdict,
    call.purpose,
    call.lateDay,
    call.pbxCost,
    call.conditionCode,
    call.doubts.length === 0 ? null : call.doubts.join(','),
    call.legCount,
  ];
}
