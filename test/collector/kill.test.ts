import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../core/store/journal.ts';
import { verifyJournal } from '../../core/store/journal-verify.ts';
import { until } from './rig.ts';

const KILLS = 20;
const PARTS = 10;
const PART_BYTES = 12 * 1024 * 1024;

describe('a capture that is killed again and again', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-kill-'));
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (word: RegExp): Promise<ChildProcess> => {
    const started = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      started.once('exit', (code) => reject(new Error(`ended by itself with ${code}: ${said}`)));
      started.stdout?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        if (word.test(said)) resolve();
      });
    });
    return started;
  };

  const kill = async (started: ChildProcess): Promise<void> => {
    const ended = new Promise((resolve) => started.once('exit', resolve));
    started.kill('SIGKILL');
    await ended;
  };

  it(`loses nothing and doubles nothing over ${KILLS} kills in the middle of imports and a growing file`, async () => {
    for (let n = 0; n < PARTS; n += 1) writeFileSync(join(folder, `part-${n}.txt`), randomBytes(PART_BYTES));
    const live = join(folder, 'live.txt');
    let lines = 0;
    const writer = setInterval(() => {
      lines += 1;
      appendFileSync(live, `record ${lines} ${'.'.repeat(lines % 60)}\r\n`);
    }, 3);
    let killedWhileImporting = 0;
    try {
      for (let n = 0; n < KILLS; n += 1) {
        // Every second time surely in the middle of an import, where there is one left; else anywhere.
        const started = await start(n % 2 === 0 ? /importing|done/ : /ready/);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * (n % 2 === 0 ? 40 : 60)));
        await kill(started);
        const journal = Journal.open({ path: join(folder, 'journal.db'), now: Date.now });
        if (journal.files(2).some((file) => file.contentHash === null && file.position > 0)) killedWhileImporting += 1;
        journal.close();
      }
    } finally {
      clearInterval(writer);
    }
    const started = await start(/done/);
    const journal = Journal.open({ path: join(folder, 'journal.db'), now: Date.now });
    const expected = readFileSync(live);
    await until(() => journal.head(1).nextOffset >= expected.length);
    await kill(started);

    const bytesOf = async (sourceId: number, streamId?: number): Promise<Buffer> => {
      const parts: Uint8Array[] = [];
      await journal.exportBytes(sourceId, (bytes) => void parts.push(bytes), streamId);
      return Buffer.concat(parts);
    };
    expect((await bytesOf(1)).equals(expected)).toBe(true);
    expect(journal.streams(1)).toHaveLength(1);
    const imports = journal.files(2);
    expect(imports.map((file) => file.peer).sort()).toEqual(Array.from({ length: PARTS }, (_, n) => `part-${n}.txt`));
    for (const file of imports) {
      expect((await bytesOf(2, file.streamId)).equals(readFileSync(join(folder, file.peer)))).toBe(true);
    }
    expect(await verifyJournal(journal)).toMatchObject({ breaks: [] });
    journal.close();
    // The kills must have struck where it matters, or the test proves nothing.
    expect(killedWhileImporting).toBeGreaterThanOrEqual(3);
  }, 60_000);
});
