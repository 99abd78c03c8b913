/** Tokens of links by which statements are answered: 32 random bytes, of which the store sees the SHA-256 only. */
import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function newLinkToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** undefined: no link ever had such a token. */
export function hashOfLink(token: string): string | undefined {
  return TOKEN.test(token) ? createHash('sha256').update(token).digest('hex') : undefined;
}

/** The token stands behind the `#`, which browsers send to nobody. */
export function linkAddress(base: string, token: string): string {
  return `${base.replace(/\/+$/, '')}/acknowledge#${token}`;
}
