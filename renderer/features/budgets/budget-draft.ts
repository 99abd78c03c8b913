/** A budget as the form holds it. */
import type { Budget, BudgetInput } from '../../../core/api/contract.ts';
import { BANDS, type Band } from '../../../core/model/call.ts';

export const WHOSE_KINDS = ['site', 'department', 'person'] as const;
export type WhoseKind = (typeof WHOSE_KINDS)[number];

/** Bands that outside calls can have. */
export const OUTSIDE_BANDS: readonly Band[] = BANDS.filter((band) => band !== 'internal' && band !== 'incoming');

export interface BudgetDraft {
  readonly whose: WhoseKind;
  readonly personId: number | null;
  readonly departmentId: number | null;
  readonly includesSubDepartments: boolean;
  readonly bands: readonly Band[];
  readonly unit: 'money' | 'minutes';
  readonly amount: string;
  readonly currency: string;
  readonly minutes: number | string;
  readonly fromMonth: string;
  readonly toMonth: string;
  readonly thresholds: string;
  readonly warnsOfForecast: boolean;
  readonly note: string;
}

export function newDraft(month: string): BudgetDraft {
  return {
    whose: 'person',
    personId: null,
    departmentId: null,
    includesSubDepartments: true,
    bands: [],
    unit: 'money',
    amount: '',
    currency: 'VND',
    minutes: '',
    fromMonth: month,
    toMonth: '',
    thresholds: '80, 100',
    warnsOfForecast: true,
    note: '',
  };
}

export function draftOf(budget: Budget): BudgetDraft {
  const isMoney = budget.unit === 'money';
  return {
    whose: budget.personId !== null ? 'person' : budget.departmentId !== null ? 'department' : 'site',
    personId: budget.personId,
    departmentId: budget.departmentId,
    includesSubDepartments: budget.includesSubDepartments,
    bands: budget.bands,
    unit: budget.unit,
    amount: isMoney ? budget.allowed : '',
    currency: isMoney ? budget.currency : 'VND',
    minutes: isMoney ? '' : Number(budget.allowed),
    fromMonth: budget.fromMonth,
    toMonth: budget.toMonth ?? '',
    thresholds: budget.thresholds.join(', '),
    warnsOfForecast: budget.warnsOfForecast,
    note: budget.note,
  };
}

/** What is not a number stays in, so that the service says what to enter. */
function thresholdsOf(text: string): number[] {
  return text
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .map((part) => Number(part.replace('%', '')))
    .map((value) => (Number.isFinite(value) ? value : 0));
}

export function inputOf(draft: BudgetDraft, by: string): BudgetInput {
  return {
    personId: draft.whose === 'person' ? draft.personId : null,
    departmentId: draft.whose === 'department' ? draft.departmentId : null,
    includesSubDepartments: draft.includesSubDepartments,
    bands: [...draft.bands],
    allowance:
      draft.unit === 'money'
        ? { kind: 'money', amount: draft.amount.trim(), currency: draft.currency.trim().toUpperCase() }
        : { kind: 'minutes', minutes: Number(draft.minutes) },
    fromMonth: draft.fromMonth,
    toMonth: draft.toMonth === '' ? null : draft.toMonth,
    thresholds: thresholdsOf(draft.thresholds),
    warnsOfForecast: draft.warnsOfForecast,
    note: draft.note,
    by,
  };
}
