/** The simulator's truth against the stored calls, call by call, over every real way in. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SourceInput } from '../../core/api/contract.ts';
import { SerialCable } from '../support/serial-cable.ts';
import {
  allCalls,
  factsOfCalls,
  factsOfTruth,
  freePort,
  importPeople,
  run,
  Service,
  sourceOf,
  TempFolder,
  until,
} from './rig.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CALLS = 300;
const FORMAT = 'panasonic-a';

describe('the simulator’s truth and the stored calls agree on every call', () => {
  let folder: TempFolder;
  let service: Service;
  beforeAll(async () => {
    folder = new TempFolder();
    service = await Service.start(folder.file('data'));
    // The people have to be there first, and the simulator makes them.
    await simulate('--file', folder.file('records.txt'));
    expect(await importPeople(service.client, folder.file('people.csv'))).toBe(24);
  });
  afterAll(async () => {
    await service.stop();
    folder.remove();
  });

  const files = (): string[] => ['--truth', folder.file('truth.csv'), '--people-file', folder.file('people.csv')];
  const simulate = async (...target: string[]): Promise<{ readonly calls: number; readonly records: number }> => {
    const common = ['simulate', '--format', FORMAT, '--count', String(CALLS), '--rate', '0', '--seed', '7', '--json'];
    const { code, out, err } = await run([...common, ...files(), ...target]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return JSON.parse(out) as { readonly calls: number; readonly records: number };
  };
  const addSource = async (name: string, config: SourceInput['config']): Promise<number> => {
    const body = { name, config, formatId: FORMAT, formatOptions: { dateOrder: 'DMY' }, isEnabled: true };
    return (await service.client.call('addSource', { body })).id;
  };
  const isOpen = (id: number): Promise<true> =>
    until('the source to open', async () => (await sourceOf(service.client, id)).status.state === 'open' || undefined);
  const recordsRead = async (id: number): Promise<number> => (await sourceOf(service.client, id)).status.counts.call;
  const agree = async (id: number, records: number): Promise<void> => {
    await until('every record', async () => (await recordsRead(id)) >= records || undefined);
    expect((await sourceOf(service.client, id)).status.counts).toMatchObject({ call: records, part: 0, malformed: 0 });
    const truth = factsOfTruth(folder.file('truth.csv'));
    expect(truth).toHaveLength(CALLS);
    expect(factsOfCalls(await allCalls(service.client, { sourceId: id }))).toEqual(truth);
  };

  it('a PBX that is logged in to over TCP', async () => {
    const port = await freePort();
    const id = await addSource('client', {
      kind: 'tcp-client',
      host: '127.0.0.1',
      port,
      login: [
        { expect: '-', send: 'SMDR\\r\\n', isSecret: false },
        { expect: 'Enter Password:', send: 'PCCSMDR\\r\\n', isSecret: true },
      ],
      loginRejected: 'Rejected',
      keepAliveSeconds: 60,
    });
    const { records } = await simulate('--tcp-listen', String(port), '--login');
    await agree(id, records);
  });

  it('a PBX that connects out over TCP', async () => {
    const port = await freePort();
    const id = await addSource('listener', {
      kind: 'tcp-listener',
      port,
      bindAddress: '127.0.0.1',
      allowedHosts: [],
      maxConnections: 2,
    });
    await isOpen(id);
    const { records } = await simulate('--tcp-connect', `127.0.0.1:${port}`);
    await agree(id, records);
  });

  it('a PBX on a serial port', async () => {
    const cable = new SerialCable(folder.path);
    await cable.plug();
    try {
      const id = await addSource('serial', {
        kind: 'serial',
        path: cable.port,
        baudRate: 9600,
        dataBits: 8,
        parity: 'none',
        stopBits: 1,
        flowControl: 'none',
      });
      await isOpen(id);
      const { records } = await simulate('--pty', cable.pbx);
      await agree(id, records);
    } finally {
      await cable.unplug();
    }
  });

  it('a file, imported by the command line beside the running service', async () => {
    const file = folder.file('records.txt');
    const { records } = await simulate('--file', file);
    const common = ['--format', FORMAT, '--option', 'dateOrder=DMY', '--data', folder.file('data'), '--json'];
    const imported = await run(['import', file, ...common]);
    expect(imported).toMatchObject({ code: 0, err: '' });
    const [result] = JSON.parse(imported.out) as [{ readonly sourceId: number }];
    await agree(result.sourceId, records);
  });
});
