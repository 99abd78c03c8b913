/**
 * The one door through which the capture thread writes. What was asked for in one turn of the event loop is committed
 * together, and of many busy sources what comes within a moment; nothing is answered before the commit. While the disk
 * is full or read-only, everything waits and is tried again: bytes are never given up while the program runs.
 */
import { AppError } from '../model/errors.ts';
import type { FileMark, Journal } from '../store/journal.ts';
import type { CaptureProblem } from './control.ts';
import { problemOf } from './problem.ts';

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
/** So many sources that write within a slot are a crowd: what they bring in a moment is committed together. */
const CROWD_SOURCES = 8;
const SLOT_MS = 100;
/** A commit waits for the disk; fewer of them leave it to others. One source alone never waits. */
const GATHER_MS = 10;

export class JournalWriter {
  readonly #options: JournalWriterOptions;
  readonly #journal: Journal;
  #jobs: Job[] = [];
  #isScheduled = false;
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;
  #problem: CaptureProblem | null = null;
  #retryAtMs: number | null = null;
  #slot = 0;
  /** Sources that wrote in this slot, and how many did in the one before. */
  readonly #crowd = new Set<number>();
  #crowdBefore = 0;

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

  /** Answers with the source's next offset once the bytes are on the disk. */
  append(sourceId: number, streamId: number, bytes: Uint8Array, file?: FileMark): Promise<number> {
    const receivedAtMs = this.#options.now();
    return this.#add(sourceId, true, (journal) => journal.append(streamId, receivedAtMs, bytes, file));
  }

  /** A new stream with these bytes, in one transaction. Answers with the stream. */
  async appendFile(
    sourceId: number,
    peer: string,
    bytes: Uint8Array,
    file: FileMark,
    closeReason: string | null,
  ): Promise<number> {
    const receivedAtMs = this.#options.now();
    let streamId = 0;
    await this.#add(sourceId, true, (journal) => {
      streamId = journal.openStream(sourceId, peer);
      const nextOffset = journal.append(streamId, receivedAtMs, bytes, file);
      if (closeReason !== null) journal.closeStream(streamId, closeReason);
      return nextOffset;
    });
    return streamId;
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
      this.#noteWriter(sourceId);
      if (this.#problem === null) this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const flush = (): void => {
      this.#isScheduled = false;
      this.#flush();
    };
    if (Math.max(this.#crowd.size, this.#crowdBefore) >= CROWD_SOURCES) setTimeout(flush, GATHER_MS);
    else setImmediate(flush);
  }

  #noteWriter(sourceId: number): void {
    const slot = Math.floor(this.#options.now() / SLOT_MS);
    if (slot !== this.#slot) {
      this.#crowdBefore = slot === this.#slot + 1 ? this.#crowd.size : 0;
      this.#crowd.clear();
      this.#slot = slot;
    }
    this.#crowd.add(sourceId);
  }

  #flush(): void {
    if (this.#jobs.length === 0 || this.#isStopped) return;
    const jobs = this.#jobs.splice(0);
    let results: readonly unknown[];
    try {
      results = this.#commit(jobs);
    } catch (error) {
      if (error instanceof AppError) this.#block(jobs, error);
      else this.#commitOneByOne(jobs);
      return;
    }
    this.#answer(jobs, results);
  }

  /** After a failure that is somebody's mistake: it must not undo what the others asked for, nor cost a byte. */
  #commitOneByOne(jobs: readonly Job[]): void {
    const kept: Job[] = [];
    let failure: unknown;
    for (const job of jobs) {
      let results: readonly unknown[];
      try {
        results = this.#commit([job]);
      } catch (error) {
        failure = error;
        if (job.isAppend || error instanceof AppError) kept.push(job);
        else job.reject(error);
        continue;
      }
      this.#answer([job], results);
    }
    if (kept.length > 0) this.#block(kept, failure);
  }

  #commit(jobs: readonly Job[]): readonly unknown[] {
    return this.#journal.transaction(() => jobs.map((job) => job.work(this.#journal)));
  }

  /** Outside of any `try`: what is committed must never be tried again because a listener failed. */
  #answer(jobs: readonly Job[], results: readonly unknown[]): void {
    if (this.#problem !== null) {
      this.#problem = null;
      this.#retryAtMs = null;
      this.#options.onProblem(null);
    }
    const appended = new Map<number, number>();
    for (const [index, job] of jobs.entries()) {
      job.resolve(results[index] as never);
      if (job.isAppend) appended.set(job.sourceId, Number(results[index]));
    }
    for (const [sourceId, nextOffset] of appended) this.#options.onAppended(sourceId, nextOffset);
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
