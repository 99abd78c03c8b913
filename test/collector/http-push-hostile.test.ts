import { createServer, connect as dial, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { Rig, until } from './rig.ts';

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

const open = async (change: Partial<Push> = {}): Promise<Push> => {
  const push: Push = {
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
  };
  await rig.configure([push]);
  await until(() => rig.status()?.state === 'open');
  return push;
};

/** Sends these bytes as they are, and answers with the connection. */
const raw = (port: number, bytes: string, localAddress = '127.0.0.1'): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = dial({ port, host: '127.0.0.1', localAddress }, () => {
      socket.write(bytes, 'latin1', () => resolve(socket));
    });
    socket.on('error', () => undefined);
    sockets.push(socket);
  });

/** Everything that is answered until the other side hangs up. */
const answerTo = async (port: number, bytes: string): Promise<string> => {
  const socket = await raw(port, bytes);
  let said = '';
  socket.on('data', (piece) => (said += piece.toString('latin1')));
  await new Promise((resolve) => socket.once('close', resolve));
  return said;
};

const post = (target: string, body: string, headers = ''): string =>
  `POST ${target} HTTP/1.1\r\nHost: h\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;

describe('a web request receiver among clients that misbehave', () => {
  it('stores no request that it does not answer, however many come at once on a connection', async () => {
    const push = await open();
    const said = await answerTo(push.port, post('/cdr', 'one') + post('/cdr', 'two') + post('/cdr', 'three'));
    expect(said.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
    await answerTo(push.port, post('/cdr', 'four'));
    expect(rig.text()).toBe('one\nfour\n');
  });

  it.each(['reset', 'closed'])('says that a request broke off when the connection is %s in the middle', async (how) => {
    const push = await open();
    const socket = await raw(push.port, 'POST /cdr HTTP/1.1\r\nHost: h\r\nContent-Length: 60\r\n\r\nhalf a record');
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (how === 'reset') socket.resetAndDestroy();
    else socket.end();
    await until(() => rig.status()?.problem?.code === 'request-unfinished');
    expect(rig.status()?.problem?.values).toEqual({ peer: '127.0.0.1' });
    expect(rig.text()).toBe('');
    expect(await answerTo(push.port, post('/cdr', 'whole'))).toContain('200 OK');
  });

  it('takes a secret in the address however the PBX writes it, and never tells it', async () => {
    const push = await open({ auth: 'path', path: '/x', secret: 'p\u00e4ss w\u00f6rd/1' });
    expect(await answerTo(push.port, post('/x/p%C3%A4ss%20w%C3%B6rd%2F1', 'a'))).toContain('200 OK');
    expect(await answerTo(push.port, post('/x/p%C3%A4ss%20w%C3%B6rd/1', 'b'))).toContain('200 OK');
    expect(await answerTo(push.port, post('/x/p%C3%A4ss%20w%C3%B6rd/2', 'c'))).toContain('404');
    expect(await answerTo(push.port, post('/x/%', 'd'))).toContain('404');
    expect(rig.text()).toBe('a\nb\n');
    expect(JSON.stringify(rig.events)).not.toMatch(/p\u00e4ss|%C3%A4ss/);
  });

  it('takes an address with the host in front, and a login whose scheme is written small', async () => {
    const push = await open({ auth: 'bearer', secret: 'token-1' });
    const target = `http://127.0.0.1:${push.port}/cdr`;
    expect(await answerTo(push.port, post(target, 'a', 'Authorization: bearer token-1\r\n'))).toContain('200 OK');
    expect(await answerTo(push.port, post(target, 'b', 'Authorization: Basic token-1\r\n'))).toContain('401');
    expect(await answerTo(push.port, post(target, 'c'))).toContain('401');
    expect(rig.text()).toBe('a\n');
  });

  it('shows of a long address only its beginning', async () => {
    const push = await open();
    expect(await answerTo(push.port, post(`/${'A'.repeat(12_000)}`, 'a'))).toContain('404');
    await until(() => rig.status()?.problem?.code === 'request-refused');
    expect(String(rig.status()?.problem?.values['detail']).length).toBeLessThan(200);
  });

  it('keeps plain records of a long connection in one stream, whatever others ask meanwhile', async () => {
    const push = await open();
    const records = await raw(push.port, 'record 1\r\n');
    await until(() => rig.text() === 'record 1\r\n');
    for (let n = 2; n < 42; n += 1) {
      const socket = await raw(push.port, post('/cdr', `request ${n}`), `127.0.0.${n}`);
      await new Promise((resolve) => socket.resume().once('close', resolve));
    }
    records.end('record 2\r\n');
    await until(() => rig.reader.streams(1).some((stream) => stream.closeReason === 'ended'));
    const [stream] = rig.reader.streams(1).filter(({ peer }) => peer === '127.0.0.1');
    expect(rig.text(1, stream?.id)).toBe('record 1\r\nrecord 2\r\n');
    expect(stream?.closeReason).toBe('ended');
  });
});
