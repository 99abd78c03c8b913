import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SeenFiles } from '../../core/collector/seen-files.ts';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { Rig, until } from './rig.ts';

type Folder = Extract<SourceConfig, { kind: 'folder' }>;

describe('a folder where things go wrong', () => {
  let rig: Rig;
  let folder: string;
  beforeEach(() => {
    rig = new Rig();
    folder = join(rig.folder, 'records');
    mkdirSync(folder);
  });
  afterEach(() => rig.end());

  const watch = (change: Partial<Folder> = {}): Promise<void> =>
    rig.configure([
      {
        kind: 'folder',
        path: folder,
        patterns: [],
        isRecursive: true,
        order: 'name',
        stableSeconds: 0,
        afterwards: 'remember',
        doneFolder: 'done',
        ...change,
      },
    ]);

  it('does not move a large file away that a stop left half-read, and reads the rest after the start', async () => {
    const content = 'a record of a call, of some length so that the file is large\n'.repeat(200_000);
    writeFileSync(join(folder, 'large.csv'), content);
    await watch({ afterwards: 'move' });
    await until(() => rig.reader.head(1).nextOffset > 0, 20_000);
    await rig.restart();
    expect(rig.reader.head(1).nextOffset).toBeLessThan(content.length);
    expect(existsSync(join(folder, 'large.csv'))).toBe(true);
    await watch({ afterwards: 'move' });
    await until(() => existsSync(join(folder, 'done', 'large.csv')), 30_000);
    expect(rig.text()).toBe(content);
  }, 60_000);

  it('goes on telling that a read file cannot be moved, and moves it once it can be, also after a restart', async () => {
    // A file stands where the folder should be.
    writeFileSync(join(folder, 'done'), 'in the way\n');
    writeFileSync(join(folder, 'a.csv'), 'a\n');
    await watch({ afterwards: 'move', patterns: ['*.csv'] });
    await until(() => rig.status()?.problem?.code === 'folder-not-readable');
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(rig.status()?.problem?.code).toBe('folder-not-readable');
    await rig.restart();
    rmSync(join(folder, 'done'));
    await watch({ afterwards: 'move', patterns: ['*.csv'] });
    await until(() => existsSync(join(folder, 'done', 'a.csv')));
    await until(() => rig.status()?.problem === null);
    expect(rig.text()).toBe('a\n');
  });

  it('says which folder below cannot be read, and reads the others', async () => {
    // Too deep for a path: not even an administrator can read it. A mode would mean nothing to one.
    const deep = 'd'.repeat(250);
    const twelve = Array.from({ length: 12 }, () => deep);
    mkdirSync(join(folder, ...twelve), { recursive: true });
    mkdirSync(join(rig.folder, ...twelve), { recursive: true });
    renameSync(join(rig.folder, deep), join(folder, ...twelve, deep));
    writeFileSync(join(folder, 'a.csv'), 'a\n');
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub', 'b.csv'), 'b\n');
    await watch();
    await until(() => rig.text() === 'a\nb\n');
    await until(() => rig.status()?.problem?.code === 'folder-not-readable');
    expect(String(rig.status()?.problem?.values['path'])).toContain(deep);
    expect(rig.status()?.state).toBe('open');
    execFileSync('rm', ['-rf', join(folder, deep)]);
    await until(() => rig.status()?.problem === null);
  });

  it('follows a link within the folder, and none that leads out of it', async () => {
    writeFileSync(join(rig.folder, 'secrets.key'), 'the key of all passwords\n');
    symlinkSync(join(rig.folder, 'secrets.key'), join(folder, 'x.csv'));
    symlinkSync('/', join(folder, 'everything'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.csv'));
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub', 'real.csv'), 'real\n');
    symlinkSync(join(folder, 'sub', 'real.csv'), join(folder, 'current.csv'));
    await watch({ patterns: ['*.csv'] });
    await until(() => rig.text() === 'real\n');
    await until(() => rig.status()?.problem?.code === 'link-leads-out');
    expect(rig.status()?.problem?.values).toEqual({ path: 'x.csv' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(rig.text()).toBe('real\n');
  });

  it('stops unpacking what was packed to fill the disk, says so, and reads the others', async () => {
    writeFileSync(join(folder, 'bomb.gz'), gzipSync(Buffer.alloc(100 * 1024 * 1024)));
    writeFileSync(join(folder, 'calls.gz'), gzipSync('call\n'.repeat(2000)));
    await watch();
    await until(() => rig.status()?.problem?.code === 'file-not-readable', 20_000);
    expect(rig.status()?.problem?.values).toEqual({ path: 'bomb.gz', detail: 'EFBIG' });
    expect(rig.text()).toBe('call\n'.repeat(2000));
  }, 30_000);

  it('takes an empty file, one with odd names, and one that is gone at the next moment', async () => {
    writeFileSync(join(folder, 'empty.csv'), '');
    writeFileSync(join(folder, 'cuộc gọi\n&%#.csv'), 'odd\n');
    await watch({ afterwards: 'move' });
    await until(() => existsSync(join(folder, 'done', 'empty.csv')));
    for (let n = 0; n < 200; n += 1) writeFileSync(join(folder, `gone${n}.csv`), `gone ${n}\n`);
    for (let n = 0; n < 200; n += 1) rmSync(join(folder, `gone${n}.csv`), { force: true });
    writeFileSync(join(folder, 'last.csv'), 'last\n');
    await until(() => rig.text().includes('last\n'));
    await until(() => readdirSync(join(folder, 'done')).some((name) => name === 'last.csv'));
    expect(readFileSync(join(folder, 'done', 'cuộc gọi\n&%#.csv'), 'utf8')).toBe('odd\n');
    expect(rig.status()).toMatchObject({ state: 'open', problem: null });
  });
});

describe('which files are ready', () => {
  const file = (version: string, mtimeMs: number) => ({ path: 'a', version, mtimeMs, isFinished: false });

  it('are those that were still, whatever the clock does meanwhile', () => {
    const seen = new SeenFiles(5000, () => false);
    const hour = 3_600_000;
    expect(seen.readyOf([file('1', hour)], hour)).toEqual([]);
    // The clock was an hour ahead, and is set right.
    expect(seen.readyOf([file('1', hour)], 1000)).toEqual([]);
    expect(seen.readyOf([file('1', hour)], 6000)).toHaveLength(1);
  });

  it('are now and then those that are never still, too', () => {
    const seen = new SeenFiles(5000, () => false, 60_000);
    let ready = 0;
    for (let at = 0; at <= 180_000; at += 1000) ready += seen.readyOf([file(String(at), at)], at).length;
    expect(ready).toBe(3);
  });
});
