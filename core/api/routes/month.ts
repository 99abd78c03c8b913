/** The month on the page and as a file. */
import { PassThrough, Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { exportMonth, monthFileName } from '../../reports/export-month.ts';
import { CONTENT_TYPES } from '../file-response.ts';
import { monthReportOf } from '../month-view.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';

export function monthRoutes(parts: ApiParts): Pick<Handlers, 'getMonth' | 'exportMonth'> {
  const { deps } = parts;
  return {
    getMonth: ({ query, language }) => monthReportOf(parts, query.month, query.by, language),
    exportMonth: ({ query, language: spoken }) => {
      const { month, type, language = spoken } = query;
      const output = new PassThrough();
      exportMonth(
        { month, type, language, codeText: parts.mask(), nowMs: deps.nowMs(), databasePath: deps.db.name },
        output,
      ).catch((error: unknown) => {
        // The head of the answer is gone already: a broken stream is the only way to say that the file is not whole.
        if (!output.destroyed) deps.log.error({ err: error, month, type }, 'the month could not be written');
        output.destroy(error instanceof Error ? error : undefined);
      });
      return {
        fileName: monthFileName(month, type, language),
        contentType: CONTENT_TYPES[type],
        body: Readable.toWeb(output) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>,
      };
    },
  };
}
