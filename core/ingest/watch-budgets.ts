/** Compares the budgets of this month with what was used of them. */
import { budgetFindings } from '../alerts/budget-finding.ts';
import { budgetStates } from '../budgets/budget-states.ts';
import { weightsOf } from '../budgets/day-weights.ts';
import { DAY_S, dayOf } from '../model/office-calendar.ts';
import { localDayOf } from '../model/time.ts';
import { BudgetStore } from '../store/budgets.ts';
import { daysOfMonth } from '../store/month-days.ts';
import type { WatchParts } from './watch-parts.ts';

/** Weekdays are learnt from so many days before the month. */
export const LEARNT_DAYS = 182;

export function judgeBudgets({ db, rules, calendar, now, meet }: WatchParts): void {
  if (!rules.budget.isOn) return;
  const store = new BudgetStore(db);
  const month = localDayOf(dayOf(now) * DAY_S).slice(0, 7);
  const budgets = store.list(month);
  if (budgets.length === 0) return;
  const { first: firstDay, end: endDay } = daysOfMonth(month);
  const since = Math.max(store.firstDay() ?? firstDay, firstDay - LEARNT_DAYS);
  const weights = weightsOf(calendar, store.secondsByDay(since, firstDay), since, firstDay);
  const uses = store.uses(firstDay, endDay);
  for (const state of budgetStates(budgets, {
    ...{ firstDay, endDay, now, uses, weights, calendar },
    parents: store.parents(),
  })) {
    for (const finding of budgetFindings(state, month, rules.budget, now)) meet(finding, false);
  }
}
