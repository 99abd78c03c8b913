/** How many batches a second there are: from so many on, what comes is gathered for a moment before it is stored. */
const SECOND_MS = 1000;

export class BatchRate {
  /** Batches of this second and of the one before. */
  #batches = 0;
  #batchesBefore = 0;
  #secondFromMs = 0;

  count(nowMs: number): void {
    if (nowMs - this.#secondFromMs >= SECOND_MS) {
      this.#batchesBefore = nowMs - this.#secondFromMs < 2 * SECOND_MS ? this.#batches : 0;
      this.#batches = 0;
      this.#secondFromMs = nowMs;
    }
    this.#batches += 1;
  }

  perSecond(nowMs: number): number {
    const isThisSecond = nowMs - this.#secondFromMs < SECOND_MS;
    return isThisSecond ? Math.max(this.#batches, this.#batchesBefore) : this.#batches;
  }
}
