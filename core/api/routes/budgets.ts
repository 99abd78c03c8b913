/** Budgets of a month, against the daily sums of that month. */
import { roundedEstimate } from '../../budgets/budget.ts';
import { type BudgetState, percentOf } from '../../budgets/budget-state.ts';
import { budgetStates } from '../../budgets/budget-states.ts';
import { weightsOf } from '../../budgets/day-weights.ts';
import { calendarOf } from '../../ingest/office-calendar-of.ts';
import { LEARNT_DAYS } from '../../ingest/watch-budgets.ts';
import type { Budget as StoredBudget } from '../../model/budget.ts';
import { AppError } from '../../model/errors.ts';
import { amountFromDecimal, amountMicro, formatAmount } from '../../model/money.ts';
import { localDayOf } from '../../model/time.ts';
import { createZoneClock } from '../../model/zone-clock.ts';
import { type BudgetRow, type BudgetInput as BudgetRowInput, BudgetStore } from '../../store/budgets.ts';
import { HolidayStore } from '../../store/holidays.ts';
import { daysOfMonth } from '../../store/month-days.ts';
import { departmentName, personName } from '../../store/names.ts';
import type { Budget, routes } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import type { RouteParsed } from '../route.ts';

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

type Body = RouteParsed<(typeof routes)['addBudget']>['body'];

export function budgetRoutes(
  parts: ApiParts,
): Pick<Handlers, 'listBudgets' | 'addBudget' | 'changeBudget' | 'removeBudget' | 'copyBudgets'> {
  const { deps, settings } = parts;
  const store = new BudgetStore(deps.db);

  const now = (): number => Math.floor(createZoneClock(settings.get().timeZone)(Math.floor(deps.nowMs() / 1000)));

  const inputOf = (body: Body, language: 'vi' | 'en'): BudgetRowInput => {
    const { by: _, allowance, thresholds, ...rest } = body;
    if (rest.personId !== null && rest.departmentId !== null) {
      throw InvalidInput.of('departmentId', 'personOrDepartment', language);
    }
    if (rest.toMonth !== null && rest.toMonth < rest.fromMonth) throw InvalidInput.of('toMonth', 'dayOrder', language);
    if (rest.personId !== null && personName(deps.db, rest.personId) === undefined) {
      throw InvalidInput.of('personId', 'person', language);
    }
    if (rest.departmentId !== null && departmentName(deps.db, rest.departmentId) === undefined) {
      throw InvalidInput.of('departmentId', 'department', language);
    }
    return {
      ...rest,
      thresholds: [...new Set(thresholds)].sort((a, b) => a - b),
      allowance:
        allowance.kind === 'money'
          ? { kind: 'money', currency: allowance.currency, units: amountFromDecimal(allowance.amount) ?? 0n }
          : { kind: 'minutes', units: BigInt(allowance.minutes) * SECONDS_PER_MINUTE },
    };
  };

  const changed = (): void => {
    parts.changed('budgets');
    // Thresholds are compared with the new allowance.
    deps.ingest.reload().catch((error: unknown) => deps.log.error({ err: error }, 'budgets not told'));
  };

  return {
    listBudgets: ({ query }) => {
      const at = now();
      const thisMonth = localDayOf(at).slice(0, 7);
      const month = query.month ?? thisMonth;
      const { first: firstDay, end: endDay } = daysOfMonth(month);
      const since = Math.max(store.firstDay() ?? firstDay, firstDay - LEARNT_DAYS);
      const calendar = calendarOf(settings.get(), new HolidayStore(deps.db).days());
      const states = budgetStates(store.list(month), {
        ...{ firstDay, endDay, now: at, calendar },
        uses: store.uses(firstDay, endDay),
        parents: store.parents(),
        weights: weightsOf(calendar, store.secondsByDay(since, firstDay), since, firstDay),
      });
      return { month, thisMonth, budgets: states.map(viewOf) };
    },
    addBudget: ({ body, language }) => {
      const id = store.add(inputOf(body, language), body.by, deps.nowMs());
      changed();
      return { id };
    },
    changeBudget: ({ params, body, language }) => {
      store.change(params.id, inputOf(body, language), body.by, deps.nowMs());
      changed();
      return { id: params.id };
    },
    removeBudget: ({ params }) => {
      store.remove(params.id);
      changed();
      return undefined;
    },
    copyBudgets: ({ body, language }) => {
      const { fromMonth, toMonth, by } = body;
      if (fromMonth === toMonth) throw InvalidInput.of('toMonth', 'otherMonth', language);
      const there = new Set(store.list(toMonth).map(({ id }) => id));
      const copies = store.list(fromMonth).filter(({ id }) => !there.has(id));
      deps.db.transaction(() => {
        for (const { id } of copies) {
          const budget = store.get(id);
          if (budget === undefined) throw new AppError('not-found', { what: 'budget', id });
          store.add({ ...budget, fromMonth: toMonth, toMonth }, by, deps.nowMs());
        }
      })();
      if (copies.length > 0) changed();
      return { copied: copies.length };
    },
  };
}
