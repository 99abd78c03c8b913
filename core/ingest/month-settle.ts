/**
 * Prices that depend on the other calls of a month. A new call of such a tariff is first priced as if its month were empty
 * and marks the month; here the calls from the first one marked on are priced again in the order of their start, a chunk a
 * transaction, until the result is that of the whole month rated at once. What a call took from its month is kept with it.
 */
import type { CallId } from '../model/call.ts';
import type { CompiledTariff } from '../rating/compile.ts';
import { rateInMonth } from '../rating/month.ts';
import { afterUse, type MonthState, monthUseText, readMonthUse } from '../rating/month-use.ts';
import type { RatingCall } from '../rating/rate-call.ts';
import type { Booking, CallRow, CallStore } from '../store/calls.ts';
import type { Database } from '../store/database.ts';
import { type CallSpan, type MonthToSettle, TariffMonths } from '../store/tariff-months.ts';
import type { CallBooker } from './book-call.ts';
import { bookableOf } from './call-row.ts';
import type { MonthMarks } from './month-marks.ts';
import { instantOf, monthOnTariffClock, spanOfMonth, storedMonthState } from './tariff-clock.ts';
import type { UsableVersion } from './tariff-set.ts';

const CHUNK_CALLS = 2000;
const DAY_S = 86_400;

type Volumes = Readonly<Record<string, number>>;

/** Where the settling of a month stands: calls before `nextInstantS` are in `state`. */
interface Progress {
  readonly tariffId: number;
  readonly month: string;
  nextInstantS: number;
  state: MonthState;
  /** What the month reaches, where that makes the price; as of `revision`. */
  reached: Volumes | undefined;
  revision: number;
  /** Steps of the volume prices that the calls up to here are priced at. */
  pricedAt: string | undefined;
}

interface Asked {
  readonly row: CallRow;
  readonly version: UsableVersion;
  readonly question: RatingCall;
}

export interface SettlingSite {
  readonly db: Database;
  readonly calls: CallStore;
  readonly marks: MonthMarks;
  booker(): CallBooker;
}

export class MonthSettler {
  readonly #site: SettlingSite;
  readonly #months: TariffMonths;
  #progress: Progress | undefined;

  constructor(site: SettlingSite) {
    this.#site = site;
    this.#months = new TariffMonths(site.db);
  }

  get hasWork(): boolean {
    return this.#months.first() !== undefined;
  }

  /** After a transaction that failed: what is remembered may never have been stored. */
  discard(): void {
    this.#progress = undefined;
  }

  /** Settles a chunk, as part of a transaction. Gives the calls that changed. */
  step(): readonly CallId[] {
    const mark = this.#months.first();
    if (mark === undefined) return [];
    return this.#site.marks.settling(() => this.#settle(mark));
  }

  #settle(mark: MonthToSettle): readonly CallId[] {
    const progress = this.#progressAt(mark);
    const { toInstantS } = spanOfMonth(mark.month);
    const reached = this.#reached(progress, mark, toInstantS);
    if (reached === 'from-start') return [];
    const chunk = this.#nextCalls(progress, toInstantS);
    const changed: CallId[] = [];
    for (const asked of chunk.calls) {
      if (this.#price(progress, asked, reached)) changed.push(asked.row.id);
    }
    const last = chunk.calls.at(-1);
    // No further than its last call, so that one behind it begins where this ended.
    if (last !== undefined) progress.nextInstantS = instantOf(last.row) + 1;
    if (chunk.isLast) this.#months.finished(mark);
    else this.#months.settled({ ...mark, fromInstantS: chunk.nextInstantS });
    return changed;
  }

