/** Numbers shown for a reason, how long what is kept, and one person's data. */
import { z } from 'zod';
import { day, month } from './common.ts';

export const UnmaskInput = z.object({
  /** Stands in the audit trail. */
  reason: z.string().trim().min(3).max(500),
  by: z.string().trim().min(1).max(100),
});

/** In full, for who gave a reason. */
export const UnmaskedCall = z.object({
  dialled: z.string().nullable(),
  number: z.string().nullable(),
  caller: z.string().nullable(),
  callerName: z.string().nullable(),
});
export type UnmaskedCall = z.infer<typeof UnmaskedCall>;

export const UnmaskingState = z.object({ untilMs: z.number().int().nullable() });

const months = z.number().int().min(1).max(240).nullable();

/** Null: never. */
export const RetentionRules = z.object({
  /** Outside numbers of older calls lose their last digits for good. */
  numbersMonths: months,
  /** Older calls go; their sums stay. */
  detailMonths: months,
  /** Files that months were printed to when they were closed go with the detail. */
  removesClosedFiles: z.boolean(),
});
export type RetentionRules = z.infer<typeof RetentionRules>;

export const RetentionPlan = z.object({
  /** Calls that began before this day, and the frames that came before it; null: the rule is off. */
  numbersBefore: day.nullable(),
  detailBefore: day.nullable(),
  callsToAnonymise: z.number().int(),
  callsToRemove: z.number().int(),
  framesToRemove: z.number().int(),
  journalBytes: z.number().int(),
  closedFiles: z.number().int(),
  /** Calls that people dispute stay as they are until they are answered. */
  disputedCalls: z.number().int(),
});
export type RetentionPlan = z.infer<typeof RetentionPlan>;

export const Retention = z.object({
  rules: RetentionRules,
  /** What these rules would do now. */
  plan: RetentionPlan,
  state: z.enum(['idle', 'running', 'failed']),
  done: z.number().int(),
  total: z.number().int(),
  lastRunAtMs: z.number().int().nullable(),
});
export type Retention = z.infer<typeof Retention>;

export const ErasurePlan = z.object({
  personName: z.string(),
  pseudonym: z.string(),
  calls: z.number().int(),
  codes: z.number().int(),
  statements: z.number().int(),
  users: z.number().int(),
  closedMonths: z.array(month),
});
export type ErasurePlan = z.infer<typeof ErasurePlan>;
