/** What the ingest thread and its client say to each other. Plain data only. */
import type { RereadDifference } from '../store/reread-difference.ts';
import type { ShadowSource } from '../store/shadow-site.ts';
import type { WorkerQuestion, WorkerReply } from '../worker-thread.ts';
import type { ClosingRequest } from './close-month.ts';
import type { IngestEvent, RebookScope, Repricing } from './control.ts';

export interface IngestWorkerData {
  readonly databasePath: string;
  readonly journalPath: string;
}

export type IngestRequest =
  | { readonly type: 'reload' }
  | { readonly type: 'read-again'; readonly sourceId: number }
  | { readonly type: 'reread'; readonly source: ShadowSource }
  | { readonly type: 'apply-reread'; readonly sourceId: number; readonly nowMs: number; readonly isUndo: boolean }
  | { readonly type: 'drop-reread'; readonly sourceId: number }
  | { readonly type: 'rebook'; readonly scope: RebookScope; readonly pricing: Repricing }
  | { readonly type: 'close-month'; readonly closing: ClosingRequest }
  | { readonly type: 'fingerprint'; readonly month: string }
  | { readonly type: 'idle' }
  | { readonly type: 'hold' }
  | { readonly type: 'stop' };

/** Told without an answer. */
export type IngestTold =
  | { readonly type: 'wake'; readonly sourceId: number }
  | { readonly type: 'rerate' }
  | { readonly type: 'release' };

export type IngestMessage = IngestTold | WorkerQuestion<IngestRequest>;

/** Sums of what the steps of a job did, and what the job found out at its end. */
export interface IngestAnswer {
  readonly sums: Readonly<Record<string, number>>;
  readonly difference?: RereadDifference;
  readonly fingerprint?: string;
}

export type IngestReply = WorkerReply<IngestAnswer, IngestEvent>;
