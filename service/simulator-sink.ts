/** Where the simulated PBX sends its records: a waiting port, a collector, a serial line or a file. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import net from 'node:net';
import type { Writable } from 'node:stream';
import type { CaptureProblem } from '../core/collector/control.ts';
import { networkProblem, serialProblem } from '../core/collector/problem.ts';
import { letIn, readUntil } from '../core/demo/lan-login.ts';
import { AppError } from '../core/model/errors.ts';
import type { FormatDefinition } from '../parsers/types.ts';
import { type CommandContext, CommandFailure, wholeNumber } from './command.ts';
import { EXIT } from './exit-codes.ts';

export interface RecordSink {
  /** latin1 text; resolves when the other side can take more. */
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

export interface SinkOptions {
  readonly tcpListen?: string;
  readonly tcpConnect?: string;
  readonly pty?: string;
  readonly file?: string;
  readonly login?: boolean;
}

function streamSink(stream: Writable): RecordSink {
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        // The callback also comes, with the error, when the other side hangs up while much is waiting.
        const isFree = stream.write(Buffer.from(text, 'latin1'), (error) => (error ? reject(error) : resolve()));
        if (isFree) resolve();
      }),
    async end() {
      stream.end();
      await once(stream, 'finish');
    },
  };
}

function deviceSink(device: FileHandle): RecordSink {
  return {
    async write(text) {
      await device.appendFile(Buffer.from(text, 'latin1'));
    },
    end: () => device.close(),
  };
}

/** Answers an AMI login so that the collector starts to listen for events. */
async function letInByAmi(socket: net.Socket): Promise<boolean> {
  socket.write('Asterisk Call Manager/5.0.2\r\n');
  await readUntil(socket, /\r\n\r\n/);
  socket.write('Response: Success\r\nMessage: Authentication accepted\r\n\r\n');
  return true;
}

/** The same words for a taken port or a missing device as the sources use. */
async function orProblem<T>(opening: Promise<T>, problemOf: (error: unknown) => CaptureProblem): Promise<T> {
  return opening.catch((error: unknown) => {
    const { code, values } = problemOf(error);
    throw new AppError(code, values, error);
  });
}

/**
 * The first collector that is let in. Several may be at the door at once: one that says nothing more, or leaves, keeps
 * no other out.
 */
function firstLetIn(server: net.Server, greet: (socket: net.Socket) => Promise<boolean>): Promise<net.Socket> {
  return new Promise((resolve) => {
    const atDoor = new Set<net.Socket>();
    server.on('connection', (socket) => {
      atDoor.add(socket);
      socket.on('close', () => atDoor.delete(socket));
      socket.on('error', () => socket.destroy());
      greet(socket).then(
        (isIn) => {
          if (!isIn || socket.destroyed) return;
          atDoor.delete(socket);
          // Records go to one collector; the next one should learn at once that there is nobody for it.
          server.close();
          for (const other of atDoor) other.destroy();
          resolve(socket);
        },
        () => socket.destroy(),
      );
    });
  });
}

async function listen(
  context: CommandContext,
  port: number,
  greet: (socket: net.Socket) => Promise<boolean>,
): Promise<RecordSink> {
  const server = net.createServer();
  server.listen(port, '127.0.0.1');
  await orProblem(once(server, 'listening'), (error) => networkProblem(error, { port, host: '127.0.0.1' }));
  context.remark(context.t('cli.simulate.waiting', { port: (server.address() as net.AddressInfo).port }));
  return streamSink(await firstLetIn(server, greet));
}

async function connect(context: CommandContext, target: string): Promise<RecordSink> {
  const at = target.lastIndexOf(':');
  const host = target.slice(0, Math.max(0, at));
  if (host === '') {
    throw new CommandFailure(context.t('cli.wrongValue', { option: `--tcp-connect ${target}` }), EXIT.wrongUse);
  }
  const port = wholeNumber(context, '--tcp-connect', target.slice(at + 1), { low: 1, high: 65_535, fallback: 0 });
  const socket = net.connect(port, host);
  await orProblem(once(socket, 'connect'), (error) => networkProblem(error, { host, port }));
  return streamSink(socket);
}

/** Opens the one target that the options name. */
export async function openSink(
  context: CommandContext,
  options: SinkOptions,
  format: FormatDefinition,
): Promise<RecordSink> {
  if (options.tcpListen !== undefined) {
    const isAmi = format.transports.includes('ami');
    const greet = isAmi ? letInByAmi : options.login === true ? letIn : () => Promise.resolve(true);
    const port = wholeNumber(context, '--tcp-listen', options.tcpListen, { low: 0, high: 65_535, fallback: 0 });
    return listen(context, port, greet);
  }
  if (options.tcpConnect !== undefined) return connect(context, options.tcpConnect);
  if (options.pty !== undefined) {
    const { pty } = options;
    return deviceSink(await orProblem(open(pty, 'r+'), (error) => serialProblem(error, pty)));
  }
  if (options.file !== undefined) return streamSink(createWriteStream(options.file));
  throw new CommandFailure(context.t('cli.simulate.target'), EXIT.wrongUse);
}
