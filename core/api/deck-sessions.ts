/** Uploaded price lists and what was last previewed of them, in memory for some hours. */
import { randomUUID } from 'node:crypto';
import type { DeckLayout, DeckTable } from '../decks/deck-layout.ts';
import type { DeckDifference } from '../decks/difference.ts';
import { AppError } from '../model/errors.ts';
import type { StoredTariff } from '../rating/tariff.ts';

export interface PreparedDeck {
  /** Null: a new tariff. */
  readonly tariffId: number | null;
  /** The version compared with: when it is no longer the present one, the preview is out of date. */
  readonly baseVersionId: number | null;
  readonly tariff: StoredTariff;
  readonly difference: DeckDifference;
  readonly isReady: boolean;
}

export interface DeckSession {
  readonly deckId: string;
  tables: readonly DeckTable[];
  layout: DeckLayout | undefined;
  prepared: PreparedDeck | undefined;
  usedAtMs: number;
}

const LIFE_MS = 4 * 60 * 60 * 1000;
/** A list of 100,000 rows takes some 60 MB. */
const SESSIONS_LIMIT = 3;

export class DeckSessions {
  readonly #sessions = new Map<string, DeckSession>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  add(table: DeckTable): DeckSession {
    this.#forgetOld();
    const oldest = [...this.#sessions.values()].sort((a, b) => a.usedAtMs - b.usedAtMs);
    for (const { deckId } of oldest.slice(0, Math.max(0, oldest.length + 1 - SESSIONS_LIMIT))) {
      this.#sessions.delete(deckId);
    }
    const session: DeckSession = {
      deckId: randomUUID(),
      tables: [table],
      layout: undefined,
      prepared: undefined,
      usedAtMs: this.#nowMs(),
    };
    this.#sessions.set(session.deckId, session);
    return session;
  }

  /** Throws AppError `import-expired`. */
  get(deckId: string): DeckSession {
    this.#forgetOld();
    const session = this.#sessions.get(deckId);
    if (session === undefined) throw new AppError('import-expired');
    session.usedAtMs = this.#nowMs();
    return session;
  }

  remove(deckId: string): void {
    this.#sessions.delete(deckId);
  }

  #forgetOld(): void {
    for (const { deckId, usedAtMs } of this.#sessions.values()) {
      if (usedAtMs + LIFE_MS < this.#nowMs()) this.#sessions.delete(deckId);
    }
  }
}
