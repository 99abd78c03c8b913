/** A serial port held by a process of its own, as the source sees it. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { workerUrl } from '../worker.ts';
import type { FromSerialProcess, SerialConfig, ToSerialProcess } from './serial-messages.ts';

export interface SerialLineEvents {
  opened(): void;
  data(bytes: Uint8Array): void;
  /** Once, after the last data. `error` is the driver's text; null when the port was closed on request. */
  ended(error: string | null, wasOpen: boolean): void;
}

export class SerialLine {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  constructor(config: SerialConfig, events: SerialLineEvents) {
    const child = fork(fileURLToPath(workerUrl('serial')), [], {
      // Inside the desktop shell the program file is Electron's own.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      let isEnded = false;
      const end = (error: string | null, wasOpen: boolean): void => {
        if (isEnded) return;
        isEnded = true;
        events.ended(error, wasOpen);
        resolve();
      };
      child.on('message', (message: FromSerialProcess) => {
        if (message.type === 'opened') events.opened();
        else if (message.type === 'data') events.data(message.bytes);
        else end(message.error, message.wasOpen);
      });
      child.on('error', (error) => end(error.message, false));
      // Comes after everything the process has said, however it ended.
      child.on('disconnect', () => end('the serial process ended', true));
    });
    this.#send({ type: 'open', config });
  }

  pause(): void {
    this.#send({ type: 'pause' });
  }

  resume(): void {
    this.#send({ type: 'resume' });
  }

  /** Resolves when the port is free again and all it gave has been handed on. */
  async close(): Promise<void> {
    this.#send({ type: 'close' });
    await this.#ended;
  }

  #send(message: ToSerialProcess): void {
    // A process that is gone says so by itself.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}
