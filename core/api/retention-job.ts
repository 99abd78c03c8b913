/**
 * Does what the retention rules say: at night by itself, or when asked. Works in small pieces between which everybody else
 * may write; whatever stops it, the next run goes on with what is left.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { dataFilesOf } from '../data-files.ts';
import { fingerprintNow } from '../ingest/close-month.ts';
import { SiteZone } from '../ingest/site-zone.ts';
import { localSecondsOfDay } from '../model/time.ts';
import { ClosingStore } from '../store/closings.ts';
import { dayNumberOf } from '../store/daily-sums.ts';
import { cutOnce, removableBytes } from '../store/journal-cut.ts';
import { type RetentionRules, RetentionStore } from '../store/retention.ts';
import type { Retention, RetentionPlan } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { siteSeconds, siteToday } from './site-today.ts';

const CALLS_AT_ONCE = 500;
const LOOK_EVERY_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
/** Hours of the site's clock in which it begins by itself. */
const NIGHT = { from: 1, to: 5 };
const SECONDS_PER_HOUR = 3600;
const SECONDS_PER_DAY = 86_400;

interface Months {
  readonly cutoff: string | undefined;
  readonly closed: ReturnType<RetentionStore['closedBefore']>;
}

export class RetentionJob {
  readonly #parts: ApiParts;
  readonly #store: RetentionStore;
  readonly #timer: NodeJS.Timeout;
  #state: Retention['state'] = 'idle';
  #done = 0;
  #total = 0;
  #isEnded = false;

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#store = new RetentionStore(parts.deps.db);
    this.#timer = setInterval(() => this.#atNight(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  close(): void {
    this.#isEnded = true;
    clearInterval(this.#timer);
  }

  rules(): RetentionRules {
    return this.#store.rules();
  }

  view(): Retention {
    return {
      rules: this.rules(),
      plan: this.plan(this.rules()),
      state: this.#state,
      done: this.#done,
      total: this.#total,
      lastRunAtMs: this.#store.lastRunAtMs(),
    };
  }

