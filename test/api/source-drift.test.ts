import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import { SourceStore } from '../../core/store/sources.ts';
import type { SerialSettings } from '../../parsers/detection/serial-line.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { readBits, sentBits } from '../parsers/uart.ts';
import { addSource, openRig, type Rig } from './rig.ts';

const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) =>
    panasonicLine({
      at: `05/10/26 ${String(8 + Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`,
      number: '0912345678',
      duration: "00:01'00",
      account: '4401',
    }),
  ).join('');

describe('a source whose records are not what they were', () => {
  let rig: Rig;
  let client: Client;
  let sources: SourceStore;
  beforeEach(async () => {
    rig = openRig();
    client = await rig.client('en');
    sources = new SourceStore(rig.deps.db);
  });
  afterEach(() => rig.close());
  const drift = (id: number) => client.call('getSourceDrift', { params: { id } });

  it('says so with examples, and only then', async () => {
    const id = addSource(sources, 'Main PBX');
    rig.feed(id, lines(200));
    expect(await drift(id)).toEqual({ signs: [], examples: [], lineFault: null, settingsToTry: [] });
    rig.feed(id, 'v2;2026-10-05;08:00;101;0912345678;60\r\n'.repeat(40));
    const found = await drift(id);
    expect(found.signs[0]).toMatchObject({ kind: 'unread', values: { unread: 40, of: 50 } });
    expect(found.examples).toHaveLength(3);
    expect(found.examples[0]).toContain('v2;2026-10-05');
  });

  it('names the settings that a serial port should have', async () => {
    const set: SerialSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
    const sent: SerialSettings = { ...set, dataBits: 7, parity: 'even' };
    const id = addSource(sources, 'Serial');
    const row = sources.get(id);
    if (row === undefined) throw new Error('the source is gone');
    sources.change(id, { ...row, config: { kind: 'serial', path: '/dev/ttyS0', ...set, flowControl: 'none' } });
    rig.feed(id, readBits(sentBits(lines(60), sent), sent, set));
    expect(await drift(id)).toMatchObject({
      lineFault: { kind: 'line-parity-even' },
      settingsToTry: [{ baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 }],
    });
  });

  it('names the speed that a serial port should have, though its bytes never end a line', async () => {
    const set: SerialSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
    const sent: SerialSettings = { ...set, baudRate: 4800 };
    const id = addSource(sources, 'Serial');
    const row = sources.get(id);
    if (row === undefined) throw new Error('the source is gone');
    sources.change(id, { ...row, config: { kind: 'serial', path: '/dev/ttyS0', ...set, flowControl: 'none' } });
    rig.feed(id, lines(60));
    expect(await drift(id)).toMatchObject({ lineFault: null, settingsToTry: [] });
    const { journal } = rig.deps;
    // The port is open: nothing says that a record is over.
    const stream = journal.openStream(id, '/dev/ttyS0');
    journal.append(stream, rig.clockMs, Buffer.from(readBits(sentBits(lines(200), sent), sent, set), 'latin1'));
    rig.feed(id, '');
    expect(await drift(id)).toMatchObject({ lineFault: { kind: 'line-too-fast' }, settingsToTry: [sent] });
  });
});
