/**
 * Stored calls as far as a price needs them, read as arrays with the needed columns only: a re-rate walks a million calls.
 */
import type { Statement } from 'better-sqlite3';
import type { Band, CallDirection, CallId, CallVerdict, RatingState } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { LocalSeconds } from '../model/time.ts';
import { dayNumberOf } from './daily-sums.ts';
import type { Database } from './database.ts';
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

export type Value = string | number | bigint | null;
export type Amount = string | number | null;

/** A double where it holds the amount exactly, else text. */
export const amountOf = (column: string): string =>
  `CASE WHEN ${column} BETWEEN -9007199254740991 AND 9007199254740991 THEN ${column} ELSE CAST(${column} AS TEXT) END`;

export const microOf = (amount: Amount): AmountMicro | null => (amount === null ? null : amountMicro(BigInt(amount)));

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
