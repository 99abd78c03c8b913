/** How a budget stands: what is used, what the month will come to, and which of its thresholds are reached. */
import type { Budget } from '../model/budget.ts';
import type { Forecast } from './forecast.ts';

export interface BudgetState {
  readonly budget: Budget;
  readonly used: bigint;
  readonly forecast: Forecast;
}

/** Per cent, rounded down: a threshold is reached when all of it is. An allowance of nothing is used up by anything. */
export function percentOf(units: bigint, allowed: bigint): number {
  if (allowed <= 0n) return units > 0n ? 100 : 0;
  const percent = (units * 100n) / allowed;
  return percent > 9999n ? 9999 : Number(percent);
}

export type BudgetWarning =
  | { readonly kind: 'threshold'; readonly percent: number }
  /** The middle of a narrow range is above the allowance, or even the lower end of a wide one. */
  | { readonly kind: 'forecast' };

/** What is to be told of it: the highest threshold that is reached, and a month that leads above the allowance. */
export function warningsOf({ budget, used, forecast }: BudgetState): readonly BudgetWarning[] {
  const allowed = budget.allowance.units;
  const percent = percentOf(used, allowed);
  const highest = Math.max(...budget.thresholds.filter((threshold) => percent >= threshold), 0);
  const warnings: BudgetWarning[] = highest > 0 ? [{ kind: 'threshold', percent: highest }] : [];
  const expected = forecast.state === 'fair' ? forecast.units : forecast.state === 'rough' ? forecast.low : 0n;
  if (budget.warnsOfForecast && percent < 100 && expected > allowed) warnings.push({ kind: 'forecast' });
  return warnings;
}
