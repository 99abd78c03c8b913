/** What somebody asks of a report: which one, about which calls, as what, for whose eyes. */
import type { Scope } from './access.ts';
import type { Band, CallDirection } from './call.ts';

export const REPORT_IDS = [
  'monthly-summary',
  'by-department',
  'by-person',
  'personal-statement',
  'call-detail',
  'by-code',
  'by-extension',
  'by-trunk',
  'by-destination',
  'dearest-calls',
  'longest-calls',
  'most-called',
  'incoming-service',
  'missed-calls',
  'exceptions',
  'trend',
  'code-hygiene',
  'changes',
] as const;
export type ReportId = (typeof REPORT_IDS)[number];

/**
 * Empty lists leave nothing out, but for directions: without any, a report counts the calls that a bill counts. Days are
 * local days of the site, `YYYY-MM-DD`, both included; a late call is of the day it was booked to.
 */
export interface ReportFilter {
  readonly from: string;
  readonly to: string;
  /** With the departments below them. 0: calls of people without a department. */
  readonly departmentIds: readonly number[];
  /** 0: calls of nobody. */
  readonly personIds: readonly number[];
  readonly codes: readonly string[];
  readonly extensions: readonly string[];
  readonly trunks: readonly string[];
  readonly bands: readonly Band[];
  /** PBX, that is the source the calls come from. */
  readonly sourceIds: readonly number[];
  readonly directions: readonly CallDirection[];
}

export const REPORT_FILE_TYPES = ['xlsx', 'pdf', 'csv'] as const;
export type ReportFileType = (typeof REPORT_FILE_TYPES)[number];

/** For whose eyes a report is made; a schedule has the rights of the person it was made by. */
export interface ReportReader {
  /** Name that stands on the report as its maker. */
  readonly madeBy: string;
  readonly scope: Scope;
  readonly seesNumbers: boolean;
  readonly seesCodes: boolean;
}
