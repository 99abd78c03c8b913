/** What-if: what a past period would have cost under other tariffs. Nothing is touched; the answer is kept for a while. */
import { z } from 'zod';
import { day, Money, Problem } from './common.ts';

export const COMPARISON_GROUPINGS = ['person', 'department', 'band', 'destination', 'month'] as const;
export const ComparisonGrouping = z.enum(COMPARISON_GROUPINGS);
export type ComparisonGrouping = z.infer<typeof ComparisonGrouping>;

const id = z.number().int().positive();

/**
 * - `now`: versions and choices as they hold now, as a re-rate would price.
 * - `tariff`: every call with this tariff, in the version of its day.
 * - `version`: every call with this version, also a draft.
 * - `in-place`: each call with its own tariff, and this version for all days in place of its tariff's.
 */
export const ComparedWith = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('now') }),
  z.strictObject({ kind: z.literal('tariff'), tariffId: id }),
  z.strictObject({ kind: z.literal('version'), versionId: id }),
  z.strictObject({ kind: z.literal('in-place'), versionId: id }),
]);
export type ComparedWith = z.infer<typeof ComparedWith>;

export const PriceComparisonInput = z
  .strictObject({
    from: day,
    /** Inclusive. */
    to: day,
    others: z.array(ComparedWith).min(1).max(3),
  })
  .refine(({ from, to }) => from <= to, { error: 'dayOrder', path: ['to'] });
export type PriceComparisonInput = z.infer<typeof PriceComparisonInput>;

const Side = z.object({ charges: z.array(Money), unratedCalls: z.number().int() });

export const ComparisonRow = z.object({
  /** Id of a person, department or destination (`0`: none), band or month; empty in the totals. */
  key: z.string(),
  name: z.string(),
  calls: z.number().int(),
  talkSeconds: z.number().int(),
  present: Side,
  /** One for each of `others`, in their order. */
  others: z.array(
    Side.extend({
      /** Less the present charge, one a currency. */
      differences: z.array(Money),
      /** Of the present charge, with one decimal; null where there is none or currencies differ. */
      percent: z.string().nullable(),
    }),
  ),
});
export type ComparisonRow = z.infer<typeof ComparisonRow>;

export const PriceComparison = z.object({
  id: z.string(),
  state: z.enum(['running', 'ready', 'failed']),
  from: day,
  to: day,
  others: z.array(
    z.object({
      kind: z.enum(['now', 'tariff', 'version', 'in-place']),
      tariffName: z.string().nullable(),
      versionNumber: z.number().int().nullable(),
      isDraft: z.boolean(),
    }),
  ),
  callsDone: z.number().int(),
  callsTotal: z.number().int(),
  problem: Problem.nullable(),
  by: ComparisonGrouping,
  totals: ComparisonRow.nullable(),
  rows: z.array(ComparisonRow),
});
export type PriceComparison = z.infer<typeof PriceComparison>;
