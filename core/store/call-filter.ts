/** What is asked of stored calls, and the shape of the answers. */
import type { AttributionReason, Band, CallDirection, CallPurpose, CallVerdict, RatingState } from '../model/call.ts';
import type { AmountMicro } from '../model/money.ts';
import type { CallView } from './calls.ts';

/** What a call must be; absent: anything. Days are `YYYY-MM-DD`, both inclusive. */
export interface CallFilter {
  /** `YYYY-MM`: the calls that a month adds up. */
  readonly month?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** 0: calls that nobody owns. */
  readonly personId?: number | undefined;
  /** A department and all below it. 0: calls of people who were in no department. */
  readonly departmentId?: number | undefined;
  /** The department alone, without those below it. */
  readonly isDepartmentOnly?: boolean | undefined;
  readonly code?: string | undefined;
  readonly extension?: string | undefined;
  readonly trunk?: string | undefined;
  /** First or last digits of the normalised or the dialled number. */
  readonly number?: string | undefined;
  readonly direction?: CallDirection | undefined;
  /** Calls that a month adds up: those that went out, and incoming ones that the called side pays for. */
  readonly isOutbound?: boolean | undefined;
  readonly band?: Band | undefined;
  readonly reason?: AttributionReason | undefined;
  readonly rating?: RatingState | undefined;
  readonly purpose?: CallPurpose | undefined;
  readonly verdict?: CallVerdict | undefined;
  /** Calls that break a code rule, whichever. */
  readonly isBreach?: boolean | undefined;
  readonly sourceId?: number | undefined;
  readonly destinationId?: number | undefined;
  /** ISO weekday of its start, 1 is Monday. */
  readonly weekday?: number | undefined;
  /** Hour of the day of its start, 0 to 23. */
  readonly hour?: number | undefined;
  /** Part of a person's, destination's or caller's name, with or without marks. */
  readonly text?: string | undefined;
}

export interface CallQuery extends CallFilter {
  /** `next` of the page before. */
  readonly after?: string | undefined;
  /** Row number of the first call wanted, newest is 0. */
  readonly at?: number | undefined;
  readonly limit: number;
}

export interface CallPage {
  readonly calls: readonly CallView[];
  readonly next: string | null;
}

export interface ChargeSum {
  readonly currency: string;
  readonly amountMicro: AmountMicro;
}

export interface CallTotals {
  readonly calls: number;
  readonly talkSeconds: number;
  readonly charges: readonly ChargeSum[];
}
