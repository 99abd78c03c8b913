/** What crosses the border of the capture thread. */
import type { CaptureControl, CaptureEvent, CaptureProblem, CaptureSource, QuietRule } from './control.ts';

export type ImportFileRequest = Parameters<CaptureControl['importFile']>[0];

export type CaptureRequest =
  | { readonly type: 'configure'; readonly sources: readonly CaptureSource[]; readonly quiet: QuietRule }
  | { readonly type: 'set-paused'; readonly isPaused: boolean }
  | { readonly type: 'import-file'; readonly request: ImportFileRequest }
  | { readonly type: 'cancel-import'; readonly importId: string }
  | { readonly type: 'stop' };

export interface NumberedRequest {
  readonly id: number;
  readonly request: CaptureRequest;
}

export type CaptureReply =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly id: number; readonly value: string | null }
  | { readonly type: 'refused'; readonly id: number; readonly problem: CaptureProblem }
  | { readonly type: 'event'; readonly event: CaptureEvent }
  /** A bug; the thread closes its devices and ends. */
  | { readonly type: 'crashed'; readonly detail: string | number }
  /** The thread could not begin (no journal); it ends after this. */
  | { readonly type: 'cannot-start'; readonly problem: CaptureProblem };

export interface CaptureWorkerData {
  readonly journalPath: string;
  readonly backupFolder?: string;
}
