/** Which calls a re-rate is about. Calls that share bundles or volumes of a month are rated together, or not at all. */
import { type LocalDay, type LocalSeconds, localSecondsOfDay } from '../model/time.ts';
import { SECONDS_PER_DAY } from '../store/daily-sums.ts';
import type { Database } from '../store/database.ts';
import { daysOfMonth } from '../store/month-days.ts';
import type { CallPrice, PriceableCall } from '../store/priceable-calls.ts';
import type { OnlyCalls, RerateInput } from '../store/rerates.ts';
import { TariffStore } from '../store/tariffs.ts';
import type { PricingTariffs } from './tariff-set.ts';

const EVERYTHING: OnlyCalls = {};

export class RerateScope {
  /** What is walked: more than the period where months have to be rated whole. */
  readonly fromLocalS: LocalSeconds;
  readonly endLocalS: LocalSeconds;
  readonly only: OnlyCalls;
  readonly #asked: OnlyCalls;
  readonly #fromAskedS: LocalSeconds;
  readonly #endAskedS: LocalSeconds;
  readonly #tariffs: PricingTariffs;
  readonly #hasMonths: boolean;

  constructor(db: Database, { fromDay, toDay, only }: RerateInput, tariffs: PricingTariffs) {
    this.#tariffs = tariffs;
    this.#asked = only;
    this.#fromAskedS = localSecondsOfDay(fromDay) ?? 0;
    this.#endAskedS = (localSecondsOfDay(toDay) ?? 0) + SECONDS_PER_DAY;
    const versions = publishedOf(db).flatMap((id) => tariffs.version(id)?.compiled ?? []);
    this.#hasMonths = versions.some(({ usesMonth }) => usesMonth);
    const isWholeMonth = versions.some(({ usesMonth, volumeMethod }) => usesMonth && volumeMethod === 'month');
    this.fromLocalS = isWholeMonth ? firstOfMonth(fromDay) : this.#fromAskedS;
    this.endLocalS = this.#hasMonths ? endOfMonth(toDay) : this.#endAskedS;
    this.only = this.#hasMonths ? EVERYTHING : only;
  }

  isMeant(call: PriceableCall, after: CallPrice): boolean {
    if (this.#hasMonths) {
      if (this.#usesMonth(call.tariffVersionId) || this.#usesMonth(after.tariffVersionId)) return true;
      if (call.startLocalS < this.#fromAskedS || call.startLocalS >= this.#endAskedS) return false;
      if (!this.#isAsked(call)) return false;
    }
    const { tariffIds } = this.#asked;
    if (tariffIds === undefined) return true;
    return this.#isOf(tariffIds, call.tariffVersionId) || this.#isOf(tariffIds, after.tariffVersionId);
  }

  /** What the query asks where nothing depends on months. */
  #isAsked({ personId, trunk, rating }: PriceableCall): boolean {
    const { personIds, trunks, isUnratedOnly } = this.#asked;
    if (personIds !== undefined && !personIds.includes(personId ?? 0)) return false;
    if (trunks !== undefined && !trunks.includes(trunk ?? '')) return false;
    return isUnratedOnly !== true || rating === 'unrated';
  }

  #usesMonth(id: number | null): boolean {
    return id !== null && this.#tariffs.version(id)?.compiled.usesMonth === true;
  }

  #isOf(tariffIds: readonly number[], id: number | null): boolean {
    return id !== null && tariffIds.includes(this.#tariffs.version(id)?.tariffId ?? 0);
  }
}

function publishedOf(db: Database): readonly number[] {
  const tariffs = new TariffStore(db);
  return tariffs.list().flatMap(({ id }) => tariffs.published(id).map((version) => version.id));
}

function firstOfMonth(day: LocalDay): LocalSeconds {
  return daysOfMonth(day.slice(0, 7)).first * SECONDS_PER_DAY;
}

function endOfMonth(day: LocalDay): LocalSeconds {
  return daysOfMonth(day.slice(0, 7)).end * SECONDS_PER_DAY;
}
