/**
 * Passwords and keys of sources, sealed before they are stored: AES-256-GCM with one key per data folder. The key lies in
 * the operating system's keychain where there is one, otherwise in a file that only this account can read. A sealed text
 * says which of the two it needs, so that either can be missing without the other's secrets being lost.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { AppError } from '../model/errors.ts';
import type { Keychain } from './keychain.ts';

export type SecretPlace = 'keychain' | 'key-file';

export interface SecretBox {
  /** Where the key is that new secrets are sealed with. */
  readonly place: SecretPlace;
  /** Why nothing can be sealed or opened just now. */
  readonly problem: AppError | null;
  /** An empty or already sealed text stays as it is. Throws AppError `key-file-open` or `disk-read-only`. */
  seal(text: string): string;
  /** A text that is not sealed stays as it is. Throws AppError `secret-unreadable` or `key-file-open`. */
  open(text: string): string;
}

const KEY_BYTES = 32;
const KEY_FILE = 'secrets.key';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';
const SEALED = /^sealed:(k|f):([\w+/=]+)$/;
const CODE = { keychain: 'k', 'key-file': 'f' } as const;

export function isSealed(text: string): boolean {
  return SEALED.test(text);
}

export function keyFileOf(folder: string): string {
  return path.join(folder, KEY_FILE);
}

/** Asks the keychain once; where it is missing, locked or silent, the file is used. */
export async function openSecretBox(folder: string, keychain: Keychain | undefined): Promise<SecretBox> {
  return new KeyedBox(folder, await keychain?.key(folder));
}

class KeyedBox implements SecretBox {
  readonly place: SecretPlace;
  readonly #folder: string;
  readonly #keychainKey: Buffer | undefined;
  #fileKey: Buffer | undefined;
  #problem: AppError | null = null;

  constructor(folder: string, keychainKey: Buffer | undefined) {
    this.#folder = folder;
    this.#keychainKey = keychainKey;
    this.place = keychainKey === undefined ? 'key-file' : 'keychain';
    // Told at the start and not only when a secret is needed.
    if (existsSync(keyFileOf(folder))) this.#tryFileKey();
  }

  get problem(): AppError | null {
    return this.#problem;
  }

  seal(text: string): string {
    if (text === '' || isSealed(text)) return text;
    const key = this.#keychainKey ?? this.#keyOfFile();
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce);
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `sealed:${CODE[this.place]}:${sealed.toString('base64')}`;
  }

  open(text: string): string {
    const [, code, base64 = ''] = SEALED.exec(text) ?? [];
    if (code === undefined) return text;
    const isInKeychain = code === CODE.keychain;
    const key = isInKeychain ? this.#keychainKey : this.#knownKeyOfFile();
    if (key === undefined) throw new AppError('secret-unreadable', { detail: isInKeychain ? 'keychain' : KEY_FILE });
    const sealed = Buffer.from(base64, 'base64');
    try {
      const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const bytes = sealed.subarray(NONCE_BYTES, -TAG_BYTES);
      return Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8');
    } catch (error) {
      throw new AppError('secret-unreadable', { detail: isInKeychain ? 'keychain' : KEY_FILE }, error);
    }
  }

  #tryFileKey(): void {
    try {
      this.#keyOfFile();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#problem = error;
    }
  }

  #keyOfFile(): Buffer {
    if (!existsSync(keyFileOf(this.#folder))) makeKey(keyFileOf(this.#folder));
    this.#fileKey ??= readKey(keyFileOf(this.#folder));
    return this.#fileKey;
  }

  /** A new key opens nothing, and would stand in the way of the old one when that is put back. */
  #knownKeyOfFile(): Buffer | undefined {
    return this.#fileKey ?? (existsSync(keyFileOf(this.#folder)) ? this.#keyOfFile() : undefined);
  }
}

/** Whole and on the disk before it has its name: a key that is cut would make everything sealed with it unreadable. */
function makeKey(file: string): void {
  const unfinished = `${file}.new`;
  try {
    rmSync(unfinished, { force: true });
    const handle = openSync(unfinished, 'wx', 0o600);
    try {
      // The mode of a new file is cut by the umask only; this makes it what it must be.
      chmodSync(unfinished, 0o600);
      writeSync(handle, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw new AppError(isFull ? 'disk-full' : 'disk-read-only', { path: file }, error);
  }
}

function readKey(file: string): Buffer {
  const stats = lstatSync(file);
  // Windows has no such modes; there the folder belongs to the account's own profile.
  const isForeign = process.getuid !== undefined && stats.uid !== process.getuid();
  const isReadable = process.platform !== 'win32' && (stats.mode & 0o077) !== 0;
  if (!stats.isFile() || isForeign || isReadable) throw new AppError('key-file-open', { path: file });
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== KEY_BYTES) throw new AppError('secret-unreadable', { detail: path.basename(file) });
  return key;
}
