/** Carries the bytes of one stream into the journal in order, and slows the sender down while they cannot be stored. */
import type { SourceHost } from './source.ts';

/** Held in memory at most (about) this much while the journal cannot take it; then the device is no longer read. */
const HIGH_WATER_BYTES = 256 * 1024;

export class StreamPump {
  readonly stream: Promise<number>;
  readonly #host: SourceHost;
  readonly #setPaused: (isPaused: boolean) => void;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #isPaused = false;
  #draining: Promise<void> | undefined;

  /** `setPaused` stops and resumes reading from the device. */
  constructor(host: SourceHost, stream: Promise<number>, setPaused: (isPaused: boolean) => void) {
    this.#host = host;
    this.stream = stream;
    this.#setPaused = setPaused;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (!this.#isPaused && this.#pendingBytes >= HIGH_WATER_BYTES) {
      this.#isPaused = true;
      this.#setPaused(true);
    }
    this.#draining ??= this.#drain();
    // The failure is reported by finish(); here it only must not go unhandled.
    this.#draining.catch(() => undefined);
  }

  /** Resolves when everything pushed so far is stored; fails when it cannot be (the program stops with a full disk). */
  async finish(): Promise<void> {
    await this.#draining;
    await this.stream;
  }

  async #drain(): Promise<void> {
    const streamId = await this.stream;
    while (this.#pending.length > 0) {
      const bytes = this.#pending.length === 1 ? this.#pending[0] : Buffer.concat(this.#pending);
      this.#pending = [];
      this.#pendingBytes = 0;
      if (bytes !== undefined) await this.#host.append(streamId, bytes);
      if (this.#isPaused && this.#pendingBytes < HIGH_WATER_BYTES) {
        this.#isPaused = false;
        this.#setPaused(false);
      }
    }
    this.#draining = undefined;
  }
}
