/**
 * The work of a re-rate, one transaction at a time: stored calls are priced with the versions of now and the differences
 * are kept; a decision later they are put in place, or taken back. Each transaction moves the position with its results,
 * so the work can be cut off anywhere and goes on there. Calls of closed months are compared and never touched.
 */
import type { ErrorCode, ErrorValues } from '../model/errors.ts';
import type { Booking } from '../store/calls.ts';
import { ClosingStore } from '../store/closings.ts';
import { bookedDayOf } from '../store/daily-sums.ts';
import { monthOfDay } from '../store/month-days.ts';
import { type CallPlace, type CallPrice, type PriceableCall, PriceableCalls } from '../store/priceable-calls.ts';
import {
  type ChangedCall,
  type ChangeSide,
  type PresentCall,
  RerateChanges,
  ratedOf,
} from '../store/rerate-changes.ts';
import { type RatedCall, RerateSums } from '../store/rerate-sums.ts';
import { type Rerate, RerateStore, rulesOf } from '../store/rerates.ts';
import type { CallBooker } from './book-call.ts';
import { bookableOf } from './call-row.ts';
import type { Ingest } from './ingest.ts';
import { MonthPrices } from './rerate-months.ts';
import { isSamePlace, kindOfChange, StoredCallPricer } from './rerate-pricing.ts';
import { RerateScope } from './rerate-scope.ts';

export interface StepLimits {
  /** Asked after each slice; true ends the transaction. */
  readonly shouldStop?: () => boolean;
  readonly maxCalls?: number;
  readonly sliceCalls?: number;
}

/** Calls of one transaction where nobody waits. */
const STEP_CALLS = 30_000;
/** Calls between two looks at who waits. */
const SLICE_CALLS = 1000;
const CLEAR_CALLS = 20_000;

/** What a re-rate works with for as long as people, tariffs and settings stay. */
interface Tools {
  readonly rerateId: number;
  readonly booker: CallBooker;
  readonly scope: RerateScope;
  readonly pricer: StoredCallPricer;
  readonly reader: PriceableCalls;
  readonly prices: MonthPrices;
}

export class RerateWork {
  readonly #ingest: Ingest;
  readonly #nowMs: () => number;
  readonly #store: RerateStore;
  readonly #changes: RerateChanges;
  readonly #sums: RerateSums;
  readonly #closings: ClosingStore;
  #tools: Tools | undefined;
  #resumed: number | undefined;

  constructor(ingest: Ingest, nowMs: () => number) {
    this.#ingest = ingest;
    this.#nowMs = nowMs;
    this.#store = new RerateStore(ingest.db);
    this.#changes = new RerateChanges(ingest.db);
    this.#sums = new RerateSums(ingest.db);
    this.#closings = new ClosingStore(ingest.db);
  }

  /** Does what one transaction holds. Gives the re-rate as it is then; undefined where none has work left. */
  step(limits: StepLimits = {}): Rerate | undefined {
    const working = this.#store.working();
    if (working === undefined) return undefined;
    if (this.#resumed !== working.id) {
      this.#resumed = working.id;
      if (working.callsDone > 0) this.#store.resume(working.id, this.#nowMs());
    }
    try {
      this.#ingest.change(() => this.#work(working.id, limits));
    } catch (error) {
      this.#sums.discard();
      throw error;
    }
    return this.#store.get(working.id);
  }

  /** Removes a piece of what cancelled re-rates have left; true while there is more. */
  clear(): boolean {
    return this.#ingest.change(() => this.#changes.clear(CLEAR_CALLS));
  }

  /** Gives up one that has changed nothing yet; one that is being applied or taken back has to be ended some time. */
  fail(code: ErrorCode, values: ErrorValues): void {
    const working = this.#store.working();
    if (working?.state === 'rating') this.#store.fail(working.id, { code, values });
  }

  #work(id: number, limits: StepLimits): void {
    // Read again inside the transaction: it may have been cancelled just now.
    const rerate = this.#store.get(id);
    const closed = new Set(this.#closings.closedMonths());
    if (rerate?.state === 'rating') this.#rate(rerate, closed, limits);
    else if (rerate?.state === 'applying') this.#apply(rerate, 'after', closed, limits);
    else if (rerate?.state === 'taking-back') this.#apply(rerate, 'before', closed, limits);
    this.#sums.flush(id);
  }

