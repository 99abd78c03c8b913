import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import { type SourceRow, SourceStore } from '../../core/store/sources.ts';
import type { SerialSettings } from '../../parsers/detection/serial-line.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { readBits, sentBits } from '../parsers/uart.ts';
import { addSource, openRig, type Rig } from './rig.ts';

const PORT: SerialSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
const SEVEN_EVEN: SerialSettings = { ...PORT, dataBits: 7, parity: 'even' };

const page = Array.from({ length: 30 }, (_, minute) =>
  panasonicLine({
    at: `05/10/26 09:${String(minute).padStart(2, '0')}`,
    number: '0912345678',
    duration: "00:01'00",
    account: '4401',
  }),
).join('');

describe('the format of a source on a serial port', () => {
  let rig: Rig;
  let client: Client;
  let sources: SourceStore;
  let source: SourceRow;
  beforeEach(async () => {
    rig = openRig();
    client = await rig.client('en');
    sources = new SourceStore(rig.deps.db);
    const id = addSource(sources, 'Cable');
    const row = sources.get(id);
    if (row === undefined) throw new Error('the source is gone');
    const config = { kind: 'serial', path: '/dev/ttyS0', ...PORT, flowControl: 'none' } as const;
    source = sources.change(id, { ...row, config });
  });
  afterEach(() => rig.close());

  const detection = () => client.call('detectSource', { params: { id: source.id } });
  /** Bytes as the port gave them; then the source is closed as it is when its settings change. */
  const receive = (text: string, closeReason?: string): void => {
    const { journal } = rig.deps;
    const stream = journal.openStream(source.id, '/dev/ttyS0');
    journal.append(stream, rig.clockMs, Buffer.from(text, 'latin1'));
    if (closeReason !== undefined) journal.closeStream(stream, closeReason);
  };

  it('comes with what is wrong with the port, and the settings to try, best first', async () => {
    receive(readBits(sentBits(page, SEVEN_EVEN), SEVEN_EVEN, PORT));
    const { isSure, lineFault, settingsToTry, candidates } = await detection();
    expect(isSure).toBe(false);
    expect(lineFault).toEqual({ kind: 'line-parity-even', values: {} });
    expect(settingsToTry).toEqual([SEVEN_EVEN]);
    expect(candidates[0]?.formatId).toBe('panasonic-a');
  });

  it('proposes several speeds where the bytes do not tell which, and never the present one', async () => {
    const slow: SerialSettings = { ...PORT, baudRate: 1200 };
    const fast: SerialSettings = { ...PORT, baudRate: 9600 };
    sources.change(source.id, {
      ...source,
      config: { kind: 'serial', path: '/dev/ttyS0', ...slow, flowControl: 'none' },
    });
    receive(readBits(sentBits(page, fast), fast, slow));
    const { lineFault, settingsToTry } = await detection();
    expect(lineFault?.kind).toBe('line-no-text');
    expect(settingsToTry).toContainEqual(fast);
    expect(settingsToTry).not.toContainEqual(slow);
    expect(settingsToTry[0]).toEqual({ ...PORT, baudRate: 2400 });
  });

  it('forgets what came with other settings as soon as they are changed', async () => {
    receive(readBits(sentBits(page, SEVEN_EVEN), SEVEN_EVEN, PORT), 'removed');
    expect(await detection()).toMatchObject({ linesSeen: 0, lineFault: null, settingsToTry: [], candidates: [] });
    receive(page);
    expect(await detection()).toMatchObject({ linesSeen: 30, lineFault: null, settingsToTry: [] });
  });

  it('says nothing of a port where the source has none', async () => {
    sources.change(source.id, { ...source, config: { kind: 'file-import' } });
    receive(readBits(sentBits(page, SEVEN_EVEN), SEVEN_EVEN, PORT));
    expect(await detection()).toMatchObject({ lineFault: { kind: 'line-parity-even' }, settingsToTry: [] });
  });

  it('is told of bytes that are only tried, too', async () => {
    const body = Buffer.from(readBits(sentBits(page, SEVEN_EVEN), SEVEN_EVEN, PORT), 'latin1');
    expect(await client.call('detectFormat', { body })).toMatchObject({ lineFault: { kind: 'line-parity-even' } });
  });
});
