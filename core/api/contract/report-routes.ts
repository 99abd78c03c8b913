/** Routes of reports. */
import { z } from 'zod';
import { REPORT_IDS } from '../../model/report-request.ts';
import { route } from '../route.ts';
import { idParams } from './common.ts';
import { PaperPages } from './paper.ts';
import { ReportFileQuery, ReportPart, ReportQuery, ReportView, SavedReport, SavedReportInput } from './reports.ts';

const reportParams = z.object({ reportId: z.enum(REPORT_IDS) });

export const reportRoutes = {
  viewReport: route({
    method: 'GET',
    path: '/api/reports/:reportId',
    access: 'read-reports',
    summary: 'A report with the first rows of its tables, or further rows of one of them',
    params: reportParams,
    query: ReportQuery.extend(ReportPart.shape),
    response: ReportView,
  }),
  previewReport: route({
    method: 'GET',
    path: '/api/reports/:reportId/paper',
    access: 'read-reports',
    summary: 'A report as the pages that its PDF has',
    params: reportParams,
    query: ReportQuery.extend({ pages: z.coerce.number().int().min(1).max(200).default(50) }),
    response: PaperPages,
  }),
  exportReport: route({
    method: 'GET',
    path: '/api/reports/:reportId/file',
    access: 'read-reports',
    summary: 'A report as a workbook, PDF or CSV',
    params: reportParams,
    query: ReportFileQuery,
    produces: 'file',
  }),
  listSavedReports: route({
    method: 'GET',
    path: '/api/saved-reports',
    access: 'read-reports',
    summary: 'Reports that were saved, own ones and those that others share',
    response: z.array(SavedReport),
  }),
  saveReport: route({
    method: 'POST',
    path: '/api/saved-reports',
    access: 'read-reports',
    summary: 'Save a report with its filter; under a name used before it is replaced',
    body: SavedReportInput,
    response: SavedReport,
  }),
  removeSavedReport: route({
    method: 'DELETE',
    path: '/api/saved-reports/:id',
    access: 'read-reports',
    summary: 'Remove an own saved report',
    params: idParams,
  }),
} as const;
