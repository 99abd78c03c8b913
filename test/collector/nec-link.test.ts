import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureProblem } from '../../core/collector/control.ts';
import type { SourceHost } from '../../core/collector/source.ts';
import { NecLinkSource } from '../../core/collector/sources/nec-link.ts';
import { dataPacket, NAK, pbxAnswer } from '../../parsers/nec/packet.ts';
import { FakeNecPbx, parsed, recordOf } from './fake-nec-pbx.ts';
import { Rig, silentHost, until } from './rig.ts';

const STATIONS = Array.from({ length: 25 }, (_, n) => String(200 + n));
const RECORDS = STATIONS.map(recordOf);

let rig: Rig;
let pbx: FakeNecPbx;
beforeEach(() => {
  rig = new Rig();
  pbx = new FakeNecPbx(RECORDS);
});
afterEach(async () => {
  pbx.end();
  await rig.end();
});

const start = async (port: number): Promise<void> =>
  rig.configure([{ kind: 'nec-link', host: '127.0.0.1', port, pollSeconds: 1, isParityChecked: true }]);

/** The link alone, with short times; resolves with what it ended with. */
function linkTo(port: number, change: Partial<SourceHost> = {}): Promise<CaptureProblem | null> {
  return new Promise((resolve) => {
    new NecLinkSource(
      silentHost({ ended: resolve, ...change }),
      { kind: 'nec-link', host: '127.0.0.1', port, pollSeconds: 1, isParityChecked: true },
      { answerTimeoutMs: 20, pollMs: 5 },
    );
  });
}

describe('a NEC link', () => {
  it('takes record after record, waits when there is none, and takes the next', async () => {
    await start(await pbx.listen());
    await until(() => pbx.records.length === 0);
    await until(() => parsed(rig.text()).extensions.length === RECORDS.length);
    expect(parsed(rig.text()).extensions).toEqual(STATIONS);
    expect(rig.status()).toMatchObject({ state: 'open', problem: null, connections: 1 });
    pbx.records.push(recordOf('399'));
    await until(() => parsed(rig.text()).extensions.at(-1) === '399');
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
    for (const letter of 'xyzwv') expect(rig.text().split(letter.repeat(4000))).toHaveLength(2);
  });

  it.each([true, false])('refuses a damaged packet and gets it again (by itself: %s)', async (repeatsByItself) => {
    pbx.repeatsByItself = repeatsByItself;
    pbx.spoil = (packet) => (pbx.sentPackets % 12 === 5 ? packet.replace('4903202', '4903207') : packet);
    await start(await pbx.listen());
    await until(() => pbx.records.length === 0);
    expect(pbx.answers).toContain(NAK);
    await until(() => parsed(rig.text()).extensions.length === RECORDS.length);
    expect(parsed(rig.text()).extensions).toEqual(STATIONS);
    // The damaged ones are kept as well: every byte that came is in the journal.
    expect(rig.text()).toContain('4903207');
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
    expect(parsed(rig.text()).extensions).toEqual(STATIONS);
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
    // Sent again, stored again, and known as what it is.
    expect(parsed(rig.text()).repeated).toBe(3);
    expect(parsed(rig.text()).extensions).toEqual(STATIONS);
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
    await until(() => parsed(rig.text()).extensions.length === RECORDS.length);
    expect(parsed(rig.text()).extensions).toEqual(STATIONS);
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

  it('takes packets of another parity where that is wanted', async () => {
    pbx.spoil = (packet) => `${packet.slice(0, -1)}?`;
    const port = await pbx.listen();
    await rig.configure([{ kind: 'nec-link', host: '127.0.0.1', port, pollSeconds: 1, isParityChecked: false }]);
    await until(() => pbx.records.length === 0);
    expect(pbx.answers).not.toContain(NAK);
  });

  it('asks again when the PBX got the request damaged', async () => {
    pbx.spoil = (packet) => (pbx.sentPackets === 1 ? pbxAnswer('3') : packet);
    await start(await pbx.listen());
    await until(() => pbx.records.length === 0);
    expect(parsed(rig.text()).extensions).toEqual(STATIONS);
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
