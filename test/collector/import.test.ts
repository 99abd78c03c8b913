import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyJournal } from '../../core/store/journal-verify.ts';
import { Rig, until } from './rig.ts';

describe('the import of a file', () => {
  let rig: Rig;
  let path: string;
  beforeEach(() => {
    rig = new Rig();
    path = join(rig.folder, 'calls.txt');
  });
  afterEach(() => rig.end());

  const start = async (change: { again?: boolean; deleteAfter?: boolean; path?: string } = {}): Promise<string> =>
    String(
      await rig.capture.handle({
        type: 'import-file',
        request: { sourceId: 1, path, fileName: 'calls.txt', again: false, deleteAfter: false, ...change },
      }),
    );
  const done = (id: string) => until(() => (rig.import(id)?.state === 'done' ? rig.import(id) : undefined), 20_000);

  /** Lines that are all different. */
  const lines = (bytes: number): Buffer => {
    const parts: string[] = [];
    for (let n = 0, length = 0; length < bytes; n += 1) {
      const line = `01/02/26 10:00AM  ${100 + (n % 50)} 01 ${String(n).padStart(40, '0')}\r\n`;
      parts.push(line);
      length += line.length;
    }
    return Buffer.from(parts.join('').slice(0, bytes), 'latin1');
  };

  it('stores exactly the bytes of the file as one closed stream', async () => {
    writeFileSync(path, Buffer.from([0, 255, 13, 10, 26, 128]));
    const id = await start();
    expect(await done(id)).toMatchObject({ bytesTotal: 6, bytesDone: 6, problem: null, fileName: 'calls.txt' });
    expect(rig.text()).toBe('\x00\xff\r\n\x1a\x80');
    expect(rig.reader.streams(1)).toMatchObject([{ peer: 'calls.txt', closeReason: 'imported' }]);
    expect(rig.events.map((event) => event.type)).toContain('stream-closed');
  });

  it('reads 50 MB without holding them in memory', async () => {
    const bytes = lines(50 * 1024 * 1024);
    const hash = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(path, bytes);
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 5);
    const progress = await done(await start());
    clearInterval(watch);
    expect(progress.bytesDone).toBe(bytes.length);
    expect((peak - before) / 1024 / 1024).toBeLessThan(80);
    const stored = createHash('sha256');
    await rig.reader.exportBytes(1, (chunk) => void stored.update(chunk));
    expect(stored.digest('hex')).toBe(hash);
    expect(await verifyJournal(rig.reader)).toMatchObject({ breaks: [] });
  });

  it('refuses a content that was imported before, unless told to read it again', async () => {
    writeFileSync(path, lines(10_000));
    await done(await start());
    const copy = join(rig.folder, 'copy.txt');
    writeFileSync(copy, lines(10_000));
    await expect(start({ path: copy })).rejects.toMatchObject({
      code: 'file-already-imported',
      values: { fileName: 'calls.txt', earlier: 'calls.txt' },
    });
    writeFileSync(copy, lines(10_000).fill('x', 9_000));
    await done(await start({ path: copy }));
    await done(await start({ again: true }));
    expect(rig.reader.head(1).nextOffset).toBe(30_000);
  });

  it('stops when cancelled, keeps what was read, and goes on there when asked again', async () => {
    const bytes = lines(40 * 1024 * 1024);
    writeFileSync(path, bytes);
    const id = await start();
    await until(() => rig.reader.head(1).nextOffset > 0);
    await rig.capture.handle({ type: 'cancel-import', importId: id });
    await until(() => rig.import(id)?.state === 'cancelled');
    const kept = rig.reader.head(1).nextOffset;
    expect(kept).toBeLessThan(bytes.length);
    await rig.restart();
    await rig.configure([{ kind: 'file-import' }]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(rig.reader.head(1).nextOffset).toBe(kept);
    await done(await start());
    expect(Buffer.from(rig.text(), 'latin1').equals(bytes)).toBe(true);
    expect(rig.reader.streams(1)).toHaveLength(1);
  });

  it('goes on by itself after a stop, and removes an uploaded copy when done', async () => {
    const bytes = lines(40 * 1024 * 1024);
    writeFileSync(path, bytes);
    const id = await start({ deleteAfter: true });
    await until(() => rig.reader.head(1).nextOffset > 0);
    await rig.restart();
    expect(rig.reader.head(1).nextOffset).toBeLessThan(bytes.length);
    expect(existsSync(path)).toBe(true);
    await rig.configure([{ kind: 'file-import' }]);
    await done(id);
    expect(Buffer.from(rig.text(), 'latin1').equals(bytes)).toBe(true);
    await until(() => !existsSync(path));
  });

  it('does not go on in another file of the same name', async () => {
    writeFileSync(path, lines(40 * 1024 * 1024));
    await start();
    await until(() => rig.reader.head(1).nextOffset > 0);
    await rig.restart();
    const kept = rig.reader.head(1).nextOffset;
    rmSync(path);
    // Begins alike, and differs only within what was read already.
    const other = lines(42 * 1024 * 1024).fill('!', 2000, 2010);
    writeFileSync(path, other);
    await rig.configure([{ kind: 'file-import' }]);
    await done(await start());
    expect(Buffer.from(rig.text().slice(kept), 'latin1').equals(other)).toBe(true);
    expect(rig.reader.streams(1)).toHaveLength(2);
  });

  it('says that a file is missing or is a folder', async () => {
    await expect(start()).rejects.toMatchObject({ code: 'file-not-found', values: { path: 'calls.txt' } });
    await expect(start({ path: rig.folder })).rejects.toMatchObject({ code: 'file-not-readable' });
  });

  it('waits while the disk is full, and loses and doubles nothing', async () => {
    const bytes = lines(8 * 1024 * 1024);
    writeFileSync(path, bytes);
    writeFileSync(join(rig.folder, 'live.txt'), 'live 1\n');
    await rig.configure([
      { kind: 'file-import' },
      { kind: 'followed-file', path: join(rig.folder, 'live.txt'), fromStart: true },
    ]);
    await until(() => rig.text(2) === 'live 1\n');
    rig.limitJournal(40);
    const id = await start();
    await until(() => rig.status(1)?.problem?.code === 'disk-full');
    expect(rig.status(1)).toMatchObject({ state: 'failed' });
    expect(rig.status(1)?.retryAtMs).not.toBeNull();
    appendFileSync(join(rig.folder, 'live.txt'), 'live 2\n');
    await until(() => rig.status(2)?.problem?.code === 'disk-full');
    expect(rig.text(2)).toBe('live 1\n');
    rig.limitJournal(undefined);
    await done(id);
    await until(() => rig.text(2) === 'live 1\nlive 2\n');
    await until(() => rig.status(1)?.problem === null && rig.status(2)?.state === 'open');
    expect(Buffer.from(rig.text(), 'latin1').equals(bytes)).toBe(true);
    expect(await verifyJournal(rig.reader)).toMatchObject({ breaks: [] });
  });
});
