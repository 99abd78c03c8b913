/** Pieces that several areas of the contract are made of. */
import { z } from 'zod';
import { ERROR_CODES } from '../../model/errors.ts';
import { localSecondsOfDay } from '../../model/time.ts';

/** A schema's own message is a key of `api.field` in the locale files; the server translates it. */
export const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, { error: 'day', abort: true })
  .refine((text) => localSecondsOfDay(text) !== undefined, { error: 'day' });
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'month' });
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'clock' });
export const id = z.coerce.number({ error: 'wholeNumber' }).int().positive();
/** Yes or no in an address: `true`, `false`, `1`, `0`. */
export const flag = z.union([z.boolean(), z.stringbool()], { error: 'yesNo' });
export const language = z.enum(['vi', 'en']);
export const idParams = z.object({ id });

export const Language = language;
export type Language = z.infer<typeof Language>;

export const Money = z.object({ amount: z.string(), currency: z.string() });
export type Money = z.infer<typeof Money>;

/** One shape for every failure (RFC 9457). `title` is already in the caller's language (Accept-Language). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(ERROR_CODES),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Per-field messages of a refused form, translated. `path` is dotted: `config.port`. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
