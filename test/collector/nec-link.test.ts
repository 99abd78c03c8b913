import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureProblem } from '../../core/collector/control.ts';
import type { SourceHost } from '../../core/collector/source.ts';
import { NecLinkSource } from '../../core/collector/sources/nec-link.ts';
import { ACK, dataPacket, IDENTIFIERS, NAK, pbxAnswer, readPacket, scanPacket } from '../../parsers/nec/packet.ts';
import { Rig, silentHost, until } from './rig.ts';

/** A PBX with records to give: each is sent again until it is acknowledged. What it is told can be made to go wrong. */
class FakePbx {
  readonly server: Server;
  readonly answers: string[] = [];
  /** Sequence numbers go round from 0 to 9. */
  #sequence = 0;
  readonly sockets = new Set<Socket>();
  readonly records: string[];
  /** What is sent for a data packet; empty: nothing at all. */
  spoil: (packet: string, socket: Socket) => string = (packet) => packet;
  onAcknowledged: (socket: Socket) => boolean = () => true;
  /** After a refusal, without being asked again. */
  repeatsByItself = true;
  sentPackets = 0;
  hasEnded = false;

  constructor(records: readonly string[]) {
    this.records = [...records];
    this.server = createServer((socket) => this.#serve(socket));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', () => resolve()));
    const address = this.server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  end(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  #serve(socket: Socket): void {
    let buffer = '';
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      buffer += bytes.toString('latin1');
      for (;;) {
        const scanned = scanPacket(buffer, 0);
        if (buffer === '' || scanned.kind === 'incomplete') return;
        if (scanned.kind === 'none') throw new Error(`not a packet: ${JSON.stringify(buffer)}`);
        const packet = readPacket(buffer.slice(0, scanned.end));
        buffer = buffer.slice(scanned.end);
        expect(packet?.isParityRight).toBe(true);
        if (packet?.identifier === IDENTIFIERS.request) this.#give(socket);
        else if (packet?.identifier === IDENTIFIERS.clientAnswer) this.#answered(socket, packet);
        else if (packet?.identifier === IDENTIFIERS.disconnect) {
          this.hasEnded = true;
          socket.end();
        } else throw new Error(`not expected: ${JSON.stringify(packet)}`);
      }
    });
  }

