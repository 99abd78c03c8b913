import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RouteName, routes } from '../../core/api/contract.ts';
import type { RouteDefinition } from '../../core/api/route.ts';
import { AuditTrail } from '../../core/store/audit.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addSource, LINES, openRig, type Rig } from '../api/rig.ts';
import { readableText } from './readable.ts';
import { type SignedIn, signInAs } from './viewers.ts';

/** The last seven digits of every number in the site: more than a masked number shows. */
const HIDDEN = ['2345678', '7000111', '8250000', '3000222'];
const PERIOD = 'from=2026-03-01&to=2026-03-31&month=2026-03';

/** They hold numbers here, so that an answer of theirs proves something. */
const ANSWERING: readonly RouteName[] = [
  'listCalls',
  'getCall',
  'getCallHistory',
  'lookUp',
  'search',
  'listQuarantine',
  'listRawLines',
  'listBreaches',
  'getDashboard',
  'exportMonth',
  'listAudit',
  'exportAudit',
];

let rig: Rig;
let auditor: SignedIn;
let sourceId: number;
let callId: number;

beforeAll(async () => {
  rig = openRig();
  sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
  rig.feed(sourceId, LINES);
  // What no rule reads, with a number in it.
  rig.feed(sourceId, '20/03/26 09:00AM 101 zz 0912345678 ?? broken\r\n');
  const owner = await rig.client();
  callId = (await owner.call('listCalls', { query: { number: '0912345678' } })).calls[0]?.id ?? 0;
  const reason = 'He says 0912345678 is his mother';
  await owner.call('decideCalls', {
    body: { calls: { ids: [callId] }, change: { kind: 'purpose', purpose: 'business' }, reason, by: 'Lan' },
  });
  new AuditTrail(rig.deps.db).add({
    atMs: 1,
    viewer: 'program',
    action: 'x',
    what: 'y',
    reason,
    after: { text: reason },
  });
  auditor = signInAs(rig, 'administrator', { seesNumbers: false });
});

afterAll(() => rig.close());

function addressOf(route: RouteDefinition): string {
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => {
    if (key === 'id' && route.path.startsWith('/api/calls')) return String(callId);
    if (key === 'formatId') return 'panasonic-a';
    return route.path.startsWith('/api/sources') ? String(sourceId) : '1';
  });
  return path;
}

/** The first question that the route takes. */
async function ask(route: RouteDefinition): Promise<Response> {
  const address = addressOf(route);
  const queries = [
    '',
    PERIOD,
    `${PERIOD}&type=csv`,
    `${PERIOD}&type=xlsx`,
    'type=csv',
    'type=xlsx',
    'q=091',
    'month=2026-03',
  ];
  let last: Response | undefined;
  for (const query of queries) {
    last = await rig.request(`${address}?${query}`, { headers: { cookie: auditor.cookie, 'accept-language': 'en' } });
    if (last.status !== 422) return last;
  }
  return last as Response;
}

const readers = (Object.keys(routes) as RouteName[]).filter((name) => {
  const route: RouteDefinition = routes[name];
  return route.method === 'GET' && route.produces !== 'events';
});

describe('a reader from whom numbers are hidden', () => {
  it.each(readers)('gets none of them from %s', async (name) => {
    const route: RouteDefinition = routes[name];
    const response = await ask(route);
    if (ANSWERING.includes(name)) expect(response.status).toBe(200);
    const headers = JSON.stringify([...response.headers]);
    const text = await readableText(Buffer.from(await response.arrayBuffer()));
    for (const digits of HIDDEN) {
      expect(text, `${name} ${response.status}`).not.toContain(digits);
      expect(headers).not.toContain(digits);
      expect(text).not.toContain(Buffer.from(digits).toString('hex').replace(/../g, '$& ').trim());
    }
  });

  it.each(['csv', 'xlsx'])('gets none of them in the month as %s', async (type) => {
    const response = await rig.request(`/api/month/export?month=2026-03&type=${type}`, {
      headers: { cookie: auditor.cookie },
    });
    expect(response.status).toBe(200);
    const text = await readableText(Buffer.from(await response.arrayBuffer()));
    expect(text).toContain('•');
    for (const digits of HIDDEN) expect(text).not.toContain(digits);
  });

  it('sees the beginning of a number, and why the bytes are not shown', async () => {
    const call = await auditor.client.call('getCall', { params: { id: callId } });
    expect(call).toMatchObject({ dialled: '091234••••', number: '8491234••••' });
    expect(call.legs[0]).toMatchObject({ rawHex: '', rawText: expect.stringContaining('Withheld') });
    expect(call.record).toMatchObject({ dialedNumber: '091234••••', durationSeconds: 65 });
  });

  it('finds calls by what is visible of their numbers, and learns nothing of the rest', async () => {
    const found = async (number: string): Promise<number> =>
      (await auditor.client.call('countCalls', { query: { number } })).calls;
    expect(await found('091234')).toBe(1);
    expect(await found('8491234')).toBe(1);
    expect(await found('0912345')).toBe(0);
    expect(await found('5678')).toBe(0);
    expect(await found('091234••••')).toBe(1);
    await expect(found('0912345678')).rejects.toThrow('at most 7');
  });

  it('hears of calls without their last digits', async () => {
    const response = await rig.request('/api/events', { headers: { cookie: auditor.cookie } });
    const stream = response.body?.getReader();
    if (stream === undefined) throw new Error('no events');
    rig.ingest.events.tell({ type: 'calls', sourceId, added: [callId], updated: [], total: 1 });
    let text = '';
    while (!text.includes('event: call')) text += Buffer.from((await stream.read()).value ?? []).toString('utf8');
    await stream.cancel();
    expect(text).toContain('091234••••');
    expect(text).not.toContain('2345678');
  });
});
