/** Codes that nobody has ever had, with the known ones they may have been meant for. */
import type { CodeBook } from './code-book.ts';
import type { SeenCall, Telephones } from './coded-call.ts';
import { Evidence, type Finding, findingOf } from './finding.ts';
import type { HygieneSettings } from './settings.ts';

/** A dialler that runs through all codes must not fill the memory. */
const CODES_LIMIT = 10_000;
const TELEPHONES_LIMIT = 100;

interface Unknown {
  readonly evidence: Evidence;
  readonly telephones: Set<number>;
  lastDay: number;
}

export class UnknownCodes {
  readonly #codes = new Map<string, Unknown>();
  /** Calls with codes beyond the limit: counted, not listed. */
  unlistedCalls = 0;

  add(call: SeenCall): void {
    let unknown = this.#codes.get(call.code);
    if (unknown === undefined) {
      if (this.#codes.size >= CODES_LIMIT) {
        this.unlistedCalls += 1;
        return;
      }
      unknown = { evidence: new Evidence(), telephones: new Set(), lastDay: call.day };
      this.#codes.set(call.code, unknown);
    }
    unknown.evidence.add(call);
    unknown.lastDay = call.day;
    if (call.telephone !== undefined && unknown.telephones.size < TELEPHONES_LIMIT) {
      unknown.telephones.add(call.telephone);
    }
  }

  /** `guessed`: how many calls with a code were part of guessing, which has a finding of its own. */
  findings(
    book: CodeBook,
    telephones: Telephones,
    settings: HygieneSettings,
    guessed: ReadonlyMap<string, number>,
  ): Finding[] {
    const found: Finding[] = [];
    for (const [code, { evidence, telephones: used, lastDay }] of this.#codes) {
      if ((guessed.get(code) ?? 0) >= evidence.calls) continue;
      const related = book.nearest(code, lastDay);
      const [only, ...others] = used;
      found.push(
        findingOf({
          kind: 'unknown-code',
          severity: evidence.calls >= settings.unknownFrom ? 'warning' : 'note',
          code,
          telephone: others.length === 0 ? telephones.at(only) : null,
          related,
          values: { telephones: used.size, near: related.length, from: settings.unknownFrom },
          evidence: evidence.view(),
        }),
      );
    }
    return found;
  }
}
