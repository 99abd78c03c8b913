/** The reports in the order in which they are looked for. */
import type { ReportId } from '../../../core/model/report-request.ts';

export const REPORT_GROUPS = [
  {
    key: 'bill',
    reports: ['monthly-summary', 'by-department', 'by-person', 'personal-statement', 'call-detail', 'trend'],
  },
  {
    key: 'calls',
    reports: ['by-code', 'by-extension', 'by-destination', 'dearest-calls', 'longest-calls', 'most-called'],
  },
  { key: 'service', reports: ['by-trunk', 'incoming-service', 'missed-calls'] },
  { key: 'order', reports: ['exceptions', 'code-hygiene', 'changes'] },
] as const satisfies readonly { readonly key: string; readonly reports: readonly ReportId[] }[];
