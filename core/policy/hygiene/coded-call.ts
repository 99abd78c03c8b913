/** What the rules see of a call on which a code was dialled. They are given calls in the order in which they began. */
import type { CallId } from '../../model/call.ts';
import type { LocalSeconds } from '../../model/time.ts';
import type { Telephone } from './finding.ts';

export interface CodedCall {
  readonly id: CallId;
  readonly sourceId: number;
  readonly startLocalS: LocalSeconds;
  readonly utcOffsetMin: number;
  readonly talkSeconds: number;
  readonly extension: string | null;
  readonly code: string;
  readonly isOutbound: boolean;
  /** Of several records: others than the caller may have gone on talking. */
  readonly isJoined: boolean;
  /** False where the record's time was partly guessed: it proves nothing about other calls. */
  readonly isTimeSure: boolean;
}

export interface SeenCall extends CodedCall {
  /** Number of the telephone; undefined where the record names none. */
  readonly telephone: number | undefined;
  readonly day: number;
}

/** Gives each telephone of each source a small number. */
export class Telephones {
  readonly #bySource = new Map<number, Map<string, number>>();
  readonly #all: Telephone[] = [];

  numberOf(sourceId: number, extension: string | null): number | undefined {
    if (extension === null || extension === '') return undefined;
    let known = this.#bySource.get(sourceId);
    if (known === undefined) {
      known = new Map();
      this.#bySource.set(sourceId, known);
    }
    let number = known.get(extension);
    if (number === undefined) {
      number = this.#all.length;
      known.set(extension, number);
      this.#all.push({ sourceId, extension });
    }
    return number;
  }

  at(number: number | undefined): Telephone | null {
    return number === undefined ? null : (this.#all[number] ?? null);
  }
}
