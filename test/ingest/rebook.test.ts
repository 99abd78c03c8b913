import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RebookScope, Repricing } from '../../core/ingest/control.ts';
import { explainCall } from '../../core/ingest/explain-call.ts';
import { readAgain } from '../../core/ingest/read-again.ts';
import { rebookCalls } from '../../core/ingest/rebook-calls.ts';
import { createOffice } from '../../core/simulator/office.ts';
import { openingOf, simulateRecords } from '../../core/simulator/simulate.ts';
import { addAssignment } from '../../core/store/assignments.ts';
import { MonthStore } from '../../core/store/month.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { markClosed } from '../store/close-month.ts';
import { addDefaultTariff, derivedContent, HA, openSite, panasonicLine, type Site } from './site-fixture.ts';

describe('stored calls', () => {
  let site: Site;
  let stream: number;
  beforeEach(() => {
    site = openSite({ hasTariff: false });
    stream = site.journal.openStream(site.sourceId, 'tcp');
    const line = (at: string, account: string): string =>
      panasonicLine({ at, number: '0912345678', duration: "00:01'00", account });
    site.append(
      stream,
      line('05/09/26 09:00', '5500') + line('05/10/26 09:00', '5500') + line('06/10/26 09:00', '4401'),
    );
    site.ingest.readAll(site.sourceId);
  });
  afterEach(() => site.close());

  const rebook = (scope: RebookScope, pricing: Repricing = 'kept'): number => {
    site.ingest.reload();
    let calls = 0;
    for (const changed of rebookCalls(site.ingest, scope, pricing)) calls += changed;
    return calls;
  };
  const give5500 = (): void => {
    const validity = { lastValue: null, validFrom: '0000-01-01', validTo: '9999-12-31' };
    addAssignment(site.db, { kind: 'code', value: '5500', personId: HA, ...validity });
  };
  const reasons = (): readonly string[] => site.calls().map((call) => call.reason);

  it('move to the owner their code was given, and the month with them', () => {
    give5500();
    expect(rebook({ codes: ['5500'], extensions: [] })).toBe(2);
    expect(reasons()).toEqual(['code', 'code', 'code']);
    const month = new MonthStore(site.db).sums('2026-10', 'person');
    expect(month.rows.map((row) => [row.key, row.calls])).toEqual([[String(HA), 2]]);
    expect(rebook({ codes: ['5500'], extensions: [] })).toBe(0);
  });

  it('stay as they are in a closed month', () => {
    markClosed(site.db, '2026-09', 0);
    give5500();
    expect(rebook('all')).toBe(1);
    expect(reasons()).toEqual(['unknown-code', 'code', 'code']);
  });

  it('are what reading everything anew would make of them', () => {
    give5500();
    addDefaultTariff(site.db);
    expect(rebook('all', 'anew')).toBe(3);
    const booked = derivedContent(site.db);
    new SourceStore(site.db).removeDerived(site.sourceId);
    site.restarted().readAll(site.sourceId);
    const anew = derivedContent(site.db);
    for (const table of ['calls', 'daily_sums']) expect(booked[table]).toEqual(anew[table]);
  });

  it('explain their price with the tariff that made it, and name codes near a wrong one', () => {
    addDefaultTariff(site.db);
    rebook('all', 'anew');
    const [first, , last] = site.calls();
    const explained = explainCall(site.db, site.journal, last?.id ?? 0);
    expect(explained?.version?.tariffName).toBe('vietnam-2018');
    expect(explained?.priceSteps.length).toBeGreaterThan(0);
    expect(explained?.record).toMatchObject({ dialedNumber: '0912345678', accountCode: '4401' });
    expect(Buffer.from(explained?.legs[0]?.bytes ?? []).toString('latin1')).toContain('0912345678');
    site.append(stream, panasonicLine({ number: '0912345678', duration: "00:01'00", account: '4410' }));
    site.ingest.readAll(site.sourceId);
    const wrong = explainCall(site.db, site.journal, site.calls().at(-1)?.id ?? 0);
    expect(wrong?.nearestCodes.map((near) => near.code)).toContain('4401');
    expect(explainCall(site.db, site.journal, first?.id ?? 0)?.nearestCodes).toEqual([]);
    expect(explainCall(site.db, site.journal, 1)).toBeUndefined();
  });
});

