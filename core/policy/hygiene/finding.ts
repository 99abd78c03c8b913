/** What the rules about codes found. Words for it are made by the reader's edge, from the kind and the values. */
import type { CallId } from '../../model/call.ts';
import type { FindingKind, Severity, WeakReason } from '../../model/code-finding.ts';
import type { LocalSeconds } from '../../model/time.ts';

export interface Telephone {
  readonly sourceId: number;
  readonly extension: string;
}

/** A code that has to do with a finding, and whose it is. */
export interface RelatedCode {
  readonly code: string;
  readonly personId: number | null;
}

export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** Inferred, not proved by the records. */
  readonly isLikely: boolean;
  readonly code: string | null;
  readonly telephone: Telephone | null;
  /** Whose code it is or was; of a telephone's finding: nobody. */
  readonly personId: number | null;
  readonly related: readonly RelatedCode[];
  readonly weakReasons: readonly WeakReason[];
  /** What was counted and measured, for the words. Days are `YYYY-MM-DD`. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly evidence: EvidenceView;
}

export interface EvidenceView {
  readonly calls: number;
  readonly firstLocalS: LocalSeconds | null;
  readonly lastLocalS: LocalSeconds | null;
  /** The newest of them. */
  readonly callIds: readonly CallId[];
}

const KEPT = 50;

export const NO_EVIDENCE: EvidenceView = { calls: 0, firstLocalS: null, lastLocalS: null, callIds: [] };

/** Counts all calls that speak for a finding and keeps the newest: a year of them would not fit. */
export class Evidence {
  calls = 0;
  #firstLocalS: LocalSeconds | null = null;
  #lastLocalS: LocalSeconds | null = null;
  #ids: CallId[] = [];

  add(call: { readonly id: CallId; readonly startLocalS: LocalSeconds }): void {
    this.calls += 1;
    if (this.#firstLocalS === null || call.startLocalS < this.#firstLocalS) this.#firstLocalS = call.startLocalS;
    if (this.#lastLocalS === null || call.startLocalS > this.#lastLocalS) this.#lastLocalS = call.startLocalS;
    this.#ids.push(call.id);
    if (this.#ids.length >= 2 * KEPT) this.#ids = this.#ids.slice(-KEPT);
  }

  view(): EvidenceView {
    return {
      calls: this.calls,
      firstLocalS: this.#firstLocalS,
      lastLocalS: this.#lastLocalS,
      callIds: this.#ids.slice(-KEPT),
    };
  }
}

type Subject = Pick<Finding, 'kind' | 'severity'> & Partial<Finding>;

export function findingOf(subject: Subject): Finding {
  return {
    isLikely: false,
    code: null,
    telephone: null,
    personId: null,
    related: [],
    weakReasons: [],
    values: {},
    evidence: NO_EVIDENCE,
    ...subject,
  };
}
