/** Starts the thread that compares prices, and hears how far it is. */
import { Worker } from 'node:worker_threads';
import { AppError } from '../model/errors.ts';
import { workerUrl } from '../worker.ts';
import type { WorkerProblem } from '../worker-thread.ts';
import type { ComparisonOptions, ComparisonProgress, ComparisonResult } from './rerate-compare.ts';

export interface CompareWorkerData {
  readonly databasePath: string;
  readonly options: ComparisonOptions;
}

export type CompareReply =
  | ({ readonly type: 'progress' } & ComparisonProgress)
  | { readonly type: 'done'; readonly result: ComparisonResult }
  | { readonly type: 'refused'; readonly problem: WorkerProblem };

export interface RunningComparison {
  readonly result: Promise<ComparisonResult>;
  stop(): Promise<void>;
}

/** `result` rejects with AppError where the database cannot be read. */
export function startComparison(
  workerData: CompareWorkerData,
  onProgress: (progress: ComparisonProgress) => void,
): RunningComparison {
  const worker = new Worker(workerUrl('compare'), { workerData, name: 'compare' });
  const result = new Promise<ComparisonResult>((resolve, reject) => {
    worker.on('message', (reply: CompareReply) => {
      if (reply.type === 'progress') onProgress(reply);
      else if (reply.type === 'done') resolve(reply.result);
      else reject(new AppError(reply.problem.code, reply.problem.values));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the comparing thread ended early')));
  });
  // It may be stopped while nobody waits for it.
  result.catch(() => undefined);
  return { result, stop: async () => void (await worker.terminate()) };
}
