import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SftpPullSource } from '../../core/collector/sources/sftp-pull.ts';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { Rig, silentHost, until } from './rig.ts';

type Pull = Extract<SourceConfig, { kind: 'sftp-pull' }>;

let rig: Rig;
let sshd: ChildProcess | undefined;
let port: number;
let files: string;
beforeEach(async () => {
  rig = new Rig();
  files = join(rig.folder, 'remote');
  mkdirSync(files);
  for (const name of ['host', 'user']) keygen(join(rig.folder, name));
  port = await freePort();
  await startServer();
});
afterEach(async () => {
  await stopServer();
  await rig.end();
});

function keygen(file: string): void {
  rmSync(file, { force: true });
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** A real OpenSSH server that lets in this account with the key made here. */
async function startServer(): Promise<void> {
  const config = join(rig.folder, 'sshd_config');
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(rig.folder, 'host')}`,
    `AuthorizedKeysFile ${join(rig.folder, 'user.pub')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    `PidFile ${join(rig.folder, 'sshd.pid')}`,
    'Subsystem sftp internal-sftp',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  // As a service it would be made by the system; as root sshd does not start without it.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], { stdio: 'ignore' });
  sshd = child;
  for (let n = 0; n < 200; n += 1) {
    const isUp = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isUp === true) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('sshd did not start');
}

/** The server and the processes that serve its connections, which it leaves alone. */
async function stopServer(): Promise<void> {
  const child = sshd;
  sshd = undefined;
  if (child?.pid === undefined) return;
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  for (const pid of children) process.kill(Number(pid), 'SIGTERM');
  await ended;
}

const fingerprint = (): string =>
  execFileSync('ssh-keygen', ['-l', '-f', join(rig.folder, 'host.pub')])
    .toString()
    .split(' ')[1] ?? '';

const config = (change: Partial<Pull> = {}): Pull => ({
  kind: 'sftp-pull',
  host: '127.0.0.1',
  port,
  username: userInfo().username,
  password: '',
  privateKey: readFileSync(join(rig.folder, 'user'), 'utf8'),
  passphrase: '',
  hostKey: fingerprint(),
  path: files,
  patterns: [],
  isRecursive: false,
  order: 'name',
  pollSeconds: 1,
  ...change,
});

/** Long unchanged, as far as its time says. */
const put = (name: string, content: string | Buffer, at = 1_700_000_000): void => {
  writeFileSync(join(files, name), content);
  utimesSync(join(files, name), at, at);
};

describe('files fetched over SFTP', () => {
  it('are read in order, once each, packed ones too, and stay on the server', async () => {
    put('b.csv', 'b1\n');
    put('a.csv', 'a1\na2\n');
    put('c.csv.gz', gzipSync('c1\n'));
    mkdirSync(join(files, 'sub'));
    put('sub/d.csv', 'd1\n');
    await rig.configure([config()]);
    await until(() => rig.text() === 'a1\na2\nb1\nc1\n');
    expect(rig.status()).toMatchObject({ state: 'open', problem: null, connections: 1, hostKey: fingerprint() });
    put('e.csv', 'e1\n');
    await until(() => rig.text().endsWith('e1\n'));
    await rig.restart();
    put('f.csv', 'f1\n');
    await rig.configure([config({ isRecursive: true, patterns: ['*.csv'] })]);
    await until(() => rig.text().endsWith('f1\nd1\n'));
    expect(rig.text()).toBe('a1\na2\nb1\nc1\ne1\nf1\nd1\n');
    expect(readdirSync(files).sort()).toEqual(['a.csv', 'b.csv', 'c.csv.gz', 'e.csv', 'f.csv', 'sub']);
    await until(() => readdirSync(join(rig.folder, 'sources', '1', 'incoming')).length === 0);
  });

  it('are read on when they grew', async () => {
    put('day.csv', 'one\n');
    await rig.configure([config()]);
    await until(() => rig.text() === 'one\n');
    appendFileSync(join(files, 'day.csv'), 'two\n');
    utimesSync(join(files, 'day.csv'), 1_700_000_100, 1_700_000_100);
    await until(() => rig.text() === 'one\ntwo\n');
    expect(rig.reader.streams(1)).toHaveLength(1);
  });

  it('are not read before the host key was confirmed; it is shown', async () => {
    put('a.csv', 'a1\n');
    await rig.configure([config({ hostKey: '' })]);
    await until(() => rig.status()?.problem?.code === 'host-key-unknown');
    expect(rig.status()).toMatchObject({
      state: 'failed',
      hostKey: fingerprint(),
      problem: { values: { host: '127.0.0.1', fingerprint: fingerprint() } },
    });
    expect(rig.text()).toBe('');
    await rig.configure([config()]);
    await until(() => rig.text() === 'a1\n');
  });

  it('are not read from a server with another key', async () => {
    put('a.csv', 'a1\n');
    const confirmed = config();
    await stopServer();
    keygen(join(rig.folder, 'host'));
    await startServer();
    await rig.configure([confirmed]);
    await until(() => rig.status()?.problem?.code === 'host-key-changed');
    expect(rig.status()?.problem?.values).toEqual({ host: '127.0.0.1', fingerprint: fingerprint() });
    expect(rig.text()).toBe('');
  });

  it('go on after the server was gone', async () => {
    put('a.csv', 'a1\n');
    await rig.configure([config()]);
    await until(() => rig.text() === 'a1\n');
    await stopServer();
    await until(() => rig.status()?.state !== 'open');
    await until(() => rig.status()?.problem?.code === 'host-refused');
    put('b.csv', 'b1\n');
    await startServer();
    await until(() => rig.text() === 'a1\nb1\n', 15_000);
  });

  it('say that the login was refused, that a key is none, and that a folder is missing', async () => {
    const other = join(rig.folder, 'other');
    keygen(other);
    const broken = '-----BEGIN OPENSSH PRIVATE KEY-----\nnonsense\n-----END OPENSSH PRIVATE KEY-----\n';
    await rig.configure([
      config({ privateKey: readFileSync(other, 'utf8') }),
      config({ privateKey: broken }),
      config({ path: join(files, 'not', 'there') }),
    ]);
    await until(() => rig.status(1)?.problem?.code === 'login-rejected');
    await until(() => rig.status(2)?.problem?.code === 'key-unusable');
    await until(() => rig.status(3)?.problem?.code === 'folder-not-found');
    expect(rig.status(3)?.state).toBe('waiting');
    mkdirSync(join(files, 'not'));
    renameSync(join(files, 'not'), join(files, 'not.'));
    mkdirSync(join(files, 'not', 'there'), { recursive: true });
    put('not/there/a.csv', 'a1\n');
    await until(() => rig.text(3) === 'a1\n');
    expect(JSON.stringify(rig.events)).not.toContain('PRIVATE KEY');
  });

  it('are not waited for when nothing answers at all', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()));
    const address = silent.address();
    const at = address !== null && typeof address === 'object' ? address.port : 0;
    const source = new SftpPullSource(silentHost({ folder: rig.folder }), config({ port: at }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await source.close('stopped');
    silent.close();
  });
});
