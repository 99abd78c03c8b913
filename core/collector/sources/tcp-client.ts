/** Connects to a PBX, logs in where a login is declared, and journals every byte that comes, the login's own included. */
import { connect, type Socket } from 'node:net';
import type { CaptureProblem } from '../control.ts';
import type { Dialogue } from '../dialogue.ts';
import { networkProblem } from '../problem.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';
import { StreamPump } from '../stream-pump.ts';

export interface TcpClientOptions {
  readonly host: string;
  readonly port: number;
  readonly keepAliveSeconds: number;
  readonly dialogue: Dialogue;
  /** Records sent while not connected are gone: each new connection begins with a gap mark. */
  readonly marksGap: boolean;
  /** The PBX refuses a login by hanging up at once, without a word. */
  readonly hangsUpOnRefusal?: boolean;
  readonly connectTimeoutMs?: number;
  /** For each step of the login. */
  readonly loginTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
const LOGIN_TIMEOUT_MS = 15_000;
/** Hung up so soon after the login, and without a byte: the login is why. */
const REFUSAL_MS = 5000;

export class TcpClientSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #options: TcpClientOptions;
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  #pump: StreamPump | undefined;
  #timer: NodeJS.Timeout | undefined;
  #problem: CaptureProblem | null = null;
  #isLoggedIn = false;
  #closeReason = 'ended';
  #loggedInAtMs = 0;
  #hasReceived = false;

  constructor(host: SourceHost, options: TcpClientOptions) {
    this.#host = host;
    this.#options = options;
    const socket = connect({ host: options.host, port: options.port });
    this.#socket = socket;
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => resolve(this.#finish()));
    });
    socket.once('connect', () => this.#connected());
    socket.on('data', (bytes) => this.#received(bytes));
    socket.on('error', (error) => {
      this.#problem ??= networkProblem(error, this.#values());
      this.#closeReason = this.#closeReason === 'ended' ? 'lost' : this.#closeReason;
    });
    this.#wait(options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS, () => ({
      code: 'host-unreachable',
      values: { ...this.#values(), detail: 'ETIMEDOUT' },
    }));
  }

  async close(_why: CloseWhy): Promise<void> {
    this.#closeReason = 'stopped';
    this.#socket.destroy();
    await this.#closed;
  }

  #connected(): void {
    clearTimeout(this.#timer);
    const { dialogue, keepAliveSeconds, marksGap } = this.#options;
    if (keepAliveSeconds > 0) this.#socket.setKeepAlive(true, keepAliveSeconds * 1000);
    this.#socket.setNoDelay(true);
    const stream = this.#openStream(marksGap);
    this.#pump = new StreamPump(this.#host, stream, (isPaused) => {
      if (isPaused) this.#socket.pause();
      else this.#socket.resume();
    });
    stream.catch(() => this.#socket.destroy());
    this.#host.connections(1);
    if (dialogue.isEmpty) this.#loggedIn();
    else this.#advance('');
  }

  async #openStream(marksGap: boolean): Promise<number> {
    const stream = await this.#host.openStream(`${this.#options.host}:${this.#options.port}`);
    if (marksGap) await this.#host.markGap(stream, 'not-connected');
    return stream;
  }

  #received(bytes: Buffer): void {
    this.#hasReceived = true;
    this.#pump?.push(bytes);
    this.#advance(bytes.toString('latin1'));
  }

  #advance(text: string): void {
    const { dialogue } = this.#options;
    if (dialogue.isEmpty || this.#socket.destroyed) return;
    const { send, state } = dialogue.receive(text);
    if (send !== '') this.#socket.write(send, 'latin1');
    if (state === 'rejected') this.#giveUp({ code: 'login-rejected', values: this.#values() }, 'login-rejected');
    else if (state === 'done') this.#loggedIn();
    else if (send !== '' || text === '') this.#waitForLogin();
  }

  #loggedIn(): void {
    if (this.#isLoggedIn) return;
    this.#isLoggedIn = true;
    clearTimeout(this.#timer);
    this.#loggedInAtMs = this.#host.now();
    this.#host.opened();
  }

  #waitForLogin(): void {
    this.#wait(this.#options.loginTimeoutMs ?? LOGIN_TIMEOUT_MS, () => ({
      code: 'login-timeout',
      values: { ...this.#values(), expected: this.#options.dialogue.awaited },
    }));
  }

  #wait(milliseconds: number, problem: () => CaptureProblem): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp(problem(), 'login-timeout'), milliseconds);
  }

  #giveUp(problem: CaptureProblem, reason: string): void {
    this.#problem = problem;
    this.#closeReason = reason;
    this.#socket.destroy();
  }

  async #finish(): Promise<void> {
    clearTimeout(this.#timer);
    this.#host.connections(0);
    if (this.#isRefusal()) {
      this.#problem = { code: 'login-rejected', values: this.#values() };
      this.#closeReason = 'login-rejected';
    }
    if (this.#pump !== undefined) {
      await this.#pump.finish().catch(() => undefined);
      const stream = await this.#pump.stream.catch(() => undefined);
      if (stream !== undefined) await this.#host.closeStream(stream, this.#closeReason).catch(() => undefined);
    }
    this.#host.ended(this.#problem);
  }

  #isRefusal(): boolean {
    if (this.#options.hangsUpOnRefusal !== true || !this.#isLoggedIn || this.#hasReceived) return false;
    return this.#closeReason !== 'stopped' && this.#host.now() - this.#loggedInAtMs < REFUSAL_MS;
  }

  #values(): { readonly host: string; readonly port: number } {
    return { host: this.#options.host, port: this.#options.port };
  }
}
