import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import type { ImportProgress } from '../../core/collector/control.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addSource, LINES, NOW_MS, openRig, type Rig } from './rig.ts';

describe('the job of an import', () => {
  let rig: Rig;
  let client: Client;
  let sourceId: number;
  beforeEach(async () => {
    rig = openRig();
    client = await rig.client();
    sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
  });
  afterEach(() => rig.close());

  const upload = async (fileName: string, text: string): Promise<string> =>
    (
      await client.call('importFile', {
        query: { sourceId, fileName, again: true },
        body: new TextEncoder().encode(text),
      })
    ).id;
  const change = (id: string, part: Partial<ImportProgress>): void => {
    rig.capture.jobs = rig.capture.jobs.map((job) => (job.importId === id ? { ...job, ...part } : job));
    const progress = rig.capture.jobs.find((job) => job.importId === id);
    if (progress !== undefined) rig.capture.events.tell({ type: 'import', progress });
  };
  /** Stores bytes of the import as capture does; ingest is not told. */
  const store = (id: string, text: string, streamId = rig.deps.journal.openStream(sourceId, id)): number => {
    rig.deps.journal.append(streamId, NOW_MS, Buffer.from(text, 'latin1'));
    const before = rig.capture.jobs.find((job) => job.importId === id)?.bytesDone ?? 0;
    change(id, { streamId, bytesDone: before + text.length });
    return streamId;
  };
  const close = (id: string, streamId: number): void => {
    rig.deps.journal.closeStream(streamId, 'imported');
    change(id, { state: 'done' });
  };
  const job = async (id: string) => (await client.call('listImports')).find((candidate) => candidate.id === id);

  it('runs until every byte is read, and then keeps its counts whatever comes after', async () => {
    rig.feed(sourceId, LINES);
    const id = await upload('march.log', LINES);
    const half = LINES.indexOf('\r\n') + 2;
    const stream = store(id, LINES.slice(0, half));
    rig.ingest.wake(sourceId);
    store(id, LINES.slice(half), stream);
    expect(await job(id)).toMatchObject({ state: 'running', bytesDone: LINES.length, bytesRead: half });
    close(id, stream);
    expect(await job(id)).toMatchObject({ state: 'running', bytesRead: half, counts: { call: 1 } });
    rig.ingest.wake(sourceId);
    const final = { state: 'done', bytesRead: LINES.length, counts: { call: 4, malformed: 1 } };
    expect(await job(id)).toMatchObject(final);
    rig.feed(sourceId, LINES);
    expect(await job(id)).toMatchObject(final);
  });

  it('counts nothing while an earlier file of its source is still being read', async () => {
    const [first, second] = [await upload('a.log', LINES), await upload('b.log', LINES)];
    close(first, store(first, LINES));
    expect(await job(second)).toMatchObject({ state: 'running', counts: { call: 0 } });
    rig.ingest.wake(sourceId);
    expect(await job(first)).toMatchObject({ state: 'done', counts: { call: 4 } });
    expect(await job(second)).toMatchObject({ state: 'running', counts: { call: 0 } });
    const more = LINES.replaceAll('20/03/26', '19/03/26');
    close(second, store(second, more));
    rig.ingest.wake(sourceId);
    expect(await job(second)).toMatchObject({ state: 'done', counts: { call: 4, malformed: 1 } });
  });

  it('of a file without a byte is done at once', async () => {
    const id = await upload('empty.log', '');
    change(id, { state: 'done' });
    expect(await job(id)).toMatchObject({ state: 'done', bytesTotal: 0, counts: { call: 0, malformed: 0 } });
  });

  it('goes on with what it had when a stopped import is asked for again', async () => {
    const id = await upload('march.log', LINES);
    const half = LINES.indexOf('\r\n') + 2;
    const stream = store(id, LINES.slice(0, half));
    rig.ingest.wake(sourceId);
    change(id, { state: 'cancelled' });
    expect(await job(id)).toMatchObject({ state: 'cancelled', counts: { call: 1 } });
    change(id, { state: 'running' });
    store(id, LINES.slice(half), stream);
    close(id, stream);
    rig.ingest.wake(sourceId);
    expect(await job(id)).toMatchObject({ state: 'done', counts: { call: 4, malformed: 1 } });
  });
});
