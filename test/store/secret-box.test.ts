import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mapSecrets } from '../../core/model/source-secrets.ts';
import { openDatabase } from '../../core/store/database.ts';
import { type KeychainEntry, keychainOf, systemKeychain } from '../../core/store/keychain.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { isSealed, keyFileOf, openSecretBox } from '../../core/store/secret-box.ts';
import { SourceStore } from '../../core/store/sources.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tollbook-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A keychain in memory: what it holds, by account. */
const keychain = (entries: Map<string, string>, change: Partial<KeychainEntry> = {}) =>
  keychainOf(
    async (service, account) => ({
      getPassword: async () => entries.get(`${service} ${account}`) ?? null,
      setPassword: async (password) => void entries.set(`${service} ${account}`, password),
      ...change,
    }),
    50,
  );

describe('secrets without a keychain', () => {
  it('are sealed with a key that only this account can read, and opened again after a restart', async () => {
    const box = await openSecretBox(folder, undefined);
    expect(box.place).toBe('key-file');
    const sealed = box.seal('mật khẩu');
    expect(sealed).not.toContain('mật');
    expect(isSealed(sealed)).toBe(true);
    expect(statSync(keyFileOf(folder)).mode & 0o777).toBe(0o600);
    const again = await openSecretBox(folder, undefined);
    expect(again.problem).toBeNull();
    expect(again.open(sealed)).toBe('mật khẩu');
  });

  it('never look the same twice, and stay what they are when they are sealed again', async () => {
    const box = await openSecretBox(folder, undefined);
    expect(box.seal('a')).not.toBe(box.seal('a'));
    const sealed = box.seal('a');
    expect(box.seal(sealed)).toBe(sealed);
    expect(box.seal('')).toBe('');
    expect(box.open('in the clear')).toBe('in the clear');
  });

  it.each([0o640, 0o604, 0o660])('are refused when others can read the key (mode %o)', async (mode) => {
    const sealed = (await openSecretBox(folder, undefined)).seal('a');
    chmodSync(keyFileOf(folder), mode);
    const box = await openSecretBox(folder, undefined);
    expect(box.problem).toMatchObject({ code: 'key-file-open', values: { path: keyFileOf(folder) } });
    expect(() => box.open(sealed)).toThrow(expect.objectContaining({ code: 'key-file-open' }));
    expect(() => box.seal('b')).toThrow(expect.objectContaining({ code: 'key-file-open' }));
    chmodSync(keyFileOf(folder), 0o600);
    expect(box.open(sealed)).toBe('a');
  });

  it('are refused when the key is a link to some other file', async () => {
    const other = join(folder, 'other');
    writeFileSync(other, 'a'.repeat(64), { mode: 0o600 });
    symlinkSync(other, keyFileOf(folder));
    expect((await openSecretBox(folder, undefined)).problem?.code).toBe('key-file-open');
  });

  it('cannot be opened with another key, nor when a byte of them was changed', async () => {
    const box = await openSecretBox(folder, undefined);
    const sealed = box.seal('a secret');
    const changed = `${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}`;
    expect(() => box.open(changed)).toThrow(expect.objectContaining({ code: 'secret-unreadable' }));
    rmSync(keyFileOf(folder));
    const other = await openSecretBox(folder, undefined);
    // Looking makes no key: the right one can still be put back.
    expect(() => other.open(sealed)).toThrow(expect.objectContaining({ code: 'secret-unreadable' }));
    expect(existsSync(keyFileOf(folder))).toBe(false);
    other.seal('another secret');
    expect(() => other.open(sealed)).toThrow(expect.objectContaining({ code: 'secret-unreadable' }));
  });
});

it('a key that could not be made leaves nothing half-made behind', async () => {
  const box = await openSecretBox(join(folder, 'missing'), undefined);
  expect(() => box.seal('a')).toThrow(expect.objectContaining({ code: 'disk-read-only' }));
  mkdirSync(join(folder, 'missing'));
  // Left by a program that was killed in the middle.
  writeFileSync(`${keyFileOf(join(folder, 'missing'))}.new`, 'half');
  expect(box.open(box.seal('a'))).toBe('a');
  expect(readdirSync(join(folder, 'missing'))).toEqual(['secrets.key']);
});

