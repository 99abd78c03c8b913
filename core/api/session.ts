/** From a one-time link to a session cookie. A token is 32 random bytes; the store sees its SHA-256 only. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Sessions } from '../store/sessions.ts';

const LINK_LIFE_MS = 5 * 60_000;
const SESSION_LIFE_MS = 30 * 24 * 3600_000;
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export const SESSION_COOKIE = 'tollbook';

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The token of a fresh link, good once within five minutes: `<origin>/enter#<token>`. */
export function issueLinkToken(sessions: Sessions, nowMs: number): string {
  sessions.removeExpired(nowMs);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  sessions.add({ tokenHash: hashOf(token), kind: 'link', createdAtMs: nowMs, expiresAtMs: nowMs + LINK_LIFE_MS });
  return token;
}

export interface NewSession {
  readonly cookieToken: string;
  readonly expiresAtMs: number;
}

/** Uses up a link; undefined when it is unknown, used or too old. */
export function redeemLinkToken(sessions: Sessions, token: string, nowMs: number): NewSession | undefined {
  if (!TOKEN.test(token)) return undefined;
  const hash = hashOf(token);
  const link = sessions.takeLink(hash, nowMs);
  if (link === undefined || !isSame(link.tokenHash, hash)) return undefined;
  const cookieToken = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAtMs = nowMs + SESSION_LIFE_MS;
  sessions.add({ tokenHash: hashOf(cookieToken), kind: 'session', createdAtMs: nowMs, expiresAtMs });
  return { cookieToken, expiresAtMs };
}

/** True while the cookie names a session that has not ended. */
export function isSessionToken(sessions: Sessions, token: string | undefined, nowMs: number): boolean {
  if (token === undefined || !TOKEN.test(token)) return false;
  const hash = hashOf(token);
  const session = sessions.find(hash, nowMs);
  return session !== undefined && isSame(session.tokenHash, hash);
}

export function endSession(sessions: Sessions, token: string): void {
  sessions.remove(hashOf(token));
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
