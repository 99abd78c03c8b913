import type { RerateTotals } from '../../../core/api/contract.ts';

export const CHANGE_COUNTS = [
  'repriced',
  'newlyRated',
  'noLongerRated',
  'samePrice',
] as const satisfies readonly (keyof RerateTotals)[];

export function changedCalls(totals: RerateTotals): number {
  return CHANGE_COUNTS.reduce((sum, count) => sum + totals[count], 0);
}
