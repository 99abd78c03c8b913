/** Many different wrong codes from one telephone in a short time: somebody tries codes. */
import type { LocalSeconds } from '../../model/time.ts';
import type { CodedCall, SeenCall, Telephones } from './coded-call.ts';
import { Evidence, type Finding, findingOf, type RelatedCode } from './finding.ts';
import type { HygieneSettings } from './settings.ts';

const SECONDS_PER_MINUTE = 60;
/** Of one telephone; a dialler tries thousands. */
const CODES_LIMIT = 10_000;
const FOUND_LIMIT = 20;
const COMPACT_FROM = 1000;

interface Guesser {
  readonly recent: RecentCodes;
  readonly evidence: Evidence;
  readonly codes: Set<string>;
  readonly found: Map<string, RelatedCode>;
  mostAtOnce: number;
  lastGuessLocalS: LocalSeconds;
}

export class Guessing {
  readonly #guessers = new Map<number, Guesser>();
  readonly #settings: HygieneSettings;
  /** Calls with each code that were guesses. */
  readonly guessed = new Map<string, number>();

  constructor(settings: HygieneSettings) {
    this.#settings = settings;
  }

  /** A wrong code that was no mistype; of one telephone in the order in which they were dialled. */
  add(call: SeenCall): void {
    if (call.telephone === undefined) return;
    const guesser = this.#guesserAt(call.telephone);
    guesser.recent.add(call, call.startLocalS - this.#settings.guessMinutes * SECONDS_PER_MINUTE);
    if (guesser.recent.codeCount < this.#settings.guessCodes) return;
    guesser.mostAtOnce = Math.max(guesser.mostAtOnce, guesser.recent.codeCount);
    guesser.lastGuessLocalS = call.startLocalS;
    for (const one of guesser.recent.takeUncounted()) {
      guesser.evidence.add(one);
      if (guesser.codes.size < CODES_LIMIT) guesser.codes.add(one.code);
      this.#countGuess(one.code);
    }
  }

  /** Different wrong codes of the last minutes before the newest of them. */
  codesTriedAt(telephone: number): number {
    return this.#guessers.get(telephone)?.recent.codeCount ?? 0;
  }

  /** A valid code from a telephone; soon after guesses, it may be the one that was looked for. */
  addValid(call: CodedCall, telephone: number, personId: number): void {
    const guesser = this.#guessers.get(telephone);
    if (guesser === undefined || guesser.evidence.calls === 0 || guesser.found.size >= FOUND_LIMIT) return;
    const seconds = call.startLocalS - guesser.lastGuessLocalS;
    if (seconds > this.#settings.guessMinutes * SECONDS_PER_MINUTE) return;
    guesser.evidence.add(call);
    guesser.found.set(call.code, { code: call.code, personId });
  }

  findings(telephones: Telephones): Finding[] {
    const found: Finding[] = [];
    for (const [telephone, guesser] of this.#guessers) {
      if (guesser.evidence.calls === 0) continue;
      found.push(
        findingOf({
          kind: 'guessing',
          severity: 'alarm',
          isLikely: true,
          telephone: telephones.at(telephone),
          related: [...guesser.found.values()],
          values: {
            codes: guesser.codes.size,
            mostAtOnce: guesser.mostAtOnce,
            minutes: this.#settings.guessMinutes,
            from: this.#settings.guessCodes,
            found: guesser.found.size,
          },
          evidence: guesser.evidence.view(),
        }),
      );
    }
    return found;
  }

  #guesserAt(telephone: number): Guesser {
    let guesser = this.#guessers.get(telephone);
    if (guesser === undefined) {
      guesser = {
        recent: new RecentCodes(),
        evidence: new Evidence(),
        codes: new Set(),
        found: new Map(),
        mostAtOnce: 0,
        lastGuessLocalS: Number.NEGATIVE_INFINITY,
      };
      this.#guessers.set(telephone, guesser);
    }
    return guesser;
  }

  #countGuess(code: string): void {
    if (this.guessed.size >= CODES_LIMIT && !this.guessed.has(code)) return;
    this.guessed.set(code, (this.guessed.get(code) ?? 0) + 1);
  }
}

/** Wrong codes of the last minutes at one telephone, oldest first. */
class RecentCodes {
  #calls: SeenCall[] = [];
  #first = 0;
  /** Up to here they are part of a finding already. */
  #counted = 0;
  readonly #codes = new Map<string, number>();

  get codeCount(): number {
    return this.#codes.size;
  }

  add(call: SeenCall, sinceLocalS: LocalSeconds): void {
    this.#calls.push(call);
    this.#codes.set(call.code, (this.#codes.get(call.code) ?? 0) + 1);
    for (;;) {
      const oldest = this.#calls[this.#first];
      if (oldest === undefined || oldest.startLocalS >= sinceLocalS) break;
      this.#first += 1;
      const left = (this.#codes.get(oldest.code) ?? 1) - 1;
      if (left === 0) this.#codes.delete(oldest.code);
      else this.#codes.set(oldest.code, left);
    }
    if (this.#first < COMPACT_FROM) return;
    this.#calls = this.#calls.slice(this.#first);
    this.#counted = Math.max(0, this.#counted - this.#first);
    this.#first = 0;
  }

  takeUncounted(): readonly SeenCall[] {
    const taken = this.#calls.slice(Math.max(this.#first, this.#counted));
    this.#counted = this.#calls.length;
    return taken;
  }
}
