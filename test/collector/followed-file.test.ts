import { appendFileSync, copyFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Rig, until } from './rig.ts';

describe('a followed file', () => {
  let rig: Rig;
  let path: string;
  beforeEach(() => {
    rig = new Rig();
    path = join(rig.folder, 'Master.csv');
  });
  afterEach(() => rig.end());

  const follow = (fromStart = true): Promise<void> => rig.configure([{ kind: 'followed-file', path, fromStart }]);
  const texts = (): string[] => rig.reader.streams(1).map((stream) => rig.text(1, stream.id));

  it('is read from its start and then as it grows, within 200 ms', async () => {
    writeFileSync(path, 'one\n');
    await follow();
    await until(() => rig.text() === 'one\n');
    expect(rig.status()).toMatchObject({ state: 'open', problem: null });
    const delays: number[] = [];
    let expected = 'one\n';
    for (let n = 0; n < 5; n += 1) {
      expected += `line ${n}\n`;
      appendFileSync(path, `line ${n}\n`);
      const from = performance.now();
      await until(() => rig.text() === expected);
      delays.push(performance.now() - from);
    }
    expect(Math.max(...delays)).toBeLessThan(200);
  });

  it('skips what is there when only new records are wanted, also after a restart', async () => {
    writeFileSync(path, 'old\n');
    await follow(false);
    await until(() => rig.status()?.state === 'open');
    appendFileSync(path, 'new\n');
    await until(() => rig.text() === 'new\n');
    await rig.restart();
    appendFileSync(path, 'while down\n');
    await follow(false);
    await until(() => rig.text() === 'new\nwhile down\n');
    expect(rig.reader.streams(1)).toHaveLength(1);
  });

  it('waits for a file that is not there yet, and reads it whole', async () => {
    await follow(false);
    await until(() => rig.status()?.problem?.code === 'file-not-found');
    expect(rig.status()).toMatchObject({ state: 'waiting', problem: { values: { path } } });
    writeFileSync(path, 'first\n');
    await until(() => rig.text() === 'first\n');
    await until(() => rig.status()?.state === 'open' && rig.status()?.problem === null);
  });

  it('reads the rest of a renamed file and then the new one, each as its own stream', async () => {
    writeFileSync(path, 'a1\n');
    await follow();
    await until(() => rig.text() === 'a1\n');
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, 'a2 written after the renaming\n');
    writeFileSync(path, 'b1\n');
    appendFileSync(`${path}.1`, 'a3 its writer had not noticed\n');
    await until(() => rig.text().length === 3 + 30 + 30 + 3);
    expect(texts()).toEqual(['a1\na2 written after the renaming\na3 its writer had not noticed\n', 'b1\n']);
    appendFileSync(path, 'b2\n');
    await until(() => texts()[1] === 'b1\nb2\n');
  });

  it('finds a file that was renamed while the program did not run', async () => {
    writeFileSync(path, 'a1\n');
    await follow();
    await until(() => rig.text() === 'a1\n');
    await rig.restart();
    appendFileSync(path, 'a2\n');
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'b1\n');
    await follow();
    await until(() => texts().join('|') === 'a1\na2\n|b1\n');
  });

  it('starts again when the file was cut, or cut and filled anew beyond where it was', async () => {
    writeFileSync(path, 'a long first line\n');
    await follow();
    await until(() => rig.text().endsWith('first line\n'));
    truncateSync(path, 0);
    appendFileSync(path, 'short\n');
    await until(() => texts()[1] === 'short\n');
    copyFileSync(path, `${path}.1`);
    writeFileSync(path, 'other content, longer than the one before\n');
    await until(() => texts()[2] === 'other content, longer than the one before\n');
    expect(rig.reader.streams(1).map((stream) => stream.closeReason)).toEqual(['truncated', 'truncated', null]);
  });

  it('goes on after a stop in the middle of a line without a seam', async () => {
    writeFileSync(path, 'half ');
    await follow();
    await until(() => rig.text() === 'half ');
    await rig.restart();
    appendFileSync(path, 'line\n');
    await follow();
    await until(() => rig.text() === 'half line\n');
    expect(rig.reader.streams(1)).toMatchObject([{ closedAtMs: null }]);
    expect(rig.reader.gaps(rig.reader.streams(1)[0]?.id ?? 0)).toEqual([]);
  });

  it('survives a file that is deleted and made again', async () => {
    writeFileSync(path, 'a\n');
    await follow();
    await until(() => rig.text() === 'a\n');
    rmSync(path);
    await new Promise((resolve) => setTimeout(resolve, 150));
    writeFileSync(path, 'b\n');
    await until(() => texts().join('|') === 'a\n|b\n');
  });

  it('is not read again when its source is switched off and on, or set up anew', async () => {
    writeFileSync(path, 'a half ');
    await follow();
    await until(() => rig.text() === 'a half ');
    await rig.configure([{ kind: 'followed-file', path, fromStart: true }], false);
    await until(() => rig.status()?.state === 'disabled');
    appendFileSync(path, 'line\n');
    await follow();
    await until(() => rig.text() === 'a half line\n');
    expect(rig.reader.streams(1)).toHaveLength(1);
    await rig.configure([]);
    await follow(false);
    await until(() => rig.reader.streams(1).length === 2);
    appendFileSync(path, 'b\n');
    await until(() => rig.text() === 'a half line\nb\n');
    const other = join(rig.folder, 'other.csv');
    writeFileSync(other, 'old\n');
    await rig.configure([{ kind: 'followed-file', path: other, fromStart: false }]);
    await until(() => rig.reader.files(1).some((file) => file.path === other));
    appendFileSync(other, 'new\n');
    await until(() => rig.text() === 'a half line\nb\nnew\n');
  });

  it('says that a folder is no file', async () => {
    await rig.configure([{ kind: 'followed-file', path: rig.folder, fromStart: true }]);
    await until(() => rig.status()?.problem?.code === 'file-not-readable');
  });
});
