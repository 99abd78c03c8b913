/** Finding anything by a few letters or digits. */
import { z } from 'zod';
import { phoneNumber } from './common.ts';

export const SearchAnswer = z.object({
  people: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      employeeNumber: z.string().nullable(),
      departmentName: z.string().nullable(),
    }),
  ),
  departments: z.array(z.object({ id: z.number().int(), name: z.string(), code: z.string().nullable() })),
  /** Codes and extensions with their owners. */
  values: z.array(
    z.object({
      kind: z.enum(['code', 'extension']),
      /** Masked for codes unless the reader may see them. */
      value: z.string(),
      lastValue: z.string().nullable(),
      personId: z.number().int(),
      personName: z.string(),
      /** False: its owner had it once. */
      isPresent: z.boolean(),
    }),
  ),
  numbers: z.array(
    z.object({
      number: phoneNumber,
      /** The digits that find its calls in the list. */
      digits: z.string(),
      /** Up to 1000. */
      calls: z.number().int(),
    }),
  ),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;
