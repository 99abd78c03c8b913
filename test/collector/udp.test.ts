import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureProblem } from '../../core/collector/control.ts';
import { UdpListenerSource } from '../../core/collector/sources/udp-listener.ts';
import { dropsIn } from '../../core/collector/udp-drops.ts';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { Rig, silentHost, until } from './rig.ts';

type Udp = Extract<SourceConfig, { kind: 'udp-listener' }>;

const sockets: ReturnType<typeof createSocket>[] = [];
const bound = async (address = '127.0.0.1', port = 0): Promise<ReturnType<typeof createSocket>> => {
  const socket = createSocket('udp4');
  sockets.push(socket);
  await new Promise<void>((resolve) => socket.bind(port, address, resolve));
  return socket;
};
const freePort = async (): Promise<number> => {
  const socket = await bound();
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  sockets.pop();
  return port;
};

describe('a UDP listener', () => {
  let rig: Rig;
  beforeEach(() => {
    rig = new Rig();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.close();
    await rig.end();
  });
  const config = async (change: Partial<Udp> = {}): Promise<Udp> => ({
    kind: 'udp-listener',
    port: await freePort(),
    bindAddress: '127.0.0.1',
    allowedHosts: [],
    ...change,
  });

  it('makes each datagram a line, one stream for each sender, and keeps the syslog header', async () => {
    const { port, ...rest } = await config();
    await rig.configure([{ port, ...rest }]);
    await until(() => rig.status()?.state === 'open');
    const [a, b] = [await bound(), await bound('127.0.0.2')];
    a.send('<190>: Nov 23 10:00:00: %VOIPAAA-5-VOIP_CALL_HISTORY: CallLegType 1', port, '127.0.0.1');
    await until(() => rig.text().endsWith('CallLegType 1\n'));
    a.send('with an end\r\n', port, '127.0.0.1');
    b.send('from the other', port, '127.0.0.1');
    await until(() => rig.text().length === 68 + 13 + 15);
    const streams = rig.reader.streams(1);
    const textOf = (peer: string): string => rig.text(1, streams.find((stream) => stream.peer === peer)?.id);
    expect(textOf('127.0.0.1')).toBe(
      '<190>: Nov 23 10:00:00: %VOIPAAA-5-VOIP_CALL_HISTORY: CallLegType 1\nwith an end\r\n',
    );
    expect(textOf('127.0.0.2')).toBe('from the other\n');
    expect(rig.status()?.connections).toBe(2);
    await rig.restart();
    expect(rig.reader.streams(1).map((stream) => stream.closeReason)).toEqual(['stopped', 'stopped']);
  });

  it('keeps together what one address sends from many ports', async () => {
    const udp = await config();
    await rig.configure([udp]);
    await until(() => rig.status()?.state === 'open');
    for (let n = 0; n < 40; n += 1) {
      (await bound()).send(`part ${n}`, udp.port, '127.0.0.1');
      await until(() => rig.text().endsWith(`part ${n}\n`));
    }
    expect(rig.reader.streams(1).map((stream) => stream.peer)).toEqual(['127.0.0.1']);
  });

  it('counts what the system threw away: stored and lost together are all that was sent', async () => {
    const udp = await config();
    await rig.configure([udp]);
    await until(() => rig.status()?.state === 'open');
    const sender = await bound();
    const sent = 6000;
    // In one turn of this program, which therefore reads none of them meanwhile.
    for (let n = 0; n < sent; n += 1) sender.send('x'.repeat(999), udp.port, '127.0.0.1');
    await until(() => rig.status()?.problem?.code === 'datagrams-lost', 15_000);
    await until(() => rig.text().length / 1000 + Number(rig.status()?.problem?.values['count']) === sent, 15_000);
    expect(rig.text().length).toBeGreaterThan(0);
  }, 40_000);

  it('finds the drops of a port in the tables of the system', () => {
    const table = [
      '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
      '13818: 00000000:3A9C 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1131907 2 0000 1376    ',
      '13819: 0100007F:3A9D 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1131908 2 0000 5',
      ' 1381: 00000000000000000000000000000000:3A9C 00000000000000000000000000000000:0000 07 0:0 0:0 0 0 0 11 2 0000 4',
    ].join('\n');
    expect(dropsIn(table, 15_004)).toBe(1380);
    expect(dropsIn(table, 514)).toBe(0);
  });

  it('leaves out who is not allowed, and counts and names them', async () => {
    const udp = await config({ allowedHosts: ['127.0.0.1'] });
    await rig.configure([udp]);
    await until(() => rig.status()?.state === 'open');
    const stranger = await bound('127.0.0.77');
    for (let n = 0; n < 3; n += 1) stranger.send('forged', udp.port, '127.0.0.1');
    await until(() => rig.status()?.problem?.values['count'] === 3);
    expect(rig.status()).toMatchObject({
      state: 'open',
      problem: { code: 'peer-refused', values: { peer: '127.0.0.77', port: udp.port } },
    });
    (await bound()).send('real', udp.port, '127.0.0.1');
    await until(() => rig.text() === 'real\n');
  });

  it('says that the port is taken, and opens once it is free', async () => {
    const other = await bound();
    const udp = await config({ port: other.address().port });
    await rig.configure([udp]);
    await until(() => rig.status()?.problem?.code === 'port-taken');
    other.close();
    sockets.length = 0;
    await until(() => rig.status()?.state === 'open');
  });

  it('says how many datagrams were lost while the journal could take none', async () => {
    const notes: (CaptureProblem | null)[] = [];
    let port = 0;
    let release = (): void => undefined;
    const stuck = new Promise<void>((resolve) => {
      release = resolve;
    });
    const source = new UdpListenerSource(
      silentHost({ append: () => stuck, note: (note) => void notes.push(note) }),
      { ...(await config()), port: 0 },
      (bound) => {
        port = bound;
      },
    );
    await until(() => port > 0);
    const sender = await bound();
    const large = Buffer.alloc(60_000, 65);
    for (let n = 0; n < 200 && notes.length === 0; n += 1) {
      await new Promise((resolve) => sender.send(large, port, '127.0.0.1', resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => notes.at(-1)?.code === 'datagrams-lost');
    release();
    await source.close('stopped');
  });
});
