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

/**
 * What an answer may hold of outside numbers. core/api/answer-mask.ts finds these in every answer and hides them from readers
 * who must not see numbers: whole texts, sentences, what a PBX printed (withheld), values of a reason.
 */
export const MASKED = 'x-masked';
export const MASK_KINDS = [
  'number',
  'extension',
  'prose',
  'raw',
  'rawHex',
  'record',
  'values',
  'definition',
  'search',
] as const;
export type MaskKind = (typeof MASK_KINDS)[number];
const masked = (kind: MaskKind): Readonly<Record<typeof MASKED, MaskKind>> => ({ [MASKED]: kind });

/** A number outside, as printed or as one normal form; also a name that a PBX may print a number as. */
export const phoneNumber = z.string().meta(masked('number'));
/** Longer ones than any office has are outside numbers that a record has in this field. */
export const extensionText = z.string().meta(masked('extension'));
/** People's own words, or a sentence of the service's, which may hold a number. */
export const prose = z.string().meta(masked('prose'));
/** What a PBX sent. */
export const rawText = z.string().meta(masked('raw'));
export const rawHex = z.string().meta(masked('rawHex'));
/** A record as parsed. */
export const parsedRecord = z.record(z.string(), z.unknown()).meta(masked('record'));
/** What a text of the locale files is filled with. */
export const textValues = z.record(z.string(), z.union([z.string(), z.number()])).meta(masked('values'));
/** What somebody looks for; readers who must not see numbers find by the part that they see. */
export const numberSearch = z.string().max(64).meta(masked('search'));

export const emailAddress = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>,;]+@[^\s@<>,;]+$/, { error: 'email' });
/** Secrets go in and never come out: absent or null keeps what is stored, an empty text removes it. */
export const newSecret = z.string().max(500).nullable().optional();
/** Who does it, kept with what is done. Only the owner of this computer has to say; see core/api/actor.ts. */
export const actor = z.string().trim().max(100).default('');

export const idParams = z.object({ id });

export const Language = language;
export type Language = z.infer<typeof Language>;

export const Money = z.object({ amount: z.string(), currency: z.string() });
export type Money = z.infer<typeof Money>;

/** One shape for every failure (RFC 9457). `title` is already in the caller's language (Accept-Language). */
export const Problem = z.object({
  type: z.string(),
  title: prose,
  status: z.number().int(),
  code: z.enum(ERROR_CODES),
  values: textValues,
  /** Per-field messages of a refused form, translated. `path` is dotted: `config.port`. */
  fields: z.array(z.object({ path: z.string(), message: prose })).optional(),
});
export type Problem = z.infer<typeof Problem>;
