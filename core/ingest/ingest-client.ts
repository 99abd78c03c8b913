/** The ingest thread as the rest of the program sees it. A thread that dies is started again and goes on where it was. */

import type { RereadDifference } from '../store/reread-difference.ts';
import type { ShadowSource } from '../store/shadow-site.ts';
import { type WorkerStartOptions, WorkerThread } from '../worker-thread.ts';
import type { ClosingRequest } from './close-month.ts';
import type { IngestControl, IngestCounts, IngestEvent, RebookScope, Repricing } from './control.ts';
import type { IngestAnswer, IngestRequest, IngestTold, IngestWorkerData } from './ingest-messages.ts';

export interface StartIngestOptions extends IngestWorkerData, WorkerStartOptions {}

type Progress = Extract<IngestEvent, { type: 'progress' }>;

/** Most of what a batch makes is garbage at once: a small nursery costs little time and keeps the process small. */
const YOUNG_MB = 12;
/** Far more than it needs; a stated limit makes the collector start earlier (measured: 60 MB less at the peak). */
const OLD_MB = 512;
const MINUTE_MS = 60_000;
const NO_COUNTS: IngestCounts = { call: 0, part: 0, noise: 0, malformed: 0 };

/** Resolves when the thread has both files open. Throws the AppErrors of `openDatabase`. */
export async function startIngest(options: StartIngestOptions): Promise<IngestControl> {
  const client = new IngestClient(options);
  await client.start();
  return client;
}

class IngestClient implements IngestControl {
  readonly #thread: WorkerThread<IngestRequest, IngestAnswer, IngestEvent, IngestTold>;
  readonly #listeners = new Set<(event: IngestEvent) => void>();
  readonly #progress = new Map<number, Progress & { readonly heardAtMs: number }>();

  constructor(options: StartIngestOptions) {
    const { databasePath, journalPath } = options;
    const workerData: IngestWorkerData = { databasePath, journalPath };
    this.#thread = new WorkerThread({
      name: 'ingest',
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: OLD_MB },
      start: options,
      onEvent: (event) => this.#heard(event),
      onDeath: (detail) => this.#heard({ type: 'problem', code: 'internal', values: { detail } }),
      // It looks at everything by itself when it begins.
      onRestart: () => undefined,
    });
  }

  start(): Promise<void> {
    return this.#thread.start();
  }

  wake(sourceId: number): void {
    this.#thread.tell({ type: 'wake', sourceId });
  }

  async reload(): Promise<void> {
    await this.#thread.ask({ type: 'reload' });
  }

  async readAgain(sourceId: number): Promise<{ readonly read: number; readonly left: number }> {
    const { sums } = await this.#thread.ask({ type: 'read-again', sourceId });
    return { read: sums['read'] ?? 0, left: sums['left'] ?? 0 };
  }

  async rebook(scope: RebookScope, pricing: Repricing = 'kept'): Promise<{ readonly calls: number }> {
    const { sums } = await this.#thread.ask({ type: 'rebook', scope, pricing });
    return { calls: sums['calls'] ?? 0 };
  }

  async reread(source: ShadowSource): Promise<RereadDifference> {
    const { difference } = await this.#thread.ask({ type: 'reread', source });
    if (difference === undefined) throw new Error('a source was read anew and no difference came back');
    return difference;
  }

  async applyReread(sourceId: number, nowMs: number, isUndo: boolean): Promise<void> {
    await this.#thread.ask({ type: 'apply-reread', sourceId, nowMs, isUndo });
  }

  async dropReread(sourceId: number): Promise<void> {
    await this.#thread.ask({ type: 'drop-reread', sourceId });
  }

  async closeMonth(closing: ClosingRequest): Promise<void> {
    await this.#thread.ask({ type: 'close-month', closing });
  }

  async fingerprint(month: string): Promise<string> {
    const { fingerprint } = await this.#thread.ask({ type: 'fingerprint', month });
    if (fingerprint === undefined) throw new Error('a fingerprint was asked for and none came back');
    return fingerprint;
  }

  counts(sourceId: number): IngestCounts {
    return this.#progress.get(sourceId)?.counts ?? NO_COUNTS;
  }

  lastRecordAtMs(sourceId: number): number | null {
    return this.#progress.get(sourceId)?.lastRecordAtMs ?? null;
  }

  recordsPerMinute(sourceId: number): number {
    const progress = this.#progress.get(sourceId);
    return progress === undefined || Date.now() - progress.heardAtMs >= MINUTE_MS ? 0 : progress.recordsPerMinute;
  }

  rerate(): void {
    this.#thread.tell({ type: 'rerate' });
  }

  async holdBack(): Promise<() => void> {
    try {
      await this.#thread.ask({ type: 'hold' });
    } catch {
      // The thread is being started again: it writes nothing just now.
      return () => undefined;
    }
    return () => this.#thread.tell({ type: 'release' });
  }

  async idle(): Promise<void> {
    await this.#thread.ask({ type: 'idle' });
  }

  onEvent(listener: (event: IngestEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): Promise<void> {
    return this.#thread.stop({ type: 'stop' });
  }

  #heard(event: IngestEvent): void {
    if (event.type === 'progress') this.#progress.set(event.sourceId, { ...event, heardAtMs: Date.now() });
    for (const listener of this.#listeners) listener(event);
  }
}