  /** What was remembered still holds where nothing before it was marked since. */
  #progressAt({ tariffId, month, fromInstantS }: MonthToSettle): Progress {
    const known = this.#progress;
    if (known?.tariffId === tariffId && known.month === month && known.nextInstantS <= fromInstantS) return known;
    const { tariffs } = this.#site.booker().rules;
    const isSameMonth = known?.tariffId === tariffId && known.month === month;
    this.#progress = {
      tariffId,
      month,
      nextInstantS: fromInstantS,
      state: storedMonthState(this.#months, tariffs, { tariffId, month, toInstantS: fromInstantS }),
      reached: undefined,
      revision: -1,
      pricedAt: isSameMonth ? known.pricedAt : undefined,
    };
    return this.#progress;
  }

  /**
   * Where a month is priced at what it reaches, all its calls are walked first. When that comes to other prices than the
   * calls before have, the month begins anew.
   */
  #reached(progress: Progress, mark: MonthToSettle, toInstantS: number): Volumes | undefined | 'from-start' {
    const { revision } = this.#site.marks;
    if (progress.reached !== undefined && progress.revision === revision) return progress.reached;
    const walked = this.#walkToEnd(progress, toInstantS);
    if (walked === undefined) return undefined;
    progress.reached = walked.volumes;
    progress.revision = revision;
    if (progress.pricedAt === walked.pricedAt) return walked.volumes;
    progress.pricedAt = walked.pricedAt;
    const { fromInstantS } = spanOfMonth(mark.month);
    if (progress.nextInstantS <= fromInstantS) return walked.volumes;
    this.#months.settled({ ...mark, fromInstantS });
    progress.nextInstantS = fromInstantS;
    progress.state = { month: mark.month, bundleSeconds: {}, bundleMicro: {}, volumeSeconds: {} };
    return 'from-start';
  }

  /** Undefined where every price goes by what was reached before its call. */
  #walkToEnd(
    progress: Progress,
    toInstantS: number,
  ): { readonly volumes: Volumes; readonly pricedAt: string } | undefined {
    const { tariffs } = this.#site.booker().rules;
    const versions = this.#months.versions(progress.tariffId).flatMap((id) => tariffs.version(id) ?? []);
    if (!versions.some(({ compiled }) => compiled.volumeMethod === 'month')) return undefined;
    let { state } = progress;
    let at = { ...progress };
    for (;;) {
      const chunk = this.#nextCalls(at, toInstantS);
      for (const { version, question } of chunk.calls) state = rateInMonth(version.compiled, state, question).state;
      at = { ...at, nextInstantS: chunk.nextInstantS };
      if (chunk.isLast) break;
    }
    const volumes = state.volumeSeconds;
    return { volumes, pricedAt: JSON.stringify(versions.map(({ compiled }) => stepsReached(compiled, volumes))) };
  }

  /** Calls that begin at one instant are always in one chunk, so that an instant says what is settled. */
  #nextCalls(
    { tariffId, month, nextInstantS }: Progress,
    toInstantS: number,
  ): { readonly calls: readonly Asked[]; readonly nextInstantS: number; readonly isLast: boolean } {
    let from = nextInstantS;
    while (from < toInstantS) {
      const until = Math.min(from + DAY_S, toInstantS);
      const span: CallSpan = { fromInstantS: from, toInstantS: until };
      let rows = this.#months.calls(tariffId, span, CHUNK_CALLS);
      let next = until;
      if (rows.length === CHUNK_CALLS) {
        const last = rows.at(-1);
        const lastInstant = last === undefined ? until : instantOf(last);
        const whole = rows.filter((row) => instantOf(row) < lastInstant);
        next = whole.length === 0 ? lastInstant + 1 : lastInstant;
        rows =
          whole.length === 0
            ? this.#months.calls(tariffId, { fromInstantS: from, toInstantS: next }, Number.MAX_SAFE_INTEGER)
            : whole;
      }
      const calls = rows.flatMap((row) => this.#asked(row, month) ?? []);
      if (calls.length > 0 || next >= toInstantS) return { calls, nextInstantS: next, isLast: next >= toInstantS };
      from = next;
    }
    return { calls: [], nextInstantS: from, isLast: true };
  }

  /** Undefined for a call of another month on the tariff's clock. */
  #asked(row: CallRow, month: string): Asked | undefined {
    const booker = this.#site.booker();
    const version = row.tariffVersionId === null ? undefined : booker.rules.tariffs.version(row.tariffVersionId);
    if (version === undefined || monthOnTariffClock(version, row) !== month) return undefined;
    const call = bookableOf(row);
    const question = booker.question(call, booker.normalised(call), version);
    return question === undefined ? undefined : { row, version, question };
  }

  #price(progress: Progress, { row, version, question }: Asked, reached: Volumes | undefined): boolean {
    const { compiled } = version;
    const monthSeconds = compiled.volumeMethod === 'month' ? reached : undefined;
    const asked = monthSeconds === undefined ? question : { ...question, monthSeconds };
    const { charge, use, state } = rateInMonth(compiled, progress.state, asked);
    const booking: Booking = {
      ...bookingOf(row),
      rating: charge.isRated ? 'rated' : 'unrated',
      chargeMicro: charge.amountMicro ?? null,
      currency: charge.isRated ? charge.currency : null,
      billedSeconds: charge.isRated ? charge.billedSeconds : null,
      monthUse: monthUseText(use),
    };
    const isChanged = this.#site.calls.book(row, booking);
    const isFixed = !isChanged && (booking.chargeMicro !== row.chargeMicro || booking.monthUse !== row.monthUse);
    // A call of a closed month keeps its price, and has used what it used then.
    progress.state = isFixed ? afterUse(progress.state, readMonthUse(row.monthUse)) : state;
    return isChanged;
  }
}

/** Which of the tariff's volume prices hold at these volumes. */
function stepsReached({ volumeSteps }: CompiledTariff, volumes: Volumes): readonly boolean[] {
  return volumeSteps.map(({ group, fromMonthSeconds }) => (volumes[group] ?? 0) >= fromMonthSeconds);
}

function bookingOf(row: CallRow): Booking {
  const { number, band, destinationId, personId, departmentId, reason, rating, tariffVersionId } = row;
  const { chargeMicro, currency, billedSeconds, monthUse, verdict, purpose } = row;
  return {
    number,
    band,
    destinationId,
    personId,
    departmentId,
    reason,
    rating,
    tariffVersionId,
    chargeMicro,
    currency,
    billedSeconds,
    monthUse,
    verdict,
    purpose,
  };
}
