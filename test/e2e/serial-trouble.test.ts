/** Wrong settings, a cable that is pulled, and a visitor who speaks HTTP: recognised, said, survived, on the real service. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Source, SourceInput } from '../../core/api/contract.ts';
import type { SerialSettings } from '../../parsers/detection/serial-line.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { readBits, sentBits } from '../parsers/uart.ts';
import { SerialCable } from '../support/serial-cable.ts';
import { allCalls, freePort, Service, sourceOf, TempFolder, until } from './rig.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PORT: SerialSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
const OPTIONS = { formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY' }, isEnabled: true };

const line = (n: number): string =>
  panasonicLine({
    at: `05/10/26 09:${String(n % 60).padStart(2, '0')}`,
    number: `09${String(12_345_000 + n).padStart(8, '0')}`,
    duration: "00:01'00",
    account: '4401',
  });
const CALLS = 40;
const page = Array.from({ length: CALLS }, (_, n) => line(n)).join('');

let folder: TempFolder;
let service: Service;
beforeAll(async () => {
  folder = new TempFolder();
  service = await Service.start(folder.file('data'));
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});

describe('a source on a serial port', () => {
  let ends: TempFolder;
  let cable: SerialCable;
  beforeEach(async () => {
    ends = new TempFolder();
    cable = new SerialCable(ends.path);
    await cable.plug();
  });
  afterEach(async () => {
    await cable.unplug();
    ends.remove();
  });

  const config = (settings: SerialSettings): SourceInput['config'] => ({
    kind: 'serial',
    path: cable.port,
    ...settings,
    flowControl: 'none',
  });
  const addSource = async (name: string): Promise<number> => {
    const { id } = await service.client.call('addSource', { body: { name, ...OPTIONS, config: config(PORT) } });
    await isOpen(id);
    return id;
  };
  const statusOf = async (id: number): Promise<Source['status']> => (await sourceOf(service.client, id)).status;
  const isOpen = (id: number): Promise<true> =>
    until('the port to open', async () => (await statusOf(id)).state === 'open' || undefined);
  const received = (id: number, bytes: number): Promise<true> =>
    until(`${bytes} bytes`, async () => (await statusOf(id)).bytesTotal >= bytes || undefined);
  const callsRead = (id: number, calls: number): Promise<true> =>
    until(`${calls} calls`, async () => (await statusOf(id)).counts.call >= calls || undefined);

  it.each<[string, string, SerialSettings]>([
    ['seven bits and even parity', 'line-parity-even', { ...PORT, dataBits: 7, parity: 'even' }],
    ['seven bits and odd parity', 'line-parity-odd', { ...PORT, dataBits: 7, parity: 'odd' }],
    ['half the speed', 'line-too-fast', { ...PORT, baudRate: 4800 }],
    ['twice the speed', 'line-no-text', { ...PORT, baudRate: 19200 }],
  ])(
    'whose PBX sends %s says what is wrong and what to set, and reads calls once it is set',
    async (name, kind, sent) => {
      const { client } = service;
      const id = await addSource(name);
      const bytes = readBits(sentBits(page, sent), sent, PORT);
      await cable.send(bytes);
      await received(id, bytes.length);
      const drift = await until('the fault', async () => {
        const found = await client.call('getSourceDrift', { params: { id } });
        return found.lineFault === null ? undefined : found;
      });
      expect(drift).toMatchObject({ lineFault: { kind }, settingsToTry: expect.arrayContaining([sent]) });
      const detection = await client.call('detectSource', { params: { id } });
      expect(detection).toMatchObject({ isSure: false, lineFault: { kind } });
      expect(detection.settingsToTry[0]).toEqual(sent);
      expect(await allCalls(client, { sourceId: id })).toEqual([]);

      await client.call('changeSource', { params: { id }, body: { name, ...OPTIONS, config: config(sent) } });
      await isOpen(id);
      await cable.send(readBits(sentBits(page, sent), sent, sent));
      await callsRead(id, CALLS);
      const numbers = (await allCalls(client, { sourceId: id })).map(({ dialled }) => dialled);
      expect(numbers.toSorted()).toEqual(Array.from({ length: CALLS }, (_, n) => line(n).slice(26, 36)));
      expect(await client.call('detectSource', { params: { id } })).toMatchObject({
        lineFault: null,
        settingsToTry: [],
      });
    },
  );

  it('whose cable is pulled inside records books nothing twice, keeps what was cut, and says that it is gone and back', async () => {
    const { client } = service;
    const id = await addSource('pulled');
    let bytes = 0;
    const send = async (text: string): Promise<void> => {
      await cable.send(text);
      bytes += text.length;
      await received(id, bytes);
    };
    const ROUNDS = 3;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [before, cut, after] = [line(10 * round), line(10 * round + 1), line(10 * round + 2)];
      await send(before + cut.slice(0, 45));
      await cable.unplug();
      const problem = await until('the problem', async () => (await statusOf(id)).problem ?? undefined);
      expect(problem.code).toBe('port-not-found');
      expect((await statusOf(id)).state).not.toBe('open');
      await cable.plug();
      await isOpen(id);
      expect((await statusOf(id)).problem).toBeNull();
      // The PBX held the rest of the first record back; of the others a piece was sent into the air.
      await send(cut.slice(round === 0 ? 45 : 60) + after);
    }
    await callsRead(id, 2 * ROUNDS + 1);
    const calls = await allCalls(client, { sourceId: id });
    const numbersWith = (marked: boolean): string[] =>
      calls
        .filter(({ doubts }) => doubts.includes('gap-inside') === marked)
        .map(({ dialled }) => dialled ?? '')
        .toSorted();
    const numberOf = (n: number): string => line(n).slice(26, 36);
    expect(numbersWith(false)).toEqual([0, 2, 10, 12, 20, 22].map(numberOf));
    expect(numbersWith(true)).toEqual([1].map(numberOf));
    expect((await statusOf(id)).counts.malformed).toBe(ROUNDS - 1);
    const { frames } = await client.call('listQuarantine', { query: { sourceId: id } });
    expect(frames.flatMap(({ text }) => /09:\d\d/.exec(text) ?? []).toSorted()).toEqual(['09:11', '09:21']);
  });
});

it('a client that speaks HTTP to a listener for records is named; the records that follow are read', async () => {
  const sample = readFileSync(fileURLToPath(new URL('./records/panasonic-day.raw', import.meta.url)));
  const { client } = service;
  const port = await freePort();
  const config: SourceInput['config'] = {
    kind: 'tcp-listener',
    port,
    bindAddress: '127.0.0.1',
    allowedHosts: [],
    maxConnections: 4,
  };
  const { id } = await client.call('addSource', { body: { name: 'listener', ...OPTIONS, config } });
  await until('the listener', async () => (await sourceOf(client, id)).status.state === 'open' || undefined);
  const asking = request({ host: '127.0.0.1', port, method: 'POST', path: '/cdr' });
  asking.on('error', () => undefined);
  asking.end('{"calls":[]}');
  const problem = await until('the note', async () => (await sourceOf(client, id)).status.problem ?? undefined);
  expect(problem).toMatchObject({ code: 'web-client-here' });
  expect(problem.title).toContain('127.0.0.1');
  asking.destroy();
  connect(port, '127.0.0.1').end(sample);
  await until('the calls', async () => (await sourceOf(client, id)).status.counts.call >= 3 || undefined);
  expect(await allCalls(client, { sourceId: id })).toHaveLength(3);
  expect((await sourceOf(client, id)).status.state).toBe('open');
});
