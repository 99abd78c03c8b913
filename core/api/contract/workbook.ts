/** How workbooks look. */
import { z } from 'zod';
import { LOGO_TYPES } from '../../model/letterhead.ts';

const color = z.string().regex(/^[0-9A-F]{6}$/);
const PAGE_TEXT_CHARACTERS = 100;
const pageText = z.string().trim().max(PAGE_TEXT_CHARACTERS);

const TextLook = z.object({
  fontName: z.string(),
  sizePt: z.number(),
  isBold: z.boolean(),
  isItalic: z.boolean(),
  color,
  fill: color.nullable(),
});

/** Page texts may hold `{company}`, `{report}` and `{sheet}`. */
export const WorkbookLook = z.object({
  title: TextLook,
  heading: TextLook,
  total: TextLook,
  body: TextLook,
  /** Fill of every other row. */
  bandFill: color.nullable(),
  headerLeft: z.string(),
  headerRight: z.string(),
  footerLeft: z.string(),
  /** Absent: the letterhead's, if it has one. */
  logo: z
    .object({ type: z.enum(LOGO_TYPES), widthPixels: z.number().int(), heightPixels: z.number().int() })
    .nullable(),
});
export type WorkbookLook = z.infer<typeof WorkbookLook>;

export const WorkbookTemplate = z.object({
  isBuiltIn: z.boolean(),
  madeAtMs: z.number().int().nullable(),
  madeBy: z.string(),
  look: WorkbookLook,
});
export type WorkbookTemplate = z.infer<typeof WorkbookTemplate>;

/** What can be changed without a spreadsheet; everything else stays as it is. */
export const WorkbookStyle = z.object({
  fontName: z.string().trim().min(1).max(60),
  headingColor: color,
  headingFill: color.nullable(),
  totalFill: color.nullable(),
  bandFill: color.nullable(),
  headerLeft: pageText,
  headerRight: pageText,
  footerLeft: pageText,
});
export type WorkbookStyle = z.infer<typeof WorkbookStyle>;
