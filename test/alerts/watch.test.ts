import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { SourceRereader } from '../../core/ingest/reread-source.ts';
import { writeAlertSetting } from '../../core/store/alert-settings.ts';
import { AlertStore } from '../../core/store/alerts.ts';
import { BudgetStore } from '../../core/store/budgets.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { HA, openDatabaseAt, panasonicLine } from '../ingest/site-fixture.ts';
import { nightCalls, openWatchedSite, type WatchedSite } from './watching-site.ts';

const LISTENER = {
  kind: 'tcp-listener',
  port: 2300,
  bindAddress: '127.0.0.1',
  allowedHosts: [],
  maxConnections: 8,
} as const;
/** 5 October 2026, a Monday, 03:00 in Ha Noi. */
const NIGHT = '2026-10-04T20:00:00Z';

let site: WatchedSite;
afterEach(() => site.close());

function openLive(): WatchedSite {
  site = openWatchedSite(NIGHT, { config: LISTENER });
  return site;
}

describe('calls that were stored', () => {
  test('make one alert of a night, which counts up, and one thing to send', () => {
    openLive();
    const stream = site.journal.openStream(site.sourceId, 'pbx');
    site.append(stream, nightCalls('05/10/26', 4));
    site.readAndWatch();
    const [alert] = site.found();
    expect(site.found()).toHaveLength(1);
    expect(alert).toMatchObject({
      kind: 'night-international',
      severity: 'critical',
      state: 'open',
      isHistory: false,
      count: 4,
      values: { extension: '101', calls: 4, minutes: 16, night: '2026-10-04' },
    });
    expect(alert?.callIds).toHaveLength(4);
    expect(site.deliveries.due(site.nowMs, 10)).toMatchObject([{ channel: 'desktop', alertId: alert?.id }]);

    site.append(stream, nightCalls('05/10/26', 2, 4));
    site.nowMs += 7_200_000;
    site.readAndWatch();
    expect(site.found()).toMatchObject([{ id: alert?.id, count: 6 }]);
    expect(site.deliveries.due(site.nowMs, 10)).toHaveLength(1);
  });

  test('of an imported file are found in history, and nobody is told', () => {
    site = openWatchedSite(NIGHT);
    site.append(site.journal.openStream(site.sourceId, 'file'), nightCalls('05/10/26', 4));
    site.readAndWatch();
    expect(site.found()).toMatchObject([{ kind: 'night-international', isHistory: true, count: 4 }]);
    expect(site.deliveries.due(site.nowMs, 10)).toEqual([]);
  });

  test('that a live PBX sends days late are history; those of its weekend buffer are not', () => {
    openLive();
    const stream = site.journal.openStream(site.sourceId, 'pbx');
    site.append(stream, nightCalls('21/09/26', 4));
    site.append(stream, nightCalls('03/10/26', 4));
    site.readAndWatch();
    expect(site.found().map((alert) => [alert.values['night'], alert.isHistory])).toEqual([
      ['2026-10-02', false],
      ['2026-09-20', true],
    ]);
  });

  test('do not alarm again when they are read again with another format, or looked at by a new service', () => {
    openLive();
    site.append(site.journal.openStream(site.sourceId, 'pbx'), nightCalls('05/10/26', 5));
    site.readAndWatch();
    const before = site.found();
    const rereader = new SourceRereader(site.ingest);
    const source = {
      id: site.sourceId,
      formatId: 'panasonic-a',
      formatOptions: { dateOrder: 'DMY', timeZone: 'Asia/Ho_Chi_Minh' },
    };
    for (const _ of rereader.read(source));
    rereader.apply(site.sourceId, site.nowMs, false);
    site.nowMs += 60_000;
    site.readAndWatch();
    expect(site.found()).toEqual(before);
    expect(site.deliveries.due(site.nowMs, 10)).toHaveLength(1);
  });

  test('of the demo PBX are shown and sent nowhere, and their alerts go with it', () => {
    openLive();
    const demo = new SourceStore(site.db).add(
      { name: 'Demo', config: LISTENER, formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY' }, isEnabled: true },
      0,
      true,
    );
    site.append(site.journal.openStream(demo.id, 'demo'), nightCalls('05/10/26', 4));
    site.ingest.readAll(demo.id);
    site.readAndWatch();
    expect(site.found()).toMatchObject([{ isHistory: false, state: 'open' }]);
    expect(site.deliveries.due(site.nowMs, 10)).toEqual([]);
    site.alerts.removeOfSource(site.sourceId);
    expect(site.found()).toHaveLength(1);
    site.alerts.removeOfSource(demo.id);
    expect(site.found()).toEqual([]);
  });

  test('that go on after an alert was resolved open it again, and it is told again', () => {
    openLive();
    const stream = site.journal.openStream(site.sourceId, 'pbx');
    site.append(stream, nightCalls('05/10/26', 4));
    site.readAndWatch();
    const id = site.found()[0]?.id ?? 0;
    site.deliveries.sent(
      site.deliveries.due(site.nowMs, 10).map((row) => row.id),
      site.nowMs,
      '',
    );
    site.alerts.act(id, 'resolve', { by: 'Lan', note: 'The night shift' }, site.nowMs);
    site.readAndWatch();
    expect(site.found()[0]?.state).toBe('resolved');
    site.append(stream, nightCalls('05/10/26', 1, 3));
    site.readAndWatch();
    expect(site.found()[0]).toMatchObject({ state: 'open', count: 5 });
    expect(site.deliveries.due(site.nowMs, 10)).toHaveLength(1);
  });

  test('are quiet while an alert is snoozed or acknowledged, and tell again when the snooze is over', () => {
    openLive();
    const stream = site.journal.openStream(site.sourceId, 'pbx');
    site.append(stream, nightCalls('05/10/26', 4));
    site.readAndWatch();
    const id = site.found()[0]?.id ?? 0;
    const sent = (): void =>
      site.deliveries.sent(
        site.deliveries.due(site.nowMs, 10).map((row) => row.id),
        site.nowMs,
        '',
      );
    sent();
    site.alerts.act(id, 'snooze', { by: 'Lan', note: '', untilMs: site.nowMs + 3_600_000 }, site.nowMs);
    site.append(stream, nightCalls('05/10/26', 1, 3));
    site.readAndWatch();
    expect(site.alerts.get(id)).toMatchObject({ state: 'snoozed', count: 5 });
    expect(site.deliveries.due(site.nowMs, 10)).toEqual([]);
    site.nowMs += 3_600_000;
    site.append(stream, nightCalls('05/10/26', 1, 4));
    site.readAndWatch();
    expect(site.alerts.get(id)).toMatchObject({ state: 'open', count: 6, snoozedUntilMs: null });
    expect(site.deliveries.due(site.nowMs, 10)).toHaveLength(1);
    expect(site.alerts.notes(id)).toMatchObject([{ by: 'Lan', action: 'snooze' }]);
  });

  test('are looked at with the thresholds that people set, and not by a rule that is off', () => {
    openLive();
    const stream = site.journal.openStream(site.sourceId, 'pbx');
    writeAlertSetting(site.db, 'rules', {
      'night-international': { isOn: false },
      'long-call': { internationalHours: 0.05 },
    });
    site.append(stream, nightCalls('05/10/26', 4));
    site.readAndWatch();
    expect(site.found().map((alert) => alert.kind)).toEqual(['long-call', 'long-call', 'long-call', 'long-call']);
  });
});

describe('a budget', () => {
  test('alarms once at each threshold, and a late batch does not repeat it', () => {
    openLive();
    const budgets = new BudgetStore(site.db);
    budgets.add(
      {
        ...{ personId: HA, departmentId: null, includesSubDepartments: true, bands: ['mobile'] },
        ...{ allowance: { kind: 'minutes', units: 600n }, fromMonth: '2026-10', toMonth: null },
        ...{ thresholds: [80, 100], warnsOfForecast: true, note: '' },
      },
      'Lan',
      0,
    );
    const stream = site.journal.openStream(site.sourceId, 'pbx');
    const call = (minute: string, duration: string): string =>
      panasonicLine({ at: `05/10/26 09:${minute}`, number: '0912345678', duration });
    site.append(stream, call('00', "00:07'00"));
    site.readAndWatch();
    expect(site.found()).toEqual([]);
    site.append(stream, call('10', "00:01'30"));
    site.readAndWatch();
    const stages = (): unknown[] => site.found().map((alert) => alert.values['stage']);
    expect(stages()).toEqual(['forecast', '80']);
    expect(site.found()[1]).toMatchObject({
      ...{ kind: 'budget', severity: 'notice' },
      values: { stage: '80', used: '9', allowed: '10', percent: 85, unit: 'minutes' },
    });
    site.append(stream, call('20', "00:03'00"));
    site.readAndWatch();
    site.readAndWatch();
    expect(stages()).toEqual(['100', 'forecast', '80']);
  });
});

describe('watching that is killed at any moment', () => {
  test('finds, counts and sends exactly what an undisturbed one does', () => {
    openLive();
    const stream = site.journal.openStream(site.sourceId, 'pbx');
    for (const day of ['03', '04', '05']) {
      site.append(stream, nightCalls(`${day}/10/26`, 6));
      site.ingest.readAll(site.sourceId);
    }
    site.db.pragma('wal_checkpoint(TRUNCATE)');
    const copy = `${site.folder}-copy`;
    cpSync(site.folder, copy, { recursive: true });
    const run = (folder: string, lives: string): string =>
      spawnSync(process.execPath, [join(import.meta.dirname, 'watch-child.ts'), folder, String(site.nowMs), lives], {
        encoding: 'utf8',
      }).stdout;
    expect(run(copy, '')).toContain('finished');
    let kills = 0;
    // Each life is one question longer than the last: every place in every transaction is one where it ends.
    for (let questions = 2; !run(site.folder, String(questions)).includes('finished'); questions += 1) kills += 1;
    expect(kills).toBeGreaterThan(3);
    const undisturbed = openDatabaseAt(copy);
    const tables = ['alerts', 'alert_deliveries', 'alert_memory', 'calls_to_watch'];
    const content = (db: typeof site.db): unknown => tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all());
    expect(content(site.db)).toEqual(content(undisturbed));
    expect(new AlertStore(undisturbed).count({})).toBe(3);
    undisturbed.close();
    rmSync(copy, { recursive: true, force: true });
  }, 180_000);
});
