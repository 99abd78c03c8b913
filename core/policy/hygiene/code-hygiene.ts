/**
 * All rules about codes over a period: calls are given one by one in the order in which they began, then the findings are
 * asked for once. Memory grows with codes and telephones, not with calls.
 */

import { FINDING_KINDS, SEVERITIES } from '../../model/code-finding.ts';
import type { CodeBook } from './code-book.ts';
import { type CodedCall, Telephones } from './coded-call.ts';
import type { Finding, Telephone } from './finding.ts';
import { Guessing } from './guessing.ts';
import { LapsedCodes } from './lapsed-codes.ts';
import { Mistypes } from './mistypes.ts';
import type { HygieneSettings } from './settings.ts';
import { dayOfLocal, type StandingContext, standingFindings } from './standing-codes.ts';
import { TwoPlaces } from './two-places.ts';
import { UnknownCodes } from './unknown-codes.ts';
import { CodeUsage } from './usage.ts';
import { WrongCodes } from './wrong-codes.ts';

export interface HygieneResult {
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly usage: CodeUsage;
  readonly codedCalls: number;
  readonly mistypes: {
    readonly total: number;
    /** Most first. */
    readonly telephones: readonly (Telephone & { readonly mistypes: number })[];
    readonly codes: readonly { readonly code: string; readonly personId: number; readonly mistypes: number }[];
  };
  /** Calls with unknown codes that are counted and not listed, because there were too many codes. */
  readonly unlistedCalls: number;
}

export class CodeHygiene {
  readonly #book: CodeBook;
  readonly #settings: HygieneSettings;
  readonly #telephones = new Telephones();
  readonly #unknown = new UnknownCodes();
  readonly #mistypes = new Mistypes();
  readonly #lapsed: LapsedCodes;
  readonly #guessing: Guessing;
  readonly #wrong: WrongCodes;
  readonly #places: TwoPlaces;
  readonly #usage: CodeUsage;
  #codedCalls = 0;

  constructor(book: CodeBook, settings: HygieneSettings) {
    this.#book = book;
    this.#settings = settings;
    this.#lapsed = new LapsedCodes(book, settings);
    this.#guessing = new Guessing(settings);
    this.#places = new TwoPlaces(settings);
    this.#usage = new CodeUsage(settings);
    this.#wrong = new WrongCodes(
      { unknown: this.#unknown, lapsed: this.#lapsed, guessing: this.#guessing, mistypes: this.#mistypes },
      settings,
    );
  }

  add(call: CodedCall): void {
    this.#codedCalls += 1;
    const telephone = this.#telephones.numberOf(call.sourceId, call.extension);
    const day = dayOfLocal(call.startLocalS);
    const state = this.#book.stateOn(call.code, day);
    if (state.kind !== 'valid') {
      this.#wrong.add({ ...call, telephone, day }, state);
      return;
    }
    const { personId } = state;
    if (telephone !== undefined) {
      this.#wrong.addValid(call, telephone, personId);
      this.#guessing.addValid(call, telephone, personId);
      this.#places.add(call, telephone, personId);
    }
    this.#usage.add(call, telephone, day, personId);
  }

  /** Ends the pass. */
  result(context: StandingContext): HygieneResult {
    this.#wrong.end();
    const { telephones, codes } = this.#mistypes.counts();
    return {
      findings: this.#findings(context),
      usage: this.#usage,
      codedCalls: this.#codedCalls,
      mistypes: {
        total: this.#mistypes.total,
        telephones: telephones
          .flatMap(({ telephone, mistypes }) => {
            const at = this.#telephones.at(telephone);
            return at === null ? [] : [{ ...at, mistypes }];
          })
          .sort((a, b) => b.mistypes - a.mistypes),
        codes: [...codes].sort((a, b) => b.mistypes - a.mistypes),
      },
      unlistedCalls: this.#unknown.unlistedCalls,
    };
  }

  #findings(context: StandingContext): Finding[] {
    const telephones = this.#telephones;
    const found = [
      ...this.#guessing.findings(telephones),
      ...this.#lapsed.findings(telephones),
      ...this.#places.findings(telephones),
      ...this.#unknown.findings(this.#book, telephones, this.#settings, this.#guessing.guessed),
      ...this.#usage.findings(),
      ...this.#mistypes.findings(
        telephones,
        this.#settings,
        (telephone) => this.#usage.callsFrom(telephone),
        (code) => this.#usage.callsWith(code),
      ),
      ...standingFindings(this.#book, this.#settings, context),
    ];
    return found.sort(byWeight);
  }
}

function byWeight(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind) ||
    b.evidence.calls - a.evidence.calls
  );
}
