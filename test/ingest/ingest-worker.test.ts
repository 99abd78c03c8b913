import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IngestControl, IngestEvent } from '../../core/ingest/control.ts';
import { startIngest } from '../../core/ingest/ingest-client.ts';
import { addAssignment } from '../../core/store/assignments.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { HA, openSite, panasonicLine, type Site } from './site-fixture.ts';

/** Its wake is the fail point of failing-worker.ts. */
const FAILING_SOURCE = 999;
const callLine = (account: string): string => panasonicLine({ number: '0912345678', duration: "00:01'00", account });

describe('the ingest thread', () => {
  let site: Site;
  let ingest: IngestControl;
  let events: IngestEvent[];
  beforeEach(async () => {
    site = openSite();
    ingest = await startIngest({
      databasePath: join(site.folder, 'tollbook.db'),
      journalPath: join(site.folder, 'journal.db'),
    });
    events = [];
    ingest.onEvent((event) => events.push(event));
  });
  afterEach(async () => {
    await ingest.stop();
    site.close();
  });

  const toldCalls = (): number => events.reduce((sum, event) => sum + (event.type === 'calls' ? event.total : 0), 0);
  const until = async (holds: () => boolean): Promise<number> => {
    const started = performance.now();
    while (!holds()) {
      if (performance.now() - started > 10_000) throw new Error('waited 10 s in vain');
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return performance.now() - started;
  };

  it('reads what is new after a wake and tells of each call once', async () => {
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    site.append(stream, callLine('4401') + callLine('9999'));
    ingest.wake(site.sourceId);
    await until(() => toldCalls() === 2);
    const ids = events.flatMap((event) => (event.type === 'calls' ? event.added : []));
    expect(ids).toEqual(site.calls().map((call) => call.id));
    await ingest.idle();
    expect(ingest.counts(site.sourceId)).toEqual({ call: 2, part: 0, noise: 0, malformed: 0 });
    expect(ingest.lastRecordAtMs(site.sourceId)).toBe(Date.parse('2026-10-05T02:00:00Z'));
    expect(ingest.recordsPerMinute(site.sourceId)).toBe(2);
    expect(toldCalls()).toBe(2);
  });

  it('books anew and reads again on request', async () => {
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    site.append(stream, `${callLine('5500')}rubbish\r\n`);
    ingest.wake(site.sourceId);
    await ingest.idle();
    const validity = { lastValue: null, validFrom: '0000-01-01', validTo: '9999-12-31' };
    addAssignment(site.db, { kind: 'code', value: '5500', personId: HA, ...validity });
    expect(await ingest.rebook({ codes: ['5500'], extensions: [] })).toEqual({ calls: 1 });
    expect(site.calls()[0]?.personId).toBe(HA);
    expect(await ingest.readAgain(site.sourceId)).toEqual({ read: 0, left: 1 });
  });

  it('reads a source with another format, says what would change, and puts it in place when asked', async () => {
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    site.append(stream, callLine('4401'));
    ingest.wake(site.sourceId);
    await ingest.idle();
    const source = { id: site.sourceId, formatId: 'panasonic-a', formatOptions: { dateOrder: 'MDY' } };
    const { counts } = await ingest.reread(source);
    expect(counts).toMatchObject({ gained: 0, lost: 0, changed: 1, same: 0 });
    expect(events.some((event) => event.type === 'reread' && event.nextOffset === event.headOffset)).toBe(true);
    await ingest.dropReread(site.sourceId);
    await expect(ingest.applyReread(site.sourceId, 0, false)).rejects.toThrow();
    await ingest.reread(source);
    await ingest.applyReread(site.sourceId, 0, false);
    expect(new Date((site.calls()[0]?.startLocalS ?? 0) * 1000).toISOString()).toMatch(/^2026-05-10/);
  });

  it('looks at a record of several lines that nothing follows', async () => {
    const sources = new SourceStore(site.db);
    const config = {
      kind: 'tcp-client',
      host: 'pbx',
      port: 1,
      login: [],
      loginRejected: '',
      keepAliveSeconds: 0,
    } as const;
    const added = sources.add(
      { name: 'Meridian', config, formatId: 'nortel-meridian', formatOptions: {}, isEnabled: true },
      0,
    );
    await ingest.reload();
    const stream = site.journal.openStream(added.id, 'tcp');
    site.append(stream, 'N 001 00 6503    T060030 10/05 08:59:00 00:01:10 A 90912345678\r\n');
    ingest.wake(added.id);
    await until(() => toldCalls() === 1);
    expect(site.calls()[0]).toMatchObject({ extension: '6503' });
  });

  it('says which format it does not know and reads on when the source is put right', async () => {
    const sources = new SourceStore(site.db);
    const added = sources.add(
      { name: 'B', config: { kind: 'file-import' }, formatId: 'no-such-pbx', formatOptions: {}, isEnabled: true },
      0,
    );
    await ingest.reload();
    const stream = site.journal.openStream(added.id, 'file');
    site.append(stream, callLine('4401'));
    ingest.wake(added.id);
    await until(() => events.some((event) => event.type === 'problem' && event.code === 'format-unknown'));
    sources.change(added.id, { ...added, formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY' } });
    await ingest.reload();
    await ingest.idle();
    expect(site.calls()).toHaveLength(1);
  });

  it('does not let a live call wait for an import', async () => {
    const live = new SourceStore(site.db).add(
      {
        name: 'live',
        config: {
          kind: 'serial',
          path: 'x',
          baudRate: 9600,
          dataBits: 8,
          parity: 'none',
          stopBits: 1,
          flowControl: 'none',
        },
        formatId: 'panasonic-a',
        formatOptions: { dateOrder: 'DMY' },
        isEnabled: true,
      },
      0,
    );
    await ingest.reload();
    const file = site.journal.openStream(site.sourceId, 'file');
    site.append(file, callLine('4401').repeat(40_000));
    const line = site.journal.openStream(live.id, 'serial');
    ingest.wake(site.sourceId);
    await until(() => events.some((event) => event.type === 'calls' && event.sourceId === site.sourceId));
    const waits: number[] = [];
    for (let n = 1; n <= 5; n += 1) {
      site.append(line, callLine('4402'));
      ingest.wake(live.id);
      const told = (): number =>
        events.reduce((sum, e) => sum + (e.type === 'calls' && e.sourceId === live.id ? e.total : 0), 0);
      waits.push(await until(() => told() === n));
    }
    await ingest.idle();
    expect(site.calls()).toHaveLength(40_005);
    waits.sort((a, b) => a - b);
    // The middle one: other tests share the processor.
    expect(waits[2]).toBeLessThan(200);
  });

  it('lets another connection write in the middle of an import, and goes on by itself when nobody lets go', async () => {
    const file = site.journal.openStream(site.sourceId, 'file');
    site.append(file, callLine('4401').repeat(40_000));
    ingest.wake(site.sourceId);
    const release = await ingest.holdBack();
    const before = site.calls().length;
    expect(before).toBeLessThan(40_000);
    // Without waiting: a batch that is being written would make this fail.
    site.db.pragma('busy_timeout = 0');
    site.db.prepare("INSERT INTO settings (key, value) VALUES ('companyName', '\"A\"')").run();
    site.db.pragma('busy_timeout = 5000');
    expect(site.calls()).toHaveLength(before);
    release();
    await ingest.holdBack();
    await ingest.idle();
    expect(site.calls()).toHaveLength(40_000);
  });
});

describe('an ingest thread that dies', () => {
  let site: Site;
  let ingest: IngestControl;
  afterEach(async () => {
    await ingest.stop();
    site.close();
  });

  it('is started again, reads what came meanwhile, and stores nothing twice', async () => {
    site = openSite();
    ingest = await startIngest({
      databasePath: join(site.folder, 'tollbook.db'),
      journalPath: join(site.folder, 'journal.db'),
      workerUrl: new URL('./failing-worker.ts', import.meta.url),
      restartMs: 50,
    });
    const problems: IngestEvent[] = [];
    const isBack = new Promise<void>((resolve) => {
      ingest.onEvent((event) => {
        if (event.type === 'problem') problems.push(event);
        else if (event.type === 'calls' && problems.length > 0) resolve();
      });
    });
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    site.append(stream, callLine('4401'));
    ingest.wake(site.sourceId);
    await ingest.idle();
    const before = site.calls();
    expect(before).toHaveLength(1);

    ingest.wake(FAILING_SOURCE);
    await expect(ingest.idle()).rejects.toMatchObject({ code: 'busy' });
    // Nobody hears this wake: the thread looks for itself when it begins.
    site.append(stream, callLine('4402'));
    ingest.wake(site.sourceId);
    await isBack;
    await ingest.idle();
    expect(problems).toMatchObject([{ code: 'internal', values: { detail: 'the fail point' } }]);
    expect(site.calls()).toHaveLength(2);
    expect(site.calls()[0]).toEqual(before[0]);
    expect(ingest.counts(site.sourceId).call).toBe(2);
  });
});
