/** What rules remember between calls: small values by key. The store keeps them in the transaction of the alerts. */
import type { CallId } from '../model/call.ts';
import type { LocalSeconds } from '../model/time.ts';

export type StateValue = string | number | boolean | null | StateValue[] | { [key: string]: StateValue };

export interface WatchState {
  get(key: string): StateValue | undefined;
  /** `keepsForever`: not forgotten when its day is long over. */
  set(key: string, value: StateValue, keepsForever?: boolean): void;
}

export interface LoggedCall {
  readonly id: CallId;
  readonly startLocalS: LocalSeconds;
  readonly seconds: number;
}

/** A case of a few hundred calls has long been told; beyond that they are only counted. */
const MOST_LOGGED = 200;

/** Calls of one case so far. A call that is told again, with a later record, replaces what was known of it. */
export class CaseLog {
  readonly calls: readonly LoggedCall[];
  readonly #moreCalls: number;
  readonly #moreSeconds: number;

  private constructor(calls: readonly LoggedCall[], moreCalls: number, moreSeconds: number) {
    this.calls = calls;
    this.#moreCalls = moreCalls;
    this.#moreSeconds = moreSeconds;
  }

  static read(value: StateValue | undefined): CaseLog {
    if (!Array.isArray(value)) return new CaseLog([], 0, 0);
    const [moreCalls = 0, moreSeconds = 0, ...rest] = value as number[];
    const calls: LoggedCall[] = [];
    for (let i = 0; i + 2 < rest.length; i += 3) {
      calls.push({ id: rest[i] ?? 0, startLocalS: rest[i + 1] ?? 0, seconds: rest[i + 2] ?? 0 });
    }
    return new CaseLog(calls, moreCalls, moreSeconds);
  }

  with(call: LoggedCall): CaseLog {
    const others = this.calls.filter(({ id }) => id !== call.id);
    if (others.length === this.calls.length && others.length >= MOST_LOGGED) {
      return new CaseLog(this.calls, this.#moreCalls + 1, this.#moreSeconds + call.seconds);
    }
    return new CaseLog([...others, call], this.#moreCalls, this.#moreSeconds);
  }

  get count(): number {
    return this.calls.length + this.#moreCalls;
  }

  get seconds(): number {
    return this.calls.reduce((sum, call) => sum + call.seconds, this.#moreSeconds);
  }

  get firstLocalS(): LocalSeconds {
    return Math.min(...this.calls.map((call) => call.startLocalS));
  }

  get lastLocalS(): LocalSeconds {
    return Math.max(...this.calls.map((call) => call.startLocalS));
  }

  toState(): StateValue {
    const rows = this.calls.flatMap(({ id, startLocalS, seconds }) => [id, startLocalS, seconds]);
    return [this.#moreCalls, this.#moreSeconds, ...rows];
  }
}
