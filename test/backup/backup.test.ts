/** Real files, beside a real ingest thread: a backup made in the middle of an import is whole, and reads on after a restore. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBackupJob } from '../../core/backup/backup-job.ts';
import { checkBackup } from '../../core/backup/check-backup.ts';
import { type BackupOptions, makeBackup } from '../../core/backup/make-backup.ts';
import { finishRestore, stageRestore } from '../../core/backup/restore-backup.ts';
import { Ingest } from '../../core/ingest/ingest.ts';
import { startIngest } from '../../core/ingest/ingest-client.ts';
import { AppError } from '../../core/model/errors.ts';
import { CALL_VIEW } from '../../core/store/calls.ts';
import type { Database } from '../../core/store/database.ts';
import { openDatabaseAt, openJournalAt, openSite, panasonicLine, type Site } from '../ingest/site-fixture.ts';

const renames = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    renameSync: (...names: Parameters<typeof fs.renameSync>) => {
      if (renames.left <= 0) throw new Error('power cut');
      renames.left -= 1;
      fs.renameSync(...names);
    },
  };
});

/** Several batches of the ingest thread. */
const RECORDS = 70_000;
const NOW = Date.UTC(2026, 10, 23, 5, 15);
const line = (n: number): string =>
  panasonicLine({ number: `09${String(10_000_000 + n)}`, duration: "00:01'00", account: n % 3 === 0 ? '4401' : '' });
const nobody = (): void => undefined;

function booksOf(db: Database): readonly unknown[] {
  return db.prepare(`${CALL_VIEW} ORDER BY c.id`).all();
}

