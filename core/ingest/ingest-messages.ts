/** What the ingest thread and its client say to each other. Plain data only. */
import type { ErrorCode, ErrorValues } from '../model/errors.ts';
import type { IngestControl, IngestEvent } from './control.ts';

export interface IngestWorkerData {
  readonly databasePath: string;
  readonly journalPath: string;
}

export type IngestRequest =
  | { readonly type: 'reload' }
  | { readonly type: 'read-again'; readonly sourceId: number }
  | { readonly type: 'rebook'; readonly scope: Parameters<IngestControl['rebook']>[0] }
  | { readonly type: 'idle' }
  | { readonly type: 'hold' }
  | { readonly type: 'stop' };

export type IngestMessage =
  | { readonly type: 'wake'; readonly sourceId: number }
  | { readonly type: 'release' }
  | { readonly type: 'request'; readonly id: number; readonly request: IngestRequest };

export type IngestAnswer = Readonly<Record<string, number>>;

export type IngestReply =
  | { readonly type: 'ready' }
  | { readonly type: 'cannot-start'; readonly code: ErrorCode; readonly values: ErrorValues }
  | { readonly type: 'event'; readonly event: IngestEvent }
  | { readonly type: 'done'; readonly id: number; readonly answer: IngestAnswer }
  | { readonly type: 'refused'; readonly id: number; readonly code: ErrorCode; readonly values: ErrorValues };
