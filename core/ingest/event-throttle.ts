/** Sends events at once when little happens, and a few a second when much happens. */
import type { CallId } from '../model/call.ts';
import type { IngestEvent } from './control.ts';
import { type BatchResult, TOLD_IDS } from './ingest.ts';

type Standing = Omit<Extract<IngestEvent, { type: 'progress' }>, 'type' | 'sourceId' | 'recordsPerMinute'>;

interface SourceEvents {
  added: CallId[];
  updated: CallId[];
  total: number;
  standing: (() => Standing) | undefined;
  sentAtMs: number;
  /** Records of each of the last 60 seconds. */
  readonly perSecond: Map<number, number>;
}

const APART_MS = 100;
const MINUTE_S = 60;

export class EventThrottle {
  readonly #clockMs: () => number;
  readonly #tell: (event: IngestEvent) => void;
  readonly #sources = new Map<number, SourceEvents>();

  constructor(clockMs: () => number, tell: (event: IngestEvent) => void) {
    this.#clockMs = clockMs;
    this.#tell = tell;
  }

  calls(batch: Pick<BatchResult, 'sourceId' | 'added' | 'updated' | 'total'>): void {
    if (batch.total === 0) return;
    const events = this.#of(batch.sourceId);
    events.added = [...events.added, ...batch.added].slice(-TOLD_IDS);
    events.updated = [...events.updated, ...batch.updated].slice(-TOLD_IDS);
    events.total += batch.total;
  }

  /** `standing` is asked only when the event is sent. */
  progress(sourceId: number, records: number, standing: () => Standing): void {
    const events = this.#of(sourceId);
    events.standing = standing;
    const second = Math.floor(this.#clockMs() / 1000);
    if (records > 0) events.perSecond.set(second, (events.perSecond.get(second) ?? 0) + records);
    for (const past of events.perSecond.keys()) if (past <= second - MINUTE_S) events.perSecond.delete(past);
  }

  /** When something that waits may be sent; undefined: nothing waits. */
  get dueAtMs(): number | undefined {
    let due: number | undefined;
    for (const events of this.#sources.values()) {
      if (events.standing === undefined) continue;
      const atMs = events.sentAtMs + APART_MS;
      if (due === undefined || atMs < due) due = atMs;
    }
    return due;
  }

  flushDue(): void {
    const now = this.#clockMs();
    for (const [sourceId, events] of this.#sources) {
      if (now - events.sentAtMs >= APART_MS) this.#send(sourceId, events, now);
    }
  }

  flush(): void {
    const now = this.#clockMs();
    for (const [sourceId, events] of this.#sources) this.#send(sourceId, events, now);
  }

  #send(sourceId: number, events: SourceEvents, now: number): void {
    const { standing } = events;
    if (standing === undefined) return;
    events.sentAtMs = now;
    events.standing = undefined;
    if (events.total > 0) {
      const { added, updated, total } = events;
      const room = TOLD_IDS - added.length;
      this.#tell({ type: 'calls', sourceId, added, updated: room === 0 ? [] : updated.slice(-room), total });
      events.added = [];
      events.updated = [];
      events.total = 0;
    }
    let recordsPerMinute = 0;
    for (const records of events.perSecond.values()) recordsPerMinute += records;
    this.#tell({ type: 'progress', sourceId, ...standing(), recordsPerMinute });
  }

  #of(sourceId: number): SourceEvents {
    let events = this.#sources.get(sourceId);
    if (events === undefined) {
      events = { added: [], updated: [], total: 0, standing: undefined, sentAtMs: -APART_MS, perSecond: new Map() };
      this.#sources.set(sourceId, events);
    }
    return events;
  }
}
