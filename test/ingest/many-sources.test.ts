import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IngestEvent } from '../../core/ingest/control.ts';
import { IngestLoop } from '../../core/ingest/ingest-loop.ts';
import type { IngestMessage } from '../../core/ingest/ingest-messages.ts';
import { sourceIdOf } from '../../core/model/call.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { openSite, panasonicLine, type Site } from './site-fixture.ts';

const LISTENER = {
  kind: 'tcp-listener',
  port: 1,
  bindAddress: '127.0.0.1',
  allowedHosts: [],
  maxConnections: 1,
} as const;
const CALL = panasonicLine({ number: '0912345678', duration: "00:01'00", account: '4401' });

describe('many sources that have records at once', () => {
  let site: Site;
  let loop: IngestLoop;
  let events: IngestEvent[];
  let answered: number[];
  /** Comes in while a batch is read. */
  let meanwhile: () => readonly IngestMessage[];
  const streams = new Map<number, number>();
  beforeEach(() => {
    site = openSite({ config: LISTENER });
    events = [];
    answered = [];
    meanwhile = () => [];
    loop = new IngestLoop({
      ingest: site.ingest,
      clockMs: () => 0,
      takeMessages: () => meanwhile(),
      tell: (event) => void events.push(event),
      answer: (id) => void answered.push(id),
      refuse: () => undefined,
    });
  });
  afterEach(() => {
    streams.clear();
    site.close();
  });

  const addSource = (formatId = 'panasonic-a'): number => {
    const input = {
      name: `PBX ${new SourceStore(site.db).list().length + 1}`,
      config: LISTENER,
      formatId,
      formatOptions: {},
      isEnabled: true,
    };
    return new SourceStore(site.db).add(input, 0).id;
  };
  const receive = (sourceId: number, text = CALL): void => {
    const stream = streams.get(sourceId) ?? site.journal.openStream(sourceId, 'pbx');
    streams.set(sourceId, stream);
    site.append(stream, text);
  };
  const wake = (...ids: readonly number[]): void => {
    for (const sourceId of ids) loop.receive({ type: 'wake', sourceId });
  };
  const settle = (): void => {
    while (loop.hasWork) loop.step();
  };
  const callsOf = (sourceId: number): number => site.calls().filter(({ id }) => sourceIdOf(id) === sourceId).length;

  it('are read in one step, each into its own calls', () => {
    const ids = [site.sourceId, addSource(), addSource()];
    for (const id of ids) receive(id);
    wake(...ids);
    loop.step();
    expect(ids.map(callsOf)).toEqual([1, 1, 1]);
    settle();
    expect(ids.map(callsOf)).toEqual([1, 1, 1]);
  });

  it('are all read though one of them cannot be, and that one is named', () => {
    const broken = addSource('no-such-format');
    const ids = [site.sourceId, broken, addSource()];
    for (const round of [1, 2]) {
      for (const id of ids) receive(id);
      wake(...ids);
      settle();
      expect(ids.map(callsOf)).toEqual([round, 0, round]);
    }
    const problems = events.filter(({ type }) => type === 'problem');
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatchObject({ code: 'format-unknown', values: { sourceId: broken } });
    site.db.prepare("UPDATE sources SET format_id = 'panasonic-a' WHERE id = ?").run(broken);
    wake(...ids);
    settle();
    expect(ids.map(callsOf)).toEqual([2, 2, 2]);
  });

  it('lose nothing that comes while others are read', () => {
    const ids = [site.sourceId, addSource(), addSource()];
    for (const id of ids) receive(id);
    let asked = 0;
    meanwhile = () => {
      asked += 1;
      // The first source is done by then and another is being read.
      if (asked !== 3) return [];
      receive(site.sourceId);
      return [{ type: 'wake', sourceId: site.sourceId }];
    };
    wake(...ids);
    settle();
    expect(ids.map(callsOf)).toEqual([2, 1, 1]);
  });

  it('lets records gather for a moment once there are many batches a second, unless somebody waits', () => {
    // What an earlier run left is looked at first.
    settle();
    const id = addSource();
    receive(id);
    wake(id);
    expect(loop.gatherMs).toBe(0);
    for (let i = 0; i < 60; i += 1) {
      loop.step();
      receive(id);
      wake(id);
    }
    expect(loop.gatherMs).toBe(40);
    loop.receive({ type: 'request', id: 1, request: { type: 'hold' } });
    expect(loop.gatherMs).toBe(0);
  });

  it('reads nothing while somebody may be writing, but does what all who hold it back wait for', () => {
    settle();
    receive(site.sourceId);
    const rebook = { type: 'rebook', scope: { codes: ['4401'], extensions: [] }, pricing: 'kept' } as const;
    loop.receive({ type: 'request', id: 1, request: { type: 'hold' } });
    loop.receive({ type: 'request', id: 2, request: { type: 'hold' } });
    wake(site.sourceId);
    loop.step();
    expect(answered).toEqual([1, 2]);
    loop.receive({ type: 'request', id: 3, request: rebook });
    expect(loop.hasWork).toBe(false);
    loop.step();
    expect(answered).toEqual([1, 2]);
    loop.receive({ type: 'release' });
    while (loop.hasWork) loop.step();
    expect(answered).toEqual([1, 2, 3]);
    expect(callsOf(site.sourceId)).toBe(0);
    loop.receive({ type: 'release' });
    settle();
    expect(callsOf(site.sourceId)).toBe(1);
  });
});