describe('secrets with a keychain', () => {
  it('have their key there and nowhere else, one for each data folder', async () => {
    const entries = new Map<string, string>();
    const box = await openSecretBox(folder, keychain(entries));
    expect(box.place).toBe('keychain');
    const sealed = box.seal('a secret');
    expect([...entries.keys()]).toEqual([`Tollbook ${folder}`]);
    expect((await openSecretBox(folder, keychain(entries))).open(sealed)).toBe('a secret');
    expect(() => statSync(keyFileOf(folder))).toThrow(/ENOENT/);
  });

  it.each([
    ['missing', { getPassword: () => Promise.reject(new Error('no service')) }],
    ['silent', { getPassword: () => new Promise<string>(() => undefined) }],
    ['forgetful', { setPassword: async () => undefined }],
  ] as const)('use the key file when it is %s', async (_what, change) => {
    const box = await openSecretBox(folder, keychain(new Map(), change));
    expect(box.place).toBe('key-file');
    expect(box.open(box.seal('a'))).toBe('a');
  });

  it('say so when they were sealed with a keychain that is gone, and those of the file still open', async () => {
    const ofFile = (await openSecretBox(folder, undefined)).seal('file');
    const entries = new Map<string, string>();
    const both = await openSecretBox(folder, keychain(entries));
    const ofKeychain = both.seal('keychain');
    expect(both.open(ofFile)).toBe('file');
    const box = await openSecretBox(folder, undefined);
    expect(() => box.open(ofKeychain)).toThrow(
      expect.objectContaining({ code: 'secret-unreadable', values: { detail: 'keychain' } }),
    );
    expect(box.open(ofFile)).toBe('file');
  });

  it('leave it alone when they are told to', () => {
    expect(systemKeychain({ TOLLBOOK_KEYCHAIN: 'off' })).toBeUndefined();
    expect(systemKeychain({})).toBeDefined();
  });
});

describe('secrets that an earlier version stored in the clear', () => {
  it('are sealed once, and forgotten where their source was removed; the files do not hold them any more', async () => {
    const file = join(folder, 'tollbook.db');
    const db = openDatabase({ path: file, migrations: databaseMigrations, now: () => 0 });
    const sources = new SourceStore(db);
    const common = { formatId: 'panasonic-a', formatOptions: {}, isEnabled: true };
    const ami = { kind: 'ami', host: 'pbx', port: 5038, username: 'u', secret: 'PLAIN-AMI-SECRET' } as const;
    const login = [
      { expect: '-', send: 'SMDR', isSecret: false },
      { expect: 'Password:', send: 'PLAIN-PASSWORD', isSecret: true },
    ];
    const tcp = { kind: 'tcp-client', host: 'h', port: 1, login, loginRejected: '', keepAliveSeconds: 0 } as const;
    const kept = sources.add({ ...common, name: 'a', config: ami }, 0);
    const removed = sources.add({ ...common, name: 'b', config: tcp }, 0);
    const other = sources.add({ ...common, name: 'c', config: tcp }, 0);
    sources.remove(removed.id, 0);
    expect(JSON.stringify(sources.get(removed.id))).not.toContain('PLAIN');
    db.prepare('UPDATE sources SET config = ? WHERE id = ?').run(JSON.stringify(tcp), removed.id);

    const box = await openSecretBox(folder, undefined);
    expect(sources.sealSecrets((text) => box.seal(text))).toBe(3);
    expect(sources.sealSecrets((text) => box.seal(text))).toBe(0);
    expect(JSON.stringify(sources.listAll())).not.toContain('PLAIN');
    const opened = (id: number) => {
      const row = sources.get(id);
      return row === undefined ? undefined : mapSecrets(row.config, (text) => box.open(text));
    };
    expect(opened(kept.id)).toEqual(ami);
    expect(opened(other.id)).toEqual(tcp);
    db.close();
    expect(readFileSync(file).includes('PLAIN-')).toBe(false);
  });
});
