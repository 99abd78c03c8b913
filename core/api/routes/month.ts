/** The month on the page and as a file. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { dataFilesOf } from '../../data-files.ts';
import type { Language } from '../../i18n/translate.ts';
import type { Viewer } from '../../model/access.ts';
import { closedMonthFile } from '../../reports/closed-month-file.ts';
import type { MonthExportOptions } from '../../reports/export-month.ts';
import { monthFileName } from '../../reports/month-file-name.ts';
import { ClosedFileStore } from '../../store/closed-files.ts';
import { ClosingStore } from '../../store/closings.ts';
import { CONTENT_TYPES, type FileDownload } from '../file-response.ts';
import type { MonthExports } from '../month-exports.ts';
import { monthTax } from '../month-tax.ts';
import { monthReportOf } from '../month-view.ts';
import { paperView } from '../paper-view.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { spooledFile } from '../spooled-file.ts';

export function monthRoutes(
  parts: ApiParts,
  exports: MonthExports,
): Pick<Handlers, 'getMonth' | 'exportMonth' | 'cancelExport' | 'previewMonth'> {
  const { deps } = parts;
  const closings = new ClosingStore(deps.db);
  const reportOptions = ({ name, seesNumbers }: Viewer, month: string, language: Language) => ({
    ...{ month, language, madeBy: name, seesNumbers },
    isMasked: !parts.showsCodes(),
    taxOnTotal: monthTax(deps.db, month),
    nowMs: deps.nowMs(),
    journalPath: dataFilesOf(deps.dataFolder).journal,
  });
  const closedFile = async (
    viewer: Viewer,
    request: AbortSignal,
    closingId: number,
    wanted: Pick<MonthExportOptions, 'month' | 'type' | 'language'>,
  ): Promise<FileDownload> => {
    const options = {
      ...reportOptions(viewer, wanted.month, wanted.language),
      type: wanted.type,
      databasePath: deps.db.name,
    };
    const files = {
      db: deps.db,
      folder: dataFilesOf(deps.dataFolder).closedMonths,
      write: (asked: MonthExportOptions, file: string) => exports.write(asked, file, request),
      whileHeld: async (work: () => void): Promise<void> => {
        const release = await deps.ingest.holdBack();
        try {
          work();
        } finally {
          release();
        }
      },
    };
    const file = await closedMonthFile(files, closingId, options);
    return {
      fileName: monthFileName(wanted.month, wanted.type, wanted.language),
      contentType: CONTENT_TYPES[wanted.type],
      body: Readable.toWeb(createReadStream(file)) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>,
    };
  };
  return {
    getMonth: ({ query, language, viewer }) => monthReportOf(parts, query.month, query.by, language, viewer.scope),
    exportMonth: async ({ query, language: spoken, viewer, request }) => {
      const { month, type, language = spoken } = query;
      const closing = closings.closing(month);
      // The kept files show every number; for others one is written each time.
      if (closing !== undefined && viewer.seesNumbers) {
        return closedFile(viewer, request.signal, closing.id, { month, type, language });
      }
      const options = { ...reportOptions(viewer, month, language), type, databasePath: deps.db.name };
      return {
        fileName: monthFileName(month, type, language),
        contentType: CONTENT_TYPES[type],
        body: await spooledFile(deps.spoolFolder, type, (file) => exports.write(options, file, request.signal)),
      };
    },
    cancelExport: ({ params }) => {
      exports.cancel(params.id);
      return undefined;
    },
    previewMonth: async ({ query, language: spoken, viewer }) => {
      const { month, language = spoken } = query;
      const options = reportOptions(viewer, month, language);
      const closing = closings.closing(month);
      const key = { closingId: closing?.id ?? 0, type: 'pdf', language, isMasked: options.isMasked };
      const kept = new ClosedFileStore(deps.db).get(key);
      const job = kept === undefined ? options : { ...options, letterheadId: kept.letterheadId };
      return paperView({ kind: 'month', databasePath: deps.db.name, options: job }, query.pages);
    },
  };
}
