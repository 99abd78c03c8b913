/** Alerts of budgets: one for each threshold of a budget in a month, and one for its forecast. */
import { roundedEstimate } from '../budgets/budget.ts';
import { type BudgetState, percentOf, warningsOf } from '../budgets/budget-state.ts';
import type { Finding } from '../model/alert.ts';
import { amountMicro, formatAmount } from '../model/money.ts';
import type { LocalSeconds } from '../model/time.ts';
import type { AlertRules } from './alert-rules.ts';

function figure({ budget }: BudgetState, units: bigint): string {
  return budget.allowance.kind === 'money' ? formatAmount(amountMicro(units)) : String((units + 59n) / 60n);
}

export function budgetFindings(
  state: BudgetState,
  month: string,
  rule: AlertRules['budget'],
  now: LocalSeconds,
): readonly Finding[] {
  const { budget, used, forecast } = state;
  const { allowance } = budget;
  const about = (units: bigint): string => figure(state, roundedEstimate(budget, units));
  return warningsOf(state).flatMap((warning): readonly Finding[] => {
    if (warning.kind === 'forecast' && !rule.warnsOfForecast) return [];
    const stage = warning.kind === 'forecast' ? 'forecast' : String(warning.percent);
    const expected =
      forecast.state === 'fair' || forecast.state === 'rough'
        ? { forecast: about(forecast.units), low: about(forecast.low), high: about(forecast.high) }
        : {};
    return [
      {
        kind: 'budget',
        severity: stage === 'forecast' || Number(stage) < 100 ? 'notice' : rule.severity,
        caseKey: `budget:${budget.id}:${month}:${stage}`,
        // Met again it is the same: a budget is told of once a threshold, not with every call.
        count: 1,
        values: {
          stage,
          budgetId: budget.id,
          month,
          unit: allowance.kind,
          currency: allowance.kind === 'money' ? allowance.currency : '',
          used: figure(state, used),
          allowed: figure(state, allowance.units),
          percent: percentOf(used, allowance.units),
          personId: budget.personId ?? 0,
          departmentId: budget.departmentId ?? 0,
          bands: budget.bands.join(','),
          ...expected,
        },
        callIds: [],
        firstLocalS: now,
        lastLocalS: now,
      },
    ];
  });
}
