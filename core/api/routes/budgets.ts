/** Budgets of a month, against the daily sums of that month. */
import { AppError } from '../../model/errors.ts';
import { amountFromDecimal } from '../../model/money.ts';
import { localDayOf } from '../../model/time.ts';
import { type BudgetInput as BudgetRowInput, BudgetStore } from '../../store/budgets.ts';
import { departmentName, personName } from '../../store/names.ts';
import { budgetsOf } from '../budget-view.ts';
import type { routes } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import type { RouteParsed } from '../route.ts';
import { siteSeconds } from '../site-today.ts';

const SECONDS_PER_MINUTE = 60n;

type Body = RouteParsed<(typeof routes)['addBudget']>['body'];

export function budgetRoutes(
  parts: ApiParts,
): Pick<Handlers, 'listBudgets' | 'addBudget' | 'changeBudget' | 'removeBudget' | 'copyBudgets'> {
  const { deps } = parts;
  const store = new BudgetStore(deps.db);

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
      const thisMonth = localDayOf(siteSeconds(parts)).slice(0, 7);
      const month = query.month ?? thisMonth;
      return { month, thisMonth, budgets: [...budgetsOf(parts, month)] };
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
