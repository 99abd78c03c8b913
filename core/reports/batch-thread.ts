/** Has a thread write the statements of many people; it can be stopped, and leaves no half file behind. */
import { rename, rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';
import { workerUrl } from '../worker.ts';
import type { BatchOptions } from './batch.ts';

export interface BatchWorkerData {
  readonly options: BatchOptions;
  readonly file: string;
}

export type BatchReply =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done' }
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly values: ErrorValues };

export interface RunningBatch {
  /** Resolves when the file is whole. Rejects with AppError, also `busy` where it was stopped. */
  readonly result: Promise<void>;
  stop(): Promise<void>;
}

export function startBatch(
  options: BatchOptions,
  file: string,
  onProgress: (done: number, total: number) => void,
): RunningBatch {
  const part = `${file}.part`;
  const workerData: BatchWorkerData = { options, file: part };
  const worker = new Worker(workerUrl('batch'), { workerData, name: 'batch' });
  const written = new Promise<void>((resolve, reject) => {
    worker.on('message', (reply: BatchReply) => {
      if (reply.type === 'progress') onProgress(reply.done, reply.total);
      else if (reply.type === 'done') resolve();
      else reject(new AppError(reply.code, reply.values));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new AppError('busy', { what: 'batch' })));
  });
  const result = written
    .then(() => rename(part, file))
    .catch(async (error: unknown) => {
      await rm(part, { force: true });
      throw error;
    });
  return {
    result,
    stop: async () => {
      await worker.terminate();
      await result.catch(() => undefined);
    },
  };
}
