import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import type { CallFilter, Dashboard } from '../../core/api/contract.ts';
import { dashboardOf } from '../../core/api/dashboard-view.ts';
import { ImportJobs } from '../../core/api/import-jobs.ts';
import { NoticeKeeper } from '../../core/api/notice-keeper.ts';
import { createParts } from '../../core/api/parts.ts';
import { OWNER, type Viewer } from '../../core/model/access.ts';
import { NoticeStore } from '../../core/store/notices.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addSource, LINES, NOW_MS, openRig, type Rig } from './rig.ts';

let rig: Rig;
let client: Client;
let sourceId: number;

beforeEach(async () => {
  rig = openRig();
  client = await rig.client();
  sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
});
afterEach(() => rig.close());

const sourceConfig = { kind: 'tcp-listener', port: 2300 } as const;

interface Counted {
  readonly calls: number;
  readonly filter: CallFilter;
}

/** Everything in an answer that names calls by a filter. */
function countedIn(value: unknown): readonly Counted[] {
  if (value === null || typeof value !== 'object') return [];
  const inside = Object.values(value).flatMap(countedIn);
  return 'filter' in value && 'calls' in value ? [value as Counted, ...inside] : inside;
}

describe('the dashboard', () => {
  it('shows a new office that there is nothing yet', async () => {
    const found = await client.call('getDashboard', { query: {} });
    expect(found).toMatchObject({ month: '2026-03', months: [], days: [], hours: [], departments: [], forecasts: [] });
    expect(found.outbound.calls).toBe(0);
  });

  it('has the figures of a small morning as one counts them by hand', async () => {
    const { id: departmentId } = await client.call('addDepartment', {
      body: { name: 'Kinh doanh', parentId: null, code: null },
    });
    const person = await client.call('addPerson', { body: { name: 'Nguyễn Thị Hà', departmentId } });
    const assignment = { kind: 'code', value: '987654' } as const;
    await client.call('applyAssignment', { body: { action: 'add', personId: person.id, assignment } });
    rig.feed(sourceId, LINES);
    const found = await client.call('getDashboard', { query: {} });
    // 1'05 + 2'10 + 0'40 + 0'30 of talk.
    expect(found.day?.all).toMatchObject({ calls: 4, talkSeconds: 265, filter: { from: '2026-03-20' } });
    expect(found.outbound).toMatchObject({ calls: 4, talkSeconds: 265 });
    expect(found.unattributed.calls).toBe(3);
    expect(found.days.map(({ day, calls }) => [day, calls])).toEqual([['2026-03-20', 4]]);
    expect(found.people.map(({ name, calls }) => [name, calls])).toEqual([['Nguyễn Thị Hà', 1]]);
    expect(found.departments.map(({ name, calls }) => [name, calls]).sort()).toEqual([
      ['Kinh doanh', 1],
      ['nobody (unattributed)', 3],
    ]);
    // A Friday, all between eight and nine.
    expect(found.hours.map(({ weekday, hour, calls }) => [weekday, hour, calls])).toEqual([[5, 8, 4]]);
    expect(found.trunks?.rows.map(({ trunk, calls, peaks }) => [trunk, calls, peaks.join('')])).toEqual([
      ['01', 2, '00000100'],
      ['02', 2, '00000100'],
    ]);
    // It is ten o'clock; the office opened at eight.
    expect(found.completeness).toMatchObject({ openSeconds: 7200, silentSeconds: 3600, quarantinedFrames: 1 });
    expect(found.completeness?.silences[0]).toMatchObject({ fromLocal: '2026-03-20T09:00:00' });
  });

  it('leads from every figure to as many calls', async () => {
    rig.feed(sourceId, LINES);
    const { trunks, ...found } = await client.call('getDashboard', { query: {} });
    const counted = countedIn(found);
    expect(counted.length).toBeGreaterThan(12);
    for (const { calls, filter } of counted) {
      expect([filter, (await client.call('countCalls', { query: filter })).calls]).toEqual([filter, calls]);
    }
    expect(trunks?.rows[0]?.filter).toEqual({ from: '2026-03-20', to: '2026-03-20', trunk: '01' });
  });

  it('compares with the month before up to the same day, and shows budgets with their use', async () => {
    rig.feed(sourceId, LINES.replaceAll('20/03/26', '20/02/26') + LINES.replaceAll('20/03/26', '21/02/26'));
    rig.feed(sourceId, LINES);
    await client.call('addBudget', {
      body: { allowance: { kind: 'minutes', minutes: 10 }, fromMonth: '2026-03', by: 'Lan' },
    });
    const found = await client.call('getDashboard', { query: {} });
    expect([found.lastMonthToDay?.calls, found.lastMonth.calls]).toEqual([4, 8]);
    expect(found.budgets.map(({ used, usedPercent }) => [used, usedPercent])).toEqual([['5', 44]]);
    const past = await client.call('getDashboard', { query: { month: '2026-02' } });
    expect(past).toMatchObject({ day: null, trunks: null, lastMonthToDay: null, outbound: { calls: 8 } });
  });

  it('shows others only what is in their scope, and nothing of the site', async () => {
    const person = await client.call('addPerson', { body: { name: 'Nguyễn Thị Hà' } });
    const assignment = { kind: 'code', value: '987654' } as const;
    await client.call('applyAssignment', { body: { action: 'add', personId: person.id, assignment } });
    rig.feed(sourceId, LINES);
    const parts = createParts(rig.deps);
    const seenBy = (viewer: Partial<Viewer>): Dashboard =>
      dashboardOf(parts, { viewer: { ...OWNER, ...viewer }, month: undefined, language: 'en' });
    const own = seenBy({ role: 'employee', scope: { kind: 'person', personId: person.id } });
    expect(own).toMatchObject({ isWholeSite: false, trunks: null, completeness: null, outbound: { calls: 1 } });
    expect([own.day?.all.calls, own.unattributed.calls, own.people.length]).toEqual([1, 0, 1]);
    expect(own.hours.map(({ calls }) => calls)).toEqual([1]);
    const none = seenBy({ role: 'manager', scope: { kind: 'departments', departmentIds: [] } });
    expect([none.outbound.calls, none.people, none.destinations, none.hours]).toEqual([0, [], [], []]);
    parts.events.close();
  });
});

