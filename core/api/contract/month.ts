/** The month. */
import { z } from 'zod';
import { CallDirection, CallTotals } from './calls.ts';
import { Money, month } from './common.ts';

export const MonthRow = z.object({
  /** Person or department id, band or direction name; 0 where nobody owns the calls. */
  key: z.string(),
  name: z.string(),
  parentKey: z.string().nullable(),
  calls: z.number().int(),
  talkSeconds: z.number().int(),
  charges: z.array(Money),
  /** Calls of this row that should have a price and have none. */
  unratedCalls: z.number().int(),
  byBand: z.record(
    z.string(),
    z.object({ calls: z.number().int(), talkSeconds: z.number().int(), charges: z.array(Money) }),
  ),
  /** What was private of the charges and of the corrections: what an employee pays back. */
  privateCharges: z.array(Money),
  /** What corrections of closed months add, or take away. */
  corrections: z.array(Money),
  /** Charges and corrections. */
  due: z.array(Money),
});
export const MonthReport = z.object({
  month,
  by: z.enum(['department', 'person', 'band']),
  /** Rows are outgoing outside calls; rows for unattributed calls have key `0`. They add up to `totals`. */
  rows: z.array(MonthRow),
  totals: CallTotals,
  unattributed: CallTotals,
  unratedCalls: z.number().int(),
  privateCharges: z.array(Money),
  corrections: z.array(Money),
  due: z.array(Money),
  /** Taxes that the invoice adds to the sum of the charges; empty where every charge holds its own. */
  taxOnTotal: z.array(Money),
  /** Calls of closed months that came late and count here; part of the totals. */
  late: CallTotals,
  quarantinedFrames: z.number().int(),
  /** Incoming, internal and other calls of the month, for the reader's orientation; they have no price. */
  others: z.array(
    z.object({
      direction: CallDirection,
      calls: z.number().int(),
      answered: z.number().int(),
      talkSeconds: z.number().int(),
    }),
  ),
  isClosed: z.boolean(),
  months: z.array(month),
});
export type MonthReport = z.infer<typeof MonthReport>;
