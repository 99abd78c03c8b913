/**
 * Calls with a code that was not valid wait a moment: a near and valid code from the same telephone soon after makes them
 * a likely mistype of its owner. Whoever tries many codes does not get away with a last one that works.
 */
import { isSlip } from '../../attribution/slips.ts';
import type { CodeState } from './code-book.ts';
import type { CodedCall, SeenCall } from './coded-call.ts';
import type { Guessing } from './guessing.ts';
import type { LapsedCodes } from './lapsed-codes.ts';
import type { Mistypes } from './mistypes.ts';
import type { HygieneSettings } from './settings.ts';
import type { UnknownCodes } from './unknown-codes.ts';

export type WrongState = Exclude<CodeState, { kind: 'valid' }>;

interface Waiting {
  readonly call: SeenCall;
  readonly state: WrongState;
}

export interface WrongCodeRules {
  readonly unknown: UnknownCodes;
  readonly lapsed: LapsedCodes;
  readonly guessing: Guessing;
  readonly mistypes: Mistypes;
}

const endOf = (call: SeenCall): number => call.startLocalS + call.talkSeconds;

export class WrongCodes {
  readonly #waiting = new Map<number, Waiting[]>();
  readonly #rules: WrongCodeRules;
  readonly #settings: HygieneSettings;

  constructor(rules: WrongCodeRules, settings: HygieneSettings) {
    this.#rules = rules;
    this.#settings = settings;
  }

  add(call: SeenCall, state: WrongState): void {
    if (call.telephone === undefined) {
      this.#tell({ call, state });
      return;
    }
    this.#tellOld(call.telephone, call.startLocalS);
    const waiting = this.#waiting.get(call.telephone);
    if (waiting === undefined) this.#waiting.set(call.telephone, [{ call, state }]);
    else waiting.push({ call, state });
  }

  /** A valid code was dialled: what waits at its telephone and is near to it is a mistype, but for whoever tries codes. */
  addValid(call: CodedCall, telephone: number, personId: number): void {
    if (!this.#waiting.has(telephone)) return;
    this.#tellOld(telephone, call.startLocalS);
    const waiting = this.#waiting.get(telephone) ?? [];
    const tried = new Set(waiting.map((one) => one.call.code)).size + this.#rules.guessing.codesTriedAt(telephone);
    const isTrying = tried >= this.#settings.guessCodes;
    const left: Waiting[] = [];
    for (const one of waiting) {
      if (isTrying) this.#tell(one);
      else if (isSlip(one.call.code, call.code)) this.#rules.mistypes.add(one.call, call.code, personId);
      else left.push(one);
    }
    this.#keep(telephone, left);
  }

  /** No more calls come. */
  end(): void {
    for (const waiting of this.#waiting.values()) for (const one of waiting) this.#tell(one);
    this.#waiting.clear();
  }

  #tellOld(telephone: number, nowLocalS: number): void {
    const waiting = this.#waiting.get(telephone) ?? [];
    const isOld = (one: Waiting): boolean => endOf(one.call) + this.#settings.mistypeSeconds < nowLocalS;
    if (!waiting.some(isOld)) return;
    for (const one of waiting) if (isOld(one)) this.#tell(one);
    this.#keep(
      telephone,
      waiting.filter((one) => !isOld(one)),
    );
  }

  #keep(telephone: number, waiting: Waiting[]): void {
    if (waiting.length === 0) this.#waiting.delete(telephone);
    else this.#waiting.set(telephone, waiting);
  }

  #tell({ call, state }: Waiting): void {
    this.#rules.guessing.add(call);
    if (state.kind === 'unknown') this.#rules.unknown.add(call);
    else this.#rules.lapsed.add(call, state);
  }
}
