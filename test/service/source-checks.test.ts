import { createSocket } from 'node:dgram';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTranslate } from '../../core/i18n/translate.ts';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { keyFileOf, openSecretBox } from '../../core/store/secret-box.ts';
import type { SourceRow } from '../../core/store/sources.ts';
import type { CommandContext } from '../../service/command.ts';
import { checkSecrets, checkSources } from '../../service/source-checks.ts';

let folder: string;
let context: CommandContext;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollbook-doctor-'));
  context = {
    t: createTranslate('en'),
    language: 'en',
    dataFolder: folder,
    isJson: false,
    print: () => undefined,
    remark: () => undefined,
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rowOf = (config: SourceConfig, isEnabled = true): SourceRow => ({
  id: 1,
  name: 'S',
  config,
  formatId: 'panasonic-a',
  formatOptions: {},
  isEnabled,
  isDemo: false,
  createdAtMs: 0,
  deletedAtMs: null,
});
const textsOf = async (config: SourceConfig, isRunning = false): Promise<string[]> =>
  (await checkSources(context, [rowOf(config)], isRunning)).map(({ state, text }) => `${state}: ${text}`);

const push = (port: number, certificatePath = ''): SourceConfig => ({
  kind: 'http-push',
  port,
  bindAddress: '0.0.0.0',
  allowedHosts: [],
  path: '/',
  auth: 'none',
  username: '',
  secret: '',
  maxBodyKib: 1,
  certificatePath,
  keyPath: '',
});

describe('what the doctor says of a source', () => {
  it('names a port that another program holds, unless it is the running service', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, () => resolve()));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    expect(await textsOf(push(port))).toEqual([
      `failed: source S: port ${port} is taken by another program. Stop that program or choose another port.`,
    ]);
    expect(await textsOf(push(port), true)).toEqual(['ok: source S: http-push']);
    await new Promise((resolve) => server.close(resolve));
    expect(await textsOf(push(port))).toEqual(['ok: source S: http-push']);
  });

  it('tells UDP ports from TCP ports', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, resolve));
    const { port } = socket.address();
    const udp = { kind: 'udp-listener', port, bindAddress: '0.0.0.0', allowedHosts: [] } as const;
    expect((await textsOf(udp))[0]).toMatch(/^failed: /);
    socket.close();
  });

  it('names folders and certificates that are not there, and a host key that nobody confirmed', async () => {
    const files = { patterns: [], isRecursive: false, order: 'name' } as const;
    const inbox = path.join(folder, 'in');
    const watched = {
      kind: 'folder',
      path: inbox,
      ...files,
      stableSeconds: 1,
      afterwards: 'move',
      doneFolder: 'd',
    } as const;
    expect((await textsOf(watched))[0]).toBe(
      `warning: source S: ${inbox} is not there or may not be used by this user.`,
    );
    mkdirSync(inbox);
    expect(await textsOf(watched)).toEqual(['ok: source S: folder']);
    expect((await textsOf(push(0, '/nowhere/cert.pem'), true))[0]).toContain('/nowhere/cert.pem');
    const access = { username: 'u', password: '', privateKey: '', passphrase: '', hostKey: '' };
    const pull = { kind: 'sftp-pull', host: 'h', port: 22, ...access, path: '/', ...files, pollSeconds: 60 } as const;
    expect((await textsOf(pull))[0]).toMatch(/^warning: .*host key is not confirmed/);
  });

  it('says whether the stored secrets can be opened', async () => {
    const ami = { kind: 'ami', host: 'h', port: 5038, username: 'u' } as const;
    expect(await checkSecrets(context, [rowOf({ ...ami, secret: '' })])).toEqual([]);
    const sealed = (await openSecretBox(folder, undefined)).seal('x');
    const rows = [rowOf({ ...ami, secret: sealed })];
    expect(await checkSecrets(context, rows)).toMatchObject([{ check: 'secrets', state: 'ok' }]);
    chmodSync(keyFileOf(folder), 0o644);
    const [finding] = await checkSecrets(context, rows);
    expect(finding?.state).toBe('failed');
    expect(finding?.text).toContain('chmod 600');
  });
});