describe('quarantined lines', () => {
  let site: Site;
  afterEach(() => site.close());

  it('become calls when the source gets the right format, and the counts follow', () => {
    site = openSite({ formatId: 'avaya-ipoffice', formatOptions: {} });
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    const good = panasonicLine({ number: '0912345678', duration: "00:01'00", account: '4401' });
    site.append(stream, `${good}${good}what is this\r\n`);
    site.journal.closeStream(stream, 'ended');
    site.ingest.readAll(site.sourceId);
    expect(site.calls()).toHaveLength(0);
    expect(site.ingest.quarantine.count(site.sourceId)).toBe(3);

    const sources = new SourceStore(site.db);
    const source = sources.get(site.sourceId);
    if (source === undefined) throw new Error('the source is gone');
    sources.change(site.sourceId, { ...source, formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY' } });
    site.ingest.reload();
    expect([...readAgain(site.ingest, site.sourceId)]).toEqual([{ read: 2, left: 1 }]);
    expect(site.calls().map((call) => call.reason)).toEqual(['code', 'code']);
    expect(site.ingest.quarantine.list({ limit: 9 }).map((row) => row.text)).toEqual(['what is this']);
    expect(site.ingest.counts(site.sourceId)).toMatchObject({ call: 2, malformed: 1 });
    expect(site.restarted().counts(site.sourceId)).toEqual(site.ingest.counts(site.sourceId));
    expect([...readAgain(site.ingest, site.sourceId)]).toEqual([{ read: 0, left: 1 }]);
  });

  it.each(['avaya-ipoffice', 'asterisk-ami'])(
    'give the calls, talk and charges that %s gives at once, transfers joined',
    (formatId) => {
      const options = {
        seed: 5,
        count: 60,
        fromLocalSeconds: Date.UTC(2026, 9, 5) / 1000,
        meanSecondsBetweenCalls: 60,
        isOfficeHoursOnly: true,
      };
      const records = [...simulateRecords(createOffice(5), formatId, options)];
      const bytes = openingOf(formatId) + records.map(({ record }) => record.text).join('');
      const read = (firstFormat: string): Site => {
        const opened = openSite({ formatId: firstFormat, formatOptions: {} });
        const streams = [
          opened.journal.openStream(opened.sourceId, 'a'),
          opened.journal.openStream(opened.sourceId, 'b'),
        ];
        // Two streams in turns: the frames of one are not next to each other in the source.
        for (let at = 0; at < bytes.length; at += 1500) {
          for (const stream of streams) opened.append(stream, bytes.slice(at, at + 1500));
        }
        for (const stream of streams) opened.journal.closeStream(stream, 'ended');
        opened.ingest.readAll(opened.sourceId);
        return opened;
      };
      const direct = read(formatId);
      site = read('panasonic-a');
      expect(site.calls()).toHaveLength(0);
      const sources = new SourceStore(site.db);
      const source = sources.get(site.sourceId);
      if (source === undefined) throw new Error('the source is gone');
      sources.change(site.sourceId, { ...source, formatId });
      site.ingest.reload();
      for (const step of readAgain(site.ingest, site.sourceId)) expect(step.left).toBe(0);
      expect(direct.calls().filter((call) => (call.chargeMicro ?? 0) > 0).length).toBeGreaterThan(10);
      expect(site.calls()).toEqual(direct.calls());
      expect(site.ingest.quarantine.count(site.sourceId)).toBe(0);
      expect(site.ingest.counts(site.sourceId)).toEqual(direct.ingest.counts(site.sourceId));
      const content = derivedContent(site.db);
      const directContent = derivedContent(direct.db);
      for (const table of ['calls', 'call_legs', 'daily_sums', 'call_numbers']) {
        expect(content[table], table).toEqual(directContent[table]);
      }
      direct.close();
    },
  );
});
