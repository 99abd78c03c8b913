import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../core/store/journal.ts';
import { FakeNecPbx, parsed, recordOf } from './fake-nec-pbx.ts';
import { until } from './rig.ts';

const KILLS = 8;
const RECORDS = 1500;
const FILES = 400;

describe('a capture with a NEC link and a folder that is killed again and again', () => {
  let folder: string;
  let pbx: FakeNecPbx;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-kill-links-'));
    mkdirSync(join(folder, 'files'));
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    pbx.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (port: number): ChildProcess =>
    spawn(process.execPath, [join(import.meta.dirname, 'kill-links-child.ts'), folder, String(port)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const kill = async (started: ChildProcess): Promise<void> => {
    const ended = new Promise((resolve) => started.once('exit', resolve));
    started.kill('SIGKILL');
    await ended;
  };

  it('loses no record and no file, and reads none twice', async () => {
    const stations = Array.from({ length: RECORDS }, (_, n) => String(1000 + n));
    pbx = new FakeNecPbx(stations.map(recordOf));
    const port = await pbx.listen();
    const contents = Array.from({ length: FILES }, (_, n) => `file ${n}\n`.repeat(1 + (n % 7)));
    for (const [n, content] of contents.entries()) {
      writeFileSync(join(folder, 'files', `${String(n).padStart(4, '0')}.csv`), content);
    }
    for (let n = 1; n <= KILLS; n += 1) {
      child = start(port);
      // In the middle of the records, wherever that is in a packet's way.
      const left = RECORDS - Math.floor((RECORDS * n) / (KILLS + 1));
      await until(() => pbx.records.length < left, 30_000);
      await kill(child);
    }
    expect(pbx.records.length).toBeGreaterThan(0);
    child = start(port);
    await until(() => pbx.records.length === 0, 30_000);
    await until(() => readdirSync(join(folder, 'files')).length === 1, 30_000);
    await kill(child);
    const journal = Journal.open({ path: join(folder, 'journal.db'), now: Date.now });
    const textOf = (sourceId: number): string =>
      Buffer.concat(journal.readChunks(sourceId, 0, Number.MAX_SAFE_INTEGER).map((chunk) => chunk.bytes)).toString(
        'latin1',
      );
    expect(parsed(textOf(1)).extensions).toEqual(stations);
    expect(textOf(2)).toBe(contents.join(''));
    journal.close();
  }, 120_000);
});
