/** Who draws on a budget, and with what. */
import type { Budget, DayUse } from '../model/budget.ts';

export function holdsIn(budget: Pick<Budget, 'fromMonth' | 'toMonth'>, month: string): boolean {
  return budget.fromMonth <= month && (budget.toMonth === null || month <= budget.toMonth);
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

const MILLIONTHS = 1_000_000n;
const HUNDREDTHS = 10_000n;
const LARGE = 100n * MILLIONTHS;

/** An estimate in whole units of the currency, or in hundredths where it is small: more digits would look like knowledge. */
export function roundedEstimate({ allowance }: Pick<Budget, 'allowance'>, units: bigint): bigint {
  if (allowance.kind === 'minutes') return units;
  const step = units >= LARGE ? MILLIONTHS : HUNDREDTHS;
  return ((units + step / 2n) / step) * step;
}

export function unitsOf({ allowance }: Pick<Budget, 'allowance'>, use: DayUse): bigint {
  return allowance.kind === 'money' ? use.chargeMicro : BigInt(use.seconds);
}
