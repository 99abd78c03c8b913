/** The PBX's end of each kind of source: opens what a PBX opens, and sends record by record. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { closeSync, createWriteStream, mkdirSync, openSync, writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import net from 'node:net';
import path from 'node:path';
import type { SourceInput } from '../../core/api/contract.ts';
import { SerialCable } from '../support/serial-cable.ts';

export type LineKind = 'tcp-listener' | 'tcp-client' | 'udp-listener' | 'http-push' | 'followed-file' | 'serial';

export interface PbxLine {
  readonly config: SourceInput['config'];
  /** Called once the source is there; resolves when records can be sent. */
  connect(): Promise<void>;
  /** latin1 text. */
  send(text: string): void;
  /** When all that was sent has left. */
  close(): Promise<void>;
  /** Once nobody reads any more. */
  unplug?(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The source listens, the PBX connects out. It tries again while the source opens. */
async function toListener(port: number): Promise<net.Socket> {
  for (;;) {
    const socket = net.connect({ port, host: LOOPBACK, noDelay: true });
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    if (isOpen) return socket;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function listenerLine(): Promise<PbxLine> {
  const port = await freePort();
  let socket: net.Socket | undefined;
  return {
    config: { kind: 'tcp-listener', port, bindAddress: LOOPBACK, allowedHosts: [], maxConnections: 2 },
    async connect() {
      socket = await toListener(port);
    },
    send: (text) => void socket?.write(text, 'latin1'),
    async close() {
      socket?.end();
      if (socket !== undefined) await once(socket, 'close');
    },
  };
}

/** The PBX waits, the source connects. */
async function clientLine(): Promise<PbxLine> {
  const server = net.createServer({ noDelay: true }).listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const connected = once(server, 'connection') as Promise<[net.Socket]>;
  let socket: net.Socket | undefined;
  return {
    config: { kind: 'tcp-client', host: LOOPBACK, port, login: [], loginRejected: '', keepAliveSeconds: 60 },
    async connect() {
      [socket] = await connected;
      socket.on('error', () => undefined);
    },
    send: (text) => void socket?.write(text, 'latin1'),
    async close() {
      socket?.end();
      server.close();
    },
  };
}

/** A datagram is a line. */
async function datagramLine(): Promise<PbxLine> {
  const port = await freePort();
  const socket = createSocket('udp4');
  return {
    config: { kind: 'udp-listener', port, bindAddress: LOOPBACK, allowedHosts: [] },
    connect: () => Promise.resolve(),
    send: (text) => socket.send(Buffer.from(text, 'latin1'), port, LOOPBACK),
    async close() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** Each record is a request on a connection of its own; one that is not answered with 200 is sent again, as PBXs do. */
async function pushLine(): Promise<PbxLine> {
  const port = await freePort();
  const agent = new Agent({ keepAlive: false, maxSockets: 16 });
  const open = new Set<Promise<void>>();
  const post = (text: string): Promise<boolean> =>
    new Promise((resolve) => {
      const asked = request({ host: LOOPBACK, port, method: 'POST', path: '/cdr', agent }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode === 200));
      });
      asked.on('error', () => resolve(false));
      asked.end(Buffer.from(text, 'latin1'));
    });
  const untilTaken = async (text: string): Promise<void> => {
    while (!(await post(text))) await new Promise((resolve) => setTimeout(resolve, 100));
  };
  return {
    config: {
      kind: 'http-push',
      port,
      bindAddress: LOOPBACK,
      allowedHosts: [],
      path: '/cdr',
      auth: 'none',
      username: '',
      secret: '',
      maxBodyKib: 64,
      certificatePath: '',
      keyPath: '',
    },
    connect: () => Promise.resolve(),
    send(text) {
      const sending = untilTaken(text);
      open.add(sending);
      void sending.finally(() => open.delete(sending));
    },
    async close() {
      await Promise.all(open);
      agent.destroy();
    },
  };
}

function fileLine(folder: string, name: string): PbxLine {
  const file = path.join(folder, `${name}.log`);
  const handle = openSync(file, 'a');
  return {
    config: { kind: 'followed-file', path: file, fromStart: true },
    connect: () => Promise.resolve(),
    send: (text) => void writeSync(handle, text, null, 'latin1'),
    close: () => Promise.resolve(closeSync(handle)),
  };
}

async function serialLine(folder: string, name: string): Promise<PbxLine> {
  const ends = path.join(folder, name);
  mkdirSync(ends);
  const cable = new SerialCable(ends);
  await cable.plug();
  const end = createWriteStream(cable.pbx, { flags: 'r+' });
  return {
    config: {
      kind: 'serial',
      path: cable.port,
      baudRate: 9600,
      dataBits: 8,
      parity: 'none',
      stopBits: 1,
      flowControl: 'none',
    },
    connect: () => Promise.resolve(),
    send: (text) => void end.write(text, 'latin1'),
    async close() {
      end.end();
      await once(end, 'close');
    },
    unplug: () => cable.unplug(),
  };
}

export function openLine(kind: LineKind, folder: string, name: string): Promise<PbxLine> {
  switch (kind) {
    case 'tcp-listener':
      return listenerLine();
    case 'tcp-client':
      return clientLine();
    case 'udp-listener':
      return datagramLine();
    case 'http-push':
      return pushLine();
    case 'followed-file':
      return Promise.resolve(fileLine(folder, name));
    case 'serial':
      return serialLine(folder, name);
  }
}
