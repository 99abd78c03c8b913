/**
 * Holds one serial port open in a process of its own. The driver hangs its readiness events on the main thread's loop
 * whatever thread opened the port, so a port opened in a worker thread ends the whole program with its first byte.
 */
import { access } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import type { FromSerialProcess, SerialConfig, ToSerialProcess } from './serial-messages.ts';

let port: SerialPort | undefined;
let wasOpen = false;

/** How often the device file is looked for while the port is open. */
const WATCH_MS = 1000;

const tell = (message: FromSerialProcess, after: () => void = () => undefined): void => {
  process.send?.(message, after);
};

function end(error: string | null): void {
  tell({ type: 'ended', wasOpen, error }, () => process.exit());
}

function open(config: SerialConfig): void {
  port = new SerialPort({
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
  port.on('error', (error) => end(error.message));
  port.on('close', (error: Error | null) => end(error?.message ?? null));
  port.open((error) => {
    if (error !== null && error !== undefined) {
      end(error.message);
      return;
    }
    wasOpen = true;
    tell({ type: 'opened' });
    watch(config.path);
    // Many PBXs send only while DTR is up. Hardware flow control drives RTS itself. A pseudo-terminal has no such lines
    // and answers ENOTTY: nothing is lost by that.
    const lines = config.flowControl === 'rts-cts' ? { dtr: true } : { dtr: true, rts: true };
    port?.set(lines, () => undefined);
    port?.on('data', (bytes: Buffer) => tell({ type: 'data', bytes }));
  });
}

/** On a busy machine the driver can miss that its device has gone, and would wait for ever. Windows ports are no files. */
function watch(path: string): void {
  if (!path.startsWith('/')) return;
  setInterval(() => {
    access(path).catch((error: unknown) => end(error instanceof Error ? error.message : String(error)));
  }, WATCH_MS).unref();
}

process.on('message', (message: ToSerialProcess) => {
  switch (message.type) {
    case 'open':
      try {
        open(message.config);
      } catch (error) {
        end(error instanceof Error ? error.message : String(error));
      }
      break;
    case 'pause':
      port?.pause();
      break;
    case 'resume':
      port?.resume();
      break;
    case 'close':
      if (port?.isOpen === true) port.close();
      else end(null);
      break;
  }
});
// Ctrl-C reaches every process of a terminal; this one ends when the program that started it says so or is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit());