  #give(socket: Socket): void {
    const [record] = this.records;
    if (record === undefined) {
      socket.write(pbxAnswer('1'), 'latin1');
      return;
    }
    this.sentPackets += 1;
    socket.write(this.spoil(dataPacket(String(this.#sequence), record), socket), 'latin1');
  }

  #answered(socket: Socket, packet: { readonly sequence: string; readonly content: string }): void {
    this.answers.push(packet.content);
    if (packet.content === NAK && this.repeatsByItself) this.#give(socket);
    if (packet.content !== ACK || packet.sequence !== String(this.#sequence)) return;
    if (!this.onAcknowledged(socket)) return;
    this.records.shift();
    this.#sequence = (this.#sequence + 1) % 10;
  }
}

/** The records of the journal's bytes, each once: a packet like the one before it was sent again. */
function recordsIn(text: string): string[] {
  const records: string[] = [];
  let last = '';
  for (let at = 0; at < text.length; ) {
    const scanned = scanPacket(text, at);
    if (scanned.kind === 'incomplete') break;
    const end = scanned.kind === 'packet' ? scanned.end : at + scanned.skip;
    const bytes = text.slice(at, end);
    const packet = readPacket(bytes);
    if (packet?.identifier === IDENTIFIERS.data && packet.isParityRight && bytes !== last) {
      records.push(packet.content);
      last = bytes;
    }
    at = end;
  }
  return records;
}

const RECORDS = Array.from({ length: 25 }, (_, n) => `0!KA00004000120${n % 10}   record ${n}`);

let rig: Rig;
let pbx: FakePbx;
beforeEach(() => {
  rig = new Rig();
  pbx = new FakePbx(RECORDS);
});
afterEach(async () => {
  pbx.end();
  await rig.end();
});

const start = async (port: number): Promise<void> =>
  rig.configure([{ kind: 'nec-link', host: '127.0.0.1', port, pollSeconds: 1 }]);

/** The link alone, with short times; resolves with what it ended with. */
function linkTo(port: number, change: Partial<SourceHost> = {}): Promise<CaptureProblem | null> {
  return new Promise((resolve) => {
    new NecLinkSource(
      silentHost({ ended: resolve, ...change }),
      { kind: 'nec-link', host: '127.0.0.1', port, pollSeconds: 1 },
      { answerTimeoutMs: 20, pollMs: 5 },
    );
  });
}

describe('a NEC link', () => {
  it('takes record after record, waits when there is none, and takes the next', async () => {
    await start(await pbx.listen());
    await until(() => pbx.records.length === 0);
    await until(() => recordsIn(rig.text()).length === RECORDS.length);
    expect(recordsIn(rig.text())).toEqual(RECORDS);
    expect(rig.status()).toMatchObject({ state: 'open', problem: null, connections: 1 });
    pbx.records.push('one more');
    await until(() => recordsIn(rig.text()).at(-1) === 'one more');
    expect(rig.reader.streams(1)).toHaveLength(1);
  });

  it('acknowledges nothing that is not on the disk', async () => {
    const port = await pbx.listen();
    await start(port);
    await until(() => pbx.records.length === 0);
    rig.limitJournal(0);
    pbx.records.push('x'.repeat(4000), 'y'.repeat(4000), 'z'.repeat(4000), 'w'.repeat(4000), 'v'.repeat(4000));
    await until(() => rig.status()?.problem?.code === 'disk-full');
    const [waiting] = pbx.records;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(pbx.records[0]).toBe(waiting);
    expect(rig.text()).not.toContain(waiting);
    rig.limitJournal(undefined);
    await until(() => pbx.records.length === 0);
    expect(recordsIn(rig.text()).slice(-2)).toEqual(['w'.repeat(4000), 'v'.repeat(4000)]);
  });

  it.each([true, false])('refuses a damaged packet and gets it again (by itself: %s)', async (repeatsByItself) => {
    pbx.repeatsByItself = repeatsByItself;
    pbx.spoil = (packet) => (pbx.sentPackets % 12 === 5 ? packet.replace('record', 'rec0rd') : packet);
    await start(await pbx.listen());
    await until(() => pbx.records.length === 0);
    expect(pbx.answers).toContain(NAK);
    await until(() => recordsIn(rig.text()).length === RECORDS.length);
    expect(recordsIn(rig.text())).toEqual(RECORDS);
    // The damaged ones are kept as well: every byte that came is in the journal.
    expect(rig.text()).toContain('rec0rd');
    expect(rig.status()?.problem).toBeNull();
  });

  it('survives packets that were cut and bytes that belong to none', async () => {
    pbx.spoil = (packet, socket) => {
      if (pbx.sentPackets % 4 === 1) return `noise${packet}`;
      if (pbx.sentPackets % 4 === 3) {
        socket.write(packet.slice(0, 9), 'latin1');
        return packet;
      }
      return packet;
    };
    await start(await pbx.listen());
    await until(() => pbx.records.length === 0);
    expect(recordsIn(rig.text())).toEqual(RECORDS);
    expect(rig.text()).toContain('noise');
  });

  it('loses and doubles nothing when the connection breaks between the commit and the acknowledgement', async () => {
    let broken = 0;
    pbx.onAcknowledged = (socket) => {
      if (broken >= 3 || pbx.records.length % 8 !== 1) return true;
      broken += 1;
      socket.resetAndDestroy();
      return false;
    };
    await start(await pbx.listen());
    await until(() => pbx.records.length === 0, 20_000);
    expect(broken).toBe(3);
    expect(recordsIn(rig.text())).toEqual(RECORDS);
    // One stream: what the parser remembers of the last record must reach the repeated one.
    expect(rig.reader.streams(1)).toHaveLength(1);
    expect(rig.reader.gaps(rig.reader.streams(1)[0]?.id ?? 0)).toHaveLength(3);
  });

  it('goes on after a stop with the record that was not acknowledged', async () => {
    pbx.onAcknowledged = () => pbx.records.length > 10;
    const port = await pbx.listen();
    await start(port);
    await until(() => pbx.sentPackets > 16);
    await rig.restart();
    expect(pbx.hasEnded).toBe(true);
    pbx.onAcknowledged = () => true;
    await start(port);
    await until(() => pbx.records.length === 0);
    await until(() => recordsIn(rig.text()).length === RECORDS.length);
    expect(recordsIn(rig.text())).toEqual(RECORDS);
    expect(rig.reader.streams(1)).toHaveLength(1);
  });

  it('says that nobody answers', async () => {
    pbx.spoil = () => '';
    const port = await pbx.listen();
    expect(await linkTo(port)).toEqual({ code: 'link-silent', values: { host: '127.0.0.1', port } });
    expect(pbx.sentPackets).toBe(3);
  });

  it('gives up a line on which every packet is damaged, and says so before', async () => {
    const notes: (CaptureProblem | null)[] = [];
    pbx.spoil = (packet) => `${packet.slice(0, -1)}?`;
    const problem = await linkTo(await pbx.listen(), { note: (note) => void notes.push(note) });
    expect(problem).toEqual({ code: 'link-damaged', values: { host: '127.0.0.1', count: 10 } });
    expect(notes[0]).toEqual({ code: 'link-damaged', values: { host: '127.0.0.1', count: 1 } });
  });

  it('says that something else speaks at the port, and that the PBX refuses requests', async () => {
    pbx.spoil = () => 'a page of something else\r\n'.repeat(400);
    const port = await pbx.listen();
    expect(await linkTo(port)).toEqual({ code: 'link-not-spoken', values: { host: '127.0.0.1', port } });
    pbx.spoil = () => pbxAnswer('5');
    expect(await linkTo(port)).toEqual({ code: 'link-refused', values: { host: '127.0.0.1', port } });
  });

  it('asks again when the PBX got the request damaged', async () => {
    pbx.spoil = (packet) => (pbx.sentPackets === 1 ? pbxAnswer('3') : packet);
    await start(await pbx.listen());
    await until(() => pbx.records.length === 0);
    expect(recordsIn(rig.text())).toEqual(RECORDS);
  });

  it('stores the answers of an idle night together with the next record', async () => {
    pbx.records.length = 0;
    const lengths: number[] = [];
    const port = await pbx.listen();
    void linkTo(port, { append: async (_stream, bytes) => void lengths.push(bytes.length) });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(lengths).toEqual([]);
    pbx.records.push('morning');
    await until(() => lengths.length === 1);
    const idle = pbxAnswer('1').length;
    const morning = dataPacket('0', 'morning').length;
    expect(((lengths[0] ?? 0) - morning) % idle).toBe(0);
    expect(lengths[0]).toBeGreaterThan(morning + idle);
  });
});