describe('notices', () => {
  const list = () => client.call('listNotices');

  it('tell of an import that is through, once, until it is read', async () => {
    rig.capture.jobs = [
      {
        importId: 'import-1',
        sourceId,
        streamId: 1,
        fileName: 'tháng 3.log',
        state: 'failed',
        bytesTotal: 10,
        bytesDone: 5,
        problem: null,
      },
    ];
    const [job] = rig.capture.jobs;
    if (job === undefined) throw new Error('no job');
    for (const _ of [1, 2]) rig.capture.events.tell({ type: 'import', progress: job });
    await expect.poll(async () => (await list()).unread, { timeout: 5000 }).toBe(1);
    const [notice] = (await list()).notices;
    expect(notice).toMatchObject({ kind: 'import-failed', title: 'tháng 3.log was not imported', isRead: false });
    expect(notice?.to).toBe(`/sources?source=${sourceId}`);
    const after = await client.call('readNotices', { body: { ids: [notice?.id ?? 0] } });
    expect([after.unread, after.notices[0]?.isRead]).toEqual([0, true]);
  });

  it("tell once that the month before can be closed, in the reader's language", async () => {
    rig.feed(sourceId, LINES.replaceAll('20/03/26', '20/02/26'));
    const parts = createParts(rig.deps);
    const keeper = new NoticeKeeper(parts, new ImportJobs(rig.deps));
    keeper.tellWhatWaits();
    await expect.poll(async () => (await list()).unread).toBe(1);
    keeper.tellWhatWaits();
    keeper.close();
    parts.events.close();
    const { notices } = await (await rig.client('vi')).call('listNotices');
    expect(notices.map(({ title, to }) => [title, to])).toEqual([
      ['Có thể khóa tháng 02/2026', '/month?month=2026-02'],
    ]);
  });

  it('tell of a source that stays down for a minute, and that it came back; not of a short failure', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const parts = createParts(rig.deps);
    const keeper = new NoticeKeeper(parts, new ImportJobs(rig.deps));
    await client.call('changeSource', {
      params: { id: sourceId },
      body: { name: 'PBX', config: sourceConfig, formatId: 'panasonic-a', formatOptions: {}, isEnabled: true },
    });
    const become = async (state: 'failed' | 'open', seconds: number): Promise<void> => {
      const [status] = rig.capture.statuses();
      if (status === undefined) throw new Error('no source');
      rig.capture.events.tell({ type: 'status', status: { ...status, state } });
      await vi.advanceTimersByTimeAsync(seconds * 1000);
    };
    const store = new NoticeStore(rig.deps.db);
    const kinds = () => store.list(null, ['source-down', 'source-up'], 10).map(({ kind }) => kind);
    await become('failed', 30);
    await become('open', 120);
    expect(kinds()).toEqual([]);
    await become('failed', 61);
    expect(kinds()).toContain('source-down');
    await become('open', 1);
    expect(new Set(kinds())).toEqual(new Set(['source-down', 'source-up']));
    vi.useRealTimers();
    keeper.close();
    parts.events.close();
  });

  it('tell of a newer version once', async () => {
    rig.api.tellUpdate('2.1.0');
    await expect.poll(async () => (await list()).unread).toBe(1);
    rig.api.tellUpdate('2.1.0');
    rig.api.tellUpdate('2.2.0');
    await expect.poll(async () => (await list()).unread).toBe(2);
    expect((await list()).notices.map(({ title }) => title)).toEqual([
      'Version 2.2.0 is available',
      'Version 2.1.0 is available',
    ]);
  });

  it('are read by each viewer apart, told once, and shown by kind', () => {
    const store = new NoticeStore(rig.deps.db);
    expect(store.add('alert', 'alert:1', { alertId: 1 }, NOW_MS)).toBe(true);
    expect(store.add('alert', 'alert:1', { alertId: 1 }, NOW_MS)).toBe(false);
    store.add('month-to-close', 'month-to-close:2026-02', { month: '2026-02' }, NOW_MS);
    store.read(7, undefined);
    expect([store.unread(7, ['alert', 'month-to-close']), store.unread(null, ['alert', 'month-to-close'])]).toEqual([
      0, 2,
    ]);
    expect(store.list(null, ['month-to-close'], 10).map(({ kind, values }) => [kind, values])).toEqual([
      ['month-to-close', { month: '2026-02' }],
    ]);
  });
});
