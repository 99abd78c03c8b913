/** What crosses the border of the capture thread. */
import type { WorkerQuestion, WorkerReply } from '../worker-thread.ts';
import type { CaptureControl, CaptureEvent, CaptureSource, QuietRule } from './control.ts';

export type ImportFileRequest = Parameters<CaptureControl['importFile']>[0];

export type CaptureRequest =
  | { readonly type: 'configure'; readonly sources: readonly CaptureSource[]; readonly quiet: QuietRule }
  | { readonly type: 'set-paused'; readonly isPaused: boolean }
  | { readonly type: 'import-file'; readonly request: ImportFileRequest }
  | { readonly type: 'cancel-import'; readonly importId: string }
  | { readonly type: 'stop' };

/** Answers are import ids, else null. */
export type CaptureReply = WorkerReply<string | null, CaptureEvent>;
export type CaptureQuestion = WorkerQuestion<CaptureRequest>;

export interface CaptureWorkerData {
  readonly journalPath: string;
  readonly backupFolder?: string;
}
