/** For a short time numbers are shown to who said why. Every answer within it is in the audit trail. */

export const UNMASKED_MINUTES = 10;

export interface Unmasking {
  readonly reason: string;
  readonly untilMs: number;
}

/** By session; a restart of the service ends all of them. */
export class Unmaskings {
  readonly #open = new Map<number, Unmasking>();

  open(sessionId: number, reason: string, nowMs: number): Unmasking {
    const unmasking = { reason, untilMs: nowMs + UNMASKED_MINUTES * 60_000 };
    this.#open.set(sessionId, unmasking);
    return unmasking;
  }

  end(sessionId: number): void {
    this.#open.delete(sessionId);
  }

  of(sessionId: number | undefined, nowMs: number): Unmasking | undefined {
    const unmasking = sessionId === undefined ? undefined : this.#open.get(sessionId);
    if (unmasking === undefined || unmasking.untilMs > nowMs) return unmasking;
    if (sessionId !== undefined) this.#open.delete(sessionId);
    return undefined;
  }
}
