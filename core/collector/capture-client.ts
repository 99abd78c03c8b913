/** The capture thread as the rest of the program sees it. A thread that dies is started again with the same wishes. */
import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';
import { AppError } from '../model/errors.ts';
import { workerUrl } from '../worker.ts';
import type { CaptureReply, CaptureRequest, CaptureWorkerData, NumberedRequest } from './capture-messages.ts';
import type {
  CaptureControl,
  CaptureEvent,
  CaptureProblem,
  CaptureSource,
  CaptureStatus,
  ImportProgress,
  QuietRule,
} from './control.ts';

export interface StartCaptureOptions extends CaptureWorkerData {
  readonly workerUrl?: URL;
  readonly log?: Log;
  /** Between a death of the thread and its next start; default 1 s. */
  readonly restartMs?: number;
}

interface Waiting {
  readonly resolve: (value: string | null) => void;
  readonly reject: (error: unknown) => void;
}

const RESTART_MS = 1000;

/** Resolves when the thread has the journal open. Throws the AppErrors of `openDatabase`. */
export async function startCapture(options: StartCaptureOptions): Promise<CaptureControl> {
  const client = new CaptureClient(options);
  await client.start();
  return client;
}

class CaptureClient implements CaptureControl {
  readonly #options: StartCaptureOptions;
  readonly #listeners = new Set<(event: CaptureEvent) => void>();
  readonly #statuses = new Map<number, CaptureStatus>();
  readonly #imports = new Map<string, ImportProgress>();
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;
  #wanted: { readonly sources: readonly CaptureSource[]; readonly quiet: QuietRule } | undefined;
  #isPaused = false;
  #isStopping = false;
  /** A thread that could never begin is reported to the caller, not tried for ever. */
  #hasStarted = false;
  #restartTimer: NodeJS.Timeout | undefined;

  constructor(options: StartCaptureOptions) {
    this.#options = options;
  }

  start(): Promise<void> {
    const { journalPath, backupFolder } = this.#options;
    const workerData: CaptureWorkerData = { journalPath, ...(backupFolder === undefined ? {} : { backupFolder }) };
    const worker = new Worker(this.#options.workerUrl ?? workerUrl('capture'), { workerData, name: 'capture' });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      let death: unknown = new Error('the capture thread ended');
      worker.on('message', (message: CaptureReply) => {
        if (message.type === 'ready') {
          this.#hasStarted = true;
          resolve();
        } else if (message.type === 'crashed') death = new Error(String(message.detail));
        else if (message.type === 'cannot-start') reject(errorOf(message.problem));
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

  async configure(sources: readonly CaptureSource[], quiet: QuietRule): Promise<void> {
    this.#wanted = { sources, quiet };
    const ids = new Set(sources.map((source) => source.id));
    for (const id of this.#statuses.keys()) if (!ids.has(id)) this.#statuses.delete(id);
    await this.#ask({ type: 'configure', sources, quiet });
  }

  async setPaused(isPaused: boolean): Promise<void> {
    this.#isPaused = isPaused;
    await this.#ask({ type: 'set-paused', isPaused });
  }

  async importFile(request: Parameters<CaptureControl['importFile']>[0]): Promise<string> {
    return (await this.#ask({ type: 'import-file', request })) ?? '';
  }

  async cancelImport(importId: string): Promise<void> {
    await this.#ask({ type: 'cancel-import', importId });
  }

  statuses(): readonly CaptureStatus[] {
    return [...this.#statuses.values()];
  }

  imports(): readonly ImportProgress[] {
    return [...this.#imports.values()];
  }

  onEvent(listener: (event: CaptureEvent) => void): () => void {
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

  #ask(request: CaptureRequest): Promise<string | null> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.reject(new AppError('busy', { what: 'capture' }));
    this.#lastId += 1;
    const message: NumberedRequest = { id: this.#lastId, request };
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.id, { resolve, reject });
      worker.postMessage(message);
    });
  }

  #receive(message: CaptureReply): void {
    if (message.type === 'event') {
      this.#heard(message.event);
    } else if (message.type === 'done') {
      this.#take(message.id)?.resolve(message.value);
    } else if (message.type === 'refused') {
      this.#take(message.id)?.reject(errorOf(message.problem));
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #heard(event: CaptureEvent): void {
    if (event.type === 'status') {
      const isWanted = this.#wanted?.sources.some((source) => source.id === event.status.sourceId) === true;
      if (!isWanted) return;
      this.#logChange(event.status);
      this.#statuses.set(event.status.sourceId, event.status);
    } else if (event.type === 'import') {
      this.#imports.set(event.progress.importId, event.progress);
    }
    for (const listener of this.#listeners) listener(event);
  }

  #logChange(status: CaptureStatus): void {
    const before = this.#statuses.get(status.sourceId);
    if (before?.state === status.state && before.problem?.code === status.problem?.code) return;
    const { sourceId, state, problem } = status;
    if (problem === null) this.#options.log?.info({ sourceId, state }, 'source');
    else this.#options.log?.warn({ sourceId, state, problem }, 'source');
  }

  #died(cause: unknown): void {
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new AppError('busy', { what: 'capture' }, cause));
    this.#waiting.clear();
    if (this.#isStopping || !this.#hasStarted) return;
    const detail = cause instanceof Error ? cause.message : String(cause);
    this.#options.log?.error({ detail }, 'the capture thread died and is started again');
    const retryMs = this.#options.restartMs ?? RESTART_MS;
    const retryAtMs = Date.now() + retryMs;
    for (const status of this.#statuses.values()) {
      const problem: CaptureProblem = { code: 'capture-restarted', values: { detail } };
      this.#heard({ type: 'status', status: { ...status, state: 'failed', problem, retryAtMs, connections: 0 } });
    }
    this.#restartTimer = setTimeout(() => {
      this.start().then(
        () => this.#restoreWishes(),
        // The exit that follows tries again.
        (error: unknown) => this.#options.log?.error({ detail: String(error) }, 'the capture thread did not start'),
      );
    }, retryMs);
  }

  async #restoreWishes(): Promise<void> {
    try {
      if (this.#isPaused) await this.#ask({ type: 'set-paused', isPaused: true });
      if (this.#wanted !== undefined) await this.#ask({ type: 'configure', ...this.#wanted });
    } catch (error) {
      this.#options.log?.error({ detail: String(error) }, 'the sources could not be opened again');
    }
  }
}

function errorOf(problem: CaptureProblem): AppError {
  return new AppError(problem.code, problem.values);
}
