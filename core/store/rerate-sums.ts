/** What a re-rate looked at and what it changes, added up by month, person, department, band and currency. */
import type { Statement } from 'better-sqlite3';
import type { Band } from '../model/call.ts';
import type { AmountMicro } from '../model/money.ts';
import { RERATE_KINDS, type RerateKind } from '../model/rerate.ts';
import type { Database } from './database.ts';
import { monthOfDay } from './month-days.ts';

/** One call as a re-rate sees it. */
export interface RatedCall {
  readonly day: number;
  readonly isClosed: boolean;
  readonly personId: number | null;
  readonly departmentId: number | null;
  readonly band: Band;
  /** Undefined: nothing of it changes. */
  readonly kind: RerateKind | undefined;
  readonly isUnratedAfter: boolean;
  readonly currencyBefore: string | null;
  readonly currencyAfter: string | null;
  readonly chargeBefore: AmountMicro | null;
  readonly chargeAfter: AmountMicro | null;
}

interface Cell {
  readonly call: RatedCall;
  readonly currency: string;
  calls: number;
  readonly kinds: Record<RerateKind, number>;
  unratedAfter: number;
  chargeBefore: bigint;
  chargeAfter: bigint;
}

/** Gathers in memory and writes in the transaction of the changes, so both always agree. */
export class RerateSums {
  readonly #add: Statement;
  readonly #removeEmpty: Statement;
  /** By day, then by person. */
  readonly #cells = new Map<number, Map<number | null, Cell[]>>();

  constructor(db: Database) {
    this.#add = db.prepare(`
      INSERT INTO rerate_sums (rerate_id, is_closed, month, person_id, department_id, band, currency, calls, newly_rated,
        no_longer_rated, repriced, same_price, unrated_after, charge_before, charge_after)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, newly_rated = newly_rated + excluded.newly_rated,
        no_longer_rated = no_longer_rated + excluded.no_longer_rated, repriced = repriced + excluded.repriced,
        same_price = same_price + excluded.same_price, unrated_after = unrated_after + excluded.unrated_after,
        charge_before = charge_before + excluded.charge_before, charge_after = charge_after + excluded.charge_after`);
    this.#removeEmpty = db.prepare(`
      DELETE FROM rerate_sums WHERE rerate_id = ? AND is_closed = ? AND month = ? AND person_id = ? AND department_id = ?
        AND band = ? AND currency = ? AND calls = 0 AND charge_before = 0 AND charge_after = 0`);
  }

  /** Counts a call in; with -1, out again. */
  add(call: RatedCall, calls: 1 | -1 = 1): void {
    const currency = call.currencyAfter ?? call.currencyBefore ?? '';
    const cell = this.#cellOf(call, currency);
    cell.calls += calls;
    if (call.kind !== undefined) cell.kinds[call.kind] += calls;
    if (call.isUnratedAfter) cell.unratedAfter += calls;
    if (call.chargeAfter !== null) cell.chargeAfter += calls === 1 ? call.chargeAfter : -call.chargeAfter;
    if (call.chargeBefore === null) return;
    const isSameCurrency = call.currencyBefore === null || call.currencyBefore === currency;
    const before = isSameCurrency ? cell : this.#cellOf(call, call.currencyBefore);
    before.chargeBefore += calls === 1 ? call.chargeBefore : -call.chargeBefore;
  }

  flush(rerateId: number): void {
    for (const people of this.#cells.values()) {
      for (const cells of people.values()) for (const cell of cells) this.#write(rerateId, cell);
    }
    this.#cells.clear();
  }

  /** Forgets what was gathered, after a transaction that failed. */
  discard(): void {
    this.#cells.clear();
  }

  #write(rerateId: number, cell: Cell): void {
    const { call, currency, calls, kinds, unratedAfter, chargeBefore, chargeAfter } = cell;
    const key = [
      rerateId,
      Number(call.isClosed),
      monthOfDay(call.day),
      call.personId ?? 0,
      call.departmentId ?? 0,
      call.band,
      currency,
    ];
    this.#add.run(...key, calls, ...RERATE_KINDS.map((kind) => kinds[kind]), unratedAfter, chargeBefore, chargeAfter);
    if (calls <= 0) this.#removeEmpty.run(...key);
  }

  #cellOf(call: RatedCall, currency: string): Cell {
    let people = this.#cells.get(call.day);
    if (people === undefined) {
      people = new Map();
      this.#cells.set(call.day, people);
    }
    let cells = people.get(call.personId);
    if (cells === undefined) {
      cells = [];
      people.set(call.personId, cells);
    }
    for (const cell of cells) {
      if (
        cell.call.band === call.band &&
        cell.currency === currency &&
        cell.call.departmentId === call.departmentId &&
        cell.call.isClosed === call.isClosed
      ) {
        return cell;
      }
    }
    const kinds = { 'newly-rated': 0, 'no-longer-rated': 0, repriced: 0, 'same-price': 0 };
    const cell: Cell = { call, currency, calls: 0, kinds, unratedAfter: 0, chargeBefore: 0n, chargeAfter: 0n };
    cells.push(cell);
    return cell;
  }
}
