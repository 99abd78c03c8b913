import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureProblem } from '../../core/collector/control.ts';
import { HttpPushSource } from '../../core/collector/sources/http-push.ts';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { Rig, silentHost, until } from './rig.ts';

type Push = Extract<SourceConfig, { kind: 'http-push' }>;

let rig: Rig;
const sockets: Socket[] = [];
beforeEach(() => {
  rig = new Rig();
});
afterEach(async () => {
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

const config = async (change: Partial<Push> = {}): Promise<Push> => ({
  kind: 'http-push',
  port: await freePort(),
  bindAddress: '127.0.0.1',
  allowedHosts: [],
  path: '/cdr',
  auth: 'none',
  username: '',
  secret: '',
  maxBodyKib: 64,
  certificatePath: '',
  keyPath: '',
  ...change,
});

const open = async (change: Partial<Push> = {}): Promise<Push> => {
  const push = await config(change);
  await rig.configure([push]);
  await until(() => rig.status()?.state === 'open');
  return push;
};

/** The status of the answer; 0 when the connection broke. */
const send = ({ port, certificatePath }: Push, body: string | Buffer, options: RequestOptions = {}): Promise<number> =>
  new Promise((resolve) => {
    const ask = certificatePath === '' ? httpRequest : httpsRequest;
    const common = { host: '127.0.0.1', port, path: '/cdr', method: 'POST', rejectUnauthorized: false };
    const request = ask({ ...common, ...options }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', () => resolve(0));
    request.end(body);
  });

const dial = (port: number): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => undefined);
    sockets.push(socket);
  });

