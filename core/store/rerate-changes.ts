/**
 * The calls that a re-rate changes, with before and after; and giving calls the values of one side or the other.
 */
import type { Statement } from 'better-sqlite3';
import type { AttributionReason, Band, CallDirection, CallId, RatingState } from '../model/call.ts';
import type { AmountMicro } from '../model/money.ts';
import type { RerateKind } from '../model/rerate.ts';
import type { LocalSeconds } from '../model/time.ts';
import type { Database } from './database.ts';
import {
  type Amount,
  amountOf,
  type CallPlace,
  type CallPrice,
  microOf,
  type PriceableCall,
  type Value,
} from './priceable-calls.ts';
import type { RatedCall } from './rerate-sums.ts';

export interface RerateChange {
  readonly rerateId: number;
  readonly call: PriceableCall;
  readonly isClosed: boolean;
  readonly after: CallPrice;
  /** Undefined: the place stays. */
  readonly placeAfter: CallPlace | undefined;
}

/** A stored change beside its call of now. */
export interface ChangedCall {
  readonly id: CallId;
  /** Undefined: there is no such call any more. */
  readonly present: PresentCall | undefined;
  /** The call is as this change found it (applying) or left it (taking back). */
  readonly isAsSeen: boolean;
  /** The call has the values that this work would give it. */
  readonly isDone: boolean;
  readonly target: CallPrice;
  readonly place: CallPlace | undefined;
}

/** What the daily sums know of a call. */
export interface PresentCall {
  readonly id: CallId;
  readonly startLocalS: LocalSeconds;
  readonly lateDay: number | null;
  readonly direction: CallDirection;
  readonly isAnswered: boolean | null;
  readonly talkSeconds: number;
  readonly band: Band;
  readonly personId: number | null;
  readonly departmentId: number | null;
  readonly reason: AttributionReason;
  readonly rating: RatingState;
  readonly tariffVersionId: number | null;
  readonly chargeMicro: AmountMicro | null;
  readonly currency: string | null;
}

/** A change as the sums of its re-rate count it. */
export function ratedOf(
  call: PriceableCall,
  after: CallPrice,
  band: Band,
  kind: RerateKind | undefined,
  isClosed: boolean,
): RatedCall {
  return {
    day: call.day,
    isClosed,
    personId: call.personId,
    departmentId: call.departmentId,
    band,
    kind,
    isUnratedAfter: after.rating === 'unrated',
    currencyBefore: call.currency,
    currencyAfter: after.currency,
    chargeBefore: call.chargeMicro,
    chargeAfter: after.chargeMicro,
  };
}

const PRICE_COLUMNS = ['rating', 'version', 'charge', 'currency', 'billed', 'month_use'] as const;
const CALL_PRICE_COLUMNS = [
  'rating',
  'tariff_version_id',
  'charge_micro',
  'currency',
  'billed_s',
  'month_use',
] as const;

/** The side of a change whose values a call is to get. */
export type ChangeSide = 'after' | 'before';

type ChangedColumns = readonly [
  id: number,
  callId: number | null,
  startLocalS: number,
  lateDay: number | null,
  direction: CallDirection,
  isAnswered: number | null,
  talkSeconds: number,
  band: Band,
  personId: number | null,
  departmentId: number | null,
  reason: AttributionReason,
  rating: RatingState,
  charge: Amount,
  currency: string | null,
  presentVersion: number | null,
  isAsSeen: number,
  isDone: number,
  targetRating: RatingState,
  targetVersion: number | null,
  targetCharge: Amount,
  targetCurrency: string | null,
  targetBilled: number | null,
  targetMonthUse: string | null,
  targetPlace: string | null,
];

const RATED_SQL = `SELECT kind, day, person_id, department_id, band, ${amountOf('charge_before')}, currency_before,
    ${amountOf('charge_after')}, currency_after, rating_after
  FROM rerate_changes WHERE rerate_id = ? AND call_id = ?`;

type RatedColumns = readonly [
  kind: RerateKind,
  day: number,
  personId: number | null,
  departmentId: number | null,
  band: Band,
  chargeBefore: Amount,
  currencyBefore: string | null,
  chargeAfter: Amount,
  currencyAfter: string | null,
  ratingAfter: RatingState,
];

