/**
 * Decides what the ingest thread does next: live sources before imports, bulk work in pieces between them. Knows nothing
 * of threads; the worker hands messages in and events out.
 */
import { sourceIdOf } from '../model/call.ts';
import type { ErrorCode, ErrorValues } from '../model/errors.ts';
import type { ShadowSource } from '../store/shadow-site.ts';
import { SourceStore } from '../store/sources.ts';
import { workerProblemOf } from '../worker-thread.ts';
import { BatchRate } from './batch-rate.ts';
import { closeMonth, fingerprintNow } from './close-month.ts';
import type { IngestEvent } from './control.ts';
import { EventThrottle } from './event-throttle.ts';
import { Holders } from './holders.ts';
import { type BatchLimits, type BatchResult, IMPORT_BATCH_BYTES, type Ingest, TOLD_IDS } from './ingest.ts';
import { type Job, mapped, once, type Sums, stepJob } from './ingest-jobs.ts';
import type { IngestAnswer, IngestMessage, IngestRequest } from './ingest-messages.ts';
import { readAgain } from './read-again.ts';
import { rebookCalls } from './rebook-calls.ts';
import { RerateRunner } from './rerate-runner.ts';
import { SourceRereader } from './reread-source.ts';
import { type Watcher, WatchSchedule } from './watch-schedule.ts';

export interface IngestLoopOptions {
  readonly ingest: Ingest;
  /** Absent: nobody looks at the calls. */
  readonly watcher?: Watcher;
  /** Milliseconds of a clock that only goes forward. */
  readonly clockMs: () => number;
  /** Messages that came while a batch was running. */
  readonly takeMessages: () => readonly IngestMessage[];
  readonly tell: (event: IngestEvent) => void;
  readonly answer: (id: number, answer: IngestAnswer) => void;
  readonly refuse: (id: number, code: ErrorCode, values: ErrorValues) => void;
}

const NOTHING: IngestAnswer = { sums: {} };

