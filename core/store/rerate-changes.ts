/**
 * The calls that a re-rate changes, with before and after; and reading, changing and taking back those calls. Rows are read
 * as arrays with the needed columns only: a re-rate walks a million calls.
 */
import type { Statement } from 'better-sqlite3';
import type { AttributionReason, Band, CallDirection, CallId, CallVerdict, RatingState } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { RerateKind } from '../model/rerate.ts';
import type { LocalSeconds } from '../model/time.ts';
import { dayNumberOf } from './daily-sums.ts';
import type { Database } from './database.ts';
import type { RatedCall } from './rerate-sums.ts';
import { type OnlyCalls, PRICED_DIRECTIONS, type ReratePosition } from './rerates.ts';

/** What a tariff says of a call. */
export interface CallPrice {
  readonly rating: RatingState;
  readonly tariffVersionId: number | null;
  readonly chargeMicro: AmountMicro | null;
  readonly currency: string | null;
  readonly billedSeconds: number | null;
  readonly monthUse: string | null;
}

/** What the number, or the name of a rate, says of where a call went. */
export interface CallPlace {
  readonly number: string | null;
  readonly band: Band;
  readonly destinationId: number | null;
  readonly verdict: CallVerdict | null;
}

/** A stored call as far as a price needs it. */
export interface PriceableCall extends CallPrice, CallPlace {
  readonly id: CallId;
  readonly startLocalS: LocalSeconds;
  readonly utcOffsetMin: number;
  readonly endOffset: number;
  readonly direction: CallDirection;
  readonly isAnswered: boolean | null;
  readonly talkSeconds: number;
  readonly trunk: string | null;
  readonly dialled: string | null;
  readonly caller: string | null;
  readonly cleaned: string | null;
  readonly pbxCost: string | null;
  readonly personId: number | null;
  readonly departmentId: number | null;
  /** Days since 1970 that it is summed at. */
  readonly day: number;
  readonly legCount: number;
}

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
  readonly rated: RatedCall;
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

type Value = string | number | bigint | null;
type Amount = string | number | null;

/** A double where it holds the amount exactly, else text. */
const amountOf = (column: string): string =>
  `CASE WHEN ${column} BETWEEN -9007199254740991 AND 9007199254740991 THEN ${column} ELSE CAST(${column} AS TEXT) END`;

const microOf = (amount: Amount): AmountMicro | null => (amount === null ? null : amountMicro(BigInt(amount)));

const PRICEABLE = `c.id, c.start_local_s, c.utc_offset_min, c.end_offset, c.direction, c.is_answered, c.talk_s, c.trunk,
  c.dialled, c.caller, c.cleaned, c.pbx_cost, c.person_id, c.department_id, c.late_day, c.leg_count, c.number, c.band,
  c.destination_id, c.verdict, c.rating, c.tariff_version_id, ${amountOf('c.charge_micro')}, c.currency, c.billed_s,
  c.month_use`;

type PriceableColumns = readonly [
  id: number,
  startLocalS: number,
  utcOffsetMin: number,
  endOffset: number,
  direction: CallDirection,
  isAnswered: number | null,
  talkSeconds: number,
  trunk: string | null,
  dialled: string | null,
  caller: string | null,
  cleaned: string | null,
  pbxCost: string | null,
  personId: number | null,
  departmentId: number | null,
  lateDay: number | null,
  legCount: number,
  number: string | null,
  band: Band,
  destinationId: number | null,
  verdict: CallVerdict | null,
  rating: RatingState,
  tariffVersionId: number | null,
  charge: Amount,
  currency: string | null,
  billedSeconds: number | null,
  monthUse: string | null,
];

function priceableOf(c: PriceableColumns): PriceableCall {
  return {
    id: c[0],
    startLocalS: c[1],
    utcOffsetMin: c[2],
    endOffset: c[3],
    direction: c[4],
    isAnswered: c[5] === null ? null : c[5] !== 0,
    talkSeconds: c[6],
    trunk: c[7],
    dialled: c[8],
    caller: c[9],
    cleaned: c[10],
    pbxCost: c[11],
    personId: c[12],
    departmentId: c[13],
    day: c[14] ?? dayNumberOf(c[1]),
    legCount: c[15],
    number: c[16],
    band: c[17],
    destinationId: c[18],
    verdict: c[19],
    rating: c[20],
    tariffVersionId: c[21],
    chargeMicro: microOf(c[22]),
    currency: c[23],
    billedSeconds: c[24],
    monthUse: c[25],
  };
}

