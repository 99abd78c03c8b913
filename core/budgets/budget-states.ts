/** All budgets of a month against its daily sums. */
import type { Budget, DayUse } from '../model/budget.ts';
import type { DayNumber, OfficeCalendar } from '../model/office-calendar.ts';
import type { LocalSeconds } from '../model/time.ts';
import { departmentsUnder, drawsOn, unitsOf } from './budget.ts';
import type { BudgetState } from './budget-state.ts';
import type { DayWeights } from './day-weights.ts';
import { forecastOf } from './forecast.ts';

export interface BudgetMonth {
  readonly firstDay: DayNumber;
  readonly endDay: DayNumber;
  readonly now: LocalSeconds;
  readonly uses: readonly DayUse[];
  /** Parent of each department. */
  readonly parents: ReadonlyMap<number, number | null>;
  readonly weights: DayWeights;
  readonly calendar: OfficeCalendar;
}

export function budgetStates<B extends Budget>(
  budgets: readonly B[],
  month: BudgetMonth,
): readonly (BudgetState & { readonly budget: B })[] {
  // A line is looked at for each budget of its person, not of every person.
  const byPerson = new Map<number, DayUse[]>();
  for (const use of month.uses) {
    const ofPerson = byPerson.get(use.personId);
    if (ofPerson === undefined) byPerson.set(use.personId, [use]);
    else ofPerson.push(use);
  }
  return budgets.map((budget) => {
    const { personId, departmentId, includesSubDepartments } = budget;
    const departments =
      departmentId === null ? undefined : departmentsUnder(departmentId, month.parents, includesSubDepartments);
    const days = new Map<DayNumber, bigint>();
    let used = 0n;
    for (const use of personId === null ? month.uses : (byPerson.get(personId) ?? [])) {
      if (!drawsOn(budget, departments, use)) continue;
      const units = unitsOf(budget, use);
      used += units;
      days.set(use.day, (days.get(use.day) ?? 0n) + units);
    }
    return { budget, used, forecast: forecastOf({ ...month, days }) };
  });
}
