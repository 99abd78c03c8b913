import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderSource } from '../../core/collector/sources/folder.ts';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { Rig, silentHost, until } from './rig.ts';

type Folder = Extract<SourceConfig, { kind: 'folder' }>;

describe('a folder of files', () => {
  let rig: Rig;
  let folder: string;
  beforeEach(() => {
    rig = new Rig();
    folder = join(rig.folder, 'records');
    mkdirSync(folder);
  });
  afterEach(() => rig.end());

  const config = (change: Partial<Folder> = {}): Folder => ({
    kind: 'folder',
    path: folder,
    patterns: [],
    isRecursive: false,
    order: 'name',
    stableSeconds: 0,
    afterwards: 'remember',
    doneFolder: 'done',
    ...change,
  });
  const watch = (change: Partial<Folder> = {}): Promise<void> => rig.configure([config(change)]);
  const put = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);
  const notes = (): string[] =>
    rig.events.flatMap((event) =>
      event.type === 'status' && event.status.problem !== null ? [event.status.problem.code] : [],
    );
  /** Two looks after this moment, so that what had to happen has. */
  const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2500));

  it('reads what is there in the order of names, each file as a stream of its own, and then what comes', async () => {
    put('b.csv', 'b1\nb2\n');
    put('a.csv', 'a1\n');
    await watch();
    await until(() => rig.text() === 'a1\nb1\nb2\n');
    expect(rig.status()).toMatchObject({ state: 'open', problem: null });
    put('c.csv', 'c1\n');
    await until(() => rig.text() === 'a1\nb1\nb2\nc1\n');
    expect(rig.reader.streams(1).map((stream) => stream.peer)).toEqual(['a.csv', 'b.csv', 'c.csv']);
  });

  it('reads in the order of time where that is wanted', async () => {
    put('a', 'second\n');
    put('b', 'first\n');
    utimesSync(join(folder, 'a'), 2000, 2000);
    utimesSync(join(folder, 'b'), 1000, 1000);
    await watch({ order: 'time' });
    await until(() => rig.text() === 'first\nsecond\n');
  });

  it('takes only files of the patterns, sub-folders only where wanted, and leaves unfinished names alone', async () => {
    put('x.CDR', 'x\n');
    put('y.txt', 'y\n');
    mkdirSync(join(folder, 'sub'));
    put('sub/z.cdr', 'z\n');
    await watch({ patterns: ['*.cdr'] });
    await until(() => rig.text() === 'x\n');
    await aWhile();
    expect(rig.text()).toBe('x\n');
    await watch({ patterns: ['?.cdr'], isRecursive: true });
    await until(() => rig.text() === 'x\nz\n');
    put('half.csv.part', 'half\n');
    await watch({ isRecursive: true });
    await until(() => rig.text().includes('y\n'));
    await aWhile();
    expect(rig.text()).not.toContain('half');
  });

  it('reads on in a file that grew, in the same stream, also after a restart', async () => {
    put('day.log', 'one\n');
    await watch();
    await until(() => rig.text() === 'one\n');
    appendFileSync(join(folder, 'day.log'), 'two\n');
    await until(() => rig.text() === 'one\ntwo\n');
    await rig.restart();
    appendFileSync(join(folder, 'day.log'), 'three\n');
    await watch();
    await until(() => rig.text() === 'one\ntwo\nthree\n');
    expect(rig.reader.streams(1)).toHaveLength(1);
  });

  it('waits for the rest of a line, and does not wait for ever', async () => {
    const texts: string[] = [];
    put('half.log', 'one\nhal');
    const host = silentHost({
      appendFile: async (_peer, bytes) => {
        texts.push(Buffer.from(bytes).toString());
        return 1;
      },
    });
    const options = { ...config(), stableMs: 0, tailMs: 1500, pollMs: 10 };
    const { doneFolder: _, ...staying } = options;
    const source = new FolderSource(host, staying);
    await until(() => texts[0] === 'one\n');
    // This host remembers nothing, so what comes after the wait is the whole file, with its last line.
    await until(() => texts.includes('one\nhal'));
    await source.close('stopped');
  });

  it('takes a file that was written anew as new, and says so', async () => {
    put('page.txt', 'monday 1\nmonday 2\n');
    await watch();
    await until(() => rig.text() === 'monday 1\nmonday 2\n');
    put('page.txt', 'tuesday 1\ntuesday 2\ntuesday 3\n');
    await until(() => rig.text().endsWith('tuesday 3\n'));
    await until(() => notes().includes('file-rewritten'));
    expect(rig.text()).toBe('monday 1\nmonday 2\ntuesday 1\ntuesday 2\ntuesday 3\n');
  });

  it('knows a log that was rotated: the rest of the old one, then the new one, and nothing to complain of', async () => {
    put('smdr.log', 'a1\n');
    await watch();
    await until(() => rig.text() === 'a1\n');
    appendFileSync(join(folder, 'smdr.log'), 'a2\n');
    renameSync(join(folder, 'smdr.log'), join(folder, 'smdr.log.1'));
    put('smdr.log', 'b1\n');
    await until(() => rig.text().includes('a2\n') && rig.text().includes('b1\n'));
    expect(rig.text().length).toBe(9);
    expect(notes()).toEqual([]);
  });

  it('does not book the same content again under another name, and says so', async () => {
    put('a.csv', 'call 1\ncall 2\n');
    await watch();
    await until(() => rig.text() === 'call 1\ncall 2\n');
    put('copy of a.csv', 'call 1\ncall 2\n');
    await until(() => notes().includes('file-repeated'));
    expect(rig.status()?.problem?.values).toEqual({ path: 'copy of a.csv', earlier: 'a.csv' });
    await rig.restart();
    put('third.csv', 'call 1\ncall 2\n');
    put('z.csv', 'call 3\n');
    await watch();
    await until(() => rig.text().endsWith('call 3\n'));
    expect(rig.text()).toBe('call 1\ncall 2\ncall 3\n');
  });

  it('knows two files with the same content that are there at once', async () => {
    put('a', 'same\n');
    put('b', 'same\n');
    put('c', 'other\n');
    await watch();
    await until(() => rig.text().endsWith('other\n'));
    expect(rig.text()).toBe('same\nother\n');
  });

  it('moves what is read to the folder below, without taking a name that is in use', async () => {
    put('a.csv', 'first\n');
    await watch({ afterwards: 'move', isRecursive: true });
    await until(() => existsSync(join(folder, 'done', 'a.csv')));
    put('a.csv', 'second\n');
    await until(() => readdirSync(join(folder, 'done')).length === 2);
    expect(rig.text()).toBe('first\nsecond\n');
    expect(readdirSync(join(folder, 'done')).sort()).toEqual(['a (2).csv', 'a.csv']);
    expect(rig.reader.streams(1).map((stream) => stream.closeReason)).toEqual(['read', 'read']);
    expect(notes()).toEqual([]);
  });

  it('unpacks .gz, and waits for the end of one that is still being copied', async () => {
    const packed = gzipSync(Buffer.from('packed 1\npacked 2\n'));
    put('a.csv.gz', packed.subarray(0, 20));
    await watch();
    await until(() => notes().includes('file-unfinished'));
    expect(rig.text()).toBe('');
    put('a.csv.gz', packed);
    await until(() => rig.text() === 'packed 1\npacked 2\n');
    await until(() => rig.status()?.problem === null);
  });

  it('says that a folder is not there, and reads it once it is', async () => {
    rmSync(folder, { recursive: true });
    await watch();
    await until(() => rig.status()?.problem?.code === 'folder-not-found');
    expect(rig.status()).toMatchObject({ state: 'waiting', problem: { values: { path: folder } } });
    mkdirSync(folder);
    put('a', 'a\n');
    await until(() => rig.text() === 'a\n');
    await until(() => rig.status()?.state === 'open' && rig.status()?.problem === null);
  });

  it('says which file cannot be read, and reads the others', async () => {
    put('a', 'a\n');
    put('c', 'c\n');
    // A packed file that is none; a mode means nothing to the account that runs these tests.
    put('b.gz', 'this is not packed at all\n');
    await watch();
    await until(() => rig.text() === 'a\nc\n');
    await until(() => rig.status()?.problem?.code === 'file-not-readable');
    expect(rig.status()).toMatchObject({ state: 'open', problem: { values: { path: 'b.gz' } } });
  });

  it('does not read a file that still changes', async () => {
    await watch({ stableSeconds: 2 });
    for (let n = 0; n < 6; n += 1) {
      appendFileSync(join(folder, 'growing'), `line ${n}\n`);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(rig.text()).toBe('');
    }
    await until(() => rig.text().length === 42);
    expect(rig.reader.streams(1)).toHaveLength(1);
  });

  it('reads thousands of files, and only looks at them afterwards', async () => {
    const hash = createHash('sha256');
    let bytes = 0;
    for (let n = 0; n < 3000; n += 1) {
      const content = `record ${n}\n`.repeat(10);
      put(`cdr_${String(n).padStart(5, '0')}.csv`, content);
      hash.update(content);
      bytes += content.length;
    }
    await watch();
    await until(() => rig.reader.head(1).nextOffset === bytes, 60_000);
    expect(createHash('sha256').update(rig.text(), 'latin1').digest('hex')).toBe(hash.digest('hex'));
    await rig.restart();
    await watch();
    put('new.csv', 'the newest\n');
    await until(() => rig.reader.head(1).nextOffset === bytes + 11, 20_000);
    expect(rig.reader.streams(1)).toHaveLength(3001);
  }, 120_000);

  it('goes on in a large file where a stop came, in the same stream', async () => {
    const line = 'a record of a call, of some length so that the file is large\n';
    const content = line.repeat(200_000);
    put('large.csv', content);
    await watch();
    await until(() => rig.reader.head(1).nextOffset > 0, 20_000);
    await rig.restart();
    const stored = rig.reader.head(1).nextOffset;
    expect(stored).toBeLessThan(content.length);
    await watch();
    await until(() => rig.reader.head(1).nextOffset >= content.length, 30_000);
    expect(rig.text()).toBe(content);
    expect(rig.reader.streams(1)).toHaveLength(1);
  }, 60_000);
});
