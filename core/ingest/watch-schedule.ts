/**
 * When the ingest thread looks at calls: those of live sources before an import goes on, imported ones when nothing else is
 * left to do, volumes and budgets a moment later and at most once a minute.
 */
import type { CallWatcher, WatchStep } from './watch-calls.ts';

const CHECK_SOON_MS = 3000;
const CHECK_EVERY_MS = 60_000;

export type Watcher = Pick<CallWatcher, 'step' | 'check'>;

export class WatchSchedule {
  /** Absent: nobody looks at the calls. */
  readonly #watcher: Watcher | undefined;
  readonly #clockMs: () => number;
  readonly #tellAlerts: () => void;
  readonly #tellProblem: (error: unknown) => void;
  /** What was left of the last run waits too. */
  readonly #waiting = new Set<'live' | 'all'>(['live', 'all']);
  #checkAtMs: number | undefined = 0;
  #checkedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    watcher: Watcher | undefined,
    clockMs: () => number,
    tellAlerts: () => void,
    tellProblem: (error: unknown) => void,
  ) {
    this.#watcher = watcher;
    this.#clockMs = clockMs;
    this.#tellAlerts = tellAlerts;
    this.#tellProblem = tellProblem;
  }

  /** Budgets or rules may have changed: they are compared soon. */
  reload(): void {
    this.#checkAtMs ??= this.#clockMs() + CHECK_SOON_MS;
  }

  /** Calls were stored. */
  mind(): void {
    this.#waiting.add('live').add('all');
  }

  get hasLive(): boolean {
    return this.#watcher !== undefined && this.#waiting.has('live');
  }

  get hasWork(): boolean {
    return this.#watcher !== undefined && (this.#waiting.size > 0 || this.#isCheckDue());
  }

  get dueAtMs(): number | undefined {
    return this.#watcher === undefined ? undefined : this.#checkAtMs;
  }

  step(): void {
    if (this.#waiting.has('live')) this.#look('live');
    else if (this.#waiting.has('all')) this.#look('all');
    else if (this.#isCheckDue()) this.#check();
  }

  #isCheckDue(): boolean {
    return this.#checkAtMs !== undefined && this.#clockMs() >= this.#checkAtMs;
  }

  #look(kind: 'live' | 'all'): void {
    const step = this.#tried((watcher) => watcher.step(kind));
    if (step?.hasMore !== true) {
      this.#waiting.delete(kind);
      return;
    }
    this.#checkAtMs ??= Math.max(this.#clockMs() + CHECK_SOON_MS, this.#checkedAtMs + CHECK_EVERY_MS);
  }

  #check(): void {
    const step = this.#tried((watcher) => watcher.check());
    if (step?.hasMore === true) return;
    this.#checkAtMs = undefined;
    this.#checkedAtMs = this.#clockMs();
  }

  /** What could not be looked at is tried again with the next calls, or at the next start. */
  #tried(look: (watcher: Watcher) => WatchStep): WatchStep | undefined {
    if (this.#watcher === undefined) return undefined;
    try {
      const step = look(this.#watcher);
      if (step.alerts > 0) this.#tellAlerts();
      return step;
    } catch (error) {
      this.#tellProblem(error);
      return undefined;
    }
  }
}
