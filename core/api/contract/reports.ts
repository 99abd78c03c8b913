/** Reports on the screen and as files, and those that people named. */
import { z } from 'zod';
import { ROLES } from '../../model/access.ts';
import { REPORT_FILE_TYPES, REPORT_IDS } from '../../model/report-request.ts';
import { day, language } from './common.ts';

/** Several values of one part of a filter, separated by commas. */
const list = z.string().max(4000).optional();

export const ReportQuery = z.object({
  from: day,
  /** Inclusive day. */
  to: day,
  /** With the departments below them. */
  departmentIds: list,
  personIds: list,
  codes: list,
  extensions: list,
  trunks: list,
  bands: list,
  sourceIds: list,
  /** Absent: the calls that a bill counts. */
  directions: list,
  language: language.optional(),
});
export type ReportQuery = z.infer<typeof ReportQuery>;

/** Rows of one table instead of the whole report. */
export const ReportPart = z.object({
  sheet: z.string().max(60).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const ReportFileQuery = ReportQuery.extend({ type: z.enum(REPORT_FILE_TYPES) });

/** Money as an exact decimal, times as `YYYY-MM-DDTHH:MM:SS`, durations as seconds. */
const cell = z.union([z.string(), z.number(), z.null()]);
const cellType = z.enum(['text', 'integer', 'money', 'duration', 'dateTime']);

export const ReportTable = z.object({
  kind: z.literal('table'),
  id: z.string(),
  title: z.string(),
  columns: z
    .array(z.object({ key: z.string(), heading: z.string(), type: cellType, isZeroQuiet: z.boolean() }))
    .readonly(),
  rowCount: z.number().int(),
  /** Number of the first row here. */
  offset: z.number().int(),
  rows: z
    .array(
      z.object({
        cells: z.array(cell).readonly(),
        /** Address of the page with the calls behind the row. */
        link: z.string().nullable(),
      }),
    )
    .readonly(),
  totals: z.array(cell).readonly().nullable(),
});
export type ReportTable = z.infer<typeof ReportTable>;

export const ReportPage = z.object({
  kind: z.literal('page'),
  id: z.string(),
  title: z.string(),
  lines: z
    .array(
      z.object({
        style: z.enum(['title', 'pair', 'header', 'row', 'total', 'blank']),
        cells: z.array(z.object({ type: cellType, value: cell })).readonly(),
      }),
    )
    .readonly(),
});
export type ReportPage = z.infer<typeof ReportPage>;

export const ReportView = z.object({
  title: z.string(),
  company: z.string(),
  provenance: z.object({
    facts: z.array(z.object({ label: z.string(), value: z.string() })).readonly(),
    /** What may be missing, in words. */
    gaps: z.array(z.string()).readonly(),
  }),
  sheets: z.array(z.discriminatedUnion('kind', [ReportTable, ReportPage])).readonly(),
  signatures: z.array(z.string()).readonly(),
  /** Of the whole report; more than are here where a screen would not hold them. */
  sheetCount: z.number().int(),
});
export type ReportView = z.infer<typeof ReportView>;

export const SavedReportInput = z.object({
  reportId: z.enum(REPORT_IDS),
  name: z.string().trim().min(1).max(80),
  /** The filter as it stands in the address of the page. */
  search: z.string().max(4000),
  /** Whose list it stands in besides; empty: nobody else's. */
  sharedWith: z.array(z.enum(ROLES)).max(ROLES.length),
});
export type SavedReportInput = z.infer<typeof SavedReportInput>;

export const SavedReport = SavedReportInput.extend({
  id: z.number().int(),
  isOwn: z.boolean(),
  ownerName: z.string(),
});
export type SavedReport = z.infer<typeof SavedReport>;