  #rate(
    rerate: Rerate,
    closed: ReadonlySet<string>,
    { shouldStop, maxCalls = STEP_CALLS, sliceCalls = SLICE_CALLS }: StepLimits,
  ): void {
    if (rulesOf(this.#ingest.db) !== rerate.rules) {
      this.#store.fail(rerate.id, { code: 'rerate-outdated', values: {} });
      return;
    }
    const { scope, reader, prices } = this.#toolsFor(rerate);
    // What an earlier transaction left in memory may never have been stored.
    prices.restore(rerate.monthStates);
    let { position, callsDone } = rerate;
    for (let left = maxCalls; left > 0; left -= sliceCalls) {
      const size = Math.min(left, sliceCalls);
      const calls = reader.after(position, size);
      for (const call of calls) this.#rateOne(rerate, scope, call, prices.price(call), closed);
      callsDone += calls.length;
      const last = calls.at(-1);
      if (last !== undefined) position = { startLocalS: last.startLocalS, callId: last.id };
      if (calls.length < size) {
        this.#store.setState(rerate.id, 'ready');
        break;
      }
      if (shouldStop?.() === true) break;
    }
    this.#store.move(rerate.id, position, callsDone, prices.save());
  }

  /** Keeps what the versions of now make different; counts every call that has a price or should have one. */
  #rateOne(rerate: Rerate, scope: RerateScope, call: PriceableCall, after: Booking, closed: ReadonlySet<string>): void {
    const kind = kindOfChange(call, after);
    if (!scope.isMeant(call, after)) return;
    if (kind === undefined && after.rating === 'not-chargeable') return;
    const isClosed = isClosedOn(closed, call.day);
    this.#sums.add(ratedOf(call, after, after.band, kind, isClosed));
    if (kind === undefined) return;
    const placeAfter = isSamePlace(call, after) ? undefined : this.#placeOf(call, after);
    this.#changes.put({ rerateId: rerate.id, call, isClosed, after, placeAfter });
  }

  /** Whether a call obeys the code rules depends on its band. */
  #placeOf(call: PriceableCall, { number, band, destinationId }: Booking): CallPlace {
    if (band === call.band) return { number, band, destinationId, verdict: call.verdict };
    const [row] = this.#ingest.calls.rows([call.id]);
    const verdict = row === undefined ? call.verdict : this.#ingest.booker().book(bookableOf(row)).verdict;
    return { number, band, destinationId, verdict };
  }

  /** Gives the changed calls the values of one side. */
  #apply(
    rerate: Rerate,
    side: ChangeSide,
    closed: ReadonlySet<string>,
    { shouldStop, maxCalls = STEP_CALLS, sliceCalls = SLICE_CALLS }: StepLimits,
  ): void {
    let { callId } = rerate.position;
    let { callsDone } = rerate;
    for (let left = maxCalls; left > 0; left -= sliceCalls) {
      const size = Math.min(left, sliceCalls);
      const changes = this.#changes.after(rerate.id, side, callId, size);
      for (const change of changes) {
        if (side === 'after') this.#applyOne(rerate, change, closed);
        else this.#takeBackOne(rerate, change, closed);
      }
      callsDone += changes.length;
      const lastId = changes.at(-1)?.id ?? callId;
      this.#changes.writePrices(rerate.id, side, callId, lastId);
      callId = lastId;
      if (changes.length < size) {
        this.#store.setState(rerate.id, side === 'after' ? 'applied' : 'taken-back');
        break;
      }
      if (shouldStop?.() === true) break;
    }
    this.#store.move(rerate.id, { startLocalS: undefined, callId }, callsDone, null);
  }

  #applyOne(rerate: Rerate, change: ChangedCall, closed: ReadonlySet<string>): void {
    const { present } = change;
    if (present === undefined) {
      this.#countOut(rerate, change);
      this.#changes.remove(rerate.id, change.id);
    } else if (isClosedOn(closed, bookedDayOf(present))) this.#close(rerate, change);
    else if (change.isAsSeen) this.#applySeen(present, change);
    else if (!change.isDone) this.#applyAnew(rerate, change, present);
  }

  /** Its month was closed since: it is shown with those of closed months from here on. */
  #close(rerate: Rerate, change: ChangedCall): void {
    const rated = this.#countOut(rerate, change);
    if (rated !== undefined) this.#sums.add({ ...rated, isClosed: true });
    this.#changes.close(rerate.id, change.id);
  }

  /** Takes a change out of the sums. */
  #countOut(rerate: Rerate, { id }: ChangedCall): RatedCall | undefined {
    const rated = this.#changes.rated(rerate.id, id);
    if (rated !== undefined) this.#sums.add(rated, -1);
    return rated;
  }

  /** A record came or something else priced the call since it was rated: it is rated once more, as it is now. */
  #applyAnew(rerate: Rerate, change: ChangedCall, present: PresentCall): void {
    const { reader, pricer } = this.#toolsFor(rerate);
    const call = reader.get(change.id);
    if (call === undefined) return;
    const after = pricer.price(call);
    const kind = kindOfChange(call, after);
    this.#countOut(rerate, change);
    this.#sums.add(ratedOf(call, after, after.band, kind, false));
    if (kind === undefined) {
      this.#changes.remove(rerate.id, change.id);
      return;
    }
    const placeAfter = isSamePlace(call, after) ? undefined : this.#placeOf(call, after);
    this.#changes.put({ rerateId: rerate.id, call, isClosed: false, after, placeAfter });
    this.#moveSums(present, after, placeAfter);
    this.#noteMonth(present, after);
    this.#changes.write(present.id, after, placeAfter);
  }

  /** A call that has changed since, or whose month was closed, keeps what it has. */
  #takeBackOne(rerate: Rerate, change: ChangedCall, closed: ReadonlySet<string>): void {
    const { present } = change;
    if (present === undefined || !change.isAsSeen) {
      if (!change.isDone) this.#store.leave(rerate.id, 1);
    } else if (isClosedOn(closed, bookedDayOf(present))) {
      this.#close(rerate, change);
      this.#store.leave(rerate.id, 1);
    } else this.#applySeen(present, change);
  }

  /** A price alone is written with those of its slice (`writePrices`). */
  #applySeen(present: PresentCall, { target, place }: ChangedCall): void {
    this.#moveSums(present, target, place);
    this.#noteMonth(present, target);
    if (place !== undefined) this.#changes.write(present.id, target, place);
  }

  #moveSums(present: PresentCall, target: CallPrice, place: CallPlace | undefined): void {
    const { sums } = this.#ingest;
    const { rating, chargeMicro, currency } = target;
    const band = place?.band ?? present.band;
    const isSummedAlike =
      chargeMicro === present.chargeMicro &&
      rating === present.rating &&
      currency === present.currency &&
      band === present.band;
    if (isSummedAlike) return;
    sums.subtract(present);
    sums.add({ ...present, band, rating, chargeMicro, currency });
  }

  /** Prices that depend on their month are looked at once more by the settler, so that nothing that came since is missed. */
  #noteMonth(present: PresentCall, target: CallPrice): void {
    const { tariffs } = this.#ingest.booker().rules;
    const usesMonth = (id: number | null): boolean => id !== null && tariffs.version(id)?.compiled.usesMonth === true;
    if (!usesMonth(target.tariffVersionId) && !usesMonth(present.tariffVersionId)) return;
    const [before] = this.#ingest.calls.rows([present.id]);
    if (before !== undefined) this.#ingest.marks.note(before, { ...before, ...target });
  }

  #toolsFor(rerate: Rerate): Tools {
    const booker = this.#ingest.booker();
    if (this.#tools?.rerateId !== rerate.id || this.#tools.booker !== booker) {
      const { db } = this.#ingest;
      const scope = new RerateScope(db, rerate, booker.rules.tariffs);
      const pricer = new StoredCallPricer(booker.rules);
      this.#tools = {
        rerateId: rerate.id,
        booker,
        scope,
        pricer,
        reader: new PriceableCalls(db, scope.fromLocalS, scope.endLocalS, scope.only),
        prices: new MonthPrices(db, pricer, false),
      };
    }
    return this.#tools;
  }
}

function isClosedOn(closed: ReadonlySet<string>, day: number): boolean {
  return closed.size > 0 && closed.has(monthOfDay(day));
}