/** The price columns of a call are those of a side of its change. */
function hasPriceOf(side: ChangeSide): string {
  return CALL_PRICE_COLUMNS.map((column, i) => `c.${column} IS r.${PRICE_COLUMNS[i]}_${side}`).join(' AND ');
}

const otherSide = (side: ChangeSide): ChangeSide => (side === 'after' ? 'before' : 'after');

/** The call is as the change found it, or left it. */
function isAsSeenSql(target: ChangeSide): string {
  return `c.end_offset = r.end_offset AND c.leg_count = r.leg_count AND c.talk_s = r.talk_s
    AND ${hasPriceOf(otherSide(target))}`;
}

function changedCallsSql(target: ChangeSide): string {
  return `SELECT r.call_id, c.id, c.start_local_s, c.late_day, c.direction, c.is_answered, c.talk_s, c.band, c.person_id,
      c.department_id, c.reason, c.rating, ${amountOf('c.charge_micro')}, c.currency, c.tariff_version_id,
      ${isAsSeenSql(target)}, ${hasPriceOf(target)},
      r.rating_${target}, r.version_${target}, ${amountOf(`r.charge_${target}`)}, r.currency_${target},
      r.billed_${target}, r.month_use_${target}, r.place_${target}
    FROM rerate_changes r LEFT JOIN calls c ON c.id = r.call_id
    WHERE r.rerate_id = ? AND r.call_id > ? AND r.is_closed = 0 ORDER BY r.call_id LIMIT ?`;
}

function writePricesSql(target: ChangeSide): string {
  const values = PRICE_COLUMNS.map((column) => `r.${column}_${target}`);
  return `UPDATE calls AS c SET (${CALL_PRICE_COLUMNS.join(', ')}) = (${values.join(', ')})
    FROM rerate_changes r
    WHERE r.rerate_id = ? AND r.call_id > ? AND r.call_id <= ? AND r.is_closed = 0 AND r.place_${target} IS NULL
      AND c.id = r.call_id AND ${isAsSeenSql(target)}`;
}

function changedOf(c: ChangedColumns): ChangedCall {
  return {
    id: c[0],
    present:
      c[1] === null
        ? undefined
        : {
            id: c[1],
            startLocalS: c[2],
            lateDay: c[3],
            direction: c[4],
            isAnswered: c[5] === null ? null : c[5] !== 0,
            talkSeconds: c[6],
            band: c[7],
            personId: c[8],
            departmentId: c[9],
            reason: c[10],
            rating: c[11],
            chargeMicro: microOf(c[12]),
            currency: c[13],
            tariffVersionId: c[14],
          },
    isAsSeen: c[15] === 1,
    isDone: c[16] === 1,
    target: {
      rating: c[17],
      tariffVersionId: c[18],
      chargeMicro: microOf(c[19]),
      currency: c[20],
      billedSeconds: c[21],
      monthUse: c[22],
    },
    place: c[23] === null ? undefined : (JSON.parse(c[23]) as CallPlace),
  };
}

const placeText = ({ number, band, destinationId, verdict }: CallPlace): string =>
  JSON.stringify({ number, band, destinationId, verdict });

export class RerateChanges {
  readonly #db: Database;
  readonly #put: Statement;
  readonly #rated: Statement<Value[], RatedColumns>;
  readonly #remove: Statement;
  readonly #close: Statement;
  readonly #price: Statement;
  readonly #place: Statement;
  readonly #toAfter: Statement<Value[], ChangedColumns>;
  readonly #toBefore: Statement<Value[], ChangedColumns>;
  readonly #pricesAfter: Statement;
  readonly #pricesBefore: Statement;

