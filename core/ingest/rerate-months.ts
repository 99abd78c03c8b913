/**
 * Prices of stored calls in the order of their start, with the bundles and volumes of their months: what the calls before
 * have used is remembered from call to call and can be kept with a job's position.
 */
import { rateInMonth } from '../rating/month.ts';
import { emptyMonth, type MonthState, monthUseText } from '../rating/month-use.ts';
import type { RatingCall } from '../rating/rate-call.ts';
import type { Booking } from '../store/calls.ts';
import type { Database } from '../store/database.ts';
import { type PriceableCall, PriceableCalls } from '../store/priceable-calls.ts';
import { TariffMonths } from '../store/tariff-months.ts';
import { bookableOfPriceable, type StoredCallPricer } from './rerate-pricing.ts';
import { instantOf, monthOnTariffClock, spanOfMonth, storedMonthState } from './tariff-clock.ts';
import type { UsableVersion } from './tariff-set.ts';

type Volumes = Readonly<Record<string, number>>;

interface StoredStates {
  readonly states: readonly (readonly [
    tariffId: number,
    state: Omit<MonthState, 'bundleMicro'> & { readonly bundleMicro: Readonly<Record<string, string>> },
  ])[];
  readonly reached: readonly (readonly [key: string, volumes: Volumes])[];
}

const CHUNK_CALLS = 2000;
/** The tariff's clock may be another one than that of the calls. */
const REACH_S = 2 * 86_400;

export class MonthPrices {
  readonly #db: Database;
  readonly #pricer: StoredCallPricer;
  readonly #beginsEmpty: boolean;
  readonly #states = new Map<number, MonthState>();
  /** What a month reaches, where that makes the price of all its calls. */
  readonly #reached = new Map<string, Volumes>();

  /** `beginsEmpty`: the first call is the first of its month; else the stored calls before it have used what they say. */
  constructor(db: Database, pricer: StoredCallPricer, beginsEmpty: boolean) {
    this.#db = db;
    this.#pricer = pricer;
    this.#beginsEmpty = beginsEmpty;
  }

  /** Calls have to come in the order of their start. */
  price(call: PriceableCall): Booking {
    const booking = this.#pricer.price(call);
    const version = this.#pricer.version(booking.tariffVersionId);
    if (version?.compiled.usesMonth !== true) return booking;
    const question = this.#question(call, version);
    if (question === undefined) return booking;
    const { compiled } = version;
    const monthSeconds = compiled.volumeMethod === 'month' ? this.#reachedIn(version, call) : undefined;
    const asked = monthSeconds === undefined ? question : { ...question, monthSeconds };
    const { charge, use, state } = rateInMonth(compiled, this.#stateFor(version, call), asked);
    this.#states.set(version.tariffId, state);
    return {
      ...booking,
      rating: charge.isRated ? 'rated' : 'unrated',
      chargeMicro: charge.amountMicro ?? null,
      currency: charge.isRated ? charge.currency : null,
      billedSeconds: charge.isRated ? charge.billedSeconds : null,
      monthUse: monthUseText(use),
    };
  }

  /** JSON; null where no month has to be remembered. */
  save(): string | null {
    if (this.#states.size === 0) return null;
    const states = [...this.#states].map(([tariffId, { bundleMicro, ...state }]) => {
      const micro = Object.entries(bundleMicro).map(([name, amount]) => [name, amount.toString()]);
      return [tariffId, { ...state, bundleMicro: Object.fromEntries(micro) as Record<string, string> }] as const;
    });
    return JSON.stringify({ states, reached: [...this.#reached] } satisfies StoredStates);
  }

  restore(text: string | null): void {
    this.#states.clear();
    this.#reached.clear();
    if (text === null) return;
    const { states, reached } = JSON.parse(text) as StoredStates;
    for (const [tariffId, { bundleMicro, ...state }] of states) {
      const micro = Object.entries(bundleMicro).map(([name, amount]) => [name, BigInt(amount)]);
      this.#states.set(tariffId, { ...state, bundleMicro: Object.fromEntries(micro) as Record<string, bigint> });
    }
    for (const [key, volumes] of reached) this.#reached.set(key, volumes);
  }

  #stateFor(version: UsableVersion, call: PriceableCall): MonthState {
    const month = monthOnTariffClock(version, call);
    const known = this.#states.get(version.tariffId);
    if (known?.month === month) return known;
    // Only the first month that is met can have calls before those that are walked.
    if (known !== undefined || this.#beginsEmpty) return emptyMonth(month);
    const months = new TariffMonths(this.#db);
    const before = { tariffId: version.tariffId, month, toInstantS: instantOf(call) };
    return storedMonthState(months, this.#pricer.tariffs, before);
  }

  #question(call: PriceableCall, version: UsableVersion): RatingCall | undefined {
    const { booker } = this.#pricer;
    const bookable = bookableOfPriceable(call);
    return booker.question(bookable, booker.normalised(bookable), version);
  }

  /** Walks the rest of the month once. */
  #reachedIn(version: UsableVersion, first: PriceableCall): Volumes {
    const { tariffId } = version;
    const month = monthOnTariffClock(version, first);
    const key = `${tariffId} ${month}`;
    const known = this.#reached.get(key);
    if (known !== undefined) return known;
    let state = this.#stateFor(version, first);
    const calls = new PriceableCalls(this.#db, first.startLocalS, spanOfMonth(month).toInstantS + REACH_S, {});
    let position = { startLocalS: first.startLocalS, callId: first.id - 1 };
    for (;;) {
      const chunk = calls.after(position, CHUNK_CALLS);
      for (const call of chunk) {
        const present = this.#pricer.version(this.#pricer.price(call).tariffVersionId);
        if (present?.tariffId !== tariffId || monthOnTariffClock(present, call) !== month) continue;
        const question = this.#question(call, present);
        if (question !== undefined) ({ state } = rateInMonth(present.compiled, state, question));
      }
      const last = chunk.at(-1);
      if (last === undefined || chunk.length < CHUNK_CALLS) break;
      position = { startLocalS: last.startLocalS, callId: last.id };
    }
    this.#reached.set(key, state.volumeSeconds);
    return state.volumeSeconds;
  }
}
