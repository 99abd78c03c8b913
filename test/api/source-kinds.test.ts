import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type Client, ProblemError } from '../../core/api/client.ts';
import type { SourceInput } from '../../core/api/contract.ts';
import { applySources } from '../../core/api/parts.ts';
import { AppError } from '../../core/model/errors.ts';
import { openSecretBox, type SecretBox } from '../../core/store/secret-box.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { openRig, type Rig } from './rig.ts';

type Input = z.input<typeof SourceInput>;
type Config = Input['config'];

let rig: Rig;
let client: Client;
let box: SecretBox;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollbook-kinds-'));
  box = await openSecretBox(folder, undefined);
  rig = openRig({ secretBox: box });
  client = await rig.client('en');
});
afterEach(async () => {
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
});

const PULL = { kind: 'sftp-pull', host: 'files', username: 'u', password: 'SECRET-1', path: '/cdr' } as const;
const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nSECRET-2\n-----END OPENSSH PRIVATE KEY-----\n';
/** Each kind with every secret that it can have. */
const CONFIGS: readonly Config[] = [
  { kind: 'nec-link', host: '192.0.2.5' },
  { kind: 'mitel-5000-link', host: '192.0.2.6', password: 'SECRET-0' },
  { kind: 'http-push', path: '/cdr', auth: 'bearer', secret: 'SECRET-0' },
  { kind: 'udp-listener' },
  { kind: 'folder', path: '/srv/cdr', patterns: ['*.csv'] },
  { ...PULL, privateKey: KEY, passphrase: 'SECRET-3' },
  { kind: 'sftp-drop', username: 'cucm', password: 'SECRET-0' },
  {
    kind: 'database',
    engine: 'postgresql',
    host: 'db',
    port: 5432,
    database: 'asteriskcdrdb',
    username: 'reader',
    password: 'SECRET-0',
    table: 'public.cdr',
    keyColumn: 'calldate',
  },
];

const inputOf = (config: Config): Input => ({ name: config.kind, config, formatId: 'panasonic-a' });

async function fieldsOf(config: Config): Promise<Record<string, string>> {
  try {
    await client.call('addSource', { body: inputOf(config) });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return Object.fromEntries((error.problem.fields ?? []).map(({ path: at, message }) => [at, message]));
  }
  throw new Error('was not refused');
}

describe('sources of every kind', () => {
  it.each(CONFIGS)(
    'are stored with their secrets sealed, shown masked, and handed on in the clear ($kind)',
    async (config) => {
      const added = await client.call('addSource', { body: inputOf(config) });
      expect(JSON.stringify(added)).not.toContain('SECRET');
      expect(JSON.stringify(await client.call('listSources'))).not.toContain('SECRET');
      expect(JSON.stringify(new SourceStore(rig.deps.db).list())).not.toContain('SECRET');
      const handed = rig.capture.configured.find((source) => source.id === added.id);
      expect(handed).toMatchObject({ config, isEnabled: true });
      // The masks sent back keep what is stored.
      await client.call('changeSource', {
        params: { id: added.id },
        body: { ...inputOf(added.config), name: 'renamed' },
      });
      expect(rig.capture.configured.find((source) => source.id === added.id)).toMatchObject({ config });
      expect(rig.logged.join()).not.toContain('SECRET');
    },
  );

  it('leave no secret in the files of the database', async () => {
    for (const config of CONFIGS) await client.call('addSource', { body: inputOf(config) });
    const file = rig.deps.db.name;
    for (const name of [file, `${file}-wal`]) expect(readFileSync(name).includes('SECRET-')).toBe(false);
    expect(path.dirname(file)).toBe(rig.deps.dataFolder);
  });

  it('say which field cannot be accepted, in words', async () => {
    expect(await fieldsOf({ kind: 'http-push', path: 'cdr' })).toHaveProperty(['config.path']);
    expect(await fieldsOf({ kind: 'http-push', auth: 'basic' })).toEqual({ 'config.secret': 'Enter a value.' });
    expect(await fieldsOf({ kind: 'folder', path: '/srv', doneFolder: '../done' })).toHaveProperty([
      'config.doneFolder',
    ]);
    expect(await fieldsOf({ ...PULL, password: '' })).toHaveProperty(['config.password']);
    expect(await fieldsOf({ ...PULL, hostKey: 'MD5:00' })).toHaveProperty(['config.hostKey']);
    expect(await fieldsOf({ kind: 'sftp-drop', username: 'u' })).toHaveProperty(['config.password']);
    expect(await fieldsOf({ kind: 'mitel-5000-link', host: 'h', password: 'x'.repeat(16) })).toHaveProperty([
      'config.password',
    ]);
    for (const host of ['999.1.1.1', '10.0.0.1/99', ':::::', '10.0.0.1/', 'pbx.example'])
      expect(await fieldsOf({ kind: 'udp-listener', allowedHosts: [host] }), host).toHaveProperty([
        'config.allowedHosts.0',
      ]);
    expect(await fieldsOf({ kind: 'udp-listener', bindAddress: 'hello world' })).toHaveProperty(['config.bindAddress']);
    // A private key would be stored, and shown again, in the clear.
    expect(await fieldsOf({ kind: 'sftp-drop', username: 'u', publicKey: KEY })).toHaveProperty(['config.publicKey']);
    const database = CONFIGS.find((config) => config.kind === 'database');
    if (database?.kind !== 'database') throw new Error('no database');
    expect(await fieldsOf({ ...database, table: 'cdr; DROP TABLE cdr' })).toHaveProperty(['config.table']);
    expect(await fieldsOf({ ...database, keyColumn: 'a b' })).toHaveProperty(['config.keyColumn']);
  });

  it('take addresses and blocks of both versions, and public keys of the usual kinds', async () => {
    const allowedHosts = ['10.0.0.5', '192.168.0.0/16', '2001:db8::5', 'fe80::/10', '::ffff:10.0.0.5', '0.0.0.0/0'];
    const input = inputOf({ kind: 'udp-listener', bindAddress: '::', allowedHosts });
    expect((await client.call('addSource', { body: input })).config).toMatchObject({ allowedHosts });
    for (const publicKey of [
      'ssh-ed25519 AAAAC3Nz name of the PBX',
      'ecdsa-sha2-nistp256 AAAA==',
      'ssh-rsa AAAAB3==',
    ]) {
      const drop = inputOf({ kind: 'sftp-drop', username: 'u', publicKey });
      expect((await client.call('addSource', { body: { ...drop, name: publicKey } })).config).toMatchObject({
        publicKey,
      });
    }
  });

  it('stay closed, and say why, when their secret cannot be opened; the others go on', async () => {
    await client.call('addSource', { body: inputOf({ kind: 'nec-link', host: 'h' }) });
    await client.call('addSource', { body: inputOf(PULL) });
    const broken: SecretBox = {
      place: 'keychain',
      problem: null,
      seal: (text) => text,
      open: (text) => {
        if (text.startsWith('sealed:')) throw new AppError('secret-unreadable', { detail: 'keychain' });
        return text;
      },
    };
    await applySources({ ...rig.deps, secretBox: broken });
    const [nec, pull] = rig.capture.configured;
    expect(nec).not.toHaveProperty('refusal');
    expect(pull?.refusal).toEqual({ code: 'secret-unreadable', values: { detail: 'keychain' } });
  });

  it('tell where the key of the secrets is', async () => {
    expect((await client.call('getSystem')).secretPlace).toBe('key-file');
  });
});
