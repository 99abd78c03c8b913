/** Which parts of a filter narrow which report; the pages show these, and the others are left aside. */
import type { ReportFilter, ReportId } from './report-request.ts';

export type FilterField = Exclude<keyof ReportFilter, 'from' | 'to'>;

export const FILTER_FIELDS = [
  'departmentIds',
  'personIds',
  'codes',
  'extensions',
  'trunks',
  'bands',
  'sourceIds',
  'directions',
] as const satisfies readonly FilterField[];

const OWNERS = ['departmentIds', 'personIds', 'codes', 'extensions', 'sourceIds'] as const;
/** Incoming calls have no kind of destination and one direction. */
const INCOMING = ['departmentIds', 'personIds', 'extensions', 'trunks', 'sourceIds'] as const;

export const REPORT_FILTERS: Readonly<Record<ReportId, readonly FilterField[]>> = {
  'monthly-summary': FILTER_FIELDS,
  'by-department': FILTER_FIELDS,
  'by-person': FILTER_FIELDS,
  'personal-statement': FILTER_FIELDS,
  'call-detail': FILTER_FIELDS,
  'by-code': FILTER_FIELDS,
  'by-extension': FILTER_FIELDS,
  'by-trunk': FILTER_FIELDS,
  'by-destination': FILTER_FIELDS,
  'dearest-calls': FILTER_FIELDS,
  'longest-calls': FILTER_FIELDS,
  'most-called': FILTER_FIELDS,
  'incoming-service': INCOMING,
  'missed-calls': INCOMING,
  exceptions: FILTER_FIELDS,
  trend: FILTER_FIELDS,
  'code-hygiene': OWNERS.filter((field) => field === 'departmentIds' || field === 'personIds'),
  changes: [],
};

/** Every call that a bill counts. */
export const NO_FILTER: Omit<ReportFilter, 'from' | 'to'> = {
  departmentIds: [],
  personIds: [],
  codes: [],
  extensions: [],
  trunks: [],
  bands: [],
  sourceIds: [],
  directions: [],
};
