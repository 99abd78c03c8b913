/** Everything that takes long and runs now, from wherever it runs, with an estimate of what is left. */
import type { Language } from '../i18n/translate.ts';
import { isGranted, type Permission, type Viewer } from '../model/access.ts';
import { RerateStore, WORKING_STATES } from '../store/rerates.ts';
import type { RunningWork } from './contract.ts';
import type { ImportJobs } from './import-jobs.ts';
import type { MonthExports } from './month-exports.ts';
import type { PaperBatches } from './paper-batches.ts';
import type { ApiParts } from './parts.ts';
import type { PriceComparisons } from './price-comparisons.ts';
import type { RereadJobs } from './reread-jobs.ts';
import { partOf, type Work } from './work.ts';

type Kind = RunningWork['kind'];

/** Of pieces of work that ended long ago; those that run are seen again at once. */
const SEEN_KEPT = 200;

interface Seen {
  readonly atMs: number;
  readonly part: number;
}

const SEES: Readonly<Record<Kind, Permission>> = {
  import: 'read-sources',
  reread: 'read-sources',
  rerate: 'read-prices',
  comparison: 'read-prices',
  batch: 'read-reports',
  export: 'read-site',
};
const CANCELS: Readonly<Record<Kind, Permission>> = {
  import: 'change-sources',
  reread: 'change-sources',
  rerate: 'change-prices',
  comparison: 'read-prices',
  batch: 'read-reports',
  export: 'read-site',
};

export interface WorkSources {
  readonly imports: ImportJobs;
  readonly rereads: RereadJobs;
  readonly comparisons: PriceComparisons;
  readonly exports: MonthExports;
  readonly batches: PaperBatches;
}

export class WorkList {
  readonly #parts: ApiParts;
  readonly #sources: WorkSources;
  readonly #rerates: RerateStore;
  readonly #firstSeen = new Map<string, Seen>();

  constructor(parts: ApiParts, sources: WorkSources) {
    this.#parts = parts;
    this.#sources = sources;
    this.#rerates = new RerateStore(parts.deps.db);
  }

  list(viewer: Viewer, language: Language): RunningWork[] {
    const all = this.#running(viewer, language);
    if (this.#firstSeen.size > SEEN_KEPT) this.#firstSeen.clear();
    return all
      .filter(({ kind }) => isGranted(viewer.role, SEES[kind]))
      .map((work) => ({
        ...work,
        mayCancel: work.mayCancel && isGranted(viewer.role, CANCELS[work.kind]),
        secondsLeft: this.#secondsLeft(work),
      }));
  }

  #running(viewer: Viewer, language: Language): readonly Work[] {
    const imports = this.#sources.imports
      .list(language)
      .filter(({ state }) => state === 'running')
      .map(({ id, fileName, bytesTotal, bytesRead }): Work => {
        return { kind: 'import', id, name: fileName, part: partOf(bytesRead, bytesTotal), mayCancel: true };
      });
    return [
      ...imports,
      ...this.#sources.rereads.running(),
      ...this.#rerating(),
      ...this.#sources.comparisons.running(),
      ...this.#sources.exports.running(),
      ...this.#sources.batches.running(viewer),
    ];
  }

  #rerating(): readonly Work[] {
    return this.#rerates
      .list()
      .filter(({ state }) => WORKING_STATES.includes(state))
      .map((rerate) => ({
        kind: 'rerate' as const,
        id: String(rerate.id),
        name: `${rerate.fromDay} – ${rerate.toDay}`,
        part: partOf(rerate.callsDone, rerate.callsTotal),
        mayCancel: rerate.state === 'rating',
      }));
  }

  /** By how fast it went since it was first looked at. */
  #secondsLeft(work: Work): number | null {
    const nowMs = this.#parts.deps.nowMs();
    const key = keyOf(work);
    const first = this.#firstSeen.get(key);
    if (first === undefined || work.part < first.part) {
      this.#firstSeen.set(key, { atMs: nowMs, part: work.part });
      return null;
    }
    return secondsLeft(first, { atMs: nowMs, part: work.part });
  }
}

/** null: nothing can be said yet. */
export function secondsLeft(first: Seen, now: Seen): number | null {
  const [done, tookMs] = [now.part - first.part, now.atMs - first.atMs];
  if (done <= 0 || tookMs <= 0) return null;
  return Math.ceil(((1 - now.part) * tookMs) / done / 1000);
}

const keyOf = ({ kind, id }: Work): string => `${kind} ${id}`;
