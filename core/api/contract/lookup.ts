/** Whose code, extension or number is this? */
import { z } from 'zod';
import { Call, CallTotals } from './calls.ts';

export const LookupResult = z.object({
  query: z.string(),
  /** Owners of this code, newest assignment first. */
  codes: z.array(
    z.object({
      code: z.string(),
      personId: z.number().int(),
      personName: z.string(),
      departmentName: z.string().nullable(),
      validFrom: z.string().nullable(),
      validTo: z.string().nullable(),
    }),
  ),
  extensions: z.array(
    z.object({
      extension: z.string(),
      personId: z.number().int(),
      personName: z.string(),
      departmentName: z.string().nullable(),
      validFrom: z.string().nullable(),
      validTo: z.string().nullable(),
    }),
  ),
  people: z.array(
    z.object({ personId: z.number().int(), personName: z.string(), departmentName: z.string().nullable() }),
  ),
  /** What was called with the code, from the extension, to the number or by the person (the first kind that matched). */
  matchedAs: z.enum(['code', 'extension', 'number', 'person', 'nothing']),
  totals: CallTotals,
  recentCalls: z.array(Call),
  /** When nothing owns a code typed: near codes. */
  nearestCodes: z.array(z.object({ code: z.string(), personName: z.string() })),
});
export type LookupResult = z.infer<typeof LookupResult>;
