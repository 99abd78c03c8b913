import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import ssh2, { type Client, type SFTPWrapper } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { Rig, until } from './rig.ts';

type Drop = Extract<SourceConfig, { kind: 'sftp-drop' }>;

let rig: Rig;
const clients: Client[] = [];
beforeEach(() => {
  rig = new Rig();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await rig.end();
});

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
};

const open = async (change: Partial<Drop> = {}): Promise<Drop> => {
  const drop: Drop = {
    kind: 'sftp-drop',
    port: await freePort(),
    bindAddress: '127.0.0.1',
    allowedHosts: [],
    username: 'cucm',
    password: 'drop-password',
    publicKey: '',
    maxFileMib: 10,
    ...change,
  };
  await rig.configure([drop]);
  await until(() => rig.status()?.state === 'open');
  return drop;
};

const connect = async (drop: Drop, password = drop.password): Promise<SFTPWrapper> => {
  const client = new ssh2.Client();
  clients.push(client);
  return await new Promise((resolve, reject) => {
    client.on('error', reject);
    client.on('close', () => reject(new Error('closed')));
    client.on('ready', () => client.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error))));
    client.connect({ host: '127.0.0.1', port: drop.port, username: drop.username, password });
  });
};

const call = <T>(work: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    work((error, value) => (error === undefined || error === null ? resolve(value) : reject(error)));
  });
const put = (sftp: SFTPWrapper, name: string, text: string): Promise<void> =>
  call((done) => sftp.writeFile(name, text, (error) => done(error, undefined)));
const notes = (): string[] =>
  rig.events.flatMap((event) =>
    event.type === 'status' && event.status.problem !== null ? [event.status.problem.code] : [],
  );
const inbox = (): string => join(rig.folder, 'sources', '1', 'inbox');

