import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callIdOf } from '../../core/model/call.ts';
import { IngestState } from '../../core/store/ingest-state.ts';
import { type QuarantineRow, QuarantineStore } from '../../core/store/quarantine.ts';
import { DEFAULT_SETTINGS, SettingsStore } from '../../core/store/settings.ts';
import { type SourceInput, SourceStore } from '../../core/store/sources.ts';
import { ALWAYS, TariffStore } from '../../core/store/tariffs.ts';
import { type CallFixture, openCallFixture, plainCall } from './call-fixture.ts';

const input: SourceInput = {
  name: 'Tổng đài',
  config: { kind: 'followed-file', path: '/var/log/smdr', fromStart: true },
  formatId: 'panasonic-a',
  formatOptions: { dateOrder: 'DMY' },
  isEnabled: true,
};

describe('the stores of a site', () => {
  let fixture: CallFixture;
  beforeEach(() => {
    fixture = openCallFixture();
  });
  afterEach(() => fixture.close());

  it('keep sources as they were entered and refuse a name twice', () => {
    const sources = new SourceStore(fixture.db);
    const added = sources.add(input, 5);
    expect(sources.get(added.id)).toEqual({ ...input, id: added.id, isDemo: false, createdAtMs: 5, deletedAtMs: null });
    expect(() => sources.add(input, 6)).toThrow('conflict');
    const other = sources.add({ ...input, name: 'Khác' }, 6);
    expect(() => sources.change(other.id, input)).toThrow('conflict');
    expect(sources.change(other.id, { ...input, name: 'Khác', isEnabled: false }).isEnabled).toBe(false);
    expect(() => sources.change(99, input)).toThrow('not-found');
  });

  it('free the name of a removed source but never its number', () => {
    const sources = new SourceStore(fixture.db);
    const first = sources.add(input, 1);
    sources.remove(first.id, 2);
    expect(sources.list()).toEqual([]);
    expect(sources.add(input, 3).id).not.toBe(first.id);
    expect(sources.listAll()).toHaveLength(2);
    expect(() => sources.remove(first.id, 4)).toThrow('not-found');
  });

  it('take away all that was derived from one source and nothing of another', () => {
    fixture.put(plainCall, { ...plainCall, id: callIdOf(2, 0) });
    const state = new IngestState(fixture.db);
    for (const sourceId of [1, 2]) {
      state.savePosition(sourceId, 80);
      state.addCount(sourceId, { outcome: 'call', rule: '', frames: 1, bytes: 80, lastAtMs: 1 });
    }
    new SourceStore(fixture.db).removeDerived(1);
    expect(fixture.calls.get(plainCall.id)).toBeUndefined();
    expect(fixture.calls.get(callIdOf(2, 0))).toBeDefined();
    expect(fixture.db.prepare('SELECT DISTINCT source_id FROM daily_sums').pluck().all()).toEqual([2]);
    expect([state.position(1), state.position(2)]).toEqual([0, 80]);
    expect([state.counts(1).length, state.counts(2).length]).toEqual([0, 1]);
  });

  it('give settings their defaults until they are set', () => {
    const settings = new SettingsStore(fixture.db);
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
    settings.change({ companyName: 'Công ty Ánh Dương', officeDays: [1, 2], timeZone: undefined });
    expect(settings.get()).toEqual({ ...DEFAULT_SETTINGS, companyName: 'Công ty Ánh Dương', officeDays: [1, 2] });
  });

  it('never change a published version of a tariff, and know which one holds on a day', () => {
    const tariffs = new TariffStore(fixture.db);
    const definition = JSON.stringify({ currency: 'VND', rates: [{ prefix: '84' }, { prefix: '1' }] });
    const input = { effectiveFrom: ALWAYS, currency: 'VND', rateCount: 2, definition, note: '' };
    const { id } = tariffs.add('Viettel', 1);
    const [first, second] = [tariffs.addDraft(id, input, 1), tariffs.addDraft(id, input, 2)];
    expect(tariffs.published(id)).toEqual([]);
    tariffs.publish(second.id, '2026-12-01', 'Hà', 3);
    tariffs.publish(first.id, ALWAYS, 'Hà', 4);
    expect(tariffs.published(id).map(({ number, effectiveFrom }) => [number, effectiveFrom])).toEqual([
      [1, ALWAYS],
      [2, '2026-12-01'],
    ]);
    expect(tariffs.definition(first.id)).toBe(definition);
    expect(() => tariffs.changeDraft(first.id, input, 5)).toThrow('tariff-published');
    expect(() => tariffs.removeDraft(second.id)).toThrow('tariff-published');
    expect(() => tariffs.addDraft(99, input, 5)).toThrow('not-found');
  });

  it('choose one tariff by default, and forget the choices of one that is removed', () => {
    const tariffs = new TariffStore(fixture.db);
    const [a, b] = [tariffs.add('a', 1), tariffs.add('b', 1)];
    tariffs.setDefault(a.id);
    tariffs.setDefault(b.id);
    tariffs.setChoices([...tariffs.choices(), { kind: 'trunk', value: '01', tariffId: a.id }]);
    tariffs.setTrunkGroups([{ name: 'GSM', trunks: ['07', '08'] }]);
    expect(tariffs.trunkGroups()).toEqual([{ name: 'GSM', trunks: ['07', '08'] }]);
    tariffs.remove(a.id, 9);
    expect(tariffs.choices()).toEqual([{ kind: 'default', value: '', tariffId: b.id }]);
    expect(tariffs.list().map(({ name }) => name)).toEqual(['b']);
  });

  it('page through the quarantine, newest first, with bounded text', () => {
    const quarantine = new QuarantineStore(fixture.db);
    const row = (n: number): QuarantineRow => ({
      id: callIdOf(1 + (n % 2), n * 10),
      byteLength: 5,
      frameCount: 1,
      receivedAtMs: Math.floor(n / 3),
      formatId: 'panasonic-a',
      reason: 'unknown-line',
      detail: null,
      text: 'x'.repeat(n === 7 ? 9000 : 5),
    });
    for (let n = 0; n < 20; n += 1) quarantine.put(row(n));
    const seen: number[] = [];
    let before: number | undefined;
    for (;;) {
      const page = quarantine.list({ before, limit: 6 });
      if (page.length === 0) break;
      seen.push(...page.map((r) => r.id));
      before = page.at(-1)?.id;
    }
    expect(seen).toHaveLength(20);
    expect(new Set(seen).size).toBe(20);
    expect(quarantine.get(row(7).id)?.text).toHaveLength(4096);
    expect([quarantine.count(), quarantine.count(1), quarantine.countReceived(0, 2)]).toEqual([20, 10, 6]);
    expect(quarantine.ofSource(2, -1, 3).map((r) => r.id)).toEqual([10, 30, 50].map((n) => callIdOf(2, n)));
    quarantine.remove(row(7).id);
    expect(quarantine.count()).toBe(19);
  });
});