/** A batch that others wait for ends after this. A record then is on the page well within 200 ms. */
const YIELD_MS = 60;
const RETRY_MS = 5000;
/** From so many live batches a second on, what comes is gathered for a moment: each transaction costs as much as ten records. */
const BUSY_BATCHES = 50;
const GATHER_MS = 40;
/** Lines that wait for the rest of their record this long are looked at as they are. */
const PEEK_MS = 3000;
/** These pass by themselves when the disk or the other process lets go. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['disk-full', 'disk-read-only', 'database-locked']);

export class IngestLoop {
  readonly #options: IngestLoopOptions;
  readonly #throttle: EventThrottle;
  readonly #sources: SourceStore;
  readonly #rereader: SourceRereader;
  readonly #rerates: RerateRunner;
  readonly #live = new Set<number>();
  readonly #bulk = new Set<number>();
  readonly #jobs: Job[] = [];
  readonly #idleAsked: number[] = [];
  readonly #retries = new Map<number, number>();
  /** Sources that could not be read when last tried: each is read alone. */
  readonly #failing = new Set<number>();
  /** When the waiting lines of a source are looked at. */
  readonly #peeks = new Map<number, number>();
  readonly #holders: Holders;
  readonly #watching: WatchSchedule;
  readonly #rate = new BatchRate();
  #settleFromMs = 0;
  #isBulkTurn = false;
  isStopping = false;

  constructor(options: IngestLoopOptions) {
    this.#options = options;
    this.#holders = new Holders(options.clockMs);
    this.#sources = new SourceStore(options.ingest.db);
    this.#rereader = new SourceRereader(options.ingest);
    this.#rerates = new RerateRunner(options.ingest, Date.now, options.tell);
    this.#throttle = new EventThrottle(options.clockMs, options.tell);
    this.#watching = new WatchSchedule(
      options.watcher,
      options.clockMs,
      () => options.tell({ type: 'alerts' }),
      (error) => options.tell({ type: 'problem', ...workerProblemOf(error) }),
    );
  }

  /** Everything that the journal holds is looked at once. */
  wakeAll(): void {
    for (const { sourceId } of this.#options.ingest.journal.heads()) this.#wake(sourceId);
  }

  /** Tells where each source stands, so that a page has counts before the first record. */
  tellStanding(): void {
    for (const source of this.#sources.list()) this.#tellProgress(source.id, 0);
    this.#throttle.flush();
  }

  receive(message: IngestMessage): void {
    if (message.type === 'wake') {
      this.#wake(message.sourceId);
      return;
    }
    if (message.type === 'release') {
      this.#holders.release();
      return;
    }
    if (message.type === 'rerate') {
      this.#rerates.wake();
      return;
    }
    this.#request(message.id, message.request);
  }

  get hasWork(): boolean {
    if (this.#holders.areAsking) return true;
    if (this.#holders.count > 0) return this.#isAwaitedByHolders();
    return this.#hasReading() || this.#watching.hasWork;
  }

  #hasReading(): boolean {
    const isReading = this.#live.size > 0 || this.#bulk.size > 0 || this.#jobs.length > 0 || this.#rerates.hasWork;
    return isReading || this.#mustSettle();
  }

  #mustSettle(): boolean {
    return this.#options.clockMs() >= this.#settleFromMs && this.#options.ingest.hasMonthsToSettle;
  }

  /** How long to let live records gather before the next step; 0 while there are few of them, or somebody waits. */
  get gatherMs(): number {
    if (this.isStopping || this.#holders.areAsking || this.#idleAsked.length > 0 || this.#jobs.length > 0) return 0;
    if (this.#bulk.size > 0 || this.#live.size === 0 || this.#rerates.hasWork) return 0;
    return this.#rate.perSecond(this.#options.clockMs()) >= BUSY_BATCHES ? GATHER_MS : 0;
  }

  /** Milliseconds until something is due without any message; undefined: nothing. */
  get dueInMs(): number | undefined {
    const now = this.#options.clockMs();
    const times = [
      ...this.#retries.values(),
      ...this.#peeks.values(),
      ...(this.#rerates.dueAtMs === undefined ? [] : [this.#rerates.dueAtMs]),
      ...(this.#holders.endsAtMs === undefined ? [] : [this.#holders.endsAtMs]),
      ...(this.#settleFromMs > now ? [this.#settleFromMs] : []),
      ...(this.#watching.dueAtMs === undefined ? [] : [this.#watching.dueAtMs]),
      ...(this.#throttle.dueAtMs === undefined ? [] : [this.#throttle.dueAtMs]),
    ];
    return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - now);
  }

  /** Does one piece of work: a batch of a source or a step of a job. */
  step(): void {
    const now = this.#options.clockMs();
    for (const [sourceId, atMs] of this.#retries) {
      if (atMs > now) continue;
      this.#retries.delete(sourceId);
      this.#wake(sourceId);
    }
    this.#holders.grant((id) => this.#options.answer(id, NOTHING));
    const job = this.#jobs[0];
    if (this.#holders.count > 0) {
      if (job !== undefined && this.#isAwaitedByHolders()) this.#stepJob(job);
      return;
    }
    this.#peekDue(now);
    this.#rerates.tick(now);
    const live = first(this.#live);
    const bulk = first(this.#bulk);
    if (live !== undefined) this.#readLive(live);
    else if (job !== undefined) this.#stepJob(job);
    else if (this.#watching.hasLive) this.#watching.step();
    else if (this.#rerates.hasWork && !(this.#isBulkTurn && bulk !== undefined)) this.#rerate(now);
    else if (bulk !== undefined) this.#readBulk(bulk);
    else if (this.#mustSettle()) this.#settle(now);
    else if (this.#watching.hasWork) this.#watching.step();
    this.#throttle.flushDue();
    if (!this.#hasReading() && !this.#holders.areAsking) {
      this.#throttle.flush();
      for (const id of this.#idleAsked.splice(0)) this.#options.answer(id, NOTHING);
    }
  }

  /** Who holds the thread back and waits for a job of it writes nothing meanwhile. */
  #isAwaitedByHolders(): boolean {
    return this.#jobs.length >= Math.max(1, this.#holders.count);
  }

  #request(id: number, request: IngestRequest): void {
    const { ingest, answer } = this.#options;
    switch (request.type) {
      case 'reload':
        ingest.reload();
        this.#watching.reload();
        this.wakeAll();
        this.tellStanding();
        answer(id, NOTHING);
        return;
      case 'rebook':
        ingest.reload();
        this.#jobs.push({
          id,
          steps: mapped(rebookCalls(ingest, request.scope, request.pricing), (calls) => ({ calls })),
          sums: { calls: 0 },
        });
        return;
      case 'read-again':
        ingest.reload();
        this.#jobs.push({ id, steps: readAgain(ingest, request.sourceId), sums: { read: 0, left: 0 } });
        return;
      case 'reread':
        this.#jobs.push(this.#rereadJob(id, request.source));
        return;
      case 'apply-reread': {
        const { sourceId, nowMs, isUndo } = request;
        const apply = (): Sums => this.#rereader.apply(sourceId, nowMs, isUndo);
        this.#jobs.push({ id, steps: once(apply), sums: { gained: 0, lost: 0, changed: 0 } });
        return;
      }
      case 'drop-reread':
        this.#rereader.drop(request.sourceId);
        answer(id, NOTHING);
        return;
      case 'close-month':
        this.#jobs.push({ id, steps: once(() => closeMonth(ingest.db, request.closing)), sums: {} });
        return;
      case 'fingerprint': {
        let fingerprint = '';
        const find = (): Sums => {
          fingerprint = fingerprintNow(ingest.db, request.month);
          return {};
        };
        this.#jobs.push({ id, steps: once(find), sums: {}, result: () => ({ fingerprint }) });
        return;
      }
      case 'hold':
        this.#holders.ask(id);
        return;
      case 'idle':
        this.wakeAll();
        this.#idleAsked.push(id);
        return;
      case 'stop':
        this.isStopping = true;
        answer(id, NOTHING);
        return;
    }
  }

  #rereadJob(id: number, source: ShadowSource): Job {
    const { ingest, tell } = this.#options;
    return {
      id,
      steps: this.#rereader.read(source),
      sums: { records: 0 },
      onStep: ({ nextOffset = 0 }) => {
        const headOffset = ingest.journal.head(source.id).nextOffset;
        tell({ type: 'reread', sourceId: source.id, nextOffset, headOffset });
      },
      result: () => ({ difference: this.#rereader.difference(source.id) }),
    };
  }

  #wake(sourceId: number): void {
    if (this.#retries.has(sourceId) || this.#live.has(sourceId) || this.#bulk.has(sourceId)) return;
    const source = this.#sources.get(sourceId);
    if (source === undefined || source.deletedAtMs !== null) return;
    (source.config.kind === 'file-import' ? this.#bulk : this.#live).add(sourceId);
  }

  /** All live sources that wait, as far as time allows: fifty that have a few records each cost one transaction. */
  #readLive(onlyOne: number): void {
    if (this.#live.size === 1 || this.#failing.has(onlyOne)) {
      this.#read(onlyOne, this.#live);
      return;
    }
    const { ingest, clockMs } = this.#options;
    const limits = this.#limits(this.#live);
    const startedMs = clockMs();
    const taken: number[] = [];
    const batches: BatchResult[] = [];
    try {
      ingest.together(() => {
        for (const sourceId of [...this.#live]) {
          if (this.#failing.has(sourceId)) continue;
          taken.push(sourceId);
          this.#live.delete(sourceId);
          batches.push(ingest.readBatch(sourceId, limits));
          if (limits.shouldStop() || clockMs() - startedMs >= YIELD_MS) break;
        }
      });
    } catch {
      // Nothing of them is stored. Each for itself, so that the one that cannot be read keeps up no other.
      for (const sourceId of taken) this.#read(sourceId, this.#live);
      return;
    }
    for (const batch of batches) this.#told(batch, this.#live);
  }

  /** Imports and re-rates take turns. */
  #readBulk(sourceId: number): void {
    this.#isBulkTurn = false;
    this.#read(sourceId, this.#bulk);
  }

  #rerate(now: number): void {
    this.#isBulkTurn = true;
    this.#rerates.step(this.#limits(this.#bulk), now);
  }

  /** Prices that depend on the calls before them, where everything has been read. */
  #settle(now: number): void {
    try {
      const changed = Map.groupBy(this.#options.ingest.settleMonths(), sourceIdOf);
      for (const [sourceId, updated] of changed) {
        this.#throttle.calls({ sourceId, added: [], updated: updated.slice(-TOLD_IDS), total: updated.length });
      }
    } catch (error) {
      this.#settleFromMs = now + RETRY_MS;
      this.#options.tell({ type: 'problem', ...workerProblemOf(error) });
    }
  }

  #read(sourceId: number, queue: Set<number>): void {
    // Before it is read: a wake that comes meanwhile counts.
    queue.delete(sourceId);
    try {
      this.#told(this.#options.ingest.readBatch(sourceId, this.#limits(queue)), queue);
      this.#failing.delete(sourceId);
    } catch (error) {
      this.#problem(sourceId, error);
    }
  }

  #limits(queue: ReadonlySet<number>): Required<BatchLimits> {
    const { clockMs, takeMessages } = this.#options;
    const startedMs = clockMs();
    return {
      maxBytes: IMPORT_BATCH_BYTES,
      shouldStop: () => {
        for (const message of takeMessages()) this.receive(message);
        if (this.#holders.areAsking || this.isStopping) return true;
        const areOthersWaiting = this.#live.size > 0 || (queue === this.#bulk && this.#jobs.length > 0);
        return areOthersWaiting && clockMs() - startedMs >= YIELD_MS;
      },
    };
  }

  #told(batch: BatchResult, queue: Set<number>): void {
    const { ingest, clockMs } = this.#options;
    if (queue === this.#live) this.#rate.count(clockMs());
    const { sourceId } = batch;
    // To the end of the queue, so that several busy sources take turns.
    if (batch.hasMore) queue.add(sourceId);
    if (batch.total > 0) this.#watching.mind();
    this.#throttle.calls(batch);
    this.#tellProgress(sourceId, batch.records);
    if (queue === this.#live && ingest.isInsideFrame(sourceId)) this.#peeks.set(sourceId, clockMs() + PEEK_MS);
    else this.#peeks.delete(sourceId);
  }

  #peekDue(now: number): void {
    for (const [sourceId, atMs] of this.#peeks) {
      if (atMs > now) continue;
      this.#peeks.delete(sourceId);
      try {
        const peeked = this.#options.ingest.peek(sourceId);
        if (peeked.total > 0) this.#watching.mind();
        this.#throttle.calls({ sourceId, ...peeked });
        this.#tellProgress(sourceId, 0);
      } catch (error) {
        this.#problem(sourceId, error);
      }
    }
  }

  #stepJob(job: Job): void {
    try {
      const answer = stepJob(job);
      if (answer === undefined) return;
      this.#jobs.shift();
      this.#watching.mind();
      // Reading again changes counts, and no batch tells of it.
      this.tellStanding();
      this.#options.answer(job.id, answer);
    } catch (error) {
      this.#jobs.shift();
      const { code, values } = workerProblemOf(error);
      this.#options.refuse(job.id, code, values);
    }
  }

  #tellProgress(sourceId: number, records: number): void {
    const { ingest } = this.#options;
    this.#throttle.progress(sourceId, records, () => ({
      nextOffset: ingest.position(sourceId),
      counts: ingest.counts(sourceId),
      lastRecordAtMs: ingest.lastRecordAtMs(sourceId),
    }));
  }

  #problem(sourceId: number, error: unknown): void {
    const { code, values } = workerProblemOf(error);
    this.#failing.add(sourceId);
    if (PASSING.has(code)) this.#retries.set(sourceId, this.#options.clockMs() + RETRY_MS);
    this.#options.tell({ type: 'problem', code, values: { ...values, sourceId } });
  }
}

function first<T>(set: ReadonlySet<T>): T | undefined {
  for (const item of set) return item;
  return undefined;
}