  plan(rules: RetentionRules): RetentionPlan {
    const numbers = this.#months(rules.numbersMonths);
    const detail = this.#months(rules.detailMonths);
    const sum = (months: Months, count: (month: string) => number): number =>
      months.closed.reduce((all, { month }) => all + count(month), 0);
    const beforeMs = this.#instantOf(numbers.cutoff);
    return {
      numbersBefore: dayOf(numbers.cutoff),
      detailBefore: dayOf(detail.cutoff),
      callsToAnonymise: sum(numbers, (month) => this.#store.countNumbers(month)),
      callsToRemove: sum(detail, (month) => this.#store.countDetail(month)),
      framesToRemove: beforeMs === undefined ? 0 : this.#store.countFrames(beforeMs),
      journalBytes: beforeMs === undefined ? 0 : this.#cuttable(beforeMs),
      closedFiles: rules.removesClosedFiles
        ? this.#store.closedFiles(detail.closed.map(({ month }) => month)).length
        : 0,
      disputedCalls: sum(numbers, (month) => this.#store.countDisputed(month)),
    };
  }

  /** Begins once whoever asked is answered; does nothing while it runs already. */
  start(): void {
    if (this.#state === 'running') return;
    this.#state = 'running';
    setImmediate(() => {
      if (!this.#isEnded) void this.#run();
    });
  }

  async #run(): Promise<void> {
    const { deps, audit } = this.#parts;
    try {
      const rules = this.rules();
      const plan = this.plan(rules);
      this.#done = 0;
      this.#total = plan.callsToAnonymise + plan.callsToRemove;
      // What is deleted is overwritten, not only forgotten.
      for (const db of [deps.db, deps.journal.db]) db.pragma('secure_delete = ON');
      await this.#erased();
      await this.#numbers(this.#months(rules.numbersMonths));
      await this.#detail(this.#months(rules.detailMonths), rules.removesClosedFiles);
      this.#store.setLastRun(deps.nowMs());
      this.#state = 'idle';
      const { callsToAnonymise, callsToRemove, framesToRemove, journalBytes, closedFiles } = plan;
      const after = { lastNumbers: callsToAnonymise, callsToRemove, framesToRemove, journalBytes, closedFiles };
      const isAnything = Object.values(after).some((value) => value > 0);
      if (isAnything) audit.add({ atMs: deps.nowMs(), viewer: 'program', action: 'retention', what: 'privacy', after });
      this.#parts.changed('calls');
    } catch (error) {
      this.#state = 'failed';
      if (!this.#isEnded) deps.log.error({ err: error }, 'retention stopped');
    } finally {
      for (const db of [deps.db, deps.journal.db]) if (db.open) db.pragma('secure_delete = FAST');
    }
  }

  #atNight(): void {
    const { deps } = this.#parts;
    const hour = Math.floor((siteSeconds(this.#parts) % SECONDS_PER_DAY) / SECONDS_PER_HOUR);
    const isDue = deps.nowMs() - (this.#store.lastRunAtMs() ?? 0) > DAY_MS / 2;
    const { numbersMonths, detailMonths } = this.rules();
    const isOn = numbersMonths !== null || detailMonths !== null || this.#store.erased().length > 0;
    if (isOn && isDue && hour >= NIGHT.from && hour < NIGHT.to) this.start();
  }

  #months(count: number | null): Months {
    if (count === null) return { cutoff: undefined, closed: [] };
    const cutoff = monthsBefore(siteToday(this.#parts).slice(0, 7), count);
    return { cutoff, closed: this.#store.closedBefore(cutoff) };
  }

  #instantOf(month: string | undefined): number | undefined {
    const seconds = month === undefined ? undefined : localSecondsOfDay(`${month}-01`);
    if (seconds === undefined) return undefined;
    return new SiteZone(this.#parts.settings.get().timeZone).placeLocal(seconds).instant * 1000;
  }

  async #numbers(months: Months): Promise<void> {
    for (const { month, closingId } of months.closed) {
      if (this.#store.countNumbers(month) === 0) continue;
      await this.#redact(month, closingId, 'numbersAtMs', () => this.#store.anonymiseSome(month, CALLS_AT_ONCE));
    }
    const beforeMs = this.#instantOf(months.cutoff);
    if (beforeMs === undefined) return;
    await this.#once(() => this.#store.removeFrames(beforeMs));
    const day = localSecondsOfDay(`${months.cutoff}-01`);
    if (day !== undefined) await this.#once(() => this.#store.anonymiseAlerts(dayNumberOf(day)));
    const { journal } = this.#parts.deps;
    for (const { sourceId, nextOffset } of journal.heads()) {
      const end = this.#store.firstWholeOffset(sourceId, nextOffset);
      await this.#between(() => cutOnce(journal.db, sourceId, end, beforeMs, this.#parts.deps.nowMs()));
    }
  }

  #cuttable(beforeMs: number): number {
    const { journal } = this.#parts.deps;
    // What is still to be anonymised will be cut as well: the moment alone says how much.
    return journal
      .heads()
      .reduce((sum, { sourceId, nextOffset }) => sum + removableBytes(journal.db, sourceId, nextOffset, beforeMs), 0);
  }

  /** People who asked to be forgotten: in months that are closed by now. */
  async #erased(): Promise<void> {
    for (const personId of this.#store.erased()) {
      for (const { month, closingId } of this.#store.closedBefore(LAST_MONTH)) {
        if (this.#store.countNumbers(month, personId) === 0) continue;
        const some = (): number => this.#store.anonymiseSome(month, CALLS_AT_ONCE, personId);
        await this.#redact(month, closingId, 'numbersAtMs', some);
      }
    }
  }

  async #detail(months: Months, removesFiles: boolean): Promise<void> {
    for (const { month, closingId } of months.closed) {
      if (this.#store.countDetail(month) === 0) continue;
      await this.#redact(month, closingId, 'detailAtMs', () => this.#store.removeSome(month, CALLS_AT_ONCE));
    }
    if (!removesFiles) return;
    const names = months.closed.map(({ month }) => month);
    for (const name of this.#store.closedFiles(names)) {
      await rm(path.join(dataFilesOf(this.#parts.deps.dataFolder).closedMonths, path.basename(name)), { force: true });
    }
    this.#store.forgetClosedFiles(names);
  }

  /** A month that is not what it was when it was closed is left alone: its fingerprint would cover that up. */
  async #redact(
    month: string,
    closingId: number,
    which: 'numbersAtMs' | 'detailAtMs',
    some: () => number,
  ): Promise<void> {
    const { deps } = this.#parts;
    const before = this.#store.redacted(closingId);
    const closing = new ClosingStore(deps.db).closing(month);
    const known = before?.fingerprint ?? closing?.fingerprint;
    const isUnderWay = known === UNDER_WAY;
    if (!isUnderWay && fingerprintNow(deps.db, month) !== known) {
      deps.log.warn({ month }, 'a month is not what it was when it was closed; its numbers stay');
      return;
    }
    const none = { numbersAtMs: null, detailAtMs: null };
    this.#store.setRedacted(closingId, month, { ...none, fingerprint: UNDER_WAY });
    await this.#between(() => {
      const calls = some();
      this.#done = Math.min(this.#total, this.#done + calls);
      return calls;
    });
    const fingerprint = fingerprintNow(deps.db, month);
    this.#store.setRedacted(closingId, month, { ...none, [which]: deps.nowMs(), fingerprint });
  }

  #once(work: () => void): Promise<void> {
    return this.#between(() => {
      work();
      return 0;
    });
  }

  /** Piece by piece until none is left. */
  async #between(some: () => number): Promise<void> {
    for (;;) {
      if (this.#isEnded) throw new Error('the service ends');
      const release = await this.#parts.deps.ingest.holdBack();
      let count: number;
      try {
        count = some();
      } finally {
        release();
      }
      if (count === 0) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** After every month. */
const LAST_MONTH = '9999-12';

function monthsBefore(month: string, count: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - count;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** Stands as a month's fingerprint from its first changed call to its last. */
const UNDER_WAY = '';

function dayOf(month: string | undefined): string | null {
  return month === undefined ? null : `${month}-01`;
}
