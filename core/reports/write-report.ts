/** A report as a file of any kind. Shows one moment of the database, however long it takes. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../store/database.ts';
import { openSnapshot } from '../store/report-queries.ts';
import { lookOf, readWorkbookTemplate } from '../store/workbook-templates.ts';
import { buildReport } from './catalogue.ts';
import { presentLetterhead } from './paper/letterhead.ts';
import { provenancePage } from './provenance-page.ts';
import type { Report } from './report.ts';
import type { RunReportOptions } from './run-report.ts';
import { reportChunks } from './writers/csv.ts';
import { writePdf } from './writers/pdf.ts';
import { writeXlsx } from './writers/xlsx.ts';

/** Rejects with AppError when the database cannot be read, and when the file cannot be written. */
export async function writeReport({ databasePath, ...options }: RunReportOptions, file: string): Promise<void> {
  const snapshot = openSnapshot(databasePath);
  try {
    await write(snapshot.db, buildReport(snapshot.db, options), options, file);
  } finally {
    snapshot.close();
  }
}

async function write(
  db: Database,
  report: Report,
  { type, language, password }: Pick<RunReportOptions, 'type' | 'language' | 'password'>,
  file: string,
): Promise<void> {
  const output = createWriteStream(file, { mode: 0o600 });
  switch (type) {
    case 'csv':
      return pipeline(Readable.from(reportChunks(report), { objectMode: false }), output);
    case 'xlsx': {
      const sheets = [...report.sheets, ...provenancePage(report, language)];
      return writeXlsx({ ...report, sheets }, output, { look: lookOf(db, readWorkbookTemplate(db)) });
    }
    case 'pdf': {
      const letterhead = presentLetterhead(db, language);
      return writePdf(report, output, { letterhead, ...(password !== undefined && { password }) });
    }
  }
}
