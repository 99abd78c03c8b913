/** The demo PBX of the wizard, over its real socket, in the real service. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { allCalls, importPeople, run, Service, sourceOf, TempFolder, until } from './rig.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('the demo on a fresh data folder', () => {
  let folder: TempFolder;
  let service: Service;
  let id: number;
  beforeAll(async () => {
    folder = new TempFolder();
    service = await Service.start(folder.file('data'));
  });
  afterAll(async () => {
    await service.kill();
    folder.remove();
  });

  const countOf = async (): Promise<number> => (await sourceOf(service.client, id)).status.counts.call;

  it('shows attributed, priced calls within seconds, at the wall clock of the site', async () => {
    await service.client.call('putSettings', { body: { timeZone: 'Pacific/Auckland' } });
    const startedAt = Date.now();
    id = (await service.client.call('startDemo')).id;
    const calls = await until('the past', async () => {
      const found = await allCalls(service.client);
      return found.length > 500 ? found : undefined;
    });
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    expect(calls.filter(({ personName }) => personName !== null).length).toBeGreaterThan(calls.length / 2);
    expect(calls.filter(({ charge }) => charge !== null && charge.amount !== '0').length).toBeGreaterThan(100);
    const newest = calls[0]?.startLocal ?? '';
    const siteNow = new Date(Date.now() + 13 * 3_600_000).toISOString().slice(0, 19);
    expect(newest <= siteNow).toBe(true);
    expect((await sourceOf(service.client, id)).status.counts).toMatchObject({ malformed: 0 });
  });

  it('goes on with live calls', async () => {
    const before = await countOf();
    await until('a live call', async () => (await countOf()) > before || undefined, 30_000);
  });

  it('goes on after kill -9 without printing the past again', async () => {
    await service.kill();
    service = await Service.start(folder.file('data'));
    const before = (await allCalls(service.client)).length;
    await until(
      'an open source',
      async () => (await sourceOf(service.client, id)).status.state === 'open' || undefined,
    );
    await until('a live call', async () => (await allCalls(service.client)).length > before || undefined, 30_000);
    expect((await allCalls(service.client)).length - before).toBeLessThan(100);
  });

  it('stops and takes with it exactly what it made', async () => {
    const people = folder.file('people.csv');
    const records = folder.file('own.txt');
    const common = ['--format', 'panasonic-a', '--count', '40', '--seed', '77', '--people', '5'];
    await run(['simulate', ...common, '--file', records, '--people-file', people]);
    // The same extensions as the demo's: until it stops, some of these calls belong to its people.
    const imported = await run(['import', records, '--format', 'panasonic-a', '--data', folder.file('data'), '--json']);
    expect(imported).toMatchObject({ code: 0, err: '' });
    const [{ sourceId }] = JSON.parse(imported.out) as [{ readonly sourceId: number }];
    const own = await allCalls(service.client, { sourceId });
    expect(own).toHaveLength(40);
    expect(own.some(({ personName }) => personName !== null)).toBe(true);

    await service.client.call('stopDemo');
    const left = await allCalls(service.client);
    expect(left).toHaveLength(40);
    expect(left.every(({ personName }) => personName === null)).toBe(true);
    expect(await service.client.call('listPeople')).toEqual([]);
    expect(await service.client.call('listDepartments')).toEqual([]);
    expect((await service.client.call('listSources')).map((source) => source.id)).toEqual([sourceId]);
    expect(await importPeople(service.client, people)).toBe(5);
  });
});
