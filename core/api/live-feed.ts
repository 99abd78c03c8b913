/** Turns what the capture and ingest threads report into live events for the pages, never faster than a page can use. */
import type { CaptureEvent } from '../collector/control.ts';
import type { IngestEvent } from '../ingest/control.ts';
import type { CallId } from '../model/call.ts';
import { isInScope } from '../store/call-scope.ts';
import { callOf } from './call-view.ts';
import type { LiveEvent } from './contract.ts';
import type { ImportJobs } from './import-jobs.ts';
import type { ApiParts } from './parts.ts';
import { newestLines } from './raw-lines.ts';
import { statusOf } from './source-view.ts';
import { systemInfoOf } from './system-view.ts';

/** States and raw lines change with every byte; pages hear of them this often. Calls are told at once. */
const QUIET_MS = 250;
/** A batch larger than this is an import: pages ask again instead of getting every call. */
const CALLS_TOLD_ONE_BY_ONE = 50;
const LINES_AT_ONCE = 20;

type Changed = Extract<LiveEvent, { type: 'changed' }>['what'];

export class LiveFeed {
  readonly #parts: ApiParts;
  readonly #jobs: ImportJobs;
  readonly #stops: (() => void)[];
  readonly #sources = new Set<number>();
  readonly #withLines = new Set<number>();
  readonly #imports = new Set<string>();
  readonly #changed = new Set<Changed>();
  /** Offset after the newest line told, by source. */
  readonly #linesTold = new Map<number, number>();
  #hasNews = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: ApiParts, jobs: ImportJobs) {
    this.#parts = parts;
    this.#jobs = jobs;
    this.#stops = [
      parts.deps.capture.onEvent((event) => this.#onCapture(event)),
      parts.deps.ingest.onEvent((event) => this.#onIngest(event)),
    ];
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  #onCapture(event: CaptureEvent): void {
    switch (event.type) {
      case 'status':
        this.#sources.add(event.status.sourceId);
        break;
      case 'appended':
        this.#sources.add(event.sourceId);
        this.#withLines.add(event.sourceId);
        break;
      case 'import':
        this.#jobs.observe();
        this.#imports.add(event.progress.importId);
        break;
      case 'stream-closed':
        this.#withLines.add(event.sourceId);
        break;
    }
    this.#soon();
  }

  #onIngest(event: IngestEvent): void {
    switch (event.type) {
      case 'calls':
        this.#onCalls(event.added, event.updated, event.total);
        break;
      case 'progress':
        this.#sources.add(event.sourceId);
        this.#touchImports(event.sourceId);
        break;
      case 'problem':
        // The ingest thread logs it; the pages show what the program as a whole makes of it.
        this.#hasNews = true;
        break;
      case 'alerts':
        this.#changed.add('alerts');
        break;
      case 'rerate':
        this.#changed.add('rerates');
        if (event.state === 'applied' || event.state === 'taken-back') this.#changed.add('calls');
        break;
      case 'reread':
        // Pages ask for its progress themselves.
        return;
    }
    this.#soon();
  }

  /** Lines are read for a while after capture has stored the file. */
  #touchImports(sourceId: number): void {
    this.#jobs.observe();
    for (const job of this.#parts.deps.capture.imports()) {
      if (job.sourceId === sourceId) this.#imports.add(job.importId);
    }
  }

  #onCalls(added: readonly CallId[], updated: readonly CallId[], total: number): void {
    if (this.#parts.events.clientCount === 0) return;
    if (total > CALLS_TOLD_ONE_BY_ONE) {
      this.#changed.add('calls');
      return;
    }
    const { db } = this.#parts.deps;
    const tell = (id: CallId, isUpdate: boolean): void => {
      const call = this.#parts.calls.get(id);
      if (call === undefined) return;
      this.#parts.events.publish(
        (language) => ({ type: 'call', call: callOf(call, this.#parts.mask(), language), isUpdate }),
        (viewer) => isInScope(db, viewer.scope)(call),
      );
    };
    for (const id of added) tell(id, false);
    for (const id of updated) tell(id, true);
  }

  #soon(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, QUIET_MS);
    this.#timer.unref();
  }

  #flush(): void {
    const { events, deps } = this.#parts;
    if (events.clientCount > 0) {
      for (const id of this.#sources) {
        events.publish((language) => ({ type: 'source', status: statusOf(this.#parts, id, language) }));
      }
      for (const id of this.#withLines) this.#tellLines(id);
      for (const progress of deps.capture.imports()) {
        if (!this.#imports.has(progress.importId)) continue;
        events.publish((language) => ({ type: 'import', job: this.#jobs.of(progress, language) }));
      }
      for (const what of this.#changed) this.#parts.changed(what);
      if (this.#hasNews) events.publish((language) => ({ type: 'system', info: systemInfoOf(this.#parts, language) }));
    }
    this.#hasNews = false;
    for (const set of [this.#sources, this.#withLines, this.#imports, this.#changed]) set.clear();
  }

  #tellLines(sourceId: number): void {
    const source = this.#parts.sources.get(sourceId);
    if (source === undefined || source.config.kind === 'file-import') return;
    const told = this.#linesTold.get(sourceId) ?? -1;
    const lines = newestLines(this.#parts, source, LINES_AT_ONCE).filter((line) => line.sourceOffset > told);
    const newest = lines.reduce((most, line) => Math.max(most, line.sourceOffset), told);
    if (lines.length === 0) return;
    this.#linesTold.set(sourceId, newest);
    // Codes in them are masked for each reader.
    const offsets = new Set(lines.map((line) => line.sourceOffset));
    this.#parts.events.publish(() => ({
      type: 'lines',
      sourceId,
      lines: newestLines(this.#parts, source, LINES_AT_ONCE).filter((line) => offsets.has(line.sourceOffset)),
    }));
  }
}
