/** Gives re-rates their turns in the ingest thread: after live records and after what people wait for. */
import { AppError } from '../model/errors.ts';
import type { RerateState } from '../model/rerate.ts';
import { workerProblemOf } from '../worker-thread.ts';
import type { IngestEvent } from './control.ts';
import type { Ingest } from './ingest.ts';
import { RerateWork, type StepLimits } from './rerate-work.ts';

const RETRY_MS = 5000;

export class RerateRunner {
  readonly #work: RerateWork;
  readonly #tell: (event: IngestEvent) => void;
  /** At the start there may be one that was cut off. */
  #isAwake = true;
  #isClear = false;
  #retryAtMs: number | undefined;
  #state: RerateState | undefined;

  constructor(ingest: Ingest, nowMs: () => number, tell: (event: IngestEvent) => void) {
    this.#work = new RerateWork(ingest, nowMs);
    this.#tell = tell;
  }

  get hasWork(): boolean {
    return this.#isAwake && this.#retryAtMs === undefined;
  }

  /** When it tries again after a failure; undefined: it did not fail. */
  get dueAtMs(): number | undefined {
    return this.#retryAtMs;
  }

  wake(): void {
    this.#isAwake = true;
    this.#isClear = false;
  }

  /** Lets a try after a failure begin, when its time has come. */
  tick(clockMs: number): void {
    if (this.#retryAtMs !== undefined && this.#retryAtMs <= clockMs) this.#retryAtMs = undefined;
  }

  /** One transaction. */
  step(limits: StepLimits, clockMs: number): void {
    try {
      const rerate = this.#work.step(limits);
      if (rerate !== undefined) this.#told(rerate.id, rerate.state);
      else if (!this.#isClear) this.#isClear = !this.#work.clear();
      else this.#isAwake = false;
    } catch (error) {
      this.#failed(error, clockMs);
    }
  }

  #told(id: number, state: RerateState): void {
    if (state !== this.#state) this.#tell({ type: 'rerate', id, state });
    this.#state = state;
  }

  #failed(error: unknown, clockMs: number): void {
    const { code, values } = workerProblemOf(error);
    this.#retryAtMs = clockMs + RETRY_MS;
    this.#tell({ type: 'problem', code, values });
    try {
      if (!(error instanceof AppError)) this.#work.fail(code, values);
    } catch {
      // What keeps it from being said keeps it from going on, too; it is tried again.
    }
  }
}
