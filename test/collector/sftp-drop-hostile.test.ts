import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, connect as dial, type Socket } from 'node:net';
import { join } from 'node:path';
import ssh2, { type Client, type SFTPWrapper } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureProblem } from '../../core/collector/control.ts';
import { SftpDropSource } from '../../core/collector/sources/sftp-drop.ts';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { Rig, silentHost, until } from './rig.ts';

type Drop = Extract<SourceConfig, { kind: 'sftp-drop' }>;

let rig: Rig;
const clients: Client[] = [];
const sockets: Socket[] = [];
beforeEach(() => {
  rig = new Rig();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const socket of sockets.splice(0)) socket.destroy();
  await rig.end();
});

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
};

const config = (port: number): Drop => ({
  kind: 'sftp-drop',
  port,
  bindAddress: '127.0.0.1',
  allowedHosts: [],
  username: 'cucm',
  password: 'drop-password',
  publicKey: '',
  maxFileMib: 10,
});

const open = async (): Promise<Drop> => {
  const drop = config(await freePort());
  await rig.configure([drop]);
  await until(() => rig.status()?.state === 'open');
  return drop;
};

const connect = async (port: number): Promise<SFTPWrapper> => {
  const client = new ssh2.Client();
  clients.push(client);
  return await new Promise((resolve, reject) => {
    client.on('error', reject);
    client.on('ready', () => client.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error))));
    client.connect({ host: '127.0.0.1', port, username: 'cucm', password: 'drop-password' });
  });
};

/** Never closes by itself, even when the other side does. */
const hang = (port: number, says: string): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = dial({ port, host: '127.0.0.1', allowHalfOpen: true }, () => resolve(socket));
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    if (says !== '') socket.write(says);
  });

const call = <T>(work: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    work((error, value) => (error === undefined || error === null ? resolve(value) : reject(error)));
  });
const write = (sftp: SFTPWrapper, handle: Buffer, text: string, at: number): Promise<void> =>
  call((done) => sftp.write(handle, Buffer.from(text), 0, text.length, at, (error) => done(error, undefined)));
const close = (sftp: SFTPWrapper, handle: Buffer): Promise<void> =>
  call((done) => sftp.close(handle, (error) => done(error, undefined)));
const put = (sftp: SFTPWrapper, name: string, text: string): Promise<void> =>
  call((done) => sftp.writeFile(name, text, (error) => done(error, undefined)));

describe('an SFTP drop folder among clients that misbehave', () => {
  it('lets go of clients that never log in, whether they say nothing or only their name', async () => {
    let port = 0;
    let connections = 0;
    const notes: (CaptureProblem | null)[] = [];
    const source = new SftpDropSource(
      silentHost({
        folder: join(rig.folder, 'alone'),
        connections: (count) => {
          connections = count;
        },
        note: (problem) => void notes.push(problem),
      }),
      config(await freePort()),
      { loginTimeoutMs: 400, onListening: (bound) => (port = bound) },
    );
    await until(() => port > 0);
    for (let n = 0; n < 12; n += 1) await hang(port, n % 2 === 0 ? '' : 'SSH-2.0-nobody\r\n');
    await until(() => notes.some((note) => note?.code === 'too-many-connections'));
    expect(connections).toBeLessThanOrEqual(8);
    await until(() => connections === 0);
    await put(await connect(port), 'cdr.csv', 'call 1\n');
    await source.close('stopped');
  });

  it('stops at once though clients hold their connections', async () => {
    const drop = await open();
    await hang(drop.port, '');
    await hang(drop.port, 'SSH-2.0-nobody\r\n');
    await connect(drop.port);
    await until(() => rig.status()?.connections === 3);
    await rig.configure([]);
    expect(rig.capture.journal.unclosedStreams(1)).toEqual([]);
  });

  it('keeps the newer of two uploads of one name whole, and refuses the older', async () => {
    const drop = await open();
    const first = await connect(drop.port);
    const second = await connect(drop.port);
    const older = await call<Buffer>((done) => first.open('cdr.csv', 'w', done));
    await write(first, older, 'old half\n', 0);
    const newer = await call<Buffer>((done) => second.open('cdr.csv', 'w', done));
    await expect(write(first, older, 'old rest\n', 9)).rejects.toThrow(/denied/i);
    await write(second, newer, 'new call\n', 0);
    await expect(close(first, older)).rejects.toThrow(/denied/i);
    await close(second, newer);
    await until(() => rig.text() === 'new call\n');
    expect(readdirSync(join(rig.folder, 'sources', '1', 'inbox'))).toEqual(['cdr.csv']);
  });

  it('puts no file in the place of a folder', async () => {
    const sftp = await connect((await open()).port);
    await put(sftp, 'day/cdr.csv', 'call 1\n');
    await expect(put(sftp, 'day', 'call 2\n')).rejects.toThrow();
    await until(() => rig.status()?.problem?.code === 'upload-not-allowed');
    await until(() => rig.text() === 'call 1\n');
    expect(readdirSync(join(rig.folder, 'sources', '1', 'inbox'))).toEqual(['day']);
  });

  it('lists a day of files to the OpenSSH client', async () => {
    const drop = await open();
    const folder = join(rig.folder, 'sources', '1', 'inbox', 'sub');
    mkdirSync(folder);
    const names = Array.from({ length: 1500 }, (_, n) => `cdr_StandAloneCluster_01_202611232232_${10_000 + n}.tmp`);
    for (const name of names) writeFileSync(join(folder, name), '');
    const options = ['-oStrictHostKeyChecking=no', '-oUserKnownHostsFile=/dev/null', '-oBatchMode=no', '-b', '-'];
    const child = spawn('sftp', [...options, '-P', String(drop.port), 'cucm@127.0.0.1'], {
      env: { ...process.env, SSH_ASKPASS_REQUIRE: 'force', SSH_ASKPASS: askpass(drop.password) },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += String(bytes)));
    child.stdin.end('ls -1 sub\n');
    await new Promise((resolve) => child.once('close', resolve));
    expect(names.filter((name) => said.includes(name)).length, said.slice(0, 300)).toBe(1500);
  });
});

function askpass(password: string): string {
  const file = join(rig.folder, 'askpass');
  writeFileSync(file, `#!/bin/sh\necho '${password}'\n`, { mode: 0o700 });
  return file;
}
