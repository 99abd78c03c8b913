/** Codes that were dialled on a day on which they were not valid: after their owner left, or before or after their dates. */

import type { Severity } from '../../model/code-finding.ts';
import { localDayOf } from '../../model/time.ts';
import type { CodeBook, CodeState } from './code-book.ts';
import type { SeenCall, Telephones } from './coded-call.ts';
import { Evidence, type Finding, findingOf } from './finding.ts';
import type { HygieneSettings } from './settings.ts';

const SECONDS_PER_DAY = 86_400;
const TELEPHONES_LIMIT = 100;

export type LapsedState = Extract<CodeState, { kind: 'leaver' | 'withdrawn' | 'early' }>;

interface Lapsed {
  readonly state: LapsedState;
  readonly code: string;
  readonly evidence: Evidence;
  readonly telephones: Set<number>;
  severity: Severity;
}

const KIND = { leaver: 'leaver-code', withdrawn: 'withdrawn-code', early: 'early-code' } as const;

export class LapsedCodes {
  readonly #lapsed = new Map<string, Lapsed>();
  readonly #book: CodeBook;
  readonly #settings: HygieneSettings;

  constructor(book: CodeBook, settings: HygieneSettings) {
    this.#book = book;
    this.#settings = settings;
  }

  add(call: SeenCall, state: LapsedState): void {
    const key = `${state.kind} ${state.personId} ${isStillTheirs(state)} ${call.code}`;
    let lapsed = this.#lapsed.get(key);
    if (lapsed === undefined) {
      lapsed = { state, code: call.code, evidence: new Evidence(), telephones: new Set(), severity: 'note' };
      this.#lapsed.set(key, lapsed);
    }
    lapsed.evidence.add(call);
    if (call.telephone !== undefined && lapsed.telephones.size < TELEPHONES_LIMIT)
      lapsed.telephones.add(call.telephone);
    const severity = this.#severityOf(call, state);
    if (severity !== 'note') lapsed.severity = severity;
  }

  findings(telephones: Telephones): Finding[] {
    return [...this.#lapsed.values()].map(({ state, code, evidence, telephones: used, severity }) => {
      const day = state.kind === 'early' ? state.firstDay : state.endedDay;
      const [only, ...others] = used;
      return findingOf({
        kind: KIND[state.kind],
        severity,
        isLikely: severity === 'note',
        code,
        telephone: others.length === 0 ? telephones.at(only) : null,
        personId: state.personId,
        values: {
          day: localDayOf(day * SECONDS_PER_DAY),
          telephones: used.size,
          habitDays: this.#settings.habitDays,
          isStillTheirs: Number(isStillTheirs(state)),
        },
        evidence: evidence.view(),
      });
    });
  }

  /** Whoever got a new code dials the old one for some days out of habit. */
  #severityOf(call: SeenCall, state: LapsedState): Severity {
    if (state.kind === 'leaver') return 'alarm';
    if (state.kind === 'early') return 'warning';
    const isHabit =
      call.day < state.endedDay + this.#settings.habitDays && this.#book.hasCodeOn(state.personId, call.day);
    return isHabit ? 'note' : 'warning';
  }
}

function isStillTheirs(state: LapsedState): boolean {
  return state.kind === 'leaver' && state.isStillTheirs;
}
