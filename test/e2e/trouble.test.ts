/** What an office's computer does to a program: each trouble gets a plain message, and nothing stored is lost. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import type { SourceInput } from '../../core/api/contract.ts';
import { SerialCable } from '../support/serial-cable.ts';
import { allCalls, freePort, run, Service, sourceOf, TempFolder, until } from './rig.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SAMPLE = readFileSync(fileURLToPath(new URL('./records/panasonic-day.raw', import.meta.url)));
const SAMPLE_CALLS = 3;

async function addSource(client: Client, name: string, config: SourceInput['config']): Promise<number> {
  const body = { name, config, formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY' }, isEnabled: true };
  return (await client.call('addSource', { body })).id;
}

const listener = (port: number): SourceInput['config'] => ({
  kind: 'tcp-listener',
  port,
  bindAddress: '127.0.0.1',
  allowedHosts: [],
  maxConnections: 4,
});

async function send(port: number, ...parts: readonly (string | Buffer)[]): Promise<void> {
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => socket.destroy());
  for (const part of parts) if (!socket.write(part)) await once(socket, 'drain');
  socket.end();
  await once(socket, 'close');
}

async function stateIs(client: Client, id: number, wanted: string): Promise<void> {
  await until(`state ${wanted}`, async () => (await sourceOf(client, id)).status.state === wanted || undefined);
}

async function callsAre(client: Client, id: number, wanted: number): Promise<void> {
  await until(`${wanted} calls`, async () => (await sourceOf(client, id)).status.counts.call >= wanted || undefined);
  expect(await allCalls(client, { sourceId: id })).toHaveLength(wanted);
}

const hasNoStack = (text: string): void => expect(text).not.toMatch(/\n\s+at |\.ts:\d+/);

let folder: TempFolder;
let service: Service | undefined;
beforeEach(() => {
  folder = new TempFolder();
});
afterEach(async () => {
  await service?.kill();
  service = undefined;
  folder.remove();
});

describe('what comes down the line', () => {
  it('random bytes, 10 MB without an end, a binary file and HTTP on a listener: kept, and the next calls are read', async () => {
    const rubbish = [randomBytes(200_000), Buffer.alloc(10 * 2 ** 20, 'x'), Buffer.from(`\x7fELF${'\0'.repeat(5000)}`)];
    const http = 'GET / HTTP/1.1\r\nHost: pbx\r\nUser-Agent: scanner\r\n\r\n';
    service = await Service.start(folder.file('data'));
    const port = await freePort();
    const id = await addSource(service.client, 'PBX', listener(port));
    await stateIs(service.client, id, 'open');
    for (const part of [...rubbish, http]) await send(port, part);
    await send(port, SAMPLE);
    await callsAre(service.client, id, SAMPLE_CALLS);
    const { counts } = (await sourceOf(service.client, id)).status;
    expect(counts.malformed).toBeGreaterThan(0);
    await service.stop();
    const whole = await run(['journal', 'export', '--data', folder.file('data'), '--out', folder.file('bytes')]);
    expect(whole.code).toBe(0);
    const stored = readFileSync(folder.file('bytes'));
    expect(stored.equals(Buffer.concat([...rubbish, Buffer.from(http), SAMPLE]))).toBe(true);
  });

  it('a port that another program holds is named, and taken as soon as it is free', async () => {
    const port = await freePort();
    const other = net.createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    service = await Service.start(folder.file('data'));
    const id = await addSource(service.client, 'PBX', listener(port));
    const { client } = service;
    const problem = await until('the problem', async () => (await sourceOf(client, id)).status.problem ?? undefined);
    expect(problem).toMatchObject({ code: 'port-taken' });
    expect(problem.title).toContain(String(port));
    other.close();
    await stateIs(client, id, 'open');
    await send(port, SAMPLE);
    await callsAre(client, id, SAMPLE_CALLS);
  });

  it('a serial port that vanishes is opened again, and the service lives', async () => {
    const cable = new SerialCable(folder.path);
    await cable.plug();
    service = await Service.start(folder.file('data'));
    const { client } = service;
    const id = await addSource(client, 'PBX', {
      kind: 'serial',
      path: cable.port,
      baudRate: 9600,
      dataBits: 8,
      parity: 'none',
      stopBits: 1,
      flowControl: 'none',
    });
    await stateIs(client, id, 'open');
    writeFileSync(cable.pbx, SAMPLE);
    await callsAre(client, id, SAMPLE_CALLS);
    await cable.unplug();
    const problem = await until('the problem', async () => (await sourceOf(client, id)).status.problem ?? undefined);
    expect(problem.code).toBe('port-not-found');
    await cable.plug();
    await stateIs(client, id, 'open');
    writeFileSync(cable.pbx, SAMPLE);
    await callsAre(client, id, 2 * SAMPLE_CALLS);
    await cable.unplug();
    expect(service.isAlive).toBe(true);
  });
});

describe('what happens to the files', () => {
  const damaged = (name: string): void => {
    mkdirSync(folder.file('data'), { recursive: true });
    writeFileSync(folder.file('data', name), Buffer.concat([Buffer.from('SQLite format 3\0'), randomBytes(20_000)]));
  };
  const future = (name: string): void => {
    mkdirSync(folder.file('data'), { recursive: true });
    const db = new Database(folder.file('data', name));
    db.pragma('journal_mode = WAL');
    db.exec('CREATE TABLE notes (text TEXT)');
    db.pragma('user_version = 9999');
    db.close();
  };
  const serve = (language: string): ReturnType<typeof run> =>
    run(['serve', '--port', '0', '--data', folder.file('data'), '--language', language]);

  it.each(['tollbook.db', 'journal.db'])('%s of a newer program is refused and left as it is', async (name) => {
    future(name);
    const before = readFileSync(folder.file('data', name));
    const { code, err } = await serve('en');
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('newer Tollbook (version 9999') });
    hasNoStack(err);
    expect(readFileSync(folder.file('data', name)).equals(before)).toBe(true);
  });

  it.each(['tollbook.db', 'journal.db'])('%s that is damaged is named, in Vietnamese too, and kept', async (name) => {
    damaged(name);
    const before = readFileSync(folder.file('data', name));
    const { code, err } = await serve('vi');
    expect(code).toBe(1);
    expect(err).toContain(folder.file('data', name));
    expect(err).toContain('bị hỏng');
    hasNoStack(err);
    expect(readFileSync(folder.file('data', name)).equals(before)).toBe(true);
  });

  it('a second service on the same folder is refused while the first goes on', async () => {
    service = await Service.start(folder.file('data'));
    const { code, err } = await serve('en');
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('already uses the folder') });
    hasNoStack(err);
    expect((await service.client.call('getSystem')).version).not.toBe('');
  });

  it('files that may grow no more: bytes wait, the state says why, and nothing stored is lost', async () => {
    // 512-byte blocks: room for the databases of a new office, and for no more than the first calls.
    const dataFolder = folder.file('data');
    await (await Service.start(dataFolder)).stop();
    service = await Service.start(dataFolder, { shell: "trap '' XFSZ; ulimit -f 3000" });
    const { client } = service;
    const port = await freePort();
    const id = await addSource(client, 'PBX', listener(port));
    await stateIs(client, id, 'open');
    await send(port, SAMPLE);
    await callsAre(client, id, SAMPLE_CALLS);
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    socket.write(Buffer.alloc(8 * 2 ** 20, 'no end of records\r\n'));
    const problem = await until('the problem', async () => (await sourceOf(client, id)).status.problem ?? undefined);
    expect(problem.code).toBe('disk-full');
    expect(service.isAlive).toBe(true);
    expect(await allCalls(client)).toHaveLength(SAMPLE_CALLS);
    socket.destroy();
    await service.kill();
    service = await Service.start(dataFolder);
    expect(await allCalls(service.client)).toHaveLength(SAMPLE_CALLS);
    const verified = await run(['journal', 'verify', '--data', dataFolder]);
    expect(verified).toMatchObject({ code: 0, err: '' });
  });
});
