/** Bulk work that is asked for and answered when it is done: a queue of jobs, each a row of transactions. */
import type { IngestAnswer } from './ingest-messages.ts';

export type Sums = IngestAnswer['sums'];

/** A piece of bulk work; each step is one transaction. */
export interface Job {
  readonly id: number;
  readonly steps: Iterator<Sums>;
  sums: Sums;
  /** Told after each step. */
  readonly onStep?: (step: Sums) => void;
  /** What the job found out, asked for when its steps are done. */
  readonly result?: () => Omit<IngestAnswer, 'sums'>;
}

/** Does one step. Gives the answer once there is none left. */
export function stepJob(job: Job): IngestAnswer | undefined {
  const next = job.steps.next();
  if (next.done === true) return { sums: job.sums, ...job.result?.() };
  const step = next.value;
  job.sums = Object.fromEntries(Object.entries(job.sums).map(([key, sum]) => [key, sum + (step[key] ?? 0)]));
  job.onStep?.(step);
  return undefined;
}

export function* once<T>(work: () => T): Generator<T> {
  yield work();
}

export function* mapped<T, U>(items: Iterable<T>, map: (item: T) => U): Generator<U> {
  for (const item of items) yield map(item);
}
