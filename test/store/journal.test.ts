import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callIdOf } from '../../core/model/call.ts';
import { Journal, MAX_CHUNK_BYTES } from '../../core/store/journal.ts';
import { verifyJournal } from '../../core/store/journal-verify.ts';

describe('the journal', () => {
  let folder: string;
  let journal: Journal;
  let clock = 1_700_000_000_000;
  const now = (): number => {
    clock += 1;
    return clock;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-journal-'));
    journal = Journal.open({ path: join(folder, 'journal.db'), now });
  });
  afterEach(() => {
    journal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const exported = async (sourceId: number, streamId?: number): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    await journal.exportBytes(sourceId, (bytes) => void parts.push(bytes), streamId);
    return Buffer.concat(parts);
  };
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

  it('gives back exactly the bytes of each source and stream, however they were cut', async () => {
    let sourceId = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.uint8Array({ maxLength: 300 })), { maxLength: 30 }),
        async (pieces) => {
          sourceId += 1;
          runs += 1;
          const streams = [0, 1, 2].map((n) => journal.openStream(sourceId, `peer ${n}`));
          for (const [n, bytes] of pieces) journal.append(Number(streams[n]), now(), bytes);
          expect(await exported(sourceId)).toEqual(Buffer.concat(pieces.map(([, bytes]) => bytes)));
          for (const n of [0, 1, 2]) {
            const mine = pieces.filter(([stream]) => stream === n).map(([, bytes]) => bytes);
            expect(await exported(sourceId, streams[n])).toEqual(Buffer.concat(mine));
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(runs).toBeGreaterThanOrEqual(60);
    expect(await verifyJournal(journal)).toMatchObject({ breaks: [] });
  });

  it('cuts a long read into chunks of bounded length in one transaction', async () => {
    const stream = journal.openStream(1, 'a');
    const bytes = Buffer.alloc(MAX_CHUNK_BYTES * 2 + 7, 'x');
    expect(journal.append(stream, now(), bytes)).toBe(bytes.length);
    const chunks = journal.readChunks(1, 0, Number.MAX_SAFE_INTEGER);
    expect(chunks.map((chunk) => chunk.bytes.length)).toEqual([MAX_CHUNK_BYTES, MAX_CHUNK_BYTES, 7]);
    expect(journal.head(1)).toMatchObject({ nextOffset: bytes.length, chunkCount: 3 });
    expect(await exported(1)).toEqual(bytes);
  });

  it('reads a frame that lies in several chunks of one stream with another stream between', () => {
    const a = journal.openStream(1, 'a');
    const b = journal.openStream(1, 'b');
    journal.append(a, 100, Buffer.from('first half '));
    journal.append(b, 101, Buffer.from('other'));
    journal.append(a, 102, Buffer.from('second half\r\nnext'));
    expect(text(journal.readFrameBytes(1, 6, 18))).toBe('half second half\r\n');
    expect(journal.readFrame(1, 6, 18)).toMatchObject({ streamId: a, receivedAtMs: 102 });
    expect(text(journal.readFrameBytes(1, 11, 5))).toBe('other');
    expect(text(journal.readFrameBytes(1, 11, 500))).toBe('other');
    expect(journal.readFrameBytes(1, 5000, 5)).toHaveLength(0);
    expect(journal.readFrameBytes(2, 0, 5)).toHaveLength(0);
  });

  it('reads on from any offset, of all streams or of one, and stops near the wanted length', () => {
    const a = journal.openStream(3, 'a');
    const b = journal.openStream(3, 'b');
    for (let n = 0; n < 10; n += 1) journal.append(n % 2 === 0 ? a : b, 100 + n, Buffer.from(`chunk ${n};`));
    const rest = journal.readChunks(3, 10, 1000);
    expect(rest[0]).toMatchObject({ offset: 10, streamId: b });
    expect(text(Buffer.concat(rest.map((c) => c.bytes)))).toMatch(/^unk 1;chunk 2;.*chunk 9;$/);
    expect(journal.readChunks(3, 0, 1)).toHaveLength(1);
    expect(journal.readChunks(3, 0, 9)).toHaveLength(2);
    expect(journal.readChunks(3, 0, 1000, b).map((c) => c.receivedAtMs)).toEqual([101, 103, 105, 107, 109]);
    expect(journal.readChunks(3, 80, 1000)).toEqual([]);
  });

  it('stores the position of a file together with its bytes', () => {
    const stream = journal.openStream(1, 'x.csv');
    const mark = {
      path: '/x.csv',
      device: '1',
      inode: '18446744073709551615',
      headHash: Buffer.alloc(32),
      headLength: 5,
    };
    journal.append(stream, now(), Buffer.from('hello'), { ...mark, position: 5 });
    expect(journal.files(1)).toMatchObject([{ position: 5, inode: mark.inode, contentHash: null, isImport: false }]);
    expect(() =>
      journal.appendAll([
        { streamId: stream, receivedAtMs: 1, bytes: Buffer.from('lost'), file: { ...mark, position: 9 } },
        { streamId: 999, receivedAtMs: 1, bytes: Buffer.from('no such stream') },
      ]),
    ).toThrow(/999/);
    expect(journal.files(1)).toMatchObject([{ position: 5 }]);
    expect(journal.head(1).nextOffset).toBe(5);
    journal.finishImport(stream, Buffer.alloc(32, 7));
    expect(journal.files(1)[0]?.contentHash).toEqual(Buffer.alloc(32, 7));
    expect(journal.stream(stream)).toMatchObject({ closeReason: 'imported' });
  });

  it('continues the stream that a killed service left open, with a gap where bytes may be missing', () => {
    const old = journal.openStream(1, 'ttyS0');
    const other = journal.openStream(1, 'ttyS9');
    journal.append(old, now(), Buffer.from('before'));
    expect(journal.continueStream(1, 'ttyS0', 'restarted')).toBe(old);
    expect(journal.gaps(old)).toMatchObject([{ sourceOffset: 6, reason: 'restarted' }]);
    expect(journal.stream(other)).toMatchObject({ closeReason: 'interrupted' });
    journal.closeStream(old, 'stopped');
    journal.closeStream(old, 'again');
    expect(journal.stream(old)).toMatchObject({ closeReason: 'stopped' });
    expect(journal.continueStream(1, 'ttyS0', 'restarted')).toBeUndefined();
  });

  describe('when somebody changed it', () => {
    beforeEach(() => {
      for (const sourceId of [1, 2]) {
        const stream = journal.openStream(sourceId, 'a');
        for (let n = 0; n < 5; n += 1) journal.append(stream, 1000 + n, Buffer.from(`chunk ${n};`));
      }
    });

    const breaksAfter = async (sql: string): Promise<unknown> => {
      journal.db.exec(sql);
      return (await verifyJournal(journal)).breaks;
    };

    it('finds nothing wrong before that', async () => {
      const progress: number[] = [];
      const result = await verifyJournal(journal, { onProgress: (p) => progress.push(p.bytesDone) });
      expect(result).toEqual({ sources: 2, chunks: 10, bytes: 80, breaks: [] });
      expect(progress.at(-1)).toBe(80);
    });

    it('names the chunk with a changed byte', async () => {
      expect(await breaksAfter(`UPDATE chunks SET bytes = x'6368756e6b20323c' WHERE id = ${callIdOf(1, 16)}`)).toEqual([
        { sourceId: 1, kind: 'changed', offset: 16, receivedAtMs: 1002 },
      ]);
    });

    it('names the chunk with a changed arrival time or stream', async () => {
      expect(await breaksAfter(`UPDATE chunks SET received_at_ms = 5 WHERE id = ${callIdOf(2, 8)}`)).toMatchObject([
        { sourceId: 2, kind: 'changed', offset: 8 },
      ]);
      expect(await breaksAfter(`UPDATE chunks SET stream_id = 77 WHERE id = ${callIdOf(1, 0)}`)).toMatchObject([
        { sourceId: 1, offset: 0 },
        { sourceId: 2, offset: 8 },
      ]);
    });

    it('names the place of a deleted chunk', async () => {
      expect(await breaksAfter(`DELETE FROM chunks WHERE id = ${callIdOf(1, 24)}`)).toEqual([
        { sourceId: 1, kind: 'missing', offset: 24, receivedAtMs: 1004 },
      ]);
    });

    it('notices a tail that was cut off', async () => {
      expect(await breaksAfter(`DELETE FROM chunks WHERE id >= ${callIdOf(2, 24)}`)).toEqual([
        { sourceId: 2, kind: 'cut-off', offset: 24, receivedAtMs: null },
      ]);
    });

    it('notices a changed head, a missing head and chunks put in after the head', async () => {
      expect(await breaksAfter("UPDATE heads SET hash = x'00' WHERE source_id = 1")).toMatchObject([
        { sourceId: 1, kind: 'head-changed', offset: 40 },
      ]);
      expect(await breaksAfter('DELETE FROM heads WHERE source_id = 2')).toMatchObject([
        { sourceId: 2, kind: 'head-missing', offset: 0 },
        { sourceId: 1 },
      ]);
      expect(await breaksAfter(`INSERT INTO chunks VALUES (${callIdOf(1, 40)}, 1, 5, x'61', x'00')`)).toMatchObject([
        { sourceId: 1, kind: 'head-missing', offset: 40 },
        { sourceId: 2 },
        { sourceId: 1 },
      ]);
    });
  });

  it('says that the disk is full, stores nothing of that write, and goes on once there is space', async () => {
    const stream = journal.openStream(1, 'a');
    journal.append(stream, now(), Buffer.from('kept'));
    const pages = Number(journal.db.pragma('page_count', { simple: true }));
    journal.db.pragma(`max_page_count = ${pages + 2}`);
    const big = Buffer.alloc(400_000, 'y');
    expect(() => journal.append(stream, now(), big)).toThrow(expect.objectContaining({ code: 'disk-full' }));
    expect(journal.head(1)).toMatchObject({ nextOffset: 4, chunkCount: 1 });
    journal.db.pragma('max_page_count = 1000000');
    journal.append(stream, now(), big);
    expect(await exported(1)).toEqual(Buffer.concat([Buffer.from('kept'), big]));
    expect(await verifyJournal(journal)).toMatchObject({ breaks: [] });
  });

  it('is the same after closing and opening, and readable in a copy', async () => {
    const stream = journal.openStream(1, 'a');
    journal.append(stream, now(), Buffer.from('bytes'));
    journal.close();
    copyFileSync(join(folder, 'journal.db'), join(folder, 'copy.db'));
    journal = Journal.open({ path: join(folder, 'copy.db'), now });
    expect(text(await exported(1))).toBe('bytes');
    expect(journal.db.pragma('synchronous', { simple: true })).toBe(2);
  });
});
