/** Sources that are being read with another format, and what came of it. One a source; a new one replaces the last. */
import type { FormatOptions } from '../../parsers/types.ts';
import type { Language } from '../i18n/translate.ts';
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';
import { type ReadingChange, ReadingChangeStore } from '../store/reading-changes.ts';
import type { PersonChange, RereadDifference } from '../store/reread-difference.ts';
import { callOf, moneyOf } from './call-view.ts';
import type { Reread } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { problemOf } from './problem.ts';
import { partOf, type Work } from './work.ts';

interface Job {
  readonly formatId: string;
  readonly formatOptions: FormatOptions;
  readonly isUndo: boolean;
  state: 'reading' | 'ready' | 'failed';
  bytesDone: number;
  bytesTotal: number;
  problem: { readonly code: ErrorCode; readonly values: ErrorValues } | undefined;
  difference: RereadDifference | undefined;
}

export class RereadJobs {
  readonly #parts: ApiParts;
  readonly #changes: ReadingChangeStore;
  readonly #jobs = new Map<number, Job>();
  readonly #unsubscribe: () => void;

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#changes = new ReadingChangeStore(parts.deps.db);
    this.#unsubscribe = parts.deps.ingest.onEvent((event) => {
      if (event.type !== 'reread') return;
      const job = this.#jobs.get(event.sourceId);
      if (job?.state !== 'reading') return;
      job.bytesDone = event.nextOffset;
      job.bytesTotal = event.headOffset;
    });
  }

  close(): void {
    this.#unsubscribe();
  }

  /** Begins in the background. Throws AppError `busy` while the source is being read already. */
  start(sourceId: number, formatId: string, formatOptions: FormatOptions, isUndo: boolean): void {
    if (this.#jobs.get(sourceId)?.state === 'reading') throw new AppError('busy');
    const { journal, ingest } = this.#parts.deps;
    const job: Job = {
      formatId,
      formatOptions,
      isUndo,
      state: 'reading',
      bytesDone: 0,
      bytesTotal: journal.head(sourceId).nextOffset,
      problem: undefined,
      difference: undefined,
    };
    this.#jobs.set(sourceId, job);
    ingest.reread({ id: sourceId, formatId, formatOptions }).then(
      (difference) => {
        job.difference = difference;
        job.bytesDone = job.bytesTotal;
        job.state = 'ready';
        this.#parts.changed('sources');
      },
      (error: unknown) => {
        job.problem = error instanceof AppError ? error : { code: 'internal', values: { detail: String(error) } };
        job.state = 'failed';
        this.#parts.changed('sources');
      },
    );
  }

  running(): readonly Work[] {
    return [...this.#jobs]
      .filter(([, { state }]) => state === 'reading')
      .map(([sourceId, { bytesDone, bytesTotal }]) => ({
        kind: 'reread',
        id: String(sourceId),
        name: this.#parts.sources.get(sourceId)?.name ?? '',
        part: partOf(bytesDone, bytesTotal),
        mayCancel: true,
      }));
  }

  /** The reading to go back to. Throws AppError `not-found` when the source was always read as it is now. */
  previous(sourceId: number): ReadingChange {
    const last = this.#changes.last(sourceId);
    if (last === undefined) throw new AppError('not-found', { what: 'earlier reading', id: sourceId });
    return last;
  }

  /** Throws AppError `not-found` when nothing is ready to be applied. */
  async apply(sourceId: number): Promise<void> {
    const job = this.#jobs.get(sourceId);
    if (job?.state !== 'ready') throw new AppError('not-found', { what: 'reread', id: sourceId });
    const { ingest, nowMs } = this.#parts.deps;
    this.#jobs.delete(sourceId);
    await ingest.applyReread(sourceId, nowMs(), job.isUndo);
    for (const what of ['sources', 'calls', 'quarantine'] as const) this.#parts.changed(what);
  }

  async drop(sourceId: number): Promise<void> {
    this.#jobs.delete(sourceId);
    await this.#parts.deps.ingest.dropReread(sourceId);
  }

  view(sourceId: number, language: Language): Reread {
    const job = this.#jobs.get(sourceId);
    const last = this.#changes.last(sourceId);
    const titleOf = (formatId: string): string => this.#parts.formats.byId(formatId)?.title ?? formatId;
    const readingOf = ({ formatId, formatOptions }: Pick<Job, 'formatId' | 'formatOptions'>) => ({
      formatId,
      formatOptions: { ...formatOptions },
      formatTitle: titleOf(formatId),
    });
    return {
      state: job?.state ?? 'none',
      reading: job === undefined ? null : readingOf(job),
      isUndo: job?.isUndo ?? false,
      bytesDone: job?.bytesDone ?? 0,
      bytesTotal: job?.bytesTotal ?? 0,
      problem: job?.problem === undefined ? null : problemOf(job.problem, language),
      difference: job?.difference === undefined ? null : this.#differenceOf(job.difference, language),
      previous: last === undefined ? null : { ...readingOf(last), changedAtMs: last.changedAtMs },
    };
  }

  #differenceOf(difference: RereadDifference, language: Language): Reread['difference'] {
    const mask = this.#parts.mask();
    return {
      counts: { ...difference.counts },
      people: difference.people.map(personOf),
      examples: difference.examples.map(({ kind, before, after }) => ({
        kind,
        before: before === null ? null : callOf(before, mask, language),
        after: after === null ? null : callOf(after, mask, language),
      })),
    };
  }
}

function personOf(row: PersonChange): NonNullable<Reread['difference']>['people'][number] {
  const { personId, personName, callsBefore, callsAfter, currency } = row;
  const money = (amountMicro: bigint) => (currency === '' ? null : moneyOf({ amountMicro, currency }));
  return {
    personId,
    personName,
    callsBefore,
    callsAfter,
    chargeBefore: money(row.chargeBefore),
    chargeAfter: money(row.chargeAfter),
  };
}
