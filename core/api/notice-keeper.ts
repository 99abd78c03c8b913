/**
 * Listens to what the program does and writes down what people want to hear of later: alerts, sources that went down and
 * came back, imports that are through, schedules that failed, months that wait to be closed.
 */
import type { CaptureEvent, CaptureStatus } from '../collector/control.ts';
import type { NoticeKind, NoticeValues } from '../model/notice.ts';
import { localDayOf, shiftDay } from '../model/time.ts';
import { NoticeStore } from '../store/notices.ts';
import type { ImportJobs } from './import-jobs.ts';
import type { ApiParts } from './parts.ts';
import { siteSeconds } from './site-today.ts';

interface Told {
  readonly kind: NoticeKind;
  readonly occasion: string;
  readonly values: NoticeValues;
}

/** A source that comes back within this time was not down. */
const DOWN_AFTER_MS = 60_000;
/** Imports are looked at this long after the last news of them. */
const SOON_MS = 1000;
const LOOK_EVERY_MS = 60_000;
const FIRST_LOOK_MS = 3000;
const DAY_MS = 86_400_000;

export class NoticeKeeper {
  readonly #parts: ApiParts;
  readonly #jobs: ImportJobs;
  readonly #store: NoticeStore;
  readonly #stops: (() => void)[];
  readonly #look: NodeJS.Timeout;
  readonly #firstLook: NodeJS.Timeout;
  /** Sources that fail, with the timer until that is told; undefined once it was. */
  readonly #failing = new Map<number, NodeJS.Timeout | undefined>();
  #newestAlert: number;
  #soon: NodeJS.Timeout | undefined;

  constructor(parts: ApiParts, jobs: ImportJobs) {
    this.#parts = parts;
    this.#jobs = jobs;
    this.#store = new NoticeStore(parts.deps.db);
    // What waited before the start is in the number of open alerts.
    this.#newestAlert = this.#store.newestAlert();
    this.#stops = [
      parts.deps.capture.onEvent((event) => this.#onCapture(event)),
      parts.deps.ingest.onEvent((event) => {
        if (event.type === 'alerts') this.tellAlerts();
        if (event.type === 'progress') this.#lookAtImportsSoon();
      }),
    ];
    this.#look = setInterval(() => this.tellWhatWaits(), LOOK_EVERY_MS);
    this.#firstLook = setTimeout(() => this.tellWhatWaits(), FIRST_LOOK_MS);
    this.#look.unref();
    this.#firstLook.unref();
  }

  close(): void {
    clearInterval(this.#look);
    clearTimeout(this.#firstLook);
    clearTimeout(this.#soon);
    for (const timer of this.#failing.values()) clearTimeout(timer);
    for (const stop of this.#stops) stop();
  }

  /** What no event tells: a month that is over and still open, schedules that failed since yesterday. */
  tellWhatWaits(): void {
    const { deps, month: months } = this.#parts;
    const told = this.#store
      .failedRuns(deps.nowMs() - DAY_MS)
      .map(({ id, name }): Told => ({ kind: 'schedule-failed', occasion: `schedule-failed:${id}`, values: { name } }));
    const thisMonth = localDayOf(siteSeconds(this.#parts)).slice(0, 7);
    const month = shiftDay(`${thisMonth}-01`, -1)?.slice(0, 7) ?? thisMonth;
    if (!months.isClosed(month) && months.months().includes(month)) {
      told.push({ kind: 'month-to-close', occasion: `month-to-close:${month}`, values: { month } });
    }
    this.tell(told);
  }

  tellUpdate(version: string): void {
    this.tell([{ kind: 'update-available', occasion: `update-available:${version}`, values: { version } }]);
  }

  tellAlerts(): void {
    const alerts = this.#store.alertsAfter(this.#newestAlert);
    this.#newestAlert = Math.max(this.#newestAlert, ...alerts.map(({ id }) => id));
    this.tell(alerts.map(({ id }) => ({ kind: 'alert', occasion: `alert:${id}`, values: { alertId: id } })));
  }

  tellImports(): void {
    const told: Told[] = [];
    for (const { id, sourceId, fileName, state, counts } of this.#jobs.list('en')) {
      if (state !== 'done' && state !== 'failed') continue;
      const kind = state === 'done' ? 'import-finished' : 'import-failed';
      const values = { sourceId, fileName, calls: counts.call, malformed: counts.malformed };
      told.push({ kind, occasion: `${kind}:${id}`, values });
    }
    this.tell(told);
  }

  /** Writes what was not told yet. */
  tell(told: readonly Told[]): void {
    const fresh = told.filter(({ occasion }) => !this.#store.isTold(occasion));
    if (fresh.length === 0) return;
    this.#write(fresh).catch((error: unknown) => this.#parts.deps.log.error({ err: error }, 'not told at the bell'));
  }

  async #write(fresh: readonly Told[]): Promise<void> {
    const { deps } = this.#parts;
    const release = await deps.ingest.holdBack();
    try {
      for (const { kind, occasion, values } of fresh) this.#store.add(kind, occasion, values, deps.nowMs());
    } finally {
      release();
    }
    this.#parts.changed('notices');
  }

  #onCapture(event: CaptureEvent): void {
    if (event.type === 'import') this.#lookAtImportsSoon();
    if (event.type === 'status') this.#onStatus(event.status);
  }

  #onStatus({ sourceId, state, isQuiet }: CaptureStatus): void {
    const isDown = state === 'failed' || isQuiet;
    if (isDown && !this.#failing.has(sourceId)) {
      const timer = setTimeout(() => this.#tellDown(sourceId), DOWN_AFTER_MS);
      timer.unref();
      this.#failing.set(sourceId, timer);
    } else if (!isDown && state !== 'waiting' && state !== 'opening' && this.#failing.has(sourceId)) {
      const timer = this.#failing.get(sourceId);
      this.#failing.delete(sourceId);
      if (timer !== undefined) clearTimeout(timer);
      else this.#tellSource('source-up', sourceId);
    }
  }

  #tellDown(sourceId: number): void {
    this.#failing.set(sourceId, undefined);
    this.#tellSource('source-down', sourceId);
  }

  #tellSource(kind: 'source-down' | 'source-up', sourceId: number): void {
    const name = this.#parts.sources.get(sourceId)?.name;
    if (name === undefined) return;
    this.tell([{ kind, occasion: `${kind}:${sourceId}:${this.#parts.deps.nowMs()}`, values: { sourceId, name } }]);
  }

  #lookAtImportsSoon(): void {
    if (this.#soon !== undefined || this.#parts.deps.capture.imports().length === 0) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.tellImports();
    }, SOON_MS);
    this.#soon.unref();
  }
}
