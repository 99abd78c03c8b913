/** Waits for PBXs that connect out. Each connection is a stream of its own; peers that are not allowed are turned away and named. */
import { createServer, type Server, type Socket } from 'node:net';
import type { SourceConfig } from '../../model/source-config.ts';
import { AllowedHosts, plainAddress } from '../allowed-hosts.ts';
import type { CaptureProblem } from '../control.ts';
import { networkProblem, problemOf } from '../problem.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';
import { StreamPump } from '../stream-pump.ts';
import { speakerOf } from '../web-request.ts';

export type TcpListenerConfig = Extract<SourceConfig, { kind: 'tcp-listener' }>;

/** Notices a PBX that was switched off without saying so. */
const KEEP_ALIVE_MS = 60_000;
/** A stranger who came once is not shown for ever. */
const NOTE_MS = 15 * 60_000;

export class TcpListenerSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #config: TcpListenerConfig;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #finishing = new Set<Promise<void>>();
  #refused = 0;
  #isClosing = false;
  #noteTimer: NodeJS.Timeout | undefined;

  constructor(host: SourceHost, config: TcpListenerConfig, onListening?: (port: number) => void) {
    this.#host = host;
    this.#config = config;
    this.#server = createServer({ keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    let allowed: AllowedHosts;
    try {
      allowed = new AllowedHosts(config.allowedHosts);
    } catch (error) {
      const problem = problemOf(error);
      queueMicrotask(() => host.ended(problem));
      return;
    }
    this.#server.on('connection', (socket) => this.#accept(socket, allowed));
    this.#server.on('error', (error) => {
      if (this.#isClosing) return;
      this.#isClosing = true;
      host.ended(networkProblem(error, { port: config.port, host: config.bindAddress }));
    });
    this.#server.listen({ port: config.port, host: config.bindAddress }, () => {
      const address = this.#server.address();
      if (address !== null && typeof address === 'object') onListening?.(address.port);
      host.opened();
    });
  }

  async close(_why: CloseWhy): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#noteTimer);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await Promise.all(this.#finishing);
  }

  #accept(socket: Socket, allowed: AllowedHosts): void {
    const peer = plainAddress(socket.remoteAddress ?? '');
    // An unhandled error of a socket would end the thread.
    socket.on('error', () => undefined);
    if (!allowed.allows(peer)) {
      this.#refused += 1;
      this.#turnAway(socket, {
        code: 'peer-refused',
        values: { peer, count: this.#refused, port: this.#config.port },
      });
      return;
    }
    if (this.#sockets.size >= this.#config.maxConnections) {
      this.#turnAway(socket, {
        code: 'too-many-connections',
        values: { peer, limit: this.#config.maxConnections },
      });
      return;
    }
    this.#serve(socket, `${peer}:${socket.remotePort ?? 0}`);
  }

  #turnAway(socket: Socket, problem: CaptureProblem): void {
    socket.destroy();
    this.#note(problem);
  }

  #note(problem: CaptureProblem): void {
    this.#host.note(problem);
    clearTimeout(this.#noteTimer);
    this.#noteTimer = setTimeout(() => this.#host.note(null), NOTE_MS);
  }

  #serve(socket: Socket, peer: string): void {
    let reason = 'ended';
    this.#sockets.add(socket);
    this.#host.connections(this.#sockets.size);
    const pump = new StreamPump(this.#host, this.#host.openStream(peer), (isPaused) => {
      if (isPaused) socket.pause();
      else socket.resume();
    });
    pump.stream.catch(() => socket.destroy());
    socket.on('data', (bytes) => pump.push(bytes));
    this.#watchForWebClient(socket);
    socket.on('error', () => {
      reason = 'lost';
    });
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#host.connections(this.#sockets.size);
      const finishing = this.#finish(pump, this.#isClosing ? 'stopped' : reason);
      this.#finishing.add(finishing);
      finishing.finally(() => this.#finishing.delete(finishing)).catch(() => undefined);
    });
  }

  /** A browser, or a PBX set to web requests: its bytes are kept like any others, but they are no records. */
  #watchForWebClient(socket: Socket): void {
    let start = '';
    const hear = (bytes: Buffer): void => {
      start += bytes.toString('latin1');
      const speaker = speakerOf(start);
      if (speaker === 'unknown') return;
      socket.off('data', hear);
      if (speaker === 'other') return;
      const values = { peer: plainAddress(socket.remoteAddress ?? ''), port: this.#config.port };
      this.#note({ code: 'web-client-here', values });
    };
    socket.on('data', hear);
  }

  async #finish(pump: StreamPump, reason: string): Promise<void> {
    await pump.finish().catch(() => undefined);
    const stream = await pump.stream.catch(() => undefined);
    if (stream !== undefined) await this.#host.closeStream(stream, reason).catch(() => undefined);
  }
}
