/** Asks a thread for a month's file and waits until it is whole. */
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';
import { workerUrl } from '../worker.ts';
import type { MonthExportOptions } from './export-month.ts';

export interface ExportWorkerData {
  readonly options: MonthExportOptions;
  readonly file: string;
}

export type ExportReply =
  | { readonly type: 'done' }
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly values: ErrorValues };

/** Old files of the heap are let go early: the file is written as a stream and needs little. */
const MAX_YOUNG_MB = 8;

/** Rejects with AppError when the database cannot be read, and with the thread's error otherwise. */
export function exportMonthFile(options: MonthExportOptions, file: string): Promise<void> {
  const workerData: ExportWorkerData = { options, file };
  const worker = new Worker(workerUrl('export'), {
    workerData,
    name: 'export',
    resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_MB },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (reply: ExportReply) => {
      if (reply.type === 'done') resolve();
      else reject(new AppError(reply.code, reply.values));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the export thread ended early')));
  });
}
