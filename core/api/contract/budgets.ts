/** Budgets: what is allowed, used and to be expected. Amounts are exact decimals of money, or minutes. */
import { z } from 'zod';
import { BANDS } from '../../model/call.ts';
import { amountFromDecimal } from '../../model/money.ts';
import { actor, id, month } from './common.ts';

const MOST_MINUTES = 10_000_000;

const Allowance = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('money'),
    amount: z
      .string()
      .max(20)
      .refine((text) => (amountFromDecimal(text) ?? -1n) >= 0n, { error: 'amount' }),
    currency: z.string().regex(/^[A-Z]{3}$/, { error: 'currency' }),
  }),
  z.object({ kind: z.literal('minutes'), minutes: z.number().int().min(0).max(MOST_MINUTES) }),
]);

export const BudgetInput = z.object({
  /** Neither person nor department: the whole office. */
  personId: id.nullable().default(null),
  departmentId: id.nullable().default(null),
  includesSubDepartments: z.boolean().default(true),
  /** Empty: every outside call. */
  bands: z.array(z.enum(BANDS)).max(BANDS.length).default([]),
  allowance: Allowance,
  fromMonth: month,
  /** The last month in which it holds; null: until further notice. */
  toMonth: month.nullable().default(null),
  /** Per cent at which an alert is due. */
  thresholds: z.array(z.number().int().min(1).max(500)).max(5).default([80, 100]),
  warnsOfForecast: z.boolean().default(true),
  note: z.string().max(500).default(''),
  by: actor,
});
export type BudgetInput = z.input<typeof BudgetInput>;

/** Money: exact decimals of the currency. Minutes: begun minutes. */
const Figure = z.string();

export const BudgetForecast = z.object({
  /** `over`: the month is. `fair`: the range is narrow. */
  state: z.enum(['too-early', 'over', 'fair', 'rough']),
  expected: Figure.nullable(),
  /** Four of five months end between these. */
  low: Figure.nullable(),
  high: Figure.nullable(),
  percent: z.number().int().nullable(),
  /** Weekdays weigh as in earlier months; otherwise every working day the same. */
  isLearnt: z.boolean(),
  daysSoFar: z.number().int(),
  daysToCome: z.number().int(),
});

export const Budget = z.object({
  id: z.number().int(),
  personId: z.number().int().nullable(),
  personName: z.string().nullable(),
  departmentId: z.number().int().nullable(),
  departmentName: z.string().nullable(),
  includesSubDepartments: z.boolean(),
  bands: z.array(z.enum(BANDS)),
  unit: z.enum(['money', 'minutes']),
  /** Empty for minutes. */
  currency: z.string(),
  allowed: Figure,
  fromMonth: z.string(),
  toMonth: z.string().nullable(),
  thresholds: z.array(z.number().int()),
  warnsOfForecast: z.boolean(),
  note: z.string(),
  changedAtMs: z.number().int(),
  changedBy: z.string(),
  used: Figure,
  usedPercent: z.number().int(),
  forecast: BudgetForecast,
});
export type Budget = z.infer<typeof Budget>;

export const BudgetMonth = z.object({
  month: z.string(),
  /** The month that it is on the site's clock. */
  thisMonth: z.string(),
  budgets: z.array(Budget),
});
export type BudgetMonth = z.infer<typeof BudgetMonth>;

export const BudgetChanged = z.object({ id: z.number().int() });

export const BudgetCopy = z.object({ fromMonth: month, toMonth: month, by: actor });