describe('a web request receiver', () => {
  it('answers 200 when the body is in the journal, exactly as it came and with a line feed behind it', async () => {
    const push = await open();
    const body = '{"event":"NewCdr",\r\n "number":"0901234567 \u00e9"}';
    expect(await send(push, body)).toBe(200);
    expect(Buffer.from(rig.text(), 'latin1').toString()).toBe(`${body}\n`);
    expect(await send(push, '{"second":1}', { method: 'PUT', headers: { 'transfer-encoding': 'chunked' } })).toBe(200);
    expect(Buffer.from(rig.text(), 'latin1').toString()).toBe(`${body}\n{"second":1}\n`);
    // Requests of one PBX are one stream, whatever connection brought them.
    expect(rig.reader.streams(1).map((stream) => stream.peer)).toEqual(['127.0.0.1']);
    expect(rig.status()).toMatchObject({ state: 'open', problem: null });
  });

  it('does not answer before the journal has it', async () => {
    const push = await open();
    expect(await send(push, 'first')).toBe(200);
    rig.limitJournal(0);
    let answered = 0;
    const sending = send(push, Buffer.alloc(40_000, 66)).then((status) => {
      answered = status;
    });
    await until(() => rig.status()?.problem?.code === 'disk-full');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(answered).toBe(0);
    rig.limitJournal(undefined);
    await sending;
    expect(answered).toBe(200);
    expect(rig.text().length).toBe(6 + 40_001);
  });

  it('refuses other addresses, methods and too large bodies, says so, and stores nothing of them', async () => {
    const push = await open({ maxBodyKib: 1 });
    const said = (): string | number | undefined => rig.status()?.problem?.values['detail'];
    expect(await send(push, 'x', { path: '/other' })).toBe(404);
    expect(said()).toBe('404 /other');
    expect(await send(push, '', { method: 'GET' })).toBe(405);
    expect(said()).toBe('405 GET');
    expect([413, 0]).toContain(await send(push, Buffer.alloc(2000, 65)));
    await until(() => said() === '413 1 KiB');
    expect(await send(push, 'x', { headers: { 'content-encoding': 'gzip' } })).toBe(415);
    expect(rig.status()?.problem).toMatchObject({ code: 'request-refused', values: { peer: '127.0.0.1', count: 4 } });
    expect(rig.text()).toBe('');
    expect(await send(push, 'y')).toBe(200);
  });

  it.each([
    ['basic', { username: 'pbx', secret: 'très secret' }, `Basic ${Buffer.from('pbx:très secret').toString('base64')}`],
    ['bearer', { secret: 'a-token' }, 'Bearer a-token'],
  ] as const)('lets in only who has the secret (%s)', async (auth, change, header) => {
    const push = await open({ auth, ...change });
    expect(await send(push, 'x')).toBe(401);
    expect(await send(push, 'x', { headers: { authorization: `${header}x` } })).toBe(401);
    expect(await send(push, 'mine', { headers: { authorization: header } })).toBe(200);
    expect(rig.text()).toBe('mine\n');
    expect(JSON.stringify(rig.events)).not.toContain(change.secret);
  });

  it('takes the secret in the address, and does not repeat a wrong one on the screen', async () => {
    const push = await open({ auth: 'path', secret: 'k3y', path: '/cdr/' });
    expect(await send(push, 'x', { path: '/cdr/k3x' })).toBe(404);
    expect(rig.status()?.problem?.values['detail']).toBe('404');
    expect(await send(push, 'mine', { path: '/cdr/k3y?from=pbx' })).toBe(200);
    expect(rig.text()).toBe('mine\n');
  });

  it('turns away a peer that is not allowed', async () => {
    const push = await open({ allowedHosts: ['10.9.9.9'] });
    expect(await send(push, 'x')).toBe(0);
    await until(() => rig.status()?.problem?.code === 'peer-refused');
  });

  it('speaks TLS with the given certificate, and says who came without', async () => {
    const [certificatePath, keyPath] = [join(rig.folder, 'cert.pem'), join(rig.folder, 'key.pem')];
    const ask = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=tollbook', '-days', '2'];
    execFileSync('openssl', [...ask, '-keyout', keyPath, '-out', certificatePath], { stdio: 'ignore' });
    const push = await open({ certificatePath, keyPath });
    expect(await send(push, 'sealed')).toBe(200);
    expect(rig.text()).toBe('sealed\n');
    expect(await send({ ...push, certificatePath: '' }, 'open')).toBe(0);
    await until(() => rig.status()?.problem?.values['detail'] === 'http');
    expect(rig.text()).toBe('sealed\n');
  });

  it('says that a certificate cannot be used', async () => {
    const certificatePath = join(rig.folder, 'cert.pem');
    writeFileSync(certificatePath, 'not a certificate');
    await rig.configure([await config({ certificatePath, keyPath: certificatePath })]);
    await until(() => rig.status()?.problem?.code === 'certificate-refused');
  });

  it('gives a slow sender only so much time', async () => {
    const notes: (CaptureProblem | null)[] = [];
    let port = 0;
    const source = new HttpPushSource(
      silentHost({ note: (note) => void notes.push(note) }),
      { ...(await config()), port: 0 },
      {
        requestTimeoutMs: 200,
        onListening: (bound) => {
          port = bound;
        },
      },
    );
    await until(() => port > 0);
    const ends = [await dial(port), await dial(port), await dial(port)].map(
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    sockets[1]?.write('POST /cdr HTTP/1.1\r\nHost: x\r\n');
    sockets[2]?.write('POST /cdr HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nbeginning');
    await Promise.all(ends);
    expect(notes.at(-1)).toMatchObject({ code: 'request-refused', values: { detail: '408', count: 3 } });
    await source.close('stopped');
  });

  it('keeps plain records that come to its port, and says so', async () => {
    const push = await open();
    const socket = await dial(push.port);
    socket.write('11/23/26 10:15AM  101 01 0901234567\r\n');
    await until(() => rig.text() === '11/23/26 10:15AM  101 01 0901234567\r\n');
    expect(rig.status()?.problem).toEqual({
      code: 'records-at-web-port',
      values: { peer: '127.0.0.1', port: push.port },
    });
    socket.write('PO');
    socket.end('ST 2\r\n');
    await until(() => rig.text().endsWith('POST 2\r\n'));
  });

  it('keeps no plain records where a secret is wanted', async () => {
    const push = await open({ auth: 'bearer', secret: 's' });
    const socket = await dial(push.port);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('11/23/26 10:15AM  101 01 0901234567\r\n');
    await closed;
    expect(rig.status()?.problem?.code).toBe('records-at-web-port');
    expect(rig.text()).toBe('');
  });

  it('is not disturbed by a broken request', async () => {
    const push = await open();
    const socket = await dial(push.port);
    socket.end('POST /cdr HTTP/9.9\r\n\r\n');
    await until(() => String(rig.status()?.problem?.values['detail']).startsWith('400'));
    const half = await dial(push.port);
    half.write('POST /cdr HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nbeginning');
    half.destroy();
    expect(await send(push, 'whole')).toBe(200);
    expect(rig.text()).toBe('whole\n');
  });
});

describe('a TCP listener that is spoken to like a web server', () => {
  it.each([
    ['a request', 'POST /cdr HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}'],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01'],
  ])('recognises %s, says what to choose, and keeps the bytes', async (_what, bytes) => {
    const port = await freePort();
    await rig.configure([
      { kind: 'tcp-listener', port, bindAddress: '127.0.0.1', allowedHosts: [], maxConnections: 2 },
    ]);
    await until(() => rig.status()?.state === 'open');
    const socket = await dial(port);
    socket.write(bytes.slice(0, 3), 'latin1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.write(bytes.slice(3), 'latin1');
    await until(() => rig.status()?.problem?.code === 'web-client-here');
    expect(rig.status()).toMatchObject({ state: 'open', problem: { values: { peer: '127.0.0.1', port } } });
    await until(() => rig.text() === bytes);
  });

  it('says nothing of records that begin with the word', async () => {
    const port = await freePort();
    await rig.configure([
      { kind: 'tcp-listener', port, bindAddress: '127.0.0.1', allowedHosts: [], maxConnections: 2 },
    ]);
    await until(() => rig.status()?.state === 'open');
    const socket = await dial(port);
    socket.write('POSTED 12\r\n');
    await until(() => rig.text() === 'POSTED 12\r\n');
    expect(rig.status()?.problem).toBeNull();
  });
});
