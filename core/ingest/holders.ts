/** Those who may be writing to the database just now, and keep the ingest thread from doing so. */

/** A holder that forgets to let go holds up reading for no longer than this. */
const HOLD_MS = 500;

export class Holders {
  readonly #clockMs: () => number;
  /** Requests that wait until what runs has ended. */
  readonly #asked: number[] = [];
  #count = 0;
  #untilMs = 0;

  constructor(clockMs: () => number) {
    this.#clockMs = clockMs;
  }

  ask(requestId: number): void {
    this.#asked.push(requestId);
  }

  get areAsking(): boolean {
    return this.#asked.length > 0;
  }

  /** Lets in those who asked. */
  grant(answer: (requestId: number) => void): void {
    if (!this.areAsking) return;
    this.#count = this.count + this.#asked.length;
    this.#untilMs = this.#clockMs() + HOLD_MS;
    for (const requestId of this.#asked.splice(0)) answer(requestId);
  }

  release(): void {
    this.#count = Math.max(0, this.#count - 1);
  }

  get count(): number {
    return this.#clockMs() < this.#untilMs ? this.#count : 0;
  }

  /** When they are no longer waited for; undefined while there are none. */
  get endsAtMs(): number | undefined {
    return this.count > 0 ? this.#untilMs : undefined;
  }
}
