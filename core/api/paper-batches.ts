/**
 * Archives of statements that are being written or wait to be fetched. One is written at a time; each belongs to whoever
 * asked for it and is removed an hour after it was finished.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { dataFilesOf } from '../data-files.ts';
import type { Language } from '../i18n/translate.ts';
import type { Viewer } from '../model/access.ts';
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';
import { localDayOf } from '../model/time.ts';
import { type RunningBatch, startBatch } from '../reports/batch-thread.ts';
import { SECONDS_PER_DAY } from '../store/daily-sums.ts';
import { daysOfMonth } from '../store/month-days.ts';
import type { PaperBatch, PaperBatchInput } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { problemOf } from './problem.ts';
import { partOf, type Work } from './work.ts';

const KEPT_MS = 3_600_000;
const FILE_NAME = /^statements-.*\.zip(\.part)?$/;

interface Job {
  readonly id: string;
  readonly input: PaperBatchInput;
  readonly userId: number | null;
  readonly file: string;
  readonly running: RunningBatch;
  readonly startedAtMs: number;
  state: PaperBatch['state'];
  done: number;
  total: number;
  problem: { readonly code: ErrorCode; readonly values: ErrorValues } | undefined;
  forgetting: NodeJS.Timeout | undefined;
}

export class PaperBatches {
  readonly #parts: ApiParts;
  readonly #jobs = new Map<string, Job>();

  constructor(parts: ApiParts) {
    this.#parts = parts;
  }

  /** Throws AppError `busy` while another one is written. */
  async start(input: PaperBatchInput, language: Language, viewer: Viewer): Promise<string> {
    const { deps } = this.#parts;
    if ([...this.#jobs.values()].some(({ state }) => state === 'running'))
      throw new AppError('busy', { what: 'batch' });
    await mkdir(deps.spoolFolder, { recursive: true, mode: 0o700 });
    if (this.#jobs.size === 0) await this.#removeLeftOvers();
    const id = randomUUID();
    const file = path.join(deps.spoolFolder, `statements-${id}.zip`);
    const { first, end } = daysOfMonth(input.month);
    const running = startBatch(
      {
        databasePath: deps.db.name,
        journalPath: dataFilesOf(deps.dataFolder).journal,
        from: localDayOf(first * SECONDS_PER_DAY),
        to: localDayOf((end - 1) * SECONDS_PER_DAY),
        departmentIds: input.departmentIds,
        personIds: input.personIds,
        language: input.language ?? language,
        reader: {
          madeBy: viewer.name,
          scope: viewer.scope,
          seesNumbers: viewer.seesNumbers,
          seesCodes: this.#parts.showsCodes(),
        },
        nowMs: deps.nowMs(),
      },
      file,
      (done, total) => {
        job.done = done;
        job.total = total;
      },
    );
    const job: Job = {
      ...{ id, input, file, running, userId: viewer.userId, startedAtMs: deps.nowMs() },
      ...{ state: 'running', done: 0, total: 0, problem: undefined, forgetting: undefined },
    };
    this.#jobs.set(id, job);
    running.result.then(
      () => {
        job.state = 'ready';
        job.forgetting = setTimeout(() => void this.#drop(job), KEPT_MS).unref();
      },
      (error: unknown) => {
        job.problem = error instanceof AppError ? error : { code: 'internal', values: { detail: String(error) } };
        job.state = 'failed';
      },
    );
    return id;
  }

  view(id: string, viewer: Viewer, language: Language): PaperBatch {
    const { input, state, done, total, startedAtMs, problem } = this.#job(id, viewer);
    const elapsedMs = this.#parts.deps.nowMs() - startedAtMs;
    return {
      id,
      month: input.month,
      state,
      done,
      total,
      secondsLeft: done === 0 ? null : Math.ceil((elapsedMs / done) * (total - done) * 0.001),
      problem: problem === undefined ? null : problemOf(problem, language),
    };
  }

  /** Somebody's own, while they are written. */
  running({ userId }: Viewer): readonly Work[] {
    return [...this.#jobs.values()]
      .filter((job) => job.state === 'running' && job.userId === userId)
      .map(({ id, input, done, total }) => ({
        kind: 'batch',
        id,
        name: input.month,
        part: partOf(done, total),
        mayCancel: true,
      }));
  }

  /** Path of the finished archive, its month and language. Throws AppError `not-found` before. */
  file(
    id: string,
    viewer: Viewer,
  ): { readonly file: string; readonly month: string; readonly spoken: Language | undefined } {
    const { state, file, input } = this.#job(id, viewer);
    if (state !== 'ready') throw new AppError('not-found', { what: 'batch', id });
    return { file, month: input.month, spoken: input.language };
  }

  /** Stops it, or throws the finished archive away. */
  async drop(id: string, viewer: Viewer): Promise<void> {
    await this.#drop(this.#job(id, viewer));
  }

  close(): void {
    for (const { running, forgetting } of this.#jobs.values()) {
      clearTimeout(forgetting);
      void running.stop();
    }
  }

  async #drop(job: Job): Promise<void> {
    clearTimeout(job.forgetting);
    this.#jobs.delete(job.id);
    await job.running.stop();
    await rm(job.file, { force: true });
  }

  /** Of somebody else there is none. */
  #job(id: string, { userId }: Viewer): Job {
    const job = this.#jobs.get(id);
    if (job === undefined || job.userId !== userId) throw new AppError('not-found', { what: 'batch', id });
    return job;
  }

  /** Of a service that was stopped meanwhile. */
  async #removeLeftOvers(): Promise<void> {
    const { spoolFolder } = this.#parts.deps;
    for (const name of await readdir(spoolFolder)) {
      if (FILE_NAME.test(name)) await rm(path.join(spoolFolder, name), { force: true });
    }
  }
}
