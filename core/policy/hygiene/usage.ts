/** How codes are used: calls, telephones, the last time; and codes that go round many telephones on one day. */
import type { LocalSeconds } from '../../model/time.ts';
import type { CodedCall } from './coded-call.ts';
import { Evidence, type Finding, findingOf } from './finding.ts';
import type { HygieneSettings } from './settings.ts';

/** More are told as this many and more. */
export const TELEPHONES_COUNTED = 100;

export interface CodeUse {
  readonly calls: number;
  readonly telephones: number;
  readonly lastLocalS: LocalSeconds;
}

interface Use {
  calls: number;
  lastLocalS: LocalSeconds;
  readonly telephones: Set<number>;
  day: number;
  /** First call of this day from each telephone. */
  readonly ofDay: Map<number, CodedCall>;
}

interface Shared {
  readonly personId: number;
  readonly evidence: Evidence;
  days: number;
  most: number;
}

export class CodeUsage {
  readonly #uses = new Map<string, Use>();
  readonly #shared = new Map<string, Shared>();
  readonly #callsFrom = new Map<number, number>();
  readonly #settings: HygieneSettings;

  constructor(settings: HygieneSettings) {
    this.#settings = settings;
  }

  add(call: CodedCall, telephone: number | undefined, day: number, personId: number): void {
    let use = this.#uses.get(call.code);
    if (use === undefined) {
      use = { calls: 0, lastLocalS: call.startLocalS, telephones: new Set(), day, ofDay: new Map() };
      this.#uses.set(call.code, use);
    }
    use.calls += 1;
    use.lastLocalS = call.startLocalS;
    if (use.day !== day) {
      use.day = day;
      use.ofDay.clear();
    }
    if (telephone === undefined) return;
    this.#callsFrom.set(telephone, (this.#callsFrom.get(telephone) ?? 0) + 1);
    if (use.telephones.size < TELEPHONES_COUNTED) use.telephones.add(telephone);
    if (use.ofDay.has(telephone)) return;
    use.ofDay.set(telephone, call);
    if (use.ofDay.size >= this.#settings.sharedTelephones) this.#noteShared(call, use, personId);
  }

  callsFrom(telephone: number): number {
    return this.#callsFrom.get(telephone) ?? 0;
  }

  callsWith(code: string): number {
    return this.#uses.get(code)?.calls ?? 0;
  }

  of(code: string): CodeUse | undefined {
    const use = this.#uses.get(code);
    return use === undefined
      ? undefined
      : { calls: use.calls, telephones: use.telephones.size, lastLocalS: use.lastLocalS };
  }

  findings(): Finding[] {
    return [...this.#shared].map(([code, { personId, evidence, days, most }]) =>
      findingOf({
        kind: 'many-telephones',
        severity: 'note',
        isLikely: true,
        code,
        personId,
        values: { days, most, from: this.#settings.sharedTelephones },
        evidence: evidence.view(),
      }),
    );
  }

  #noteShared(call: CodedCall, use: Use, personId: number): void {
    let shared = this.#shared.get(call.code);
    if (shared === undefined) {
      shared = { personId, evidence: new Evidence(), days: 0, most: 0 };
      this.#shared.set(call.code, shared);
    }
    const isFirstOfDay = use.ofDay.size === this.#settings.sharedTelephones;
    if (isFirstOfDay) {
      shared.days += 1;
      for (const one of use.ofDay.values()) shared.evidence.add(one);
    } else {
      shared.evidence.add(call);
    }
    shared.most = Math.max(shared.most, use.ofDay.size);
  }
}
