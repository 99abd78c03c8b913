/** Count per minute over the last minute, in slots of five seconds. */
const SLOT_MS = 5000;
const SLOTS = 12;

export class RateMeter {
  readonly #slots: { slot: number; count: number }[] = [];

  add(nowMs: number, count: number): void {
    const slot = Math.floor(nowMs / SLOT_MS);
    const last = this.#slots.at(-1);
    if (last !== undefined && last.slot === slot) last.count += count;
    else this.#slots.push({ slot, count });
    if (this.#slots.length > SLOTS) this.#slots.shift();
  }

  perMinute(nowMs: number): number {
    const oldest = Math.floor(nowMs / SLOT_MS) - SLOTS;
    return this.#slots.reduce((sum, { slot, count }) => (slot > oldest ? sum + count : sum), 0);
  }
}