/** Reads the calls of a period that may have a price, in the order of their start, a chunk at a time. */
export class PriceableCalls {
  readonly #read: Statement<Value[], PriceableColumns>;
  readonly #get: Statement<Value[], PriceableColumns>;
  readonly #values: readonly Value[];
  readonly #fromLocalS: LocalSeconds;
  readonly #endLocalS: LocalSeconds;

  /** `endLocalS` is the first second after the period. */
  constructor(db: Database, fromLocalS: LocalSeconds, endLocalS: LocalSeconds, only: OnlyCalls) {
    this.#fromLocalS = fromLocalS;
    this.#endLocalS = endLocalS;
    const conditions = [`c.direction IN ${PRICED_DIRECTIONS}`];
    const values: Value[] = [];
    if (only.personIds !== undefined) {
      conditions.push('COALESCE(c.person_id, 0) IN (SELECT value FROM json_each(?))');
      values.push(JSON.stringify(only.personIds));
    }
    if (only.trunks !== undefined) {
      conditions.push('c.trunk IN (SELECT value FROM json_each(?))');
      values.push(JSON.stringify(only.trunks));
    }
    if (only.isUnratedOnly === true) conditions.push(`c.rating = 'unrated'`);
    this.#values = values;
    this.#read = db
      .prepare<Value[], PriceableColumns>(
        `SELECT ${PRICEABLE} FROM calls c INDEXED BY calls_start
         WHERE (c.start_local_s, c.id) > (?, ?) AND c.start_local_s < ? AND ${conditions.join(' AND ')}
         ORDER BY c.start_local_s, c.id LIMIT ?`,
      )
      .raw();
    this.#get = db.prepare<Value[], PriceableColumns>(`SELECT ${PRICEABLE} FROM calls c WHERE c.id = ?`).raw();
  }

  after({ startLocalS = this.#fromLocalS, callId }: ReratePosition, limit: number): readonly PriceableCall[] {
    return this.#read.all(startLocalS, callId, this.#endLocalS, ...this.#values, limit).map(priceableOf);
  }

  get(id: CallId): PriceableCall | undefined {
    const row = this.#get.get(id);
    return row === undefined ? undefined : priceableOf(row);
  }
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
  isAsSeen: number,
  isDone: number,
  kind: RerateKind,
  day: number,
  ratedPersonId: number | null,
  ratedDepartmentId: number | null,
  ratedBand: Band,
  chargeBefore: Amount,
  currencyBefore: string | null,
  chargeAfter: Amount,
  currencyAfter: string | null,
  ratingAfter: RatingState,
  targetRating: RatingState,
  targetVersion: number | null,
  targetCharge: Amount,
  targetCurrency: string | null,
  targetBilled: number | null,
  targetMonthUse: string | null,
  targetPlace: string | null,
  presentVersion: number | null,
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
      c.department_id, c.reason, c.rating, ${amountOf('c.charge_micro')}, c.currency,
      ${isAsSeenSql(target)}, ${hasPriceOf(target)}, r.kind, r.day, r.person_id, r.department_id, r.band,
      ${amountOf('r.charge_before')}, r.currency_before, ${amountOf('r.charge_after')}, r.currency_after, r.rating_after,
      r.rating_${target}, r.version_${target}, ${amountOf(`r.charge_${target}`)}, r.currency_${target},
      r.billed_${target}, r.month_use_${target}, r.place_${target}, c.tariff_version_id
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
            tariffVersionId: c[33],
            chargeMicro: microOf(c[12]),
            currency: c[13],
          },
    isAsSeen: c[14] === 1,
    isDone: c[15] === 1,
    rated: {
      kind: c[16],
      day: c[17],
      isClosed: false,
      personId: c[18],
      departmentId: c[19],
      band: c[20],
      chargeBefore: microOf(c[21]),
      currencyBefore: c[22],
      chargeAfter: microOf(c[23]),
      currencyAfter: c[24],
      isUnratedAfter: c[25] === 'unrated',
    },
    target: {
      rating: c[26],
      tariffVersionId: c[27],
      chargeMicro: microOf(c[28]),
      currency: c[29],
      billedSeconds: c[30],
      monthUse: c[31],
    },
    place: c[32] === null ? undefined : (JSON.parse(c[32]) as CallPlace),
  };
}

const placeText = ({ number, band, destinationId, verdict }: CallPlace): string =>
  JSON.stringify({ number, band, destinationId, verdict });

export class RerateChanges {
  readonly #db: Database;
  readonly #put: Statement;
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
