/** Where the simulated PBX sends its records: a waiting port, a collector, a serial line or a file. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import net from 'node:net';
import type { Writable } from 'node:stream';
import { letIn, readUntil } from '../core/demo/lan-login.ts';
import type { FormatDefinition } from '../parsers/types.ts';
import { type CommandContext, CommandFailure } from './command.ts';
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

function streamSink(stream: Writable, after: () => void = () => {}): RecordSink {
  return {
    async write(text) {
      if (!stream.write(Buffer.from(text, 'latin1'))) await once(stream, 'drain');
    },
    async end() {
      stream.end();
      await once(stream, 'finish');
      after();
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

async function listen(
  context: CommandContext,
  port: number,
  greet: (socket: net.Socket) => Promise<boolean>,
): Promise<RecordSink> {
  const server = net.createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  context.remark(context.t('cli.simulate.waiting', { port: (server.address() as net.AddressInfo).port }));
  for (;;) {
    const [socket] = (await once(server, 'connection')) as [net.Socket];
    socket.on('error', () => socket.destroy());
    if (await greet(socket)) return streamSink(socket, () => server.close());
  }
}

async function connect(context: CommandContext, target: string): Promise<RecordSink> {
  const at = target.lastIndexOf(':');
  const port = Number(target.slice(at + 1));
  if (at < 1 || !Number.isInteger(port)) {
    throw new CommandFailure(context.t('cli.wrongOption', { option: `--tcp-connect ${target}` }), EXIT.wrongUse);
  }
  const socket = net.connect(port, target.slice(0, at));
  await once(socket, 'connect');
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
    return listen(context, Number(options.tcpListen), greet);
  }
  if (options.tcpConnect !== undefined) return connect(context, options.tcpConnect);
  if (options.pty !== undefined) return deviceSink(await open(options.pty, 'r+'));
  if (options.file !== undefined) return streamSink(createWriteStream(options.file));
  throw new CommandFailure(context.t('cli.simulate.target'), EXIT.wrongUse);
}
