/** How the rest of the program speaks with the ingest thread. Plain data only: it crosses a worker boundary. */
import type { CallId } from '../model/call.ts';
import type { RerateState } from '../model/rerate.ts';
import type { LocalDay } from '../model/time.ts';
import type { RereadDifference } from '../store/reread-difference.ts';
import type { ShadowSource } from '../store/shadow-site.ts';
import type { ClosingRequest } from './close-month.ts';

export interface IngestCounts {
  readonly call: number;
  readonly part: number;
  readonly noise: number;
  readonly malformed: number;
}

export type IngestEvent =
  /** Calls stored or updated by one batch, newest last; at most 200 ids, `total` says how many there were. */
  | {
      readonly type: 'calls';
      readonly sourceId: number;
      readonly added: readonly CallId[];
      readonly updated: readonly CallId[];
      readonly total: number;
    }
  | {
      readonly type: 'progress';
      readonly sourceId: number;
      readonly nextOffset: number;
      readonly counts: IngestCounts;
      readonly lastRecordAtMs: number | null;
      readonly recordsPerMinute: number;
    }
  /** How far a source was read with another format, beside what is stored. */
  | {
      readonly type: 'reread';
      readonly sourceId: number;
      readonly nextOffset: number;
      readonly headOffset: number;
    }
  /** A re-rate has come into another state. */
  | { readonly type: 'rerate'; readonly id: number; readonly state: RerateState }
  /** Alerts are new or went on; something may wait to be sent. */
  | { readonly type: 'alerts' }
  | { readonly type: 'problem'; readonly code: string; readonly values: Readonly<Record<string, string | number>> };

/** Which stored calls: all, those with a code or from an extension, these, or those from a day on. */
export type RebookScope =
  | 'all'
  | { readonly codes: readonly string[]; readonly extensions: readonly string[] }
  | { readonly ids: readonly CallId[] }
  | { readonly fromDay: LocalDay };

/** `kept` (also where absent): a price changes only where the call's number is read differently now. */
export type Repricing = 'kept' | 'anew';

export interface IngestControl {
  /** New bytes of this source are in the journal. Cheap; may be called often. */
  wake(sourceId: number): void;
  /** People, assignments, tariffs, settings or a source's format changed: read them again before the next batch. */
  reload(): Promise<void>;
  /** Reads quarantined frames of a source again with its present format. */
  readAgain(sourceId: number): Promise<{ readonly read: number; readonly left: number }>;
  /** Reads all of a source with another format beside what is stored, and says what would change. Nothing is changed. */
  reread(source: ShadowSource): Promise<RereadDifference>;
  /** Puts the last `reread` of the source in place. Throws AppError `not-found` when there is none. */
  applyReread(sourceId: number, nowMs: number, isUndo: boolean): Promise<void>;
  dropReread(sourceId: number): Promise<void>;
  /** The re-rates in the store have changed: one begins, is applied, taken back or cancelled. */
  rerate(): void;
  /** Books the calls of open months that match anew: after a change of assignment, code rules or settings, or a decision. */
  rebook(scope: RebookScope, pricing?: Repricing): Promise<{ readonly calls: number }>;
  /** Closes a month. Throws AppError `month-not-over` or `month-closed`. */
  closeMonth(request: ClosingRequest): Promise<void>;
  /** What a month's fingerprint is now. */
  fingerprint(month: string): Promise<string>;
  counts(sourceId: number): IngestCounts;
  lastRecordAtMs(sourceId: number): number | null;
  recordsPerMinute(sourceId: number): number;
  /**
   * Resolves when no batch is being written, and holds the next one back until `release` is called (or a moment has
   * passed), so that a person's change never waits for an import, nor the whole program with it.
   */
  holdBack(): Promise<() => void>;
  /** Resolves when everything in the journal at the time of the call has been read. */
  idle(): Promise<void>;
  onEvent(listener: (event: IngestEvent) => void): () => void;
  stop(): Promise<void>;
}
