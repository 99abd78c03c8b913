/** The month as it is printed and signed: without the call by call table, which is hundreds of pages and has files of its own. */
import type { Database } from '../../store/database.ts';
import { readLetterhead } from '../../store/letterhead.ts';
import { monthReport } from '../month.ts';
import type { MonthReportOptions } from '../month-facts.ts';
import { DETAIL } from '../month-keys.ts';
import type { Report } from '../report.ts';
import { type PaperLetterhead, paperLetterhead, signaturesOf } from './letterhead.ts';

export interface PaperReport {
  readonly report: Report;
  readonly letterhead: PaperLetterhead;
}

/** `letterheadId`: see MonthExportOptions. */
export function monthOnPaper(
  db: Database,
  options: MonthReportOptions & { readonly letterheadId?: number | null },
): PaperReport {
  const letterhead = readLetterhead(db, options.letterheadId);
  const report = monthReport(db, options);
  return {
    report: {
      ...report,
      sheets: report.sheets.filter(({ id }) => id !== DETAIL),
      signatures: report.signatures ?? signaturesOf(letterhead, options.language),
    },
    letterhead: paperLetterhead(letterhead, options.language),
  };
}
