/**
 * Passwords as scrypt hashes that carry their parameters: `scrypt$<log2 N>$<r>$<p>$<salt>$<hash>`. The work is done by
 * Node's own threads, so that requests go on; few at once, because each takes memory.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../model/errors.ts';

export interface HashCost {
  /** N is two to the power of this. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and some tenths of a second. */
export const HASH_COST: HashCost = { logN: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MOST_AT_ONCE = 2;
const MOST_WAITING = 100;
const HASH = /^scrypt\$(\d{1,2})\$(\d{1,3})\$(\d{1,3})\$([\w-]{22})\$([\w-]{43})$/;

let running = 0;
const waiting: (() => void)[] = [];

async function turn(): Promise<void> {
  if (running < MOST_AT_ONCE) {
    running += 1;
    return;
  }
  if (waiting.length >= MOST_WAITING) throw new AppError('busy', { what: 'sign-in' });
  await new Promise<void>((resolve) => waiting.push(resolve));
}

function endTurn(): void {
  const next = waiting.shift();
  if (next === undefined) running -= 1;
  else next();
}

async function derive(password: string, salt: Buffer, { logN, r, p }: HashCost): Promise<Buffer> {
  const N = 2 ** logN;
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r + 128 * r * p + 1024 * 1024 };
  await turn();
  try {
    return await new Promise((resolve, reject) => {
      // The same letters can be typed in more than one form (ế as one or as three).
      scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) => {
        if (error === null) resolve(key);
        else reject(error);
      });
    });
  } finally {
    endTurn();
  }
}

export async function hashPassword(password: string, cost: HashCost = HASH_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, cost);
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

interface StoredHash {
  readonly cost: HashCost;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

function parse(text: string): StoredHash | undefined {
  const m = HASH.exec(text);
  if (m === null) return undefined;
  const cost = { logN: Number(m[1]), r: Number(m[2]), p: Number(m[3]) };
  return { cost, salt: Buffer.from(m[4] ?? '', 'base64url'), hash: Buffer.from(m[5] ?? '', 'base64url') };
}

const NOBODYS_SALT = randomBytes(SALT_BYTES);

/**
 * Whether the password belongs to the hash. Without a hash (nobody has that name, or the password is kept elsewhere) it
 * does the same work and says no, so that the time tells nothing.
 */
export async function isPassword(
  password: string,
  stored: string | null,
  cost: HashCost = HASH_COST,
): Promise<boolean> {
  const known = stored === null ? undefined : parse(stored);
  const derived = await derive(password, known?.salt ?? NOBODYS_SALT, known?.cost ?? cost);
  return known !== undefined && timingSafeEqual(derived, known.hash);
}

/** True for a hash made with other parameters than those of today. */
export function isOldHash(stored: string, cost: HashCost = HASH_COST): boolean {
  const known = parse(stored)?.cost;
  return known === undefined || known.logN !== cost.logN || known.r !== cost.r || known.p !== cost.p;
}
