import { spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Ingest } from '../../core/ingest/ingest.ts';
import { derivedContent, openDatabaseAt, openJournalAt, openSite, panasonicLine, type Site } from './site-fixture.ts';

/** Each costs a start of Node: a second or two on a busy machine. */
const KILLS = Number(process.env['TOLLBOOK_KILLS'] ?? 8);
const LINES = 6000;

/** A small generator, so that every run of the test reads the same bytes. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function someLine(index: number, roll: (below: number) => number): string {
  const minute = index % 60;
  const at = `${String(1 + Math.floor(index / 500)).padStart(2, '0')}/10/26 ${String(8 + (Math.floor(index / 60) % 10)).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const trunk = String(1 + roll(6)).padStart(2, '0');
  switch (roll(12)) {
    case 0:
      return `what is this ${index}\r\n`;
    case 1:
      return `\x01\x02\xff\xfe\x80${'\x99'.repeat(roll(60))}\r\n`;
    case 2:
      return panasonicLine({
        at,
        trunk,
        number: '<I>02438261234',
        ring: "0'06",
        duration: "00:00'00",
        extension: '601',
      });
    case 3:
    case 4:
      return panasonicLine({
        at,
        trunk,
        number: '<I>02438261234',
        ring: "0'00",
        duration: "00:01'10",
        condition: 'TR',
      });
    case 5:
      return `${'y'.repeat(roll(3000))}\r\n`;
    default:
      return panasonicLine({
        at,
        trunk,
        number: `09${10_000_000 + roll(90_000_000)}`,
        duration: `00:0${roll(9)}'0${roll(9)}`,
        extension: roll(2) === 0 ? '101' : '102',
        account: roll(3) === 0 ? '' : String(4401 + roll(3)),
      });
  }
}

/** Three connections whose bytes alternate in pieces of any size; two end, one with half a line. */
function fillJournal(site: Site): void {
  const roll = dice(42);
  const { journal, sourceId } = site;
  const streams = ['a', 'b', 'c'].map((peer) => journal.openStream(sourceId, peer));
  const texts = streams.map((_, s) =>
    Array.from({ length: LINES / streams.length }, (_line, i) => someLine(i * 3 + s, roll)).join(''),
  );
  texts[1] = (texts[1] ?? '').slice(0, -30);
  const entries: { streamId: number; receivedAtMs: number; bytes: Uint8Array }[] = [];
  const at = [0, 0, 0];
  for (let time = 0; at.some((position, s) => position < (texts[s]?.length ?? 0)); time += 1) {
    const s = roll(3);
    const [position = 0, text = '', streamId = 0] = [at[s], texts[s], streams[s]];
    const bytes = Buffer.from(text.slice(position, position + 1 + roll(4000)), 'latin1');
    at[s] = position + bytes.length;
    if (bytes.length > 0) entries.push({ streamId, receivedAtMs: Date.parse('2026-10-12T02:00:00Z') + time, bytes });
  }
  journal.appendAll(entries.slice(0, 200));
  journal.markGap(streams[2] ?? 0, 'interrupted');
  journal.appendAll(entries.slice(200));
  journal.closeStream(streams[0] ?? 0, 'ended');
  journal.closeStream(streams[1] ?? 0, 'ended');
}

interface Life {
  /** From when it begins to read. */
  readonly afterMs?: number;
  /** Kills itself after so many chunks, inside a transaction: the same on a slow and a fast machine. */
  readonly afterChunks?: number;
}

/** Runs the reader for so long. True when it had finished. */
function runChild(folder: string, sourceId: number, life: Life): Promise<boolean> {
  const script = join(import.meta.dirname, 'ingest-child.ts');
  const args = [script, folder, String(sourceId), '4000', String(life.afterChunks ?? '')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.startsWith('reading') && life.afterMs !== undefined) {
        setTimeout(() => child.kill('SIGKILL'), life.afterMs);
      }
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === null || code === 0 ? resolve(said.includes('finished')) : reject(new Error(said)),
    );
  });
}

describe('a reader killed at any moment', () => {
  let site: Site;
  afterEach(() => site.close());

  it('goes on to exactly what an undisturbed one stores', async () => {
    site = openSite();
    fillJournal(site);
    const copy = `${site.folder}-copy`;
    site.db.pragma('wal_checkpoint(TRUNCATE)');
    site.journal.db.pragma('wal_checkpoint(TRUNCATE)');
    cpSync(site.folder, copy, { recursive: true });
    const [db, journal] = [openDatabaseAt(copy), openJournalAt(copy)];
    new Ingest({ db, journal }).readAll(site.sourceId);
    const expected = derivedContent(db);
    db.close();
    journal.close();
    rmSync(copy, { recursive: true, force: true });

    const roll = dice(7);
    let kills = 0;
    const positions = new Set<number>();
    while (kills < KILLS) {
      const life = kills % 3 === 0 ? { afterMs: roll(15) } : { afterChunks: 2 + roll(9) };
      const hasFinished = await runChild(site.folder, site.sourceId, life);
      if (hasFinished) break;
      kills += 1;
      positions.add(new Ingest({ db: site.db, journal: site.journal }).position(site.sourceId));
    }
    expect(kills).toBeGreaterThanOrEqual(Math.min(KILLS, 20));
    expect(positions.size).toBeGreaterThan(kills / 3);
    await runChild(site.folder, site.sourceId, {});
    const actual = derivedContent(site.db);
    for (const table of Object.keys(expected)) expect(actual[table], table).toEqual(expected[table]);
    expect((expected['calls'] as unknown[]).length).toBeGreaterThan(2000);
  }, 180_000);
});
