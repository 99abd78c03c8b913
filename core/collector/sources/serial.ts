/**
 * A serial port. A cable pulled out ends this source and the supervisor opens it again; the stream goes on with a gap
 * mark, also after the program was killed.
 */
import { SerialPort } from 'serialport';
import type { SourceConfig } from '../../model/source-config.ts';
import type { CaptureProblem } from '../control.ts';
import { serialProblem } from '../problem.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';
import { StreamPump } from '../stream-pump.ts';

export type SerialConfig = Extract<SourceConfig, { kind: 'serial' }>;

export class SerialSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #path: string;
  #port: SerialPort | undefined;
  #pump: StreamPump | undefined;
  #finished: Promise<void> | undefined;
  #isClosing = false;
  readonly #opened: Promise<void>;

  constructor(host: SourceHost, config: SerialConfig) {
    this.#host = host;
    this.#path = config.path;
    this.#opened = this.#open(config);
  }

  async close(why: CloseWhy): Promise<void> {
    this.#isClosing = true;
    await this.#opened;
    const port = this.#port;
    if (port?.isOpen === true) await new Promise<void>((resolve) => port.close(() => resolve()));
    await this.#finish(null);
    const stream = await this.#pump?.stream.catch(() => undefined);
    if (why === 'removed' && stream !== undefined)
      await this.#host.closeStream(stream, 'removed').catch(() => undefined);
  }

  async #open(config: SerialConfig): Promise<void> {
    try {
      const port = new SerialPort({
        path: config.path,
        baudRate: config.baudRate,
        dataBits: config.dataBits,
        parity: config.parity,
        stopBits: config.stopBits,
        rtscts: config.flowControl === 'rts-cts',
        xon: config.flowControl === 'xon-xoff',
        xoff: config.flowControl === 'xon-xoff',
        autoOpen: false,
      });
      this.#port = port;
      port.on('error', (error) => void this.#finish(serialProblem(error, this.#path)));
      port.on('close', (error: Error | null) => {
        const problem = error === null ? null : serialProblem(error, this.#path);
        // A device that vanishes while it is read says `EIO` or `bad file descriptor`; what matters is that it is gone.
        void this.#finish(problem === null ? null : { ...problem, code: 'port-not-found' });
      });
      await new Promise<void>((resolve, reject) =>
        port.open((error) => (error === null || error === undefined ? resolve() : reject(error))),
      );
    } catch (error) {
      await this.#finish(serialProblem(error, this.#path));
      return;
    }
    this.#start(config);
  }

  #start(config: SerialConfig): void {
    const port = this.#port;
    if (port === undefined) return;
    if (this.#isClosing) return;
    this.#pump = new StreamPump(this.#host, this.#host.continueStream(config.path, 'reopened'), (isPaused) => {
      if (isPaused) port.pause();
      else port.resume();
    });
    this.#pump.stream.catch(() => undefined);
    port.on('data', (bytes: Buffer) => this.#pump?.push(bytes));
    // Many PBXs send only while DTR is up. Hardware flow control drives RTS itself. A pseudo-terminal has no such lines
    // and answers ENOTTY: nothing is lost by that.
    const lines = config.flowControl === 'rts-cts' ? { dtr: true } : { dtr: true, rts: true };
    port.set(lines, () => undefined);
    this.#host.connections(1);
    this.#host.opened();
  }

  #finish(problem: CaptureProblem | null): Promise<void> {
    this.#finished ??= this.#store().then(() => {
      this.#host.connections(0);
      this.#host.ended(problem);
    });
    return this.#finished;
  }

  async #store(): Promise<void> {
    await this.#pump?.finish().catch(() => undefined);
  }
}
