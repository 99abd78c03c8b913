/** Starts the thread that works on one backup, and hears how far it is. */
import { Worker } from 'node:worker_threads';
import type { BackupManifest } from '../model/backup.ts';
import { AppError } from '../model/errors.ts';
import { workerUrl } from '../worker.ts';
import type { WorkerProblem } from '../worker-thread.ts';
import type { BackupOptions, BackupProgress } from './make-backup.ts';

export type BackupTask =
  | { readonly kind: 'make'; readonly options: BackupOptions }
  /** Unpacked beside, proved, and thrown away. */
  | { readonly kind: 'check'; readonly file: string; readonly beside: string }
  /** Left ready to be put in place at the next start. */
  | { readonly kind: 'stage'; readonly file: string; readonly dataFolder: string; readonly nowMs: number };

export interface BackupOutcome {
  readonly file: string;
  readonly manifest: BackupManifest;
}

export type BackupReply =
  | { readonly type: 'progress'; readonly progress: BackupProgress }
  | ({ readonly type: 'done' } & BackupOutcome)
  | { readonly type: 'refused'; readonly problem: WorkerProblem };

export interface RunningBackup {
  /** Rejects with AppError for what people can act on, and with `BackupCancelled` after `cancel`. */
  readonly result: Promise<BackupOutcome>;
  cancel(): Promise<void>;
}

export class BackupCancelled extends Error {}

export function startBackupJob(task: BackupTask, onProgress: (progress: BackupProgress) => void): RunningBackup {
  const worker = new Worker(workerUrl('backup'), { workerData: task, name: 'backup' });
  let isCancelled = false;
  const result = new Promise<BackupOutcome>((resolve, reject) => {
    worker.on('message', (reply: BackupReply) => {
      if (reply.type === 'progress') onProgress(reply.progress);
      else if (reply.type === 'done') resolve({ file: reply.file, manifest: reply.manifest });
      else reject(new AppError(reply.problem.code, reply.problem.values));
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(isCancelled ? new BackupCancelled() : new Error('the backup thread ended early'));
    });
  });
  result.catch(() => undefined);
  return {
    result,
    cancel: async () => {
      isCancelled = true;
      await worker.terminate();
    },
  };
}
