/**
 * The one door through which the capture thread writes. What was asked for in one turn of the event loop is committed
 * together; nothing is answered before the commit. While the disk is full or read-only, everything waits and is tried again.
 */
import type { FileMark, Journal } from '../store/journal.ts';
import type { CaptureProblem } from './control.ts';
import { isStorageProblem, problemOf } from './problem.ts';

interface Job {
  readonly sourceId: number;
  readonly isAppend: boolean;
  readonly work: (journal: Journal) => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

export interface JournalWriterOptions {
  readonly journal: Journal;
  readonly now: () => number;
  readonly onAppended: (sourceId: number, nextOffset: number) => void;
  /** Writing stopped with this problem, or goes again (null). */
  readonly onProblem: (problem: CaptureProblem | null) => void;
  readonly retryMs?: number;
}

const RETRY_MS = 1000;

export class JournalWriter {
  readonly #options: JournalWriterOptions;
  readonly #journal: Journal;
  #jobs: Job[] = [];
  #isScheduled = false;
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;
  #problem: CaptureProblem | null = null;
  #retryAtMs: number | null = null;

  constructor(options: JournalWriterOptions) {
    this.#options = options;
    this.#journal = options.journal;
  }

  get problem(): CaptureProblem | null {
    return this.#problem;
  }

  get retryAtMs(): number | null {
    return this.#retryAtMs;
  }

  /** Whether this source waits for something to be stored. */
  hasWaiting(sourceId: number): boolean {
    return this.#jobs.some((job) => job.sourceId === sourceId);
  }

  append(sourceId: number, streamId: number, bytes: Uint8Array, file?: FileMark): Promise<void> {
    const receivedAtMs = this.#options.now();
    const entry = file === undefined ? { streamId, receivedAtMs, bytes } : { streamId, receivedAtMs, bytes, file };
    return this.#add(sourceId, true, (journal) => journal.appendAll([entry]));
  }

  /** Other writes, in the same order and transactions as the appends. */
  run<T>(sourceId: number, work: (journal: Journal) => T): Promise<T> {
    return this.#add(sourceId, false, work);
  }

  /** Last try for what waits; what cannot be stored is refused, so that nobody takes it for stored. */
  stop(): void {
    this.#flush();
    this.#isStopped = true;
    clearTimeout(this.#timer);
    const error = new Error(`the journal was closed${this.#problem === null ? '' : ` (${this.#problem.code})`}`);
    for (const job of this.#jobs.splice(0)) job.reject(error);
  }

  #add<T>(sourceId: number, isAppend: boolean, work: (journal: Journal) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#isStopped) {
        reject(new Error('the journal was closed'));
        return;
      }
      this.#jobs.push({ sourceId, isAppend, work, resolve, reject });
      if (this.#problem === null) this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#jobs.length === 0 || this.#isStopped) return;
    const jobs = this.#jobs.splice(0);
    try {
      this.#commit(jobs);
    } catch (error) {
      if (isStorageProblem(error)) this.#block(jobs, error);
      else this.#commitOneByOne(jobs);
    }
  }

  /** After a failure that is somebody's mistake: it must not undo what the others asked for. */
  #commitOneByOne(jobs: readonly Job[]): void {
    for (const [index, job] of jobs.entries()) {
      try {
        this.#commit([job]);
      } catch (error) {
        if (isStorageProblem(error)) {
          this.#block(jobs.slice(index), error);
          return;
        }
        job.reject(error);
      }
    }
  }

  #commit(jobs: readonly Job[]): void {
    const results = this.#journal.transaction(() => jobs.map((job) => job.work(this.#journal)));
    if (this.#problem !== null) {
      this.#problem = null;
      this.#retryAtMs = null;
      this.#options.onProblem(null);
    }
    const appended = new Set<number>();
    for (const [index, job] of jobs.entries()) {
      job.resolve(results[index] as never);
      if (job.isAppend) appended.add(job.sourceId);
    }
    for (const sourceId of appended) this.#options.onAppended(sourceId, this.#journal.head(sourceId).nextOffset);
  }

  #block(jobs: readonly Job[], error: unknown): void {
    this.#jobs = [...jobs, ...this.#jobs];
    const retryMs = this.#options.retryMs ?? RETRY_MS;
    this.#retryAtMs = this.#options.now() + retryMs;
    const isNew = this.#problem === null;
    this.#problem = problemOf(error);
    if (isNew) this.#options.onProblem(this.#problem);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), retryMs);
  }
}
