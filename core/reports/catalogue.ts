/** Every report there is: what it is made by, and which parts of a filter apply to it. */
import { type FilterField, NO_FILTER, REPORT_FILTERS } from '../model/report-filters.ts';
import { REPORT_IDS, type ReportFilter, type ReportId } from '../model/report-request.ts';
import type { Database } from '../store/database.ts';
import { byCode, byDepartment, byDestination, byExtension, byPerson, mostCalled } from './builders/by-group.ts';
import { byTrunk } from './builders/by-trunk.ts';
import { callDetail } from './builders/call-detail.ts';
import { changes } from './builders/changes.ts';
import { codeHygiene } from './builders/code-hygiene.ts';
import { exceptions } from './builders/exceptions.ts';
import { incomingService, missedCalls } from './builders/incoming.ts';
import { monthlySummary } from './builders/monthly-summary.ts';
import { personalStatement } from './builders/personal-statement.ts';
import { dearestCalls, longestCalls } from './builders/ranked-calls.ts';
import { trend, twelveMonths } from './builders/trend.ts';
import { provenanceOf } from './provenance.ts';
import type { Report } from './report.ts';
import {
  periodText,
  type ReportContext,
  type ReportParts,
  type ReportRequest,
  reportContext,
  reportTitle,
} from './report-context.ts';

export type { ReportRequest } from './report-context.ts';

export interface CatalogueEntry {
  /** Parts of a filter that narrow this report; others are left aside. */
  readonly filters: readonly FilterField[];
  /** Reads totals now and rows while they are written: `db` has to stay one still picture until then. */
  readonly build: (db: Database, request: ReportRequest) => Report;
}

const BUILDERS: Readonly<Record<ReportId, (context: ReportContext) => ReportParts>> = {
  'monthly-summary': monthlySummary,
  'by-department': byDepartment,
  'by-person': byPerson,
  'personal-statement': personalStatement,
  'call-detail': callDetail,
  'by-code': byCode,
  'by-extension': byExtension,
  'by-trunk': byTrunk,
  'by-destination': byDestination,
  'dearest-calls': dearestCalls,
  'longest-calls': longestCalls,
  'most-called': mostCalled,
  'incoming-service': incomingService,
  'missed-calls': missedCalls,
  exceptions,
  trend,
  'code-hygiene': codeHygiene,
  changes,
};

/** By id. */
export const CATALOGUE: Readonly<Record<ReportId, CatalogueEntry>> = Object.fromEntries(
  REPORT_IDS.map((id) => [id, { filters: REPORT_FILTERS[id], build: buildOf(id) }]),
) as Record<ReportId, CatalogueEntry>;

function buildOf(reportId: ReportId): CatalogueEntry['build'] {
  return (db, asked) => {
    const narrowed = onlyThese(asked.filter, REPORT_FILTERS[reportId]);
    const filter = reportId === 'trend' ? twelveMonths(narrowed) : narrowed;
    const request = { ...asked, reportId, filter };
    const context = reportContext(db, request);
    const parts = BUILDERS[reportId](context);
    const { reader, nowMs } = request;
    return {
      title: `${reportTitle(context)} · ${periodText(context.formats, request.filter.from, request.filter.to)}`,
      company: context.settings.companyName,
      pageWord: context.t('report.page'),
      moneyDecimals: 0,
      ...(reader.madeBy !== '' && { madeBy: reader.madeBy }),
      madeAtMs: nowMs,
      provenance: provenanceOf(context, REPORT_FILTERS[reportId]),
      ...parts,
    };
  };
}

export function buildReport(db: Database, request: ReportRequest): Report {
  return CATALOGUE[request.reportId].build(db, request);
}

/** What does not apply to a report must not narrow it in silence. */
function onlyThese(filter: ReportFilter, fields: readonly FilterField[]): ReportFilter {
  const kept = Object.fromEntries(fields.map((field) => [field, filter[field]]));
  return { from: filter.from, to: filter.to, ...NO_FILTER, ...kept };
}
