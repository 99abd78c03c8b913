/** Letterhead, pages as they will be printed, and statements of many people in one archive. */
import { z } from 'zod';
import { LETTERHEAD_LIMITS, LOGO_TYPES } from '../../model/letterhead.ts';
import { INK_NAMES } from '../../model/paper-page.ts';
import { id, language, month, Problem } from './common.ts';

const { lines, lineCharacters, footerCharacters, placeCharacters, signatures, signatureCharacters } = LETTERHEAD_LIMITS;

const signers = z.array(z.string().trim().min(1).max(signatureCharacters)).max(signatures);

export const LetterheadTexts = z.object({
  /** Below the company's name: address, telephone, tax number. */
  lines: z.array(z.string().trim().max(lineCharacters)).max(lines),
  /** At the foot of every page. */
  footer: z.string().trim().max(footerCharacters),
  /** Before the date that signers write. */
  place: z.string().trim().max(placeCharacters),
  /** Who signs; null: the usual words of the language, an empty list: nobody. */
  signatures: z.object({ vi: signers.nullable(), en: signers.nullable() }),
});
export type LetterheadTexts = z.infer<typeof LetterheadTexts>;

export const Letterhead = LetterheadTexts.extend({
  usualSignatures: z.object({ vi: z.array(z.string()), en: z.array(z.string()) }),
  logo: z
    .object({
      type: z.enum(LOGO_TYPES),
      widthPixels: z.number().int(),
      heightPixels: z.number().int(),
      byteLength: z.number().int(),
    })
    .nullable(),
  /** Another one after every change, so that a picture is fetched anew. */
  version: z.number().int(),
});
export type Letterhead = z.infer<typeof Letterhead>;

const place = { x: z.number(), y: z.number() };
const size = { width: z.number(), height: z.number() };

/** A page as it will be printed; all lengths in points from its upper left corner. */
export const PaperPage = z.object({
  ...size,
  marks: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('text'),
        ...place,
        text: z.string(),
        size: z.number(),
        isBold: z.boolean(),
        ink: z.enum(INK_NAMES),
        align: z.enum(['left', 'right', 'center']),
      }),
      z.object({ kind: z.literal('box'), ...place, ...size, ink: z.enum(INK_NAMES) }),
      z.object({ kind: z.literal('logo'), ...place, ...size }),
      z.object({
        kind: z.literal('page-number'),
        ...place,
        size: z.number(),
        word: z.string(),
        number: z.number().int(),
      }),
    ]),
  ),
});
export type PaperPage = z.infer<typeof PaperPage>;

export const PaperPages = z.object({
  pageCount: z.number().int(),
  /** The first ones, at most as many as were asked for. */
  pages: z.array(PaperPage),
});
export type PaperPages = z.infer<typeof PaperPages>;

export const PaperBatchInput = z.object({
  month,
  /** Whose calls were booked to one of these, with those below them; empty: all. */
  departmentIds: z.array(id).max(1000).default([]),
  /** Also those without calls; empty: everybody who has some. */
  personIds: z.array(id).max(10_000).default([]),
  language: language.optional(),
});
export type PaperBatchInput = z.infer<typeof PaperBatchInput>;

/** Statements of many people that are being put into one archive. */
export const PaperBatch = z.object({
  id: z.string(),
  month,
  state: z.enum(['running', 'ready', 'failed']),
  done: z.number().int(),
  total: z.number().int(),
  /** null: not known yet. */
  secondsLeft: z.number().int().nullable(),
  problem: Problem.nullable(),
});
export type PaperBatch = z.infer<typeof PaperBatch>;
