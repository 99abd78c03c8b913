/** The log: JSON lines to stderr or to a file that is renamed when it grows. Nothing else in the program writes to the console. */
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import pino, { type Logger } from 'pino';

export type Log = Logger;

export interface LogOptions {
  /** Without it the log goes to stderr. */
  readonly file?: string;
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly maxFileBytes?: number;
}

const MAX_FILE_BYTES = 5 * 1024 * 1024;
const OLD_FILES = 3;
const STDERR = 2;
const SECRETS = ['secret', 'password', 'token', 'send', 'config', 'login'];

export function createLog(options: LogOptions = {}): Log {
  const destination =
    options.file === undefined
      ? { write: (line: string): void => writeQuietly(STDERR, line) }
      : new RotatingFile(options.file, options.maxFileBytes ?? MAX_FILE_BYTES);
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino({ level: options.level ?? 'info', base: null, redact: { paths, censor: '***' } }, destination);
}

/** A log that cannot be written must not stop what it reports on. */
function writeQuietly(fd: number, line: string): void {
  try {
    writeSync(fd, line);
  } catch {
    // The disk is full or stderr is closed; the state shown on the pages says so.
  }
}

class RotatingFile {
  readonly #path: string;
  readonly #maxBytes: number;
  #fd: number;
  #bytes: number;

  constructor(path: string, maxBytes: number) {
    mkdirSync(dirname(path), { recursive: true });
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.#fd = openSync(path, 'a');
    this.#bytes = fstatSync(this.#fd).size;
  }

  write(line: string): void {
    if (this.#bytes >= this.#maxBytes) this.#rotate();
    writeQuietly(this.#fd, line);
    this.#bytes += Buffer.byteLength(line);
  }

  #rotate(): void {
    closeSync(this.#fd);
    for (let n = OLD_FILES; n >= 1; n -= 1) {
      try {
        renameSync(n === 1 ? this.#path : `${this.#path}.${n - 1}`, `${this.#path}.${n}`);
      } catch {
        // That many old files do not exist yet.
      }
    }
    this.#fd = openSync(this.#path, 'a');
    this.#bytes = fstatSync(this.#fd).size;
  }
}
