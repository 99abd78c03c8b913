/** How the rest of the program speaks with the capture thread. Plain data only: it crosses a worker boundary. */
import type { ErrorCode, ErrorValues } from '../model/errors.ts';
import type { SourceConfig } from '../model/source-config.ts';

export interface CaptureSource {
  readonly id: number;
  /** Secrets in the clear. */
  readonly config: SourceConfig;
  readonly isEnabled: boolean;
  /** Why it is not opened although it is wanted (its secret cannot be read). */
  readonly refusal?: CaptureProblem;
}

export interface QuietRule {
  readonly timeZone: string;
  /** `HH:MM`, office hours on the site's wall clock. */
  readonly officeFrom: string;
  readonly officeTo: string;
  /** ISO weekdays 1..7. */
  readonly officeDays: readonly number[];
  readonly quietMinutes: number;
}

export interface CaptureProblem {
  readonly code: ErrorCode;
  readonly values: ErrorValues;
}

/** What the capture thread knows of one source; ingest adds what the bytes meant. */
export interface CaptureStatus {
  readonly sourceId: number;
  readonly state: 'disabled' | 'paused' | 'opening' | 'open' | 'waiting' | 'failed' | 'idle';
  readonly problem: CaptureProblem | null;
  readonly retryAtMs: number | null;
  readonly connections: number;
  readonly lastByteAtMs: number | null;
  readonly bytesTotal: number;
  readonly bytesPerMinute: number;
  readonly isQuiet: boolean;
  readonly quietSinceMs: number | null;
  /** `SHA256:…`, of the sources that speak SSH. */
  readonly hostKey: string | null;
}

export interface ImportProgress {
  readonly importId: string;
  readonly sourceId: number;
  readonly streamId: number;
  readonly fileName: string;
  /** `done`: every byte is in the journal. */
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly bytesTotal: number;
  readonly bytesDone: number;
  readonly problem: CaptureProblem | null;
}

export type CaptureEvent =
  /** Bytes of this source are committed up to `nextOffset`. */
  | { readonly type: 'appended'; readonly sourceId: number; readonly nextOffset: number }
  /** A stream ended; its unfinished tail can be judged. */
  | { readonly type: 'stream-closed'; readonly sourceId: number; readonly streamId: number }
  | { readonly type: 'status'; readonly status: CaptureStatus }
  | { readonly type: 'import'; readonly progress: ImportProgress };

export interface CaptureControl {
  /** The whole wanted state: sources not named are closed, changed ones opened again, unchanged ones left alone. */
  configure(sources: readonly CaptureSource[], quiet: QuietRule): Promise<void>;
  setPaused(isPaused: boolean): Promise<void>;
  /**
   * Starts to read a file into the journal and answers with the id of the import. `deleteAfter` is for uploaded copies.
   * Fails with `file-already-imported` when the same content was imported into this source before and `again` is false.
   */
  importFile(request: {
    readonly sourceId: number;
    readonly path: string;
    readonly fileName: string;
    readonly again: boolean;
    readonly deleteAfter: boolean;
  }): Promise<string>;
  cancelImport(importId: string): Promise<void>;
  statuses(): readonly CaptureStatus[];
  imports(): readonly ImportProgress[];
  onEvent(listener: (event: CaptureEvent) => void): () => void;
  stop(): Promise<void>;
}
