/** Budgets of a month in the shape of the contract: what is allowed, used and to be expected. */
import { roundedEstimate } from '../budgets/budget.ts';
import { type BudgetState, percentOf } from '../budgets/budget-state.ts';
import { budgetStates } from '../budgets/budget-states.ts';
import { type DayWeights, weightsOf } from '../budgets/day-weights.ts';
import { calendarOf } from '../ingest/office-calendar-of.ts';
import { LEARNT_DAYS } from '../ingest/watch-budgets.ts';
import type { Budget as StoredBudget } from '../model/budget.ts';
import { amountMicro, formatAmount } from '../model/money.ts';
import type { OfficeCalendar } from '../model/office-calendar.ts';
import { type BudgetRow, BudgetStore } from '../store/budgets.ts';
import { HolidayStore } from '../store/holidays.ts';
import { daysOfMonth } from '../store/month-days.ts';
import type { Budget } from './contract.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiParts } from './parts.ts';
import { siteSeconds } from './site-today.ts';

const SECONDS_PER_MINUTE = 60n;

function figureOf({ allowance }: StoredBudget, units: bigint): string {
  if (allowance.kind === 'money') return formatAmount(amountMicro(units));
  return String((units + SECONDS_PER_MINUTE - 1n) / SECONDS_PER_MINUTE);
}

function forecastOf({ budget, forecast }: BudgetState): Budget['forecast'] {
  if (forecast.state === 'too-early' || forecast.state === 'over') {
    const nothing = { expected: null, low: null, high: null, percent: null };
    return { state: forecast.state, ...nothing, isLearnt: false, daysSoFar: 0, daysToCome: 0 };
  }
  const { state, units, low, high, isLearnt, daysSoFar, daysToCome } = forecast;
  return {
    ...{ state, isLearnt, daysSoFar, daysToCome },
    expected: figureOf(budget, roundedEstimate(budget, units)),
    low: figureOf(budget, roundedEstimate(budget, low)),
    high: figureOf(budget, roundedEstimate(budget, high)),
    percent: percentOf(units, budget.allowance.units),
  };
}

function viewOf(state: BudgetState & { readonly budget: BudgetRow }): Budget {
  const { budget, used } = state;
  const { allowance, bands, thresholds, ...rest } = budget;
  return {
    ...rest,
    bands: [...bands],
    thresholds: [...thresholds],
    unit: allowance.kind,
    currency: allowance.kind === 'money' ? allowance.currency : '',
    allowed: figureOf(budget, allowance.units),
    used: figureOf(budget, used),
    usedPercent: percentOf(used, allowance.units),
    forecast: forecastOf(state),
  };
}

type BudgetParts = Pick<ApiParts, 'settings'> & { readonly deps: Pick<ApiDeps, 'db' | 'nowMs'> };

/** The office's hours, and how much of a month each of its days carries. */
export function monthRhythm(
  { deps, settings }: BudgetParts,
  month: string,
): { readonly calendar: OfficeCalendar; readonly weights: DayWeights } {
  const store = new BudgetStore(deps.db);
  const { first } = daysOfMonth(month);
  const since = Math.max(store.firstDay() ?? first, first - LEARNT_DAYS);
  const calendar = calendarOf(settings.get(), new HolidayStore(deps.db).days());
  return { calendar, weights: weightsOf(calendar, store.secondsByDay(since, first), since, first) };
}

/** All budgets that hold in the month, or those that are wanted. */
export function budgetsOf(
  parts: BudgetParts,
  month: string,
  isWanted: (budget: BudgetRow) => boolean = () => true,
): readonly Budget[] {
  const store = new BudgetStore(parts.deps.db);
  const budgets = store.list(month).filter(isWanted);
  if (budgets.length === 0) return [];
  const { first: firstDay, end: endDay } = daysOfMonth(month);
  return budgetStates(budgets, {
    ...{ firstDay, endDay, now: siteSeconds(parts) },
    ...monthRhythm(parts, month),
    uses: store.uses(firstDay, endDay),
    parents: store.parents(),
  }).map(viewOf);
}
