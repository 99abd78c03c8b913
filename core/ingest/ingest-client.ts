/** The ingest thread as the rest of the program sees it. A thread that dies is started again and goes on where it was. */
import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';
import { AppError } from '../model/errors.ts';
import { workerUrl } from '../worker.ts';
import type { IngestControl, IngestCounts, IngestEvent } from './control.ts';
import type { IngestAnswer, IngestMessage, IngestReply, IngestRequest, IngestWorkerData } from './ingest-messages.ts';

export interface StartIngestOptions extends IngestWorkerData {
  readonly workerUrl?: URL;
  readonly log?: Log;
  /** Between a death of the thread and its next start; default 1 s. */
  readonly restartMs?: number;
}

interface Waiting {
  readonly resolve: (answer: IngestAnswer) => void;
  readonly reject: (error: unknown) => void;
}

type Progress = Extract<IngestEvent, { type: 'progress' }>;

const RESTART_MS = 1000;
/** Most of what a batch makes is garbage at once: a small nursery costs little time and keeps the process small. */
const YOUNG_MB = 12;
/** Far more than it needs; a stated limit makes the collector start earlier (measured: 60 MB less at the peak). */
const OLD_MB = 512;
const NO_COUNTS: IngestCounts = { call: 0, part: 0, noise: 0, malformed: 0 };

/** Resolves when the thread has both files open. Throws the AppErrors of `openDatabase`. */
export async function startIngest(options: StartIngestOptions): Promise<IngestControl> {
  const client = new IngestClient(options);
  await client.start();
  return client;
}

class IngestClient implements IngestControl {
  readonly #options: StartIngestOptions;
  readonly #listeners = new Set<(event: IngestEvent) => void>();
  readonly #progress = new Map<number, Progress & { readonly heardAtMs: number }>();
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;
  #hasStarted = false;
  #isStopping = false;
  #restartTimer: NodeJS.Timeout | undefined;

  constructor(options: StartIngestOptions) {
    this.#options = options;
  }

  start(): Promise<void> {
    const { databasePath, journalPath } = this.#options;
    const workerData: IngestWorkerData = { databasePath, journalPath };
    const worker = new Worker(this.#options.workerUrl ?? workerUrl('ingest'), {
      workerData,
      name: 'ingest',
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: OLD_MB },
    });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      let death: unknown = new Error('the ingest thread ended');
      worker.on('message', (message: IngestReply) => {
        if (message.type === 'ready') {
          this.#hasStarted = true;
          resolve();
        } else if (message.type === 'cannot-start') reject(new AppError(message.code, message.values));
        else this.#receive(message);
      });
      worker.on('error', (error) => {
        death = error;
      });
      worker.on('exit', () => {
        reject(death);
        if (this.#worker === worker) this.#died(death);
      });
    });
  }

  wake(sourceId: number): void {
    this.#post({ type: 'wake', sourceId });
  }

  async reload(): Promise<void> {
    await this.#ask({ type: 'reload' });
  }

  async readAgain(sourceId: number): Promise<{ readonly read: number; readonly left: number }> {
    const answer = await this.#ask({ type: 'read-again', sourceId });
    return { read: answer['read'] ?? 0, left: answer['left'] ?? 0 };
  }

  async rebook(scope: Parameters<IngestControl['rebook']>[0]): Promise<{ readonly calls: number }> {
    const answer = await this.#ask({ type: 'rebook', scope });
    return { calls: answer['calls'] ?? 0 };
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

  async holdBack(): Promise<() => void> {
    try {
      await this.#ask({ type: 'hold' });
    } catch {
      // The thread is being started again: it writes nothing just now.
      return () => undefined;
    }
    return () => this.#post({ type: 'release' });
  }

  async idle(): Promise<void> {
    await this.#ask({ type: 'idle' });
  }

  onEvent(listener: (event: IngestEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restartTimer);
    const worker = this.#worker;
    if (worker === undefined) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    await this.#ask({ type: 'stop' }).catch(() => undefined);
    await ended;
  }

  #ask(request: IngestRequest): Promise<IngestAnswer> {
    if (this.#worker === undefined) return Promise.reject(new AppError('busy', { what: 'ingest' }));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ type: 'request', id, request });
    });
  }

  #post(message: IngestMessage): void {
    this.#worker?.postMessage(message);
  }

  #receive(message: IngestReply): void {
    if (message.type === 'event') {
      if (message.event.type === 'progress') {
        this.#progress.set(message.event.sourceId, { ...message.event, heardAtMs: Date.now() });
      }
      for (const listener of this.#listeners) listener(message.event);
    } else if (message.type === 'done') {
      this.#take(message.id)?.resolve(message.answer);
    } else if (message.type === 'refused') {
      this.#take(message.id)?.reject(new AppError(message.code, message.values));
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #died(cause: unknown): void {
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new AppError('busy', { what: 'ingest' }, cause));
    this.#waiting.clear();
    if (this.#isStopping || !this.#hasStarted) return;
    const detail = cause instanceof Error ? cause.message : String(cause);
    this.#options.log?.error({ detail }, 'the ingest thread died and is started again');
    for (const listener of this.#listeners) listener({ type: 'problem', code: 'internal', values: { detail } });
    this.#restartTimer = setTimeout(() => {
      // When it does not start, its exit comes here again.
      this.start().catch((error: unknown) => {
        this.#options.log?.error({ detail: String(error) }, 'the ingest thread did not start');
      });
    }, this.#options.restartMs ?? RESTART_MS);
  }
}

const MINUTE_MS = 60_000;
