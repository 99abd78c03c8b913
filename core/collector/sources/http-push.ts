/**
 * A web server for PBXs that send each record as a request. A body is answered with 200 once it is in the journal, as it
 * came, with one line feed behind it. Every connection brings one request and has one time limit, so that slow senders
 * hold nothing. Who speaks something else is heard too: plain records are kept, and it is said what was tried.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import type { SourceConfig } from '../../model/source-config.ts';
import { AllowedHosts, plainAddress } from '../allowed-hosts.ts';
import type { CaptureProblem } from '../control.ts';
import { Notes } from '../notes.ts';
import { PeerStreams } from '../peer-streams.ts';
import { networkProblem, problemOf } from '../problem.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';
import { StreamPump } from '../stream-pump.ts';
import { speakerOf } from '../web-request.ts';

export type HttpPushConfig = Extract<SourceConfig, { kind: 'http-push' }>;

export interface HttpPushOptions {
  readonly requestTimeoutMs?: number;
  readonly onListening?: (port: number) => void;
}

const REQUEST_TIMEOUT_MS = 30_000;
const MOST_CONNECTIONS = 64;
const MOST_HEADER_BYTES = 16 * 1024;
/** Held while the journal cannot take them; whoever sends more is asked to come again. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;
const LF = Buffer.from('\n');
/** Of what a stranger sent, as much as is shown. */
const MOST_DETAIL = 120;

/** Until when a connection must have brought its request. */
interface Deadline {
  timer: NodeJS.Timeout | undefined;
  isOver: boolean;
}

