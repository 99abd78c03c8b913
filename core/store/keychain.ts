/** The operating system's keychain: Keychain on macOS, Credential Manager on Windows, the Secret Service on Linux. */
import { randomBytes } from 'node:crypto';

export interface Keychain {
  /** The key of this data folder, made if there is none; undefined where the keychain is missing, locked or silent. */
  key(folder: string): Promise<Buffer | undefined>;
}

/** The part of a keychain library that is used. */
export interface KeychainEntry {
  getPassword(signal?: AbortSignal): Promise<string | null | undefined>;
  setPassword(password: string, signal?: AbortSignal): Promise<unknown>;
}
export type OpenEntry = (service: string, account: string) => Promise<KeychainEntry>;

const SERVICE = 'Tollbook';
const KEY_BYTES = 32;
/** A locked keychain asks whoever sits at the screen; a service has nobody to ask. */
const TIMEOUT_MS = 3000;

/** `TOLLBOOK_KEYCHAIN=off` leaves the keychain alone: for a service that also runs where nobody is signed in. */
export function systemKeychain(env: NodeJS.ProcessEnv = process.env): Keychain | undefined {
  return env['TOLLBOOK_KEYCHAIN'] === 'off' ? undefined : keychainOf(openSystemEntry);
}

export function keychainOf(open: OpenEntry, timeoutMs = TIMEOUT_MS): Keychain {
  return {
    async key(folder) {
      const signal = AbortSignal.timeout(timeoutMs);
      const silence = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
      const asked = keyOf(open, folder, signal);
      // Whatever a keychain that was given up still says, nobody waits for it.
      asked.catch(() => undefined);
      try {
        return await Promise.race([asked, silence]);
      } catch {
        return undefined;
      }
    },
  };
}

async function keyOf(open: OpenEntry, folder: string, signal: AbortSignal): Promise<Buffer | undefined> {
  const entry = await open(SERVICE, folder);
  const known = await entry.getPassword(signal);
  if (known !== null && known !== undefined) return keyFrom(known);
  await entry.setPassword(randomBytes(KEY_BYTES).toString('hex'), signal);
  // Read back: a keychain that forgets is none.
  return keyFrom((await entry.getPassword(signal)) ?? '');
}

function keyFrom(hex: string): Buffer | undefined {
  const key = Buffer.from(hex, 'hex');
  return key.length === KEY_BYTES ? key : undefined;
}

async function openSystemEntry(service: string, account: string): Promise<KeychainEntry> {
  // Loaded only here: native code, and a system without it still has the key file.
  const { AsyncEntry } = await import('@napi-rs/keyring');
  // Without this, Linux would fall back on the kernel's key ring, which forgets at the next start of the computer.
  return new AsyncEntry(service, account, { linux: { store: 'secret-service' } });
}
