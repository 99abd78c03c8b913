/** One-time links and the sessions they become. Only hashes of tokens are stored, so the file gives nobody a way in. */
import type { Database } from './database.ts';

export interface StoredSession {
  /** SHA-256 of the token, hexadecimal. */
  readonly tokenHash: string;
  readonly kind: 'link' | 'session';
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

interface Row {
  readonly token_hash: string;
  readonly kind: 'link' | 'session';
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
}

function storedSessionOf(row: Row): StoredSession {
  return {
    tokenHash: row.token_hash,
    kind: row.kind,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
  };
}

export class Sessions {
  readonly #insert;
  readonly #select;
  readonly #take;
  readonly #delete;
  readonly #deleteExpired;

  constructor(db: Database) {
    this.#insert = db.prepare<[string, string, number, number]>(
      'INSERT INTO sessions (token_hash, kind, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?)',
    );
    this.#select = db.prepare<[string, number], Row>(
      "SELECT * FROM sessions WHERE token_hash = ? AND kind = 'session' AND expires_at_ms > ?",
    );
    this.#take = db.prepare<[string], Row>("DELETE FROM sessions WHERE token_hash = ? AND kind = 'link' RETURNING *");
    this.#delete = db.prepare<[string]>('DELETE FROM sessions WHERE token_hash = ?');
    this.#deleteExpired = db.prepare<[number]>('DELETE FROM sessions WHERE expires_at_ms <= ?');
  }

  add(session: StoredSession): void {
    this.#insert.run(session.tokenHash, session.kind, session.createdAtMs, session.expiresAtMs);
  }

  /** A session (never a link) that has not expired. */
  find(tokenHash: string, nowMs: number): StoredSession | undefined {
    const row = this.#select.get(tokenHash, nowMs);
    return row === undefined ? undefined : storedSessionOf(row);
  }

  /** Uses up a link: of two callers with the same one, only the first gets it. Undefined when unknown or expired. */
  takeLink(tokenHash: string, nowMs: number): StoredSession | undefined {
    const row = this.#take.get(tokenHash);
    return row === undefined || row.expires_at_ms <= nowMs ? undefined : storedSessionOf(row);
  }

  remove(tokenHash: string): void {
    this.#delete.run(tokenHash);
  }

  removeExpired(nowMs: number): void {
    this.#deleteExpired.run(nowMs);
  }
}
