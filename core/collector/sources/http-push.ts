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

export class HttpPushSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #config: HttpPushConfig;
  readonly #timeoutMs: number;
  readonly #streams: PeerStreams;
  readonly #notes: Notes;
  readonly #front: NetServer;
  readonly #sockets = new Set<Socket>();
  readonly #finishing = new Set<Promise<void>>();
  /** When a connection must have brought its request. */
  readonly #deadlines = new Map<string, NodeJS.Timeout>();
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
      if (!socket.destroyed) this.#refuse(plainAddress(socket.remoteAddress ?? ''), `400 ${error.message}`);
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
    const deadline = setTimeout(() => {
      this.#refuse(peer, '408');
      socket.destroy();
    }, this.#timeoutMs);
    const connection = connectionOf(socket);
    this.#deadlines.set(connection, deadline);
    socket.once('close', () => {
      clearTimeout(deadline);
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
    clearTimeout(this.#deadlines.get(connectionOf(socket)));
    const pump = new StreamPump(this.#host, this.#streams.of(peer), (isPaused) => {
      if (isPaused) socket.pause();
      else socket.resume();
    });
    pump.stream.catch(() => socket.destroy());
    pump.push(start);
    socket.on('data', (bytes) => pump.push(bytes));
    socket.once('close', () => this.#track(pump.finish()));
    socket.resume();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const peer = plainAddress(request.socket.remoteAddress ?? '');
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
    if (body === 'broken') return;
    clearTimeout(this.#deadlines.get(connectionOf(request.socket)));
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
    const [asked = ''] = (request.url ?? '').split('?');
    if (auth === 'path') {
      if (!isSame(asked, `${path.replace(/\/+$/, '')}/${secret}`)) return [404];
    } else if (asked !== path) return [404, asked];
    if (request.method !== 'POST' && request.method !== 'PUT') return [405, request.method ?? ''];
    const given = request.headers.authorization ?? '';
    if (auth === 'basic' && !isSame(given, `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`))
      return [401];
    if (auth === 'bearer' && !isSame(given, `Bearer ${secret}`)) return [401];
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

  #refuse(peer: string, detail: string): void {
    this.#refused += 1;
    const problem: CaptureProblem = { code: 'request-refused', values: { peer, detail, count: this.#refused } };
    this.#notes.event(problem);
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
