/** One connection to a PBX that speaks in packets: bytes are taken piece by piece, and nothing more is read meanwhile. */
import { connect, type Socket } from 'node:net';
import type { ErrorValues } from '../../model/errors.ts';
import type { CaptureProblem } from '../control.ts';
import { networkProblem } from '../problem.ts';

const KEEP_ALIVE_MS = 60_000;

export interface LinkSocketOptions {
  readonly host: string;
  readonly port: number;
  readonly connectTimeoutMs: number;
}

export class LinkSocket {
  readonly #socket: Socket;
  readonly #values: ErrorValues;
  readonly #closed: Promise<void>;
  #received = '';
  #wake: (() => void) | undefined;
  #problem: CaptureProblem | null = null;

  constructor(options: LinkSocketOptions) {
    const { host, port } = options;
    this.#values = { host, port };
    this.#socket = connect({ host, port });
    this.#socket.setNoDelay(true);
    this.#socket.setKeepAlive(true, KEEP_ALIVE_MS);
    this.#socket.on('data', (bytes) => {
      this.#received += bytes.toString('latin1');
      this.#socket.pause();
      this.#wake?.();
    });
    this.#socket.on('error', (error) => {
      this.#problem ??= networkProblem(error, this.#values);
    });
    this.#closed = new Promise((resolve) => {
      this.#socket.once('close', () => {
        this.#wake?.();
        resolve();
      });
    });
    const timer = setTimeout(() => {
      this.#problem ??= { code: 'host-unreachable', values: { ...this.#values, detail: 'ETIMEDOUT' } };
      this.#socket.destroy();
    }, options.connectTimeoutMs);
    this.#socket.once('connect', () => clearTimeout(timer));
    this.#socket.once('close', () => clearTimeout(timer));
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }

  /** Why the connection was lost; null when the other side simply closed it. */
  get problem(): CaptureProblem | null {
    return this.#problem;
  }

  /** Resolves with true once connected. */
  async connected(): Promise<boolean> {
    if (this.#socket.connecting) {
      await Promise.race([new Promise<void>((resolve) => this.#socket.once('connect', () => resolve())), this.#closed]);
    }
    return !this.isClosed;
  }

  send(text: string): void {
    if (!this.isClosed) this.#socket.write(text, 'latin1');
  }

  /** What came since the last call, one character per byte; empty after `timeoutMs`, or when the connection is over. */
  async receive(timeoutMs: number): Promise<string> {
    if (this.#received === '' && !this.isClosed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
        this.#socket.resume();
      });
      this.#wake = undefined;
    }
    const text = this.#received;
    this.#received = '';
    return text;
  }

  /** Says `farewell` where that is still possible, and hangs up. */
  async close(farewell = ''): Promise<void> {
    if (farewell !== '' && !this.isClosed && !this.#socket.connecting) {
      this.#socket.write(farewell, 'latin1', () => this.#socket.destroy());
      // A full send buffer must not hold up a stop.
      setTimeout(() => this.#socket.destroy(), FAREWELL_MS).unref();
    } else {
      this.#socket.destroy();
    }
    await this.#closed;
  }
}

const FAREWELL_MS = 500;
