/** What a budget allows, for whom, and from which month to which. */
import type { Band } from '../model/call.ts';

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

export function holdsIn(budget: Pick<Budget, 'fromMonth' | 'toMonth'>, month: string): boolean {
  return budget.fromMonth <= month && (budget.toMonth === null || month <= budget.toMonth);
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

/** A department and all below it. A circle, which the store refuses, would end here too. */
export function departmentsUnder(
  root: number,
  parents: ReadonlyMap<number, number | null>,
  includesSub: boolean,
): ReadonlySet<number> {
  const found = new Set([root]);
  if (!includesSub) return found;
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const [id, parent] of parents) if (parent !== null && found.has(parent)) found.add(id);
  }
  return found;
}

/** Whether calls of this line draw on the budget. Money of another currency does not. */
export function drawsOn(budget: Budget, departments: ReadonlySet<number> | undefined, use: DayUse): boolean {
  if (budget.personId !== null && use.personId !== budget.personId) return false;
  // Calls of nobody keep the department 0.
  if (departments !== undefined && !departments.has(use.departmentId)) return false;
  if (budget.bands.length > 0 && !budget.bands.includes(use.band)) return false;
  return budget.allowance.kind === 'minutes' || use.currency === budget.allowance.currency;
}

export function unitsOf({ allowance }: Pick<Budget, 'allowance'>, use: DayUse): bigint {
  return allowance.kind === 'money' ? use.chargeMicro : BigInt(use.seconds);
}
