/** One-time links and the sessions they become. Only hashes of tokens are stored, so the file gives nobody a way in. */
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export interface NewStoredSession {
  /** SHA-256 of the token, hexadecimal. */
  readonly tokenHash: string;
  readonly kind: 'link' | 'session';
  /** Null: the owner of this computer. */
  readonly userId: number | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly address: string;
  /** As the browser calls itself. */
  readonly browser: string;
}

export interface StoredSession extends NewStoredSession {
  readonly id: number;
  readonly seenAtMs: number;
}

const SELECT = `SELECT id, token_hash AS tokenHash, kind, user_id AS userId, created_at_ms AS createdAtMs,
    expires_at_ms AS expiresAtMs, seen_at_ms AS seenAtMs, address, browser FROM sessions`;

/** Everything of a user but one session; no session has the number 0. */
const NONE = 0;

export class Sessions {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add(session: NewStoredSession): number {
    const { lastInsertRowid } = this.#run(
      `INSERT INTO sessions (token_hash, kind, user_id, created_at_ms, expires_at_ms, seen_at_ms, address, browser)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      session.tokenHash,
      session.kind,
      session.userId,
      session.createdAtMs,
      session.expiresAtMs,
      session.createdAtMs,
      session.address,
      session.browser,
    );
    return Number(lastInsertRowid);
  }

  /** A session (never a link) that has not expired. */
  find(tokenHash: string, nowMs: number): StoredSession | undefined {
    return cachedStatement<[string, number], StoredSession>(
      this.#db,
      `${SELECT} WHERE token_hash = ? AND kind = 'session' AND expires_at_ms > ?`,
    ).get(tokenHash, nowMs);
  }

  /** Sessions that have not expired, newest first. */
  list(nowMs: number): readonly StoredSession[] {
    return cachedStatement<[number], StoredSession>(
      this.#db,
      `${SELECT} WHERE kind = 'session' AND expires_at_ms > ? ORDER BY id DESC`,
    ).all(nowMs);
  }

  /** Uses up a link: of two callers with the same one, only the first gets it. False when unknown or expired. */
  takeLink(tokenHash: string, nowMs: number): boolean {
    const row = cachedStatement<[string], { expiresAtMs: number }>(
      this.#db,
      "DELETE FROM sessions WHERE token_hash = ? AND kind = 'link' RETURNING expires_at_ms AS expiresAtMs",
    ).get(tokenHash);
    return row !== undefined && row.expiresAtMs > nowMs;
  }

  setSeen(id: number, seenAtMs: number): void {
    this.#run('UPDATE sessions SET seen_at_ms = ? WHERE id = ? AND seen_at_ms < ?', seenAtMs, id, seenAtMs);
  }

  remove(id: number): void {
    this.#run('DELETE FROM sessions WHERE id = ?', id);
  }

  /** All sessions of a user but that one. */
  removeOfUser(userId: number, keptId = NONE): void {
    this.#run('DELETE FROM sessions WHERE user_id = ? AND id != ?', userId, keptId);
  }

  removeExpired(nowMs: number): void {
    this.#run('DELETE FROM sessions WHERE expires_at_ms <= ?', nowMs);
  }

  #run(sql: string, ...values: (string | number | null)[]): { readonly lastInsertRowid: number | bigint } {
    return cachedStatement(this.#db, sql).run(...values);
  }
}