export class HttpPushSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #config: HttpPushConfig;
  readonly #timeoutMs: number;
  readonly #streams: PeerStreams;
  readonly #notes: Notes;
  readonly #front: NetServer;
  readonly #sockets = new Set<Socket>();
  readonly #finishing = new Set<Promise<void>>();
  /** Connections that brought their request. */
  readonly #served = new WeakSet<Socket>();
  readonly #deadlines = new Map<string, Deadline>();
  #refused = 0;
  #waitingBytes = 0;
  #isClosing = false;

  constructor(host: SourceHost, config: HttpPushConfig, options: HttpPushOptions = {}) {
    this.#host = host;
    this.#config = config;
    this.#timeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
    this.#streams = new PeerStreams(host);
    this.#notes = new Notes(host);
    this.#front = createServer();
    let allowed: AllowedHosts;
    let web: Server;
    try {
      allowed = new AllowedHosts(config.allowedHosts);
      web = this.#webServer();
    } catch (error) {
      const problem = problemOf(error);
      const isCertificate = problem.code === 'internal';
      queueMicrotask(() =>
        host.ended(isCertificate ? { code: 'certificate-refused', values: problem.values } : problem),
      );
      return;
    }
    this.#front.on('connection', (socket) => this.#accept(socket, allowed, web));
    this.#front.on('error', (error) => {
      if (this.#isClosing) return;
      this.#isClosing = true;
      host.ended(networkProblem(error, { port: config.port, host: config.bindAddress }));
    });
    this.#front.listen({ port: config.port, host: config.bindAddress }, () => {
      const address = this.#front.address();
      if (address !== null && typeof address === 'object') options.onListening?.(address.port);
      host.opened();
    });
  }

  async close(_why: CloseWhy): Promise<void> {
    this.#isClosing = true;
    this.#notes.stop();
    const closed = new Promise<void>((resolve) => this.#front.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await Promise.all(this.#finishing);
    await this.#streams.closeAll();
  }

  get #isSecure(): boolean {
    return this.#config.certificatePath !== '';
  }

  /** It never listens: connections are handed to it once it is known that they bring a request. */
  #webServer(): Server {
    const { certificatePath, keyPath } = this.#config;
    const common = { maxHeaderSize: MOST_HEADER_BYTES };
    const web = this.#isSecure
      ? createHttpsServer({
          ...common,
          cert: readFileSync(certificatePath),
          key: readFileSync(keyPath || certificatePath),
        })
      : createHttpServer(common);
    web.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#answer(request, response));
    web.on('tlsClientError', (error: Error, socket: Socket) => {
      this.#refuse(plainAddress(socket.remoteAddress ?? ''), error.message);
    });
    web.on('clientError', (error: Error, socket: Socket) => {
      const peer = plainAddress(socket.remoteAddress ?? '');
      const isBroken = 'code' in error && error.code === 'HPE_INVALID_EOF_STATE';
      // A lost connection is told where its request is.
      const isLost = socket.destroyed || ('code' in error && error.code === 'ECONNRESET');
      if (isBroken) this.#tellBroken(peer);
      else if (!isLost) this.#refuse(peer, `400 ${error.message}`);
      socket.destroy();
    });
    return web;
  }

  #accept(socket: Socket, allowed: AllowedHosts, web: Server): void {
    const peer = plainAddress(socket.remoteAddress ?? '');
    socket.on('error', () => undefined);
    if (!allowed.allows(peer)) {
      this.#refused += 1;
      socket.destroy();
      const values = { peer, count: this.#refused, port: this.#config.port };
      this.#notes.event({ code: 'peer-refused', values });
      return;
    }
    if (this.#sockets.size >= MOST_CONNECTIONS) {
      socket.destroy();
      this.#notes.event({ code: 'too-many-connections', values: { peer, limit: MOST_CONNECTIONS } });
      return;
    }
    this.#sockets.add(socket);
    const deadline: Deadline = { timer: undefined, isOver: false };
    deadline.timer = setTimeout(() => {
      deadline.isOver = true;
      this.#refuse(peer, '408');
      socket.destroy();
    }, this.#timeoutMs);
    const connection = connectionOf(socket);
    this.#deadlines.set(connection, deadline);
    socket.once('close', () => {
      clearTimeout(deadline.timer);
      this.#deadlines.delete(connection);
      this.#sockets.delete(socket);
    });
    this.#listenTo(socket, peer, web);
  }

  /** Hands the connection on once its first bytes say who speaks. */
  #listenTo(socket: Socket, peer: string, web: Server): void {
    let start = Buffer.alloc(0);
    const hear = (bytes: Buffer): void => {
      start = Buffer.concat([start, bytes]);
      const speaker = speakerOf(start.toString('latin1'));
      if (speaker === 'unknown') return;
      socket.off('data', hear);
      socket.pause();
      if (speaker === (this.#isSecure ? 'tls' : 'http')) {
        socket.unshift(start);
        web.emit('connection', socket);
        // TLS reads the connection itself.
        if (!this.#isSecure) socket.resume();
      } else if (speaker === 'other') this.#keepRecords(socket, peer, start);
      else {
        this.#refuse(peer, speaker === 'tls' ? 'https' : 'http');
        socket.destroy();
      }
    };
    socket.on('data', hear);
  }

  /** Someone sends plain records. Without a secret to know them by they are as welcome as a request. */
  #keepRecords(socket: Socket, peer: string, start: Buffer): void {
    this.#notes.event({ code: 'records-at-web-port', values: { peer, port: this.#config.port } });
    if (this.#config.auth !== 'none') {
      socket.destroy();
      return;
    }
    clearTimeout(this.#deadlines.get(connectionOf(socket))?.timer);
    const pump = new StreamPump(this.#host, this.#host.openStream(peer), (isPaused) => {
      if (isPaused) socket.pause();
      else socket.resume();
    });
    pump.stream.catch(() => socket.destroy());
    pump.push(start);
    socket.on('data', (bytes) => pump.push(bytes));
    socket.once('close', () => this.#track(this.#endRecords(pump)));
    socket.resume();
  }

  async #endRecords(pump: StreamPump): Promise<void> {
    await pump.finish();
    await this.#host.closeStream(await pump.stream, this.#isClosing ? 'stopped' : 'ended');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const peer = plainAddress(request.socket.remoteAddress ?? '');
    const deadline = this.#deadlines.get(connectionOf(request.socket));
    // Sent behind another without waiting for its answer: it gets none, so it must not be stored; the sender asks again.
    if (this.#served.has(request.socket)) return;
    this.#served.add(request.socket);
    response.shouldKeepAlive = false;
    const refuse = (status: number, detail = ''): void => {
      this.#refuse(peer, detail === '' ? String(status) : `${status} ${detail}`);
      if (status === 401 && this.#config.auth === 'basic')
        response.setHeader('www-authenticate', 'Basic realm="records"');
      // What is still being sent is not read.
      response.writeHead(status).end(() => request.destroy());
    };
    const refusal = this.#refusalOf(request);
    if (refusal !== undefined) return refuse(...refusal);
    const body = await bodyOf(request, this.#config.maxBodyKib * 1024);
    if (body === 'too-large') return refuse(413, `${this.#config.maxBodyKib} KiB`);
    if (body === 'broken') {
      if (!this.#isClosing && deadline?.isOver !== true) this.#tellBroken(peer);
      return;
    }
    clearTimeout(deadline?.timer);
    if (this.#waitingBytes + body.length > MOST_WAITING_BYTES) return refuse(503);
    const storing = this.#store(peer, body);
    this.#track(storing);
    try {
      await storing;
      response.writeHead(200, { 'content-type': 'text/plain' }).end('OK\n');
    } catch {
      response.writeHead(503).end();
    }
  }

  #refusalOf(request: IncomingMessage): readonly [number, string?] | undefined {
    const { auth, path, secret, username } = this.#config;
    const asked = pathOf(request.url ?? '');
    if (auth === 'path') {
      const wanted = `${path.replace(/\/+$/, '')}/${secret}`;
      // Both ways of writing a secret of other than plain letters are meant.
      if (!isSame(asked, wanted) && !isSame(decoded(asked), wanted)) return [404];
    } else if (asked !== path && decoded(asked) !== path) return [404, asked];
    if (request.method !== 'POST' && request.method !== 'PUT') return [405, request.method ?? ''];
    const [scheme = '', given = ''] = (request.headers.authorization ?? '').split(/ +(.*)/s);
    const expected = auth === 'basic' ? Buffer.from(`${username}:${secret}`).toString('base64') : secret;
    const needsLogin = auth === 'basic' || auth === 'bearer';
    if (needsLogin && (scheme.toLowerCase() !== auth || !isSame(given, expected))) return [401];
    const encoding = request.headers['content-encoding'] ?? 'identity';
    return encoding === 'identity' ? undefined : [415, encoding];
  }

  /** An empty body is a test of the address: nothing to store. */
  async #store(peer: string, body: Buffer): Promise<void> {
    if (body.length === 0) return;
    this.#waitingBytes += body.length;
    try {
      await this.#host.append(await this.#streams.of(peer), Buffer.concat([body, LF]));
    } finally {
      this.#waitingBytes -= body.length;
    }
  }

  #refuse(peer: string, said: string): void {
    this.#refused += 1;
    const detail = said.length > MOST_DETAIL ? `${said.slice(0, MOST_DETAIL)}…` : said;
    const problem: CaptureProblem = { code: 'request-refused', values: { peer, detail, count: this.#refused } };
    this.#notes.event(problem);
  }

  #tellBroken(peer: string): void {
    this.#notes.event({ code: 'request-unfinished', values: { peer } });
  }

  #track(work: Promise<void>): void {
    const tracked = work.catch(() => undefined);
    this.#finishing.add(tracked);
    tracked.finally(() => this.#finishing.delete(tracked)).catch(() => undefined);
  }
}

/** The same for a connection and for the TLS that is spoken on it. */
function connectionOf(socket: Socket): string {
  return `${socket.remoteAddress ?? ''} ${socket.remotePort ?? 0}`;
}

/** Without the query, and without the host that some clients write in front. */
function pathOf(url: string): string {
  const [address = ''] = url.replace(/^https?:\/\/[^/?]*/i, '').split('?');
  return address === '' ? '/' : address;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A lone `%` is just that.
    return path;
  }
}

function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large' | 'broken'> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let length = 0;
    request.on('data', (bytes: Buffer) => {
      length += bytes.length;
      if (length > limit) {
        request.pause();
        resolve('too-large');
      } else pieces.push(bytes);
    });
    request.once('end', () => resolve(Buffer.concat(pieces)));
    // After `end` this changes nothing.
    request.once('close', () => resolve('broken'));
  });
}

/** Takes as long whatever differs. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
