/** Takes datagrams, each a line: what a syslog sender, or a PBX that sends over UDP, says. The syslog header stays in it. */
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { SourceConfig } from '../../model/source-config.ts';
import { AllowedHosts, plainAddress } from '../allowed-hosts.ts';
import { Notes } from '../notes.ts';
import { PeerStreams } from '../peer-streams.ts';
import { networkProblem, problemOf } from '../problem.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';
import { droppedDatagrams } from '../udp-drops.ts';

export type UdpListenerConfig = Extract<SourceConfig, { kind: 'udp-listener' }>;

/** Held while the journal cannot take them. A sender of datagrams cannot be slowed down: what is more is lost, and said. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;
const RECEIVE_BUFFER_BYTES = 1024 * 1024;
/** Between two looks at what the system lost. */
const DROPS_MS = 5000;
const LF = 10;
const LINE_END = Buffer.from('\n');

export class UdpListenerSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #config: UdpListenerConfig;
  readonly #socket: Socket;
  readonly #streams: PeerStreams;
  readonly #notes: Notes;
  readonly #appending = new Set<Promise<void>>();
  #waitingBytes = 0;
  #refused = 0;
  #lost = 0;
  #port = 0;
  /** As the system counted them when it was last asked. */
  #drops: number | undefined;
  #dropTimer: NodeJS.Timeout | undefined;
  #isClosing = false;

  constructor(host: SourceHost, config: UdpListenerConfig, onListening?: (port: number) => void) {
    this.#host = host;
    this.#config = config;
    this.#streams = new PeerStreams(host);
    this.#notes = new Notes(host);
    this.#socket = createSocket({ type: isIPv6(config.bindAddress) ? 'udp6' : 'udp4' });
    let allowed: AllowedHosts;
    try {
      allowed = new AllowedHosts(config.allowedHosts);
    } catch (error) {
      const problem = problemOf(error);
      queueMicrotask(() => host.ended(problem));
      return;
    }
    this.#socket.on('message', (bytes, { address }) => this.#received(bytes, plainAddress(address), allowed));
    this.#socket.on('error', (error) => {
      if (this.#isClosing) return;
      this.#isClosing = true;
      host.ended(networkProblem(error, { port: config.port, host: config.bindAddress }));
    });
    void this.#bind(onListening);
  }

  /** What others lost at this port is known before it is listened at: everything after that is this source's own. */
  async #bind(onListening: ((port: number) => void) | undefined): Promise<void> {
    const { port, bindAddress: address } = this.#config;
    this.#drops = await droppedDatagrams(port);
    if (this.#isClosing) return;
    this.#socket.bind({ port, address }, () => {
      try {
        this.#socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
      } catch {
        // The system gives less; the default will do.
      }
      this.#port = this.#socket.address().port;
      onListening?.(this.#port);
      this.#host.opened();
      this.#dropTimer = setInterval(() => void this.#lookForDrops(), DROPS_MS);
      this.#dropTimer.unref();
    });
  }

  async close(_why: CloseWhy): Promise<void> {
    this.#isClosing = true;
    this.#notes.stop();
    clearInterval(this.#dropTimer);
    await new Promise<void>((resolve) => {
      try {
        this.#socket.close(() => resolve());
      } catch {
        // It failed to open and is closed already.
        resolve();
      }
    });
    await Promise.all(this.#appending);
    await this.#streams.closeAll();
  }

  #received(bytes: Buffer, peer: string, allowed: AllowedHosts): void {
    if (this.#isClosing) return;
    if (!allowed.allows(peer)) {
      this.#refused += 1;
      const values = { peer, count: this.#refused, port: this.#config.port };
      this.#notes.event({ code: 'peer-refused', values });
      return;
    }
    if (bytes.length === 0) return;
    if (this.#waitingBytes + bytes.length > MOST_WAITING_BYTES) {
      this.#countLost(1);
      return;
    }
    this.#waitingBytes += bytes.length;
    const line = bytes.at(-1) === LF ? bytes : Buffer.concat([bytes, LINE_END]);
    // Many senders take another port for each datagram: what belongs together comes from one address.
    const appending = this.#append(peer, line, bytes.length);
    this.#appending.add(appending);
    appending.finally(() => this.#appending.delete(appending)).catch(() => undefined);
  }

  #countLost(count: number): void {
    this.#lost += count;
    this.#notes.event({ code: 'datagrams-lost', values: { count: this.#lost } });
  }

  /** Datagrams that the system threw away before this program could take them. */
  async #lookForDrops(): Promise<void> {
    const drops = await droppedDatagrams(this.#port);
    if (drops === undefined || this.#isClosing) return;
    if (this.#drops !== undefined && drops > this.#drops) this.#countLost(drops - this.#drops);
    this.#drops = drops;
  }

  async #append(peer: string, line: Buffer, length: number): Promise<void> {
    try {
      await this.#host.append(await this.#streams.of(peer), line);
    } catch {
      // The program ends while the disk is full.
    } finally {
      this.#waitingBytes -= length;
    }
  }
}
