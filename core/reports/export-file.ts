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
  | { readonly type: 'progress'; readonly rows: number; readonly of: number }
  | { readonly type: 'done' }
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly values: ErrorValues };

/** Old files of the heap are let go early: the file is written as a stream and needs little. */
const MAX_YOUNG_MB = 8;

export interface ExportWatch {
  /** Stops the writing. */
  readonly signal?: AbortSignal;
  /** Rows of tables written by now, and how many there are. */
  readonly onProgress?: (rows: number, of: number) => void;
}

/**
 * Rejects with AppError when the database cannot be read, with `export-cancelled` when it was stopped, and with the
 * thread's error otherwise.
 */
export async function exportMonthFile(
  options: MonthExportOptions,
  file: string,
  { signal, onProgress }: ExportWatch = {},
): Promise<void> {
  const workerData: ExportWorkerData = { options, file };
  const worker = new Worker(workerUrl('export'), {
    workerData,
    name: 'export',
    resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_MB },
  });
  const stopped = (): Error => new AppError('export-cancelled');
  const stop = (): void => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (reply: ExportReply) => {
        if (reply.type === 'done') resolve();
        else if (reply.type === 'progress') onProgress?.(reply.rows, reply.of);
        else reject(new AppError(reply.code, reply.values));
      });
      worker.once('error', reject);
      worker.once('exit', () =>
        reject(signal?.aborted === true ? stopped() : new Error('the export thread ended early')),
      );
      if (signal?.aborted === true) stop();
    });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
