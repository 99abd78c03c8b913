import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { LAN_PASSWORD } from '../../core/demo/lan-login.ts';
import { formatById } from '../../parsers/registry.ts';
import type { CommandContext } from '../../service/command.ts';
import { openSink, type RecordSink } from '../../service/simulator-sink.ts';

const sockets: net.Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

class Collector {
  readonly socket: net.Socket;
  #text = '';
  #more: () => void = () => undefined;

  constructor(port: number) {
    this.socket = net.connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.socket.on('data', (bytes) => {
      this.#text += bytes.toString('latin1');
      this.#more();
    });
    sockets.push(this.socket);
  }

  async sees(end: string): Promise<void> {
    while (!this.#text.endsWith(end)) {
      await new Promise<void>((resolve) => {
        this.#more = resolve;
      });
    }
  }

  async logIn(): Promise<void> {
    await this.sees('-');
    this.socket.write('SMDR\r\n');
    await this.sees('Enter Password:');
    this.socket.write(`${LAN_PASSWORD}\r\n`);
  }
}

/** A simulated PBX with a login on a free port. */
async function waitingPbx(): Promise<{ readonly port: number; readonly sink: Promise<RecordSink> }> {
  const format = formatById('panasonic-a');
  if (format === undefined) throw new Error('the format is gone');
  let sink: Promise<RecordSink> | undefined;
  const port = await new Promise<number>((resolve) => {
    const context = {
      t: (_key: string, values: { readonly port: number }) => String(values.port),
      remark: (text: string) => resolve(Number(text)),
    } as unknown as CommandContext;
    sink = openSink(context, { tcpListen: '0', login: true }, format);
  });
  if (sink === undefined) throw new Error('nothing was opened');
  return { port, sink };
}

describe('a simulated PBX with a login', () => {
  it.each([
    ['says nothing', (_: Collector) => Promise.resolve()],
    [
      'leaves before it is asked',
      async (one: Collector) => {
        await one.sees('-');
        one.socket.end();
      },
    ],
    [
      'leaves in the middle of a word',
      async (one: Collector) => {
        await one.sees('-');
        one.socket.write('SM');
        one.socket.resetAndDestroy();
      },
    ],
    [
      'leaves at the password',
      async (one: Collector) => {
        await one.sees('-');
        one.socket.write('SMDR\r\n');
        await one.sees('Enter Password:');
        one.socket.destroy();
      },
    ],
  ])('lets the next collector in when one %s', async (_, leave) => {
    const { port, sink } = await waitingPbx();
    await leave(new Collector(port));
    const next = new Collector(port);
    await next.logIn();
    const records = await sink;
    await records.write('a record\r\n');
    await next.sees('a record\r\n');
    await records.end();
  });

  it('takes no second collector once records flow to one', async () => {
    const { port, sink } = await waitingPbx();
    await new Collector(port).logIn();
    await sink;
    const late = new Collector(port);
    await new Promise((resolve) => late.socket.once('close', resolve));
    expect(late.socket.bytesRead).toBe(0);
  });
});
