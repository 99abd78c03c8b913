/** What the ingest thread and its client say to each other. Plain data only. */
import type { WorkerQuestion, WorkerReply } from '../worker-thread.ts';
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

/** Told without an answer. */
export type IngestTold = { readonly type: 'wake'; readonly sourceId: number } | { readonly type: 'release' };

export type IngestMessage = IngestTold | WorkerQuestion<IngestRequest>;

export type IngestAnswer = Readonly<Record<string, number>>;

export type IngestReply = WorkerReply<IngestAnswer, IngestEvent>;