  constructor(db: Database) {
    this.#db = db;
    const sidesOf = (side: ChangeSide): string => PRICE_COLUMNS.map((column) => `${column}_${side}`).join(', ');
    // The values from before come from the call itself: binding them one by one takes longer than finding it again.
    this.#put = db.prepare(`
      INSERT OR REPLACE INTO rerate_changes (rerate_id, call_id, is_closed, day, person_id, department_id, band, end_offset,
        leg_count, talk_s, ${sidesOf('before')}, place_before, ${sidesOf('after')}, place_after)
      SELECT ?, id, ?, ?, person_id, department_id, COALESCE(?, band), end_offset, leg_count, talk_s,
        ${CALL_PRICE_COLUMNS.join(', ')}, ?, ${PRICE_COLUMNS.map(() => '?').join(', ')}, ?
      FROM calls WHERE id = ?`);
    this.#rated = db.prepare<Value[], RatedColumns>(RATED_SQL).raw();
    this.#remove = db.prepare('DELETE FROM rerate_changes WHERE rerate_id = ? AND call_id = ?');
    this.#close = db.prepare('UPDATE rerate_changes SET is_closed = 1 WHERE rerate_id = ? AND call_id = ?');
    this.#price = db.prepare(
      `UPDATE calls SET ${CALL_PRICE_COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
    );
    this.#place = db.prepare('UPDATE calls SET number = ?, band = ?, destination_id = ?, verdict = ? WHERE id = ?');
    this.#toAfter = db.prepare<Value[], ChangedColumns>(changedCallsSql('after')).raw();
    this.#toBefore = db.prepare<Value[], ChangedColumns>(changedCallsSql('before')).raw();
    this.#pricesAfter = db.prepare(writePricesSql('after'));
    this.#pricesBefore = db.prepare(writePricesSql('before'));
  }

  /** Keeps a change of a call that is still as it was read; one of the same call is replaced. */
  put({ rerateId, call, isClosed, after, placeAfter }: RerateChange): void {
    this.#put.run(
      rerateId,
      Number(isClosed),
      call.day,
      placeAfter?.band ?? null,
      placeAfter === undefined ? null : placeText(call),
      after.rating,
      after.tariffVersionId,
      after.chargeMicro,
      after.currency,
      after.billedSeconds,
      after.monthUse,
      placeAfter === undefined ? null : placeText(placeAfter),
      call.id,
    );
  }

  /** A stored change of an open month as the sums have counted it. */
  rated(rerateId: number, id: CallId): RatedCall | undefined {
    const c = this.#rated.get(rerateId, id);
    if (c === undefined) return undefined;
    return {
      kind: c[0],
      day: c[1],
      isClosed: false,
      personId: c[2],
      departmentId: c[3],
      band: c[4],
      chargeBefore: microOf(c[5]),
      currencyBefore: c[6],
      chargeAfter: microOf(c[7]),
      currencyAfter: c[8],
      isUnratedAfter: c[9] === 'unrated',
    };
  }

  remove(rerateId: number, id: CallId): void {
    this.#remove.run(rerateId, id);
  }

  /** Its month was closed before it was applied. */
  close(rerateId: number, id: CallId): void {
    this.#close.run(rerateId, id);
  }

  /** Changes of open months in order of call, after one, beside the calls that are to get the values of `target`. */
  after(rerateId: number, target: ChangeSide, id: CallId, limit: number): readonly ChangedCall[] {
    const statement = target === 'after' ? this.#toAfter : this.#toBefore;
    return statement.all(rerateId, id, limit).map(changedOf);
  }

  /**
   * Writes the prices of all changes behind one call and up to another whose calls are as seen and go where they went: one
   * statement for thousands. The caller moves the daily sums.
   */
  writePrices(rerateId: number, target: ChangeSide, afterId: CallId, lastId: CallId): void {
    (target === 'after' ? this.#pricesAfter : this.#pricesBefore).run(rerateId, afterId, lastId);
  }

  /** Writes a price, and where it went where that changes, to a call. The caller moves the daily sums. */
  write(id: CallId, price: CallPrice, place: CallPlace | undefined): void {
    this.#price.run(
      price.rating,
      price.tariffVersionId,
      price.chargeMicro,
      price.currency,
      price.billedSeconds,
      price.monthUse,
      id,
    );
    if (place !== undefined) this.#place.run(place.number, place.band, place.destinationId, place.verdict, id);
  }

  /** Takes out what a re-rate that ended without effect has left; true while there is more. */
  clear(limit: number): boolean {
    const ended = `SELECT id FROM rerates WHERE state IN ('cancelled', 'failed')`;
    const { changes } = this.#db
      .prepare(
        `DELETE FROM rerate_changes WHERE (rerate_id, call_id) IN
           (SELECT rerate_id, call_id FROM rerate_changes WHERE rerate_id IN (${ended}) LIMIT ?)`,
      )
      .run(limit);
    this.#db.prepare(`DELETE FROM rerate_sums WHERE rerate_id IN (${ended})`).run();
    return changes === limit;
  }
}
