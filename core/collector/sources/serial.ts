/**
 * A serial port. A cable pulled out ends this source and the supervisor opens it again; the stream goes on with a gap
 * mark, also after the program was killed.
 */
import type { CaptureProblem } from '../control.ts';
import { serialProblem } from '../problem.ts';
import { SerialLine } from '../serial-line.ts';
import type { SerialConfig } from '../serial-messages.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';
import { StreamPump } from '../stream-pump.ts';

export class SerialSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #path: string;
  readonly #line: SerialLine;
  #pump: StreamPump | undefined;
  #finished: Promise<void> | undefined;
  #isClosing = false;

  constructor(host: SourceHost, config: SerialConfig) {
    this.#host = host;
    this.#path = config.path;
    this.#line = new SerialLine(config, {
      opened: () => this.#start(),
      data: (bytes) => this.#pump?.push(bytes),
      ended: (error, wasOpen) => void this.#finish(error === null ? null : this.#problem(error, wasOpen)),
    });
  }

  async close(why: CloseWhy): Promise<void> {
    this.#isClosing = true;
    await this.#line.close();
    await this.#finish(null);
    const stream = await this.#pump?.stream.catch(() => undefined);
    if (why === 'removed' && stream !== undefined)
      await this.#host.closeStream(stream, 'removed').catch(() => undefined);
  }

  #problem(error: string, wasOpen: boolean): CaptureProblem {
    const problem = serialProblem(error, this.#path);
    // A device that vanishes while it is read says `EIO` or `bad file descriptor`; what matters is that it is gone.
    return wasOpen ? { ...problem, code: 'port-not-found' } : problem;
  }

  #start(): void {
    if (this.#isClosing) return;
    this.#pump = new StreamPump(this.#host, this.#host.continueStream(this.#path, 'reopened'), (isPaused) => {
      if (isPaused) this.#line.pause();
      else this.#line.resume();
    });
    this.#pump.stream.catch(() => undefined);
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
