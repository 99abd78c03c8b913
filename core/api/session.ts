/**
 * From a one-time link or a password to a session cookie. A token is 32 random bytes; the store sees its SHA-256 only.
 * The owner of this computer comes by a link and stays thirty days; users are asked again after a week, or after half a
 * day without a sign of life.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Sessions, StoredSession } from '../store/sessions.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LINK_LIFE_MS = 5 * MINUTE_MS;
const OWNER_LIFE_MS = 30 * 24 * HOUR_MS;
const USER_LIFE_MS = 7 * 24 * HOUR_MS;
const USER_IDLE_MS = 12 * HOUR_MS;
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const LONGEST_BROWSER = 300;

export const SESSION_COOKIE = 'tollbook';

/** Looked up by its hash: whoever times the look-up learns about hashes, not about tokens. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Where a session is. */
export interface SessionPlace {
  readonly address: string;
  readonly browser: string;
}

export function placeOf(request: Request, address: string): SessionPlace {
  return { address, browser: (request.headers.get('user-agent') ?? '').slice(0, LONGEST_BROWSER) };
}

/** The token of a fresh link, good once within five minutes: `<origin>/enter#<token>`. */
export function issueLinkToken(sessions: Sessions, nowMs: number): string {
  sessions.removeExpired(nowMs);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  sessions.add({
    ...{ tokenHash: hashOf(token), kind: 'link', userId: null, address: '', browser: '' },
    createdAtMs: nowMs,
    expiresAtMs: nowMs + LINK_LIFE_MS,
  });
  return token;
}

export interface NewSession {
  readonly cookieToken: string;
  readonly expiresAtMs: number;
}

/** A session with a token that nobody had before. `userId` null: the owner of this computer. */
export function startSession(
  sessions: Sessions,
  userId: number | null,
  place: SessionPlace,
  nowMs: number,
): NewSession {
  sessions.removeExpired(nowMs);
  const cookieToken = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAtMs = nowMs + (userId === null ? OWNER_LIFE_MS : USER_LIFE_MS);
  const tokenHash = hashOf(cookieToken);
  sessions.add({ tokenHash, kind: 'session', userId, createdAtMs: nowMs, expiresAtMs, ...place });
  return { cookieToken, expiresAtMs };
}

/** Uses up a link; false when it is unknown, used or too old. */
export function takeLinkToken(sessions: Sessions, token: string, nowMs: number): boolean {
  return TOKEN.test(token) && sessions.takeLink(hashOf(token), nowMs);
}

/** Signs of life are kept in memory and written now and then: reading a page must not wait for the disk. */
export class LiveSessions {
  readonly #sessions: Sessions;
  readonly #seen = new Map<number, number>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** The session of a cookie that has not ended; it has shown a sign of life by this. */
  find(token: string | undefined, nowMs: number): StoredSession | undefined {
    const session = this.peek(token, nowMs);
    if (session !== undefined) this.#seen.set(session.id, nowMs);
    return session;
  }

  /** The same, where nobody did anything: an event stream that is left open is no sign of life. */
  peek(token: string | undefined, nowMs: number): StoredSession | undefined {
    if (token === undefined || !TOKEN.test(token)) return undefined;
    const session = this.#sessions.find(hashOf(token), nowMs);
    return session !== undefined && this.#isAlive(session, nowMs) ? session : undefined;
  }

  /** Sessions that have not ended, newest first. */
  list(nowMs: number): readonly StoredSession[] {
    return this.#sessions
      .list(nowMs)
      .filter((session) => this.#isAlive(session, nowMs))
      .map((session) => ({ ...session, seenAtMs: this.#seenAtMs(session) }));
  }

  /** Writes what was seen since the last time. */
  flush(): void {
    for (const [id, atMs] of this.#seen) this.#sessions.setSeen(id, atMs);
    this.#seen.clear();
  }

  #isAlive(session: StoredSession, nowMs: number): boolean {
    return session.userId === null || nowMs - this.#seenAtMs(session) < USER_IDLE_MS;
  }

  #seenAtMs({ id, seenAtMs }: StoredSession): number {
    return Math.max(seenAtMs, this.#seen.get(id) ?? 0);
  }
}

export function sessionTokenOf(request: Request): string | undefined {
  const header = request.headers.get('cookie') ?? '';
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === SESSION_COOKIE) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** `Set-Cookie` of a session; `maxAgeSeconds` 0 forgets it. Secure only over TLS: loopback is plain http. */
export function sessionCookie(token: string, maxAgeSeconds: number, isTls: boolean): string {
  const secure = isTls ? '; Secure' : '';
  return `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}
