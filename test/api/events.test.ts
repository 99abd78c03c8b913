import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../core/api/contract.ts';
import { LiveEvent as LiveEventSchema } from '../../core/api/contract.ts';
import { EventStream } from '../../core/api/event-stream.ts';
import { OWNER } from '../../core/model/access.ts';
import { callIdOf } from '../../core/model/call.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addSource, LINES, openRig, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = openRig();
});
afterEach(() => rig.close());

/** Reads events until `count` have come. */
async function take(response: Response, count: number): Promise<LiveEvent[]> {
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  const events: LiveEvent[] = [];
  let text = '';
  while (events.length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data !== undefined) events.push(LiveEventSchema.parse(JSON.parse(data)));
    }
  }
  await reader.cancel();
  return events;
}

async function open(language = 'en'): Promise<Response> {
  const cookie = await rig.signIn();
  return rig.request('/api/events', { headers: { cookie, 'accept-language': language } });
}

describe('live events', () => {
  it('tell a new call at once, with its code masked', async () => {
    const sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
    const response = await open();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    rig.feed(sourceId, LINES);
    rig.ingest.events.tell({ type: 'calls', sourceId, added: [callIdOf(sourceId, 0)], updated: [], total: 1 });
    const [event] = await take(response, 1);
    expect(event).toMatchObject({ type: 'call', isUpdate: false, call: { code: '••54', dialled: '0912345678' } });
    expect(JSON.stringify(event)).not.toContain('987654');
  });

  it('name the destination of a new call in the language of each page', async () => {
    const sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
    const pages = [await open('en'), await open('vi')];
    rig.feed(sourceId, LINES);
    rig.ingest.events.tell({ type: 'calls', sourceId, added: [callIdOf(sourceId, 0)], updated: [], total: 1 });
    const events = await Promise.all(pages.map((page) => take(page, 1)));
    const names = events.map(([event]) => (event?.type === 'call' ? event.call.destination : undefined));
    expect(names).toEqual(['VinaPhone mobile', 'Di động VinaPhone']);
  });

  it('speak the language in the address, because a browser cannot name it elsewhere', async () => {
    const cookie = await rig.signIn();
    const headers = { cookie, 'accept-language': 'en' };
    const response = await rig.request('/api/events?language=vi', { headers });
    const sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
    rig.feed(sourceId, LINES);
    rig.ingest.events.tell({ type: 'calls', sourceId, added: [callIdOf(sourceId, 0)], updated: [], total: 1 });
    expect(await take(response, 1)).toMatchObject([{ type: 'call', call: { destination: 'Di động VinaPhone' } }]);
  });

  it('say only that calls changed when an import brings thousands', async () => {
    const response = await open();
    rig.ingest.events.tell({ type: 'calls', sourceId: 1, added: [], updated: [], total: 5000 });
    expect(await take(response, 1)).toEqual([{ type: 'changed', what: 'calls' }]);
  });

  it('tell the state of a source with its problem in the language of the page, and its raw lines', async () => {
    const sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
    await rig.capture.configure([{ id: sourceId, config: { kind: 'file-import' }, isEnabled: true }]);
    rig.capture.problem = { code: 'port-taken', values: { port: 2300 } };
    const [english, vietnamese] = [await open('en'), await open('vi')];
    rig.feed(sourceId, LINES);
    rig.capture.events.tell({ type: 'appended', sourceId, nextOffset: LINES.length });
    const events = await take(english, 2);
    expect(events[0]).toMatchObject({ type: 'source', status: { problem: { code: 'port-taken' } } });
    expect(JSON.stringify(events[0])).toContain('Port 2300 is used');
    expect(JSON.stringify((await take(vietnamese, 1))[0])).toContain('2300');
    const lines = events[1]?.type === 'lines' ? events[1].lines : [];
    const calls = lines.filter((line) => line.outcome === 'call');
    expect(calls).toHaveLength(4);
    expect(JSON.stringify(calls)).not.toContain('987654');
  });

  it('tell the progress of an import with the lines of that import alone', async () => {
    const sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
    rig.feed(sourceId, LINES);
    const client = await rig.client();
    const job = await client.call('importFile', {
      query: { sourceId, fileName: 'march.log' },
      body: new TextEncoder().encode(LINES),
    });
    const response = await open();
    const progress = rig.capture.jobs[0];
    if (progress === undefined) throw new Error('no import was started');
    rig.capture.events.tell({ type: 'import', progress });
    const [event] = await take(response, 1);
    expect(event).toMatchObject({ type: 'import', job: { id: job.id, fileName: 'march.log', counts: { call: 0 } } });
  });

  it('end with the session', async () => {
    const events = new EventStream({ heartbeatMs: 5 });
    let isAllowed = true;
    const signal = new AbortController().signal;
    const reader = events.open({ language: 'en', signal, viewer: () => (isAllowed ? OWNER : undefined) }).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('retry:');
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(': still here\n\n');
    isAllowed = false;
    let last = await reader.read();
    while (!last.done) last = await reader.read();
    expect(events.clientCount).toBe(0);
    events.close();
  });

  it('give a page that reads too slowly a hint instead of everything it missed', async () => {
    const events = new EventStream({ maxWaiting: 10 });
    const signal = new AbortController().signal;
    const stream = events.open({ language: 'en', signal, viewer: () => OWNER });
    for (let i = 0; i < 5000; i += 1) events.publish(() => ({ type: 'lines', sourceId: i, lines: [] }));
    const reader = stream.getReader();
    const decoder = new TextDecoder();
    let text = '';
    while (!text.includes('"what":"quarantine"')) text += decoder.decode((await reader.read()).value);
    expect(text.split('\n\n').length).toBeLessThan(30);
    expect(text).toContain('event: changed\ndata: {"type":"changed","what":"calls"}');
    events.close();
  });

  it('refuse more pages than can be served, and take the next when one has closed', async () => {
    const events = new EventStream({ maxClients: 1 });
    const page = new AbortController();
    const open1 = (): ReadableStream<Uint8Array> =>
      events.open({ language: 'en', signal: page.signal, viewer: () => OWNER });
    open1();
    expect(open1).toThrow(expect.objectContaining({ code: 'busy' }));
    page.abort();
    expect(events.clientCount).toBe(0);
    events.close();
  });
});
