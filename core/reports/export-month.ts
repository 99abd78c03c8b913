/** The month as a file: the one door for the API and the command line. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { openSnapshot } from '../store/report-queries.ts';
import { lookOf, readWorkbookTemplate } from '../store/workbook-templates.ts';
import { monthCalls, monthReport } from './month.ts';
import type { MonthReportOptions } from './month-facts.ts';
import type { MonthFileType } from './month-file-name.ts';
import { monthOnPaper } from './paper/month.ts';
import { csvChunks } from './writers/csv.ts';
import { writePdf } from './writers/pdf.ts';
import { writeXlsx } from './writers/xlsx.ts';

export interface MonthExportOptions extends MonthReportOptions {
  /** Path of tollbook.db; it is read through a connection of its own. */
  readonly databasePath: string;
  readonly type: MonthFileType;
  /** The letterhead a closed month was printed with; absent: the one that holds, null: none. */
  readonly letterheadId?: number | null;
  /** The same of the workbook's template. */
  readonly templateId?: number | null;
}

/**
 * Writes the file and ends `output`. Shows one moment of the database, however long it takes. Rejects when `output`
 * breaks, and with AppError when the database cannot be read.
 */
export async function exportMonth(
  options: MonthExportOptions,
  output: Writable,
  onProgress?: (rows: number, of: number) => void,
): Promise<void> {
  const snapshot = openSnapshot(options.databasePath);
  try {
    if (options.type === 'xlsx') {
      const look = lookOf(snapshot.db, readWorkbookTemplate(snapshot.db, options.templateId), options.letterheadId);
      const report = monthReport(snapshot.db, options);
      const of = report.sheets.reduce((rows, sheet) => rows + (sheet.kind === 'table' ? sheet.rowCount : 0), 0);
      await writeXlsx(report, output, { look, onProgress: (rows) => onProgress?.(rows, of) });
    } else if (options.type === 'pdf') {
      const { report, letterhead } = monthOnPaper(snapshot.db, options);
      await writePdf(report, output, { letterhead });
    } else {
      await writeChunks(csvChunks(monthCalls(snapshot.db, options)), output);
    }
  } finally {
    snapshot.close();
  }
}

async function writeChunks(chunks: Iterable<Uint8Array>, output: Writable): Promise<void> {
  const broken = new AbortController();
  const onClose = (): void => broken.abort(new Error('the reader of the file went away'));
  output.once('close', onClose);
  output.once('error', onClose);
  for (const chunk of chunks) {
    broken.signal.throwIfAborted();
    if (!output.write(chunk)) await once(output, 'drain', { signal: broken.signal });
    else await new Promise((resolve) => setImmediate(resolve));
  }
  output.end();
  if (!output.writableFinished) await once(output, 'finish', { signal: broken.signal });
}
