/** Notes which months of tariffs wait to be settled, in the transaction of the call that changed. */
import type { CallRow } from '../store/calls.ts';
import type { Database } from '../store/database.ts';
import { TariffMonths } from '../store/tariff-months.ts';
import { instantOf, monthOnTariffClock } from './tariff-clock.ts';
import type { PricingTariffs } from './tariff-set.ts';

/** What a price can depend on, and the price itself; all else of a call moves no other call's price. */
const PRICE_KEYS = [
  'startLocalS',
  'utcOffsetMin',
  'direction',
  'isAnswered',
  'talkSeconds',
  'trunk',
  'dialled',
  'caller',
  'cleaned',
  'number',
  'rating',
  'tariffVersionId',
  'chargeMicro',
  'billedSeconds',
  'monthUse',
] as const satisfies readonly (keyof CallRow)[];

export class MonthMarks {
  readonly #months: TariffMonths;
  readonly #tariffs: () => PricingTariffs;
  /** Earliest instant that each month is marked from, so that a whole import writes a few marks. */
  readonly #known = new Map<string, number>();
  #isSettling = false;
  /** Grows with every call noted. */
  revision = 0;

  constructor(db: Database, tariffs: () => PricingTariffs) {
    this.#months = new TariffMonths(db);
    this.#tariffs = tariffs;
  }

  /** A call was stored, changed or removed. */
  note(before: CallRow | undefined, after: CallRow | undefined): void {
    if (this.#isSettling || (before?.tariffVersionId ?? after?.tariffVersionId ?? null) === null) return;
    if (before !== undefined && after !== undefined && PRICE_KEYS.every((key) => before[key] === after[key])) return;
    this.#mark(before);
    this.#mark(after);
  }

  /** Prices that are put in order need no mark. */
  settling<T>(work: () => T): T {
    this.#isSettling = true;
    try {
      return work();
    } finally {
      this.#isSettling = false;
      this.#known.clear();
    }
  }

  /** After a transaction that failed. */
  discard(): void {
    this.#known.clear();
    this.revision += 1;
  }

  #mark(call: CallRow | undefined): void {
    if (call === undefined || call.tariffVersionId === null) return;
    const version = this.#tariffs().version(call.tariffVersionId);
    if (version?.compiled.usesMonth !== true) return;
    this.revision += 1;
    const { tariffId } = version;
    const month = monthOnTariffClock(version, call);
    const fromInstantS = instantOf(call);
    const key = `${tariffId} ${month}`;
    const known = this.#known.get(key);
    if (known !== undefined && known <= fromInstantS) return;
    this.#known.set(key, fromInstantS);
    this.#months.mark({ tariffId, month, fromInstantS });
  }
}
