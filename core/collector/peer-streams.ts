/** One stream for each sender that has no connection (datagrams, requests); the one that was silent longest is closed. */
import type { SourceHost } from './source.ts';

const MOST_OPEN = 32;

export class PeerStreams {
  readonly #host: SourceHost;
  /** In the order of last use. */
  readonly #streams = new Map<string, Promise<number>>();

  constructor(host: SourceHost) {
    this.#host = host;
  }

  of(peer: string): Promise<number> {
    const known = this.#streams.get(peer);
    this.#streams.delete(peer);
    const stream = known ?? this.#host.openStream(peer);
    this.#streams.set(peer, stream);
    // A journal that was closed in between is met again by whoever appends.
    stream.catch(() => this.#streams.delete(peer));
    if (known === undefined) this.#host.connections(Math.min(this.#streams.size, MOST_OPEN));
    const [oldest] = this.#streams.keys();
    if (this.#streams.size > MOST_OPEN && oldest !== undefined) void this.#close(oldest, 'idle');
    return stream;
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#streams.keys()].map((peer) => this.#close(peer, 'stopped')));
  }

  async #close(peer: string, reason: string): Promise<void> {
    const stream = this.#streams.get(peer);
    this.#streams.delete(peer);
    try {
      if (stream !== undefined) await this.#host.closeStream(await stream, reason);
    } catch {
      // The program ends with a full disk; the stream is closed as interrupted at the next start.
    }
  }
}