describe('a backup', () => {
  let site: Site;
  let folder: string;
  beforeEach(() => {
    renames.left = Number.POSITIVE_INFINITY;
    site = openSite();
    folder = mkdtempSync(path.join(tmpdir(), 'tollbook-backup-'));
    mkdirSync(path.join(site.folder, 'closed-months'));
    writeFileSync(path.join(site.folder, 'closed-months', 'Tháng 10.xlsx'), 'october');
    writeFileSync(path.join(site.folder, 'secrets.key'), 'key');
  });
  afterEach(() => {
    site.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const make = (more: Partial<BackupOptions> = {}) =>
    makeBackup(
      { dataFolder: site.folder, targetFolder: folder, nowMs: NOW, program: '1', withKey: false, ...more },
      nobody,
    );
  const fill = (count: number): void => {
    const stream = site.journal.openStream(site.sourceId, 'file');
    site.append(stream, Array.from({ length: count }, (_, n) => line(n)).join(''));
  };
  const restoreInto = async (target: string, file: string) => {
    mkdirSync(target, { recursive: true });
    await stageRestore(file, target, NOW, nobody);
    return finishRestore(target);
  };
  const codeOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'nothing',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );

  it('made while records are read in at full speed is sound, and after a restore ends as the original', async () => {
    fill(RECORDS);
    const ingest = await startIngest({
      databasePath: path.join(site.folder, 'tollbook.db'),
      journalPath: path.join(site.folder, 'journal.db'),
    });
    let made: Awaited<ReturnType<typeof make>>;
    try {
      ingest.wake(site.sourceId);
      while (site.db.prepare('SELECT 1 FROM calls LIMIT 1').get() === undefined)
        await new Promise((resolve) => setTimeout(resolve, 5));
      made = await make();
      await ingest.idle();
    } finally {
      await ingest.stop();
    }
    expect(made.manifest.calls).toBeGreaterThan(0);
    expect(made.manifest.calls).toBeLessThan(RECORDS);
    await checkBackup(made.file, folder, nobody);

    const target = path.join(folder, 'elsewhere');
    await restoreInto(target, made.file);
    const db = openDatabaseAt(target);
    const journal = openJournalAt(target);
    expect(booksOf(db)).toHaveLength(made.manifest.calls);
    new Ingest({ db, journal }).readAll(site.sourceId);
    expect(booksOf(db)).toEqual(booksOf(site.db));
    expect(booksOf(db)).toHaveLength(RECORDS);
    db.close();
    journal.close();
    expect(readFileSync(path.join(target, 'closed-months', 'Tháng 10.xlsx'), 'utf8')).toBe('october');
  }, 60_000);

  it('says what is in it, and holds the key only when that is wanted', async () => {
    fill(10);
    site.ingest.readAll(site.sourceId);
    const { manifest } = await make();
    expect(manifest).toMatchObject({ calls: 10, people: 2, newestCallLocal: '2026-10-05T08:59:00', hasKey: false });
    expect(manifest.entries.map(({ name }) => name)).toEqual([
      'tollbook.db',
      'journal.db',
      'closed-months/Tháng 10.xlsx',
    ]);
    const withKey = await make({ withKey: true, nowMs: NOW + 1000 });
    expect(withKey.manifest.hasKey).toBe(true);
    expect(readdirSync(folder).sort()).toEqual([
      'tollbook-backup-20261123-051500.zip',
      'tollbook-backup-20261123-051501.zip',
    ]);
  });

  it('that was cut, changed or swapped is not restored, and what was there stays', async () => {
    fill(200);
    const { file } = await make();
    const bytes = readFileSync(file);
    const target = path.join(folder, 'elsewhere');
    mkdirSync(target);
    writeFileSync(path.join(target, 'tollbook.db'), 'mine');
    const broken = async (change: (copy: Buffer) => Buffer): Promise<string> => {
      const other = path.join(folder, 'broken.zip');
      writeFileSync(other, change(Buffer.from(bytes)));
      const code = await codeOf(stageRestore(other, target, NOW, nobody));
      expect(finishRestore(target)).toBeUndefined();
      return code;
    };
    expect(await broken((copy) => copy.subarray(0, copy.length / 2))).toBe('backup-unreadable');
    expect(await broken(() => Buffer.from('no zip at all'))).toBe('backup-unreadable');
    for (const at of [0.2, 0.5, 0.8]) {
      const changed = await broken((copy) => {
        const place = Math.floor(copy.length * at);
        copy[place] = (copy[place] ?? 0) ^ 0x55;
        return copy;
      });
      expect(['backup-damaged', 'backup-unreadable']).toContain(changed);
    }
    expect(await codeOf(stageRestore(path.join(folder, 'none.zip'), target, NOW, nobody))).toBe('file-not-found');
    expect(readFileSync(path.join(target, 'tollbook.db'), 'utf8')).toBe('mine');
  });

  it('that cannot be proved does not stay', async () => {
    const streamId = site.journal.openStream(site.sourceId, 'file');
    site.journal.append(streamId, NOW, Buffer.from(line(1)));
    const db = new SqliteDatabase(path.join(site.folder, 'journal.db'));
    db.exec('UPDATE chunks SET hash = zeroblob(32)');
    db.close();
    const options = { dataFolder: site.folder, targetFolder: folder, nowMs: NOW, program: '1', withKey: false };
    const { result } = startBackupJob({ kind: 'make', options }, nobody);
    await expect(result).rejects.toMatchObject({ code: 'journal-chain-broken' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is put in place whole, wherever the power goes in the middle', async () => {
    fill(20);
    site.ingest.readAll(site.sourceId);
    const { file } = await make({ withKey: true });
    const present = ['tollbook.db', 'tollbook.db-wal', 'journal.db', 'secrets.key', 'numbering'];
    for (let cutAfter = 0; ; cutAfter += 1) {
      const target = path.join(folder, `cut-${cutAfter}`);
      mkdirSync(path.join(target, 'numbering'), { recursive: true });
      for (const name of present.slice(0, 4)) writeFileSync(path.join(target, name), `old ${name}`);
      await stageRestore(file, target, NOW, nobody);
      renames.left = cutAfter;
      let isCut = false;
      try {
        finishRestore(target);
      } catch {
        isCut = true;
      }
      renames.left = Number.POSITIVE_INFINITY;
      if (isCut) finishRestore(target);
      const aside = path.join(target, 'replaced-20261123-051500');
      expect(readdirSync(aside).sort(), `after ${cutAfter}`).toEqual([...present].sort());
      expect(readFileSync(path.join(aside, 'tollbook.db'), 'utf8')).toBe('old tollbook.db');
      expect(existsSync(path.join(target, 'restoring'))).toBe(false);
      expect(existsSync(path.join(target, 'tollbook.db-wal'))).toBe(false);
      expect(readFileSync(path.join(target, 'secrets.key'), 'utf8')).toBe('key');
      const db = openDatabaseAt(target);
      expect(booksOf(db)).toEqual(booksOf(site.db));
      db.close();
      if (!isCut) break;
      expect(cutAfter).toBeLessThan(20);
    }
  });
});
