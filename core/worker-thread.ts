/**
 * A worker thread that is asked things and told things, tells of events, and is started again when it dies. What the
 * things are is the caller's; a thread answers in the `WorkerReply` form.
 */
import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { Log } from './log.ts';
import { AppError, type ErrorCode, type ErrorValues } from './model/errors.ts';
import { type WorkerName, workerUrl } from './worker.ts';

export interface WorkerProblem {
  readonly code: ErrorCode;
  readonly values: ErrorValues;
}

/** A question to a thread; the answer carries its id. */
export interface WorkerQuestion<Request> {
  readonly type: 'request';
  readonly id: number;
  readonly request: Request;
}

export type WorkerReply<Answer, Event> =
  | { readonly type: 'ready' }
  /** The thread could not begin; it ends after this. */
  | { readonly type: 'cannot-start'; readonly problem: WorkerProblem }
  | { readonly type: 'event'; readonly event: Event }
  | { readonly type: 'done'; readonly id: number; readonly answer: Answer }
  | { readonly type: 'refused'; readonly id: number; readonly problem: WorkerProblem };

export interface WorkerStartOptions {
  /** Another file than the thread's own; tests put fail points into one. */
  readonly workerUrl?: URL;
  readonly log?: Log;
  /** Between a death of the thread and its next start; default 1 s. */
  readonly restartMs?: number;
}

export interface WorkerThreadOptions<Event> {
  readonly name: WorkerName;
  readonly workerData: unknown;
  readonly resourceLimits?: ResourceLimits;
  readonly start: WorkerStartOptions;
  readonly onEvent: (event: Event) => void;
  /** It died and will be started again at `restartAtMs` (since 1970). */
  readonly onDeath: (detail: string, restartAtMs: number) => void;
  /** It is ready again. */
  readonly onRestart: () => void;
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

const RESTART_MS = 1000;

export class WorkerThread<Request extends { readonly type: string }, Answer, Event, Told = never> {
  readonly #options: WorkerThreadOptions<Event>;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #worker: Worker | undefined;
  #lastId = 0;
  /** A thread that could never begin is reported to the caller, not tried for ever. */
  #hasStarted = false;
  #isStopping = false;
  #restartTimer: NodeJS.Timeout | undefined;

  constructor(options: WorkerThreadOptions<Event>) {
    this.#options = options;
  }

  /** Resolves when the thread is ready. Rejects with the AppError it could not start for. */
  start(): Promise<void> {
    const { name, workerData, resourceLimits, start } = this.#options;
    const limits = resourceLimits === undefined ? {} : { resourceLimits };
    const worker = new Worker(start.workerUrl ?? workerUrl(name), { workerData, name, ...limits });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      let death: unknown = new Error(`the ${name} thread ended`);
      worker.on('message', (reply: WorkerReply<Answer, Event>) => {
        if (reply.type === 'ready') {
          this.#hasStarted = true;
          resolve();
        } else if (reply.type === 'cannot-start') reject(errorOf(reply.problem));
        else this.#receive(reply);
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

  /** Rejects with the AppError of a refusal, and with `busy` while the thread is being started again. */
  ask(request: Request): Promise<Answer> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.reject(this.#busy());
    this.#lastId += 1;
    const question: WorkerQuestion<Request> = { type: 'request', id: this.#lastId, request };
    return new Promise((resolve, reject) => {
      this.#waiting.set(question.id, { resolve, reject });
      worker.postMessage(question);
    });
  }

  /** Needs no answer; a thread that is just being started again does not hear it. */
  tell(message: Told): void {
    this.#worker?.postMessage(message);
  }

  /** Asks the thread to end and waits until it has. */
  async stop(request: Request): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restartTimer);
    const worker = this.#worker;
    if (worker === undefined) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    await this.ask(request).catch(() => undefined);
    await ended;
  }

  #receive(reply: Extract<WorkerReply<Answer, Event>, { readonly type: 'event' | 'done' | 'refused' }>): void {
    if (reply.type === 'event') {
      this.#options.onEvent(reply.event);
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.type === 'done') waiting?.resolve(reply.answer);
    else waiting?.reject(errorOf(reply.problem));
  }

  #died(cause: unknown): void {
    const { name, start, onDeath, onRestart } = this.#options;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(this.#busy(cause));
    this.#waiting.clear();
    if (this.#isStopping || !this.#hasStarted) return;
    const detail = cause instanceof Error ? cause.message : String(cause);
    start.log?.error({ detail }, `the ${name} thread died and is started again`);
    const restartMs = start.restartMs ?? RESTART_MS;
    onDeath(detail, Date.now() + restartMs);
    this.#restartTimer = setTimeout(() => {
      // When it does not start, its exit comes here again.
      this.start().then(onRestart, (error: unknown) => {
        start.log?.error({ detail: String(error) }, `the ${name} thread did not start`);
      });
    }, restartMs);
  }

  #busy(cause?: unknown): AppError {
    return new AppError('busy', { what: this.#options.name }, cause);
  }
}

function errorOf({ code, values }: WorkerProblem): AppError {
  return new AppError(code, values);
}

/** A failure as it crosses to other threads. */
export function workerProblemOf(error: unknown): WorkerProblem {
  if (error instanceof AppError) return { code: error.code, values: error.values };
  return {
    code: 'internal',
    values: { detail: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  };
}
