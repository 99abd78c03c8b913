/**
 * The day at which a call is summed that came after its own month was closed: that of its arrival. The place of its record
 * in the journal decides, so that reading everything anew gives the same days; reopening a month moves no such call.
 */

import type { CallRow } from '../store/calls.ts';
import { ClosingHistory, ClosingStore, type RecordPlace } from '../store/closings.ts';
import { bookedDayOf, dayNumberOf } from '../store/daily-sums.ts';
import type { Database } from '../store/database.ts';
import { LateCallStore } from '../store/late-calls.ts';
import { monthOfDay } from '../store/month-days.ts';
import type { SiteZone } from './site-zone.ts';

export interface ArrivedRecord extends RecordPlace {
  readonly receivedAtMs: number;
  readonly zone: SiteZone;
}

export class LateDays {
  readonly #closings: ClosingStore;
  readonly #lateCalls: LateCallStore;
  readonly #monthOfDay = new Map<number, string>();
  #history = new ClosingHistory([], new Set());

  constructor(db: Database) {
    this.#closings = new ClosingStore(db);
    this.#lateCalls = new LateCallStore(db);
  }

  /** Months were perhaps closed or reopened since. */
  refresh(): void {
    this.#history = this.#closings.history();
    this.#lateCalls.discard();
  }

  isInClosedMonth(call: CallRow): boolean {
    return !this.#history.isEmpty && this.#history.isClosed(this.#month(bookedDayOf(call)));
  }

  /** True for a record that came when the month of the stored call, which it belongs to, was closed. */
  isAfterClosing(stored: CallRow, place: RecordPlace): boolean {
    return this.#history.wasClosedAt(this.#month(bookedDayOf(stored)), place);
  }

  get isAnyClosed(): boolean {
    return !this.#history.isEmpty;
  }

  /** Null for a call that came in time. */
  dayOf(call: CallRow, record: ArrivedRecord): number | null {
    if (this.#history.isEmpty) return null;
    const known = this.#lateCalls.dayOf(call.id);
    if (known !== undefined) return known;
    if (!this.#history.wasClosedAt(this.#month(dayNumberOf(call.startLocalS)), record)) return null;
    const arrived = record.zone.localOfInstant(Math.floor(record.receivedAtMs / 1000));
    return this.#history.openDayAt(dayNumberOf(arrived), record);
  }

  /** As `dayOf` for a call that comes out of quarantine: its bytes were there, but it was not in the month's books. */
  dayOfReadAgain(call: CallRow, record: ArrivedRecord): number | null {
    const day = this.dayOf(call, record);
    const startDay = dayNumberOf(call.startLocalS);
    if (day !== null || !this.#history.isClosed(this.#month(startDay))) return day;
    const openDay = this.#history.openDayNow(startDay);
    this.#lateCalls.put(call.id, openDay);
    return openDay;
  }

  #month(day: number): string {
    let month = this.#monthOfDay.get(day);
    if (month === undefined) {
      month = monthOfDay(day);
      this.#monthOfDay.set(day, month);
    }
    return month;
  }
}
