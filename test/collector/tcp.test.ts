import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { Rig, silentHost, until } from './rig.ts';

type Listener = Extract<SourceConfig, { kind: 'tcp-listener' }>;
type Client = Extract<SourceConfig, { kind: 'tcp-client' }>;

let rig: Rig;
const servers: Server[] = [];
const sockets: Socket[] = [];
beforeEach(() => {
  rig = new Rig();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  await rig.end();
});

const listening = (server: Server, host = '127.0.0.1', port = 0): Promise<number> =>
  new Promise((resolve) => {
    servers.push(server);
    server.on('connection', (socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });

/** A port nobody listens on. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const dial = (port: number, host = '127.0.0.1', localAddress?: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host, ...(localAddress === undefined ? {} : { localAddress }) });
    sockets.push(socket);
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });

describe('a TCP listener', () => {
  const config = async (change: Partial<Listener> = {}): Promise<Listener> => ({
    kind: 'tcp-listener',
    port: await freePort(),
    bindAddress: '127.0.0.1',
    allowedHosts: [],
    maxConnections: 8,
    ...change,
  });

  it('keeps the bytes of several connections apart, each as a stream with its peer', async () => {
    const listener = await config();
    await rig.configure([listener]);
    await until(() => rig.status()?.state === 'open');
    const [a, b] = [await dial(listener.port), await dial(listener.port)];
    await until(() => rig.status()?.connections === 2);
    for (let n = 0; n < 50; n += 1) {
      a.write(`a${n} `);
      b.write(`b${n} `);
      if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    a.end();
    b.resetAndDestroy();
    await until(() => rig.events.filter((event) => event.type === 'stream-closed').length === 2);
    const streams = rig.reader.streams(1);
    const texts = streams.map((stream) => rig.text(1, stream.id));
    expect(texts.find((text) => text.startsWith('a'))).toBe(Array.from({ length: 50 }, (_, n) => `a${n} `).join(''));
    // A reset connection may lose what had not arrived, never what had, and never a byte in the middle.
    expect(Array.from({ length: 50 }, (_, n) => `b${n} `).join('')).toContain(
      texts.find((text) => text.startsWith('b')) ?? 'nothing',
    );
    expect(streams.map((stream) => stream.closeReason).sort()).toEqual(['ended', 'lost']);
    expect(streams[0]?.peer).toMatch(/^127\.0\.0\.1:\d+$/);
    await until(() => rig.status()?.connections === 0 && rig.status()?.state === 'open');
  });

  it('turns away a peer that is not allowed, and counts and names it', async () => {
    const listener = await config({ allowedHosts: ['127.0.0.1', '10.1.0.0/16'] });
    await rig.configure([listener]);
    await until(() => rig.status()?.state === 'open');
    for (let n = 1; n <= 2; n += 1) {
      const stranger = await dial(listener.port, '127.0.0.1', '127.0.0.77');
      stranger.write('not a record');
      await new Promise((resolve) => stranger.once('close', resolve));
    }
    await until(() => rig.status()?.problem?.values['count'] === 2);
    expect(rig.status()).toMatchObject({
      state: 'open',
      problem: { code: 'peer-refused', values: { peer: '127.0.0.77', port: listener.port } },
    });
    const friend = await dial(listener.port);
    friend.write('a record');
    await until(() => rig.text() === 'a record');
  });

  it('limits the connections and names the one too many', async () => {
    const listener = await config({ maxConnections: 1 });
    await rig.configure([listener]);
    await until(() => rig.status()?.state === 'open');
    await dial(listener.port);
    await until(() => rig.status()?.connections === 1);
    const second = await dial(listener.port);
    await new Promise((resolve) => second.once('close', resolve));
    expect(rig.status()).toMatchObject({ problem: { code: 'too-many-connections', values: { limit: 1 } } });
  });

  it('says that the port is taken, and opens once it is free', async () => {
    const other = createServer();
    const port = await listening(other);
    await rig.configure([await config({ port })]);
    await until(() => rig.status()?.state === 'failed');
    expect(rig.status()).toMatchObject({ problem: { code: 'port-taken', values: { port } } });
    expect(rig.status()?.retryAtMs).toBeGreaterThan(Date.now());
    await new Promise((resolve) => other.close(resolve));
    await until(() => rig.status()?.state === 'open');
    expect(rig.status()?.problem).toBeNull();
  });

  it('names an entry of the allowed hosts that is no address', async () => {
    await rig.configure([await config({ allowedHosts: ['10.0.0.300'] })]);
    await until(() => rig.status()?.state === 'failed');
    expect(rig.status()?.problem).toEqual({
      code: 'setting-unusable',
      values: { field: 'config.allowedHosts', value: '10.0.0.300' },
    });
  });

  it('only stores ten megabytes without a line end', async () => {
    const listener = await config();
    await rig.configure([listener]);
    await until(() => rig.status()?.state === 'open');
    const socket = await dial(listener.port);
    const bytes = Buffer.alloc(10 * 1024 * 1024, 0xa5);
    socket.end(bytes);
    await until(() => rig.events.some((event) => event.type === 'stream-closed'));
    expect(rig.reader.head(1).nextOffset).toBe(bytes.length);
    expect(Buffer.from(rig.text(), 'latin1').equals(bytes)).toBe(true);
  });

  it('takes no more from the socket while the disk is full, and loses nothing of it', async () => {
    const listener = await config();
    await rig.configure([listener]);
    await until(() => rig.status()?.state === 'open');
    const socket = await dial(listener.port);
    socket.write('first');
    await until(() => rig.text() === 'first');
    rig.limitJournal(2);
    const bytes = Buffer.from(Array.from({ length: 16 * 1024 * 1024 }, (_, n) => n % 251));
    socket.write(bytes);
    await until(() => rig.status()?.problem?.code === 'disk-full');
    await new Promise((resolve) => setTimeout(resolve, 100));
    // Whatever fits the kernel's buffers is gone from here; the rest must still wait in this socket.
    expect(socket.writableLength).toBeGreaterThan(0);
    expect(rig.text()).toBe('first');
    rig.limitJournal(undefined);
    socket.end();
    await until(() => rig.events.some((event) => event.type === 'stream-closed'));
    expect(rig.text().length).toBe(5 + bytes.length);
    expect(Buffer.from(rig.text().slice(5), 'latin1').equals(bytes)).toBe(true);
    expect(rig.status()?.problem).toBeNull();
  });

  it('closes what is removed, leaves alone what is unchanged, and opens again what is changed', async () => {
    const [kept, changed] = [await config(), await config()];
    await rig.configure([kept, changed]);
    await until(() => rig.status(1)?.state === 'open' && rig.status(2)?.state === 'open');
    const socket = await dial(kept.port);
    await until(() => rig.status(1)?.connections === 1);
    const moved = { ...changed, port: await freePort() };
    await rig.configure([kept, moved]);
    await until(() => rig.status(2)?.state === 'open');
    await (await dial(moved.port)).end('moved');
    await expect(dial(changed.port)).rejects.toThrow(/ECONNREFUSED/);
    socket.write('still there');
    await until(() => rig.text(1) === 'still there');
    await until(() => rig.text(2) === 'moved');
    await rig.capture.handle({ type: 'set-paused', isPaused: true });
    expect(rig.status(1)?.state).toBe('paused');
    await expect(dial(kept.port)).rejects.toThrow(/ECONNREFUSED/);
    await rig.capture.handle({ type: 'set-paused', isPaused: false });
    await until(() => rig.status(1)?.state === 'open');
  });
});

describe('a TCP client', () => {
  const config = (port: number, change: Partial<Client> = {}): Client => ({
    kind: 'tcp-client',
    host: '127.0.0.1',
    port,
    login: [],
    loginRejected: '',
    keepAliveSeconds: 30,
    ...change,
  });

  /** The dialogue of a Panasonic KX-NS on port 2300, in the pieces in which a PBX sends it. */
  const panasonic = (password: string, records: string) =>
    createServer((socket) => {
      let typed = '';
      let isAsked = false;
      socket.on('error', () => undefined);
      socket.write('\r\n');
      setTimeout(() => socket.write('-'), 5);
      socket.on('data', (bytes) => {
        typed += bytes.toString('latin1');
        if (!isAsked && typed === 'SMDR\r\n') {
          isAsked = true;
          typed = '';
          socket.write('SMDR\r\nEnter Pass');
          setTimeout(() => socket.write('word:'), 5);
        } else if (isAsked && typed.endsWith('\r\n')) {
          const isRight = typed === `${password}\r\n`;
          socket.write(`${'*'.repeat(typed.length - 2)}\r\n`);
          if (isRight) socket.write(records);
          else setTimeout(() => socket.end('Rejected\r\n'), 5);
        }
      });
    });
  const login = (password: string): Client['login'] => [
    { expect: '-', send: 'SMDR\\r\\n', isSecret: false },
    { expect: 'Enter Password:', send: `${password}\\r\\x0a`, isSecret: true },
  ];

  it('logs in step by step and stores everything the PBX says, the dialogue too, and nothing it says itself', async () => {
    const port = await listening(panasonic('PCCSMDR', '01/02/26 10:00AM  101 01 0901234567\r\n'));
    await rig.configure([config(port, { login: login('PCCSMDR'), loginRejected: 'Rejected' })]);
    await until(() => rig.text().endsWith('0901234567\r\n'));
    expect(rig.status()).toMatchObject({ state: 'open', problem: null, connections: 1 });
    expect(rig.text()).toBe('\r\n-SMDR\r\nEnter Password:*******\r\n01/02/26 10:00AM  101 01 0901234567\r\n');
    expect(rig.text()).not.toContain('PCCSMDR');
  });

  it('logs in though the password was typed without a line end', async () => {
    const port = await listening(panasonic('PCCSMDR', '01/02/26 10:00AM  101 01 0901234567\r\n'));
    const steps = login('PCCSMDR').map((step) => ({ ...step, send: step.isSecret ? 'PCCSMDR' : 'SMDR' }));
    await rig.configure([config(port, { login: steps, loginRejected: 'Rejected' })]);
    await until(() => rig.text().endsWith('0901234567\r\n'));
    expect(rig.status()).toMatchObject({ state: 'open', problem: null });
  });

  it('says that the login was rejected, keeps what the PBX said, and does not call it open', async () => {
    const port = await listening(panasonic('secret', 'never'));
    await rig.configure([config(port, { login: login('wrong'), loginRejected: 'Rejected' })]);
    await until(() => rig.status()?.problem?.code === 'login-rejected');
    expect(rig.status()).toMatchObject({ state: 'failed', problem: { values: { host: '127.0.0.1', port } } });
    await until(() => rig.text().includes('Rejected'));
    await until(() => rig.reader.streams(1)[0]?.closeReason === 'login-rejected');
    expect(JSON.stringify(rig.events)).not.toContain('wrong');
  });

  it('says what it waited for when the PBX does not ask', async () => {
    const { TcpClientSource } = await import('../../core/collector/sources/tcp-client.ts');
    const { StepDialogue } = await import('../../core/collector/dialogue.ts');
    const port = await listening(createServer((socket) => void socket.write('Hello')));
    const problem = await new Promise((resolve) => {
      new TcpClientSource(silentHost({ opened: () => resolve('opened'), ended: resolve }), {
        host: '127.0.0.1',
        port,
        keepAliveSeconds: 0,
        dialogue: new StepDialogue(login('x'), ''),
        marksGap: false,
        loginTimeoutMs: 60,
      });
    });
    expect(problem).toEqual({ code: 'login-timeout', values: { host: '127.0.0.1', port, expected: '-' } });
  });

  it('connects again after the PBX closed, as a new stream', async () => {
    let served = 0;
    const port = await listening(
      createServer((socket) => {
        served += 1;
        socket.end(`page ${served}\r\n`);
      }),
    );
    await rig.configure([config(port)]);
    await until(() => rig.text() === 'page 1\r\npage 2\r\n');
    await until(() => rig.reader.streams(1).every((stream) => stream.closeReason === 'ended'));
    expect(rig.reader.streams(1)).toHaveLength(2);
    expect(rig.events.some((event) => event.type === 'status' && event.status.state === 'waiting')).toBe(true);
  });

  it('tells a refused connection from a host that does not exist', async () => {
    const port = await freePort();
    await rig.configure([config(port), config(2300, { host: 'pbx.invalid' })]);
    await until(() => rig.status(1)?.problem?.code === 'host-refused');
    await until(() => rig.status(2)?.problem?.code === 'host-not-found');
    expect(rig.status(1)?.problem?.values).toMatchObject({ host: '127.0.0.1', port });
    expect(rig.status(2)?.problem?.values).toMatchObject({ host: 'pbx.invalid' });
  });
});