describe('an SFTP drop folder', () => {
  it('takes the upload of the OpenSSH client, shows its fingerprint, and keeps its host key', async () => {
    const key = join(rig.folder, 'id');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const drop = await open({ publicKey: readFileSync(`${key}.pub`, 'utf8').trim(), password: '' });
    const file = join(rig.folder, 'cdr_StandAloneCluster_01_202611231015_1');
    writeFileSync(file, '"heading"\n"call 1"\n');
    chmodSync(key, 0o600);
    const upload = async (): Promise<string> =>
      await new Promise((resolve) => {
        const options = ['-oStrictHostKeyChecking=no', `-oUserKnownHostsFile=${join(rig.folder, 'known')}`, '-b', '-'];
        const child = spawn('sftp', ['-i', key, '-P', String(drop.port), ...options, 'cucm@127.0.0.1']);
        let said = '';
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += String(bytes)));
        child.stdin.end(`put ${file}\nls -l\npwd\n`);
        child.once('close', (code) => resolve(`${code} ${said}`));
      });
    expect(await upload()).toMatch(/^0 [\s\S]*cdr_StandAloneCluster/);
    await until(() => rig.text() === '"heading"\n"call 1"\n');
    expect(rig.reader.streams(1)[0]?.closeReason).toBeNull();
    const known = execFileSync('ssh-keygen', ['-l', '-f', join(rig.folder, 'known')]).toString();
    expect(known).toContain(rig.status()?.hostKey);
    expect(statSync(join(rig.folder, 'sources', '1', 'host-key')).mode & 0o777).toBe(0o600);
    const { hostKey } = rig.status() ?? {};
    await rig.restart();
    await rig.configure([drop]);
    await until(() => rig.status()?.state === 'open');
    expect(rig.status()?.hostKey).toBe(hostKey);
    // The same file once more: recognised and left out.
    expect(await upload()).toMatch(/^0 /);
    await until(() => readdirSync(inbox()).length === 2);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(rig.text()).toBe('"heading"\n"call 1"\n');
  });

  it('says that a client dropped half a file, reads nothing of it, and reads the repeated upload once', async () => {
    const drop = await open();
    const sftp = await connect(drop);
    const handle = await call<Buffer>((done) => sftp.open('cdr.csv', 'w', done));
    await call((done) => sftp.write(handle, Buffer.from('call 1\ncal'), 0, 10, 0, (error) => done(error, undefined)));
    clients[0]?.destroy();
    await until(() => rig.status()?.problem?.code === 'upload-unfinished');
    expect(rig.status()?.problem?.values).toEqual({ peer: '127.0.0.1', path: 'cdr.csv' });
    await new Promise((resolve) => setTimeout(resolve, 2200));
    expect(rig.text()).toBe('');
    await put(await connect(drop), 'cdr.csv', 'call 1\ncall 2\n');
    await until(() => rig.text() === 'call 1\ncall 2\n');
    expect(readdirSync(inbox())).toEqual(['cdr.csv']);
  });

  it('lets a client go on where it broke off, also after a restart', async () => {
    const drop = await open();
    const first = await connect(drop);
    const half = await call<Buffer>((done) => first.open('big.csv', 'w', done));
    await call((done) => first.write(half, Buffer.from('call 1\ncal'), 0, 10, 0, (error) => done(error, undefined)));
    clients[0]?.destroy();
    await until(() => notes().includes('upload-unfinished'));
    await rig.restart();
    await rig.configure([drop]);
    await until(() => rig.status()?.state === 'open');
    const sftp = await connect(drop);
    const { size } = await call<{ size: number }>((done) => sftp.stat('big.csv', done));
    expect(size).toBe(10);
    const handle = await call<Buffer>((done) => sftp.open('big.csv', 'a', done));
    await call((done) => sftp.write(handle, Buffer.from('l 2\n'), 0, 4, size, (error) => done(error, undefined)));
    await call((done) => sftp.close(handle, (error) => done(error, undefined)));
    await until(() => rig.text() === 'call 1\ncall 2\n');
  });

  it('waits for the name that a client gives an upload at its end', async () => {
    const sftp = await connect(await open());
    await put(sftp, 'day.csv.filepart', 'call 1\n');
    await new Promise((resolve) => setTimeout(resolve, 2200));
    expect(rig.text()).toBe('');
    await call((done) => sftp.rename('day.csv.filepart', 'day.csv', (error) => done(error, undefined)));
    await until(() => rig.text() === 'call 1\n');
  });

  it('loses no file whose name is used again, and books no content twice', async () => {
    const sftp = await connect(await open());
    await put(sftp, 'cdr.csv', 'monday\n');
    await put(sftp, 'cdr.csv', 'tuesday\n');
    await until(() => rig.text().length === 15);
    await put(sftp, 'cdr.csv', 'monday\n');
    await until(() => notes().includes('file-repeated'));
    await put(sftp, 'sub/folder/cdr.csv', 'wednesday\n');
    await until(() => rig.text().endsWith('wednesday\n'));
    expect(rig.text().length).toBe(25);
    expect(notes()).not.toContain('file-rewritten');
  });

  it('lets nobody in without the password, says so, and bars who keeps trying', async () => {
    const drop = await open();
    await expect(connect(drop, 'wrong')).rejects.toThrow(/authentication/i);
    await until(() => rig.status()?.problem?.code === 'upload-login-refused');
    expect(rig.status()?.problem?.values).toMatchObject({ peer: '127.0.0.1' });
    await expect(connect({ ...drop, username: 'root' })).rejects.toThrow(/authentication/i);
    for (let n = 0; n < 8; n += 1) await expect(connect(drop, `wrong ${n}`)).rejects.toThrow();
    await expect(connect(drop)).rejects.toThrow();
    expect(JSON.stringify(rig.events)).not.toContain(drop.password);
  });

  it('keeps clients inside the folder, and lets them read nothing', async () => {
    const sftp = await connect(await open());
    await put(sftp, '../../../../tmp/escaped.csv', 'inside\n');
    await until(() => rig.text() === 'inside\n');
    expect(existsSync(join(inbox(), 'tmp', 'escaped.csv'))).toBe(true);
    await expect(call((done) => sftp.readFile('/etc/passwd', done))).rejects.toThrow(/denied/i);
    await expect(call((done) => sftp.readFile('../host-key', done))).rejects.toThrow(/denied/i);
    await expect(call((done) => sftp.symlink('/etc', 'link', (e) => done(e, undefined)))).rejects.toThrow();
    await expect(put(sftp, 'a\\..\\b', 'x')).rejects.toThrow();
    expect(await call<{ filename: string }[]>((done) => sftp.readdir('/', done))).toMatchObject([{ filename: 'tmp' }]);
  });

  it('refuses a file that is too large, and reads nothing of it', async () => {
    const sftp = await connect(await open({ maxFileMib: 1 }));
    await expect(put(sftp, 'large.csv', 'call\n'.repeat(300_000))).rejects.toThrow();
    await until(() => notes().includes('upload-too-large'));
    await put(sftp, 'small.csv', 'small\n');
    await until(() => rig.text() === 'small\n');
    expect(readdirSync(inbox())).toEqual(['small.csv']);
  });

  it('gives no shell and no command', async () => {
    await connect(await open());
    const [client] = clients;
    await expect(call((done) => client?.exec('id', done))).rejects.toThrow();
    await expect(call((done) => client?.shell(done))).rejects.toThrow();
  });

  it('says that a key cannot be used and that a port is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(address !== null && typeof address === 'object' ? address.port : 0);
      });
    });
    const drop = {
      kind: 'sftp-drop',
      bindAddress: '127.0.0.1',
      allowedHosts: [],
      username: 'u',
      maxFileMib: 1,
    } as const;
    await rig.configure([
      { ...drop, port, password: 'p', publicKey: '' },
      { ...drop, port: await freePort(), password: '', publicKey: 'ssh-rsa nonsense' },
    ]);
    await until(() => rig.status(1)?.problem?.code === 'port-taken');
    await until(() => rig.status(2)?.problem?.code === 'key-unusable');
    other.close();
    await until(() => rig.status(1)?.state === 'open');
  });
});
