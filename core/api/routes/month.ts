/** The month on the page and as a file. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { dataFilesOf } from '../../data-files.ts';
import { closedMonthFile } from '../../reports/closed-month-file.ts';
import { exportMonthFile } from '../../reports/export-file.ts';
import type { MonthExportOptions } from '../../reports/export-month.ts';
import { monthFileName } from '../../reports/month-file-name.ts';
import { ClosingStore } from '../../store/closings.ts';
import { CONTENT_TYPES, type FileDownload } from '../file-response.ts';
import { monthTax } from '../month-tax.ts';
import { monthReportOf } from '../month-view.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';

/** The bytes of a file that is no longer needed once they are read, or once the reader has gone away. */
function readAndRemove(file: string): ReadableStream<Uint8Array> {
  const stream = createReadStream(file);
  stream.once('close', () => {
    rm(file, { force: true }).catch(() => undefined);
  });
  return Readable.toWeb(stream) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>;
}

export function monthRoutes(parts: ApiParts): Pick<Handlers, 'getMonth' | 'exportMonth'> {
  const { deps } = parts;
  const closings = new ClosingStore(deps.db);
  const closedFile = async (
    closingId: number,
    wanted: Pick<MonthExportOptions, 'month' | 'type' | 'language'>,
  ): Promise<FileDownload> => {
    const isMasked = !parts.settings.get().showCodes;
    const taxOnTotal = monthTax(deps.db, wanted.month);
    const options = { ...wanted, isMasked, taxOnTotal, nowMs: deps.nowMs(), databasePath: deps.db.name };
    const files = {
      db: deps.db,
      folder: dataFilesOf(deps.dataFolder).closedMonths,
      write: exportMonthFile,
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
    getMonth: ({ query, language }) => monthReportOf(parts, query.month, query.by, language),
    exportMonth: async ({ query, language: spoken }) => {
      const { month, type, language = spoken } = query;
      const closing = closings.closing(month);
      if (closing !== undefined) return closedFile(closing.id, { month, type, language });
      await mkdir(deps.spoolFolder, { recursive: true, mode: 0o700 });
      const file = path.join(deps.spoolFolder, `month-${randomUUID()}.${type}`);
      const isMasked = !parts.settings.get().showCodes;
      try {
        await exportMonthFile(
          {
            ...{ month, type, language, isMasked },
            taxOnTotal: monthTax(deps.db, month),
            nowMs: deps.nowMs(),
            databasePath: deps.db.name,
          },
          file,
        );
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
      return {
        fileName: monthFileName(month, type, language),
        contentType: CONTENT_TYPES[type],
        body: readAndRemove(file),
      };
    },
  };
}