describe('an Asterisk manager connection', () => {
  const asterisk = (secret: string) =>
    createServer((socket) => {
      let typed = '';
      socket.on('error', () => undefined);
      socket.write('Asterisk Call Manager/5.0.2\r\n');
      socket.on('data', (bytes) => {
        typed += bytes.toString('latin1');
        if (!typed.endsWith('\r\n\r\n')) return;
        const isRight = typed === `Action: Login\r\nUsername: tollbook\r\nSecret: ${secret}\r\n\r\n`;
        if (isRight) socket.write('Response: Success\r\nMessage: Authentication accepted\r\n\r\nEvent: Cdr\r\n\r\n');
        else socket.end('Response: Error\r\nMessage: Authentication failed\r\n\r\n');
      });
    });

  it('logs in and stores every byte received, with a gap mark where it was not connected', async () => {
    const port = await listening(asterisk('s3cret'));
    await rig.configure([{ kind: 'ami', host: '127.0.0.1', port, username: 'tollbook', secret: 's3cret' }]);
    await until(() => rig.text().endsWith('Event: Cdr\r\n\r\n'));
    expect(rig.text()).toMatch(/^Asterisk Call Manager\/5\.0\.2\r\nResponse: Success/);
    expect(rig.text()).not.toContain('s3cret');
    await until(() => rig.status()?.state === 'open');
    for (const socket of sockets) socket.destroy();
    await until(() => rig.reader.streams(1).length === 2);
    await until(() => rig.reader.gaps(rig.reader.streams(1)[1]?.id ?? 0).length === 1);
  });

  it('says that the login was rejected', async () => {
    const port = await listening(asterisk('s3cret'));
    await rig.configure([{ kind: 'ami', host: '127.0.0.1', port, username: 'tollbook', secret: 'wrong' }]);
    await until(() => rig.status()?.problem?.code === 'login-rejected');
    await until(() => rig.text().includes('Authentication failed'));
  });
});
