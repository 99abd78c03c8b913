/** The capture thread as the rest of the program sees it. A thread that dies is started again with the same wishes. */
import type { Log } from '../log.ts';
import { type WorkerStartOptions, WorkerThread } from '../worker-thread.ts';
import type { CaptureRequest, CaptureWorkerData } from './capture-messages.ts';
import type {
  CaptureControl,
  CaptureEvent,
  CaptureProblem,
  CaptureSource,
  CaptureStatus,
  ImportProgress,
  QuietRule,
} from './control.ts';

export interface StartCaptureOptions extends CaptureWorkerData, WorkerStartOptions {}

/** Resolves when the thread has the journal open. Throws the AppErrors of `openDatabase`. */
export async function startCapture(options: StartCaptureOptions): Promise<CaptureControl> {
  const client = new CaptureClient(options);
  await client.start();
  return client;
}

class CaptureClient implements CaptureControl {
  readonly #log: Log | undefined;
  readonly #thread: WorkerThread<CaptureRequest, string | null, CaptureEvent>;
  readonly #listeners = new Set<(event: CaptureEvent) => void>();
  readonly #statuses = new Map<number, CaptureStatus>();
  /** As it was last written down. */
  readonly #logged = new Map<number, CaptureStatus>();
  readonly #imports = new Map<string, ImportProgress>();
  #wanted: { readonly sources: readonly CaptureSource[]; readonly quiet: QuietRule } | undefined;
  #isPaused = false;

  constructor(options: StartCaptureOptions) {
    const { journalPath, backupFolder } = options;
    const workerData: CaptureWorkerData = { journalPath, ...(backupFolder === undefined ? {} : { backupFolder }) };
    this.#log = options.log;
    this.#thread = new WorkerThread({
      name: 'capture',
      workerData,
      start: options,
      onEvent: (event) => this.#heard(event),
      onDeath: (detail, restartAtMs) => this.#failAll(detail, restartAtMs),
      onRestart: () => void this.#restoreWishes(),
    });
  }

  start(): Promise<void> {
    return this.#thread.start();
  }

  async configure(sources: readonly CaptureSource[], quiet: QuietRule): Promise<void> {
    this.#wanted = { sources, quiet };
    const ids = new Set(sources.map((source) => source.id));
    for (const id of this.#statuses.keys()) if (!ids.has(id)) this.#statuses.delete(id);
    for (const id of this.#logged.keys()) if (!ids.has(id)) this.#logged.delete(id);
    await this.#thread.ask({ type: 'configure', sources, quiet });
  }

  async setPaused(isPaused: boolean): Promise<void> {
    this.#isPaused = isPaused;
    await this.#thread.ask({ type: 'set-paused', isPaused });
  }

  async importFile(request: Parameters<CaptureControl['importFile']>[0]): Promise<string> {
    return (await this.#thread.ask({ type: 'import-file', request })) ?? '';
  }

  async cancelImport(importId: string): Promise<void> {
    await this.#thread.ask({ type: 'cancel-import', importId });
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

  stop(): Promise<void> {
    return this.#thread.stop({ type: 'stop' });
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
    // Trying again is no news, nor is that it failed as before.
    if (status.state === 'opening') return;
    const before = this.#logged.get(status.sourceId);
    if (before?.state === status.state && before.problem?.code === status.problem?.code) return;
    const { sourceId, state, problem } = status;
    this.#logged.set(sourceId, status);
    if (problem === null) this.#log?.info({ sourceId, state }, 'source');
    else this.#log?.warn({ sourceId, state, problem }, 'source');
  }

  #failAll(detail: string, retryAtMs: number): void {
    const problem: CaptureProblem = { code: 'capture-restarted', values: { detail } };
    for (const status of this.#statuses.values()) {
      this.#heard({ type: 'status', status: { ...status, state: 'failed', problem, retryAtMs, connections: 0 } });
    }
  }

  async #restoreWishes(): Promise<void> {
    try {
      if (this.#isPaused) await this.#thread.ask({ type: 'set-paused', isPaused: true });
      if (this.#wanted !== undefined) await this.#thread.ask({ type: 'configure', ...this.#wanted });
    } catch (error) {
      this.#log?.error({ detail: String(error) }, 'the sources could not be opened again');
    }
  }
}
