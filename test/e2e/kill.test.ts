/**
 * The real service, killed again and again while it captures and while it imports. `TOLLBOOK_KILLS` sets how often (a
 * long run takes 100); afterwards the books must be those of a service that nobody disturbed.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call, SourceInput } from '../../core/api/contract.ts';
import { createOffice } from '../../core/simulator/office.ts';
import { simulateRecords } from '../../core/simulator/simulate.ts';
import { allCalls, ended, run, Service, sourceOf, start, TempFolder, until } from './rig.ts';

const KILLS = Number(process.env['TOLLBOOK_KILLS'] ?? 5);
/** A start takes one to two seconds here: kills fall before, in and after it. */
const LONGEST_LIFE_MS = 2500;
const FORMAT = 'panasonic-a';
const OPTIONS = { dateOrder: 'DMY' };

function recordsOf(calls: number): Buffer {
  const traffic = {
    seed: 11,
    count: calls,
    fromLocalSeconds: Date.UTC(2026, 2, 2, 1) / 1000,
    meanSecondsBetweenCalls: 20,
    isOfficeHoursOnly: true,
  };
  const texts = [...simulateRecords(createOffice(11), FORMAT, traffic)].map(({ record }) => record.text);
  return Buffer.from(texts.join(''), 'latin1');
}

/** What must not depend on how often the program was killed: everything but when the bytes came. */
function bookOf(calls: readonly Call[]): string[] {
  return calls.map(({ id, sourceId, ...facts }) => JSON.stringify(facts)).sort();
}

describe('a service that is killed', () => {
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

  const addSource = async (to: Service, name: string, config: SourceInput['config']): Promise<number> => {
    const body = { name, config, formatId: FORMAT, formatOptions: OPTIONS, isEnabled: true };
    return (await to.client.call('addSource', { body })).id;
  };
  const waitForAll = async (of: Service, id: number, records: number): Promise<readonly Call[]> => {
    const read = async (): Promise<true | undefined> =>
      (await sourceOf(of.client, id)).status.counts.call >= records || undefined;
    await until('every record', read, 60_000);
    expect((await sourceOf(of.client, id)).status.counts).toMatchObject({ call: records, part: 0, malformed: 0 });
    return allCalls(of.client);
  };
  const isWhole = async (data: string): Promise<void> => {
    const { code, out } = await run(['journal', 'verify', '--data', data, '--json']);
    expect({ code, isWhole: (JSON.parse(out) as { isWhole: boolean }).isWhole }).toEqual({ code: 0, isWhole: true });
  };

  it(`while it follows a file that grows: ${KILLS} times`, { timeout: 60_000 + KILLS * 6000 }, async () => {
    const bytes = recordsOf(4000);
    const records = bytes.toString('latin1').split('\r\n').length - 1;
    const file = folder.file('smdr.log');
    writeFileSync(file, '');
    service = await Service.start(folder.file('data'));
    const id = await addSource(service, 'PBX', { kind: 'followed-file', path: file, fromStart: true });

    let written = 0;
    const write = (length: number): void => {
      appendFileSync(file, bytes.subarray(written, written + length));
      written = Math.min(bytes.length, written + length);
    };
    const pieceBytes = Math.ceil(bytes.length / (KILLS * 60));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const life = Math.random() * LONGEST_LIFE_MS;
      const writing = setInterval(() => write(1 + Math.floor(Math.random() * 2 * pieceBytes)), 20);
      if (kill === 0) {
        await sleep(life);
        await service.kill();
      } else {
        const child = start(['serve', '--port', '0', '--data', folder.file('data')]);
        const end = ended(child);
        await sleep(life);
        child.kill('SIGKILL');
        await end;
      }
      clearInterval(writing);
    }
    write(bytes.length);

    service = await Service.start(folder.file('data'));
    const calls = await waitForAll(service, id, records);
    await service.stop();
    await isWhole(folder.file('data'));

    service = await Service.start(folder.file('undisturbed'));
    const other = await addSource(service, 'PBX', { kind: 'followed-file', path: file, fromStart: true });
    expect(bookOf(calls)).toEqual(bookOf(await waitForAll(service, other, records)));
  });

  it(`while it imports a file: ${KILLS} times`, { timeout: 60_000 + KILLS * 6000 }, async () => {
    const bytes = recordsOf(30_000);
    const records = bytes.toString('latin1').split('\r\n').length - 1;
    const file = folder.file('records.txt');
    writeFileSync(file, bytes);
    const command = (data: string): string[] => {
      return ['import', file, '--format', FORMAT, '--option', 'dateOrder=DMY', '--data', data, '--json'];
    };
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = start(command(folder.file('data')));
      const end = ended(child);
      await sleep(500 + Math.random() * LONGEST_LIFE_MS);
      child.kill('SIGKILL');
      await end;
    }
    const last = await run(command(folder.file('data')));
    const isAlreadyThere = last.code === 1 && last.err.includes('file-already-imported');
    expect(last.code === 0 || isAlreadyThere ? 'imported' : last.err).toBe('imported');
    service = await Service.start(folder.file('data'));
    const calls = await waitForAll(service, 1, records);
    await service.stop();
    await isWhole(folder.file('data'));

    expect(await run(command(folder.file('undisturbed')))).toMatchObject({ code: 0 });
    service = await Service.start(folder.file('undisturbed'));
    expect(bookOf(calls)).toEqual(bookOf(await waitForAll(service, 1, records)));
  });
});
