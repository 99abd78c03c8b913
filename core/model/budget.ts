/** What a budget allows, for whom, and from which month to which. */
import type { Band } from './call.ts';

/** `money`: millionths of `currency`. `minutes`: seconds of talk. One whole number, so that shares are exact. */
export type Allowance =
  | { readonly kind: 'money'; readonly currency: string; readonly units: bigint }
  | { readonly kind: 'minutes'; readonly units: bigint };

export interface Budget {
  readonly id: number;
  /** Nobody and no department: the whole site. */
  readonly personId: number | null;
  readonly departmentId: number | null;
  readonly includesSubDepartments: boolean;
  /** Empty: every outside call. */
  readonly bands: readonly Band[];
  readonly allowance: Allowance;
  /** `YYYY-MM`; the last month is one in which it still holds. */
  readonly fromMonth: string;
  readonly toMonth: string | null;
  /** Per cent of the allowance at which an alert is due, ascending. */
  readonly thresholds: readonly number[];
  readonly warnsOfForecast: boolean;
  readonly note: string;
}

/** One line of the daily sums, as far as budgets need it. */
export interface DayUse {
  readonly day: number;
  /** 0: nobody, no department. */
  readonly personId: number;
  readonly departmentId: number;
  readonly band: Band;
  readonly currency: string;
  readonly seconds: number;
  readonly chargeMicro: bigint;
}
