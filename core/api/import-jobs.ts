/**
 * The imports of this run with what their lines were. Capture knows how many bytes are stored, ingest how many are read;
 * an import is done when both are through. Ingest counts by source, so an import owns what its source counts from the end
 * of the import before it to its own end.
 */
import type { ImportProgress } from '../collector/control.ts';
import type { Language } from '../i18n/translate.ts';
import type { IngestCounts } from '../ingest/control.ts';
import { OutcomeTally } from '../ingest/outcome-tally.ts';
import { IngestState } from '../store/ingest-state.ts';
import type { ImportJob } from './contract.ts';
import type { ApiDeps } from './deps.ts';
import { problemOf } from './problem.ts';

interface Counted {
  /** What the source had counted when it was this import's turn; undefined: an earlier one is still being read. */
  from: IngestCounts | undefined;
  /** What the import had when its last byte was read. */
  final: IngestCounts | undefined;
}

interface Reading {
  readonly bytesRead: number;
  readonly counts: IngestCounts;
  readonly isRead: boolean;
}

const NONE: IngestCounts = { call: 0, part: 0, noise: 0, malformed: 0 };

export class ImportJobs {
  readonly #deps: ApiDeps;
  readonly #state: IngestState;
  readonly #counted = new Map<string, Counted>();

  constructor(deps: ApiDeps) {
    this.#deps = deps;
    this.#state = new IngestState(deps.db);
  }

  /** To be called whenever ingest has read on or an import begins, so that lines are not counted for the import that follows. */
  observe(): void {
    const busySources = new Set<number>();
    for (const progress of this.#deps.capture.imports()) {
      const counted = this.#countedOf(progress);
      if (progress.state === 'running' && counted.final !== undefined) {
        // A cancelled or failed import that goes on.
        counted.from = difference(this.#countsOf(progress.sourceId), counted.final);
        counted.final = undefined;
      }
      if (counted.final !== undefined || busySources.has(progress.sourceId)) continue;
      counted.from ??= this.#countsOf(progress.sourceId);
      const { isRead, counts } = this.#read(progress, counted.from);
      if (isRead || progress.state === 'cancelled' || progress.state === 'failed') counted.final = counts;
      else busySources.add(progress.sourceId);
    }
  }

  list(language: Language): ImportJob[] {
    this.observe();
    return this.#deps.capture.imports().map((progress) => this.of(progress, language));
  }

  find(importId: string, language: Language): ImportJob | undefined {
    this.observe();
    const progress = this.#deps.capture.imports().find((candidate) => candidate.importId === importId);
    return progress === undefined ? undefined : this.of(progress, language);
  }

  of(progress: ImportProgress, language: Language): ImportJob {
    const { from, final } = this.#countedOf(progress);
    const { bytesRead, counts } = this.#read(progress, from);
    return {
      id: progress.importId,
      sourceId: progress.sourceId,
      fileName: progress.fileName,
      state: progress.state === 'done' && final === undefined ? 'running' : progress.state,
      bytesTotal: progress.bytesTotal,
      bytesDone: progress.bytesDone,
      bytesRead,
      counts: { ...(final ?? counts) },
      problem: progress.problem === null ? null : problemOf(progress.problem, language),
    };
  }

  #countedOf({ importId }: ImportProgress): Counted {
    let counted = this.#counted.get(importId);
    if (counted === undefined) {
      counted = { from: undefined, final: undefined };
      this.#counted.set(importId, counted);
    }
    return counted;
  }

  /** Position, end and counts of one moment: ingest moves them in one transaction. */
  #read(progress: ImportProgress, from: IngestCounts | undefined): Reading {
    const { sourceId, streamId, bytesDone } = progress;
    return this.#deps.db.transaction(() => {
      const isThrough = bytesDone === 0 || this.#state.isFinished(sourceId, streamId);
      const first = this.#deps.journal.firstOffset(streamId);
      const behind = first === undefined ? 0 : this.#state.position(sourceId) - first;
      return {
        isRead: progress.state === 'done' && isThrough,
        bytesRead: isThrough ? bytesDone : Math.min(bytesDone, Math.max(0, behind)),
        counts: from === undefined ? NONE : difference(this.#countsOf(sourceId), from),
      };
    })();
  }

  #countsOf(sourceId: number): IngestCounts {
    return new OutcomeTally(this.#state.counts(sourceId)).counts();
  }
}

function difference(now: IngestCounts, from: IngestCounts): IngestCounts {
  const since = (kind: keyof IngestCounts): number => Math.max(0, now[kind] - from[kind]);
  return { call: since('call'), part: since('part'), noise: since('noise'), malformed: since('malformed') };
}
