import { describe, expect, it } from 'vitest';
import { EARLIER_RECORDS, findDrift, RECENT_RECORDS } from '../../core/ingest/drift.ts';
import { createOffice } from '../../core/simulator/office.ts';
import { simulateRecords } from '../../core/simulator/simulate.ts';
import { type RecentRecord, recentRecords } from '../../core/store/recent-records.ts';
import { openSite, panasonicLine, type Site } from './site-fixture.ts';

const SIZES = { recent: RECENT_RECORDS, earlier: EARLIER_RECORDS };

const call = (over: Partial<RecentRecord> = {}): RecentRecord => ({
  direction: 'outgoing',
  extension: '101',
  trunk: '01',
  code: '4401',
  dialled: '0912345678',
  talkSeconds: 60,
  doubts: [],
  ...over,
});
const stretch = (count: number, over: Partial<RecentRecord> = {}, unreadFrames = 0) => ({
  records: Array.from({ length: count }, (_, i) => call({ talkSeconds: 10 + (i % 90), ...over })),
  unreadFrames,
});

describe('a source whose records change', () => {
  it('says nothing while they are what they were, or too few', () => {
    expect(findDrift(stretch(500), stretch(50))).toEqual([]);
    expect(findDrift(stretch(20), stretch(50, { extension: null }))).toEqual([]);
    expect(findDrift(stretch(500), stretch(5, { extension: null }))).toEqual([]);
    expect(findDrift(stretch(500, {}, 200), stretch(30, {}, 20))).toEqual([]);
  });

  it('says that lines stopped fitting', () => {
    expect(findDrift(stretch(500), stretch(20, {}, 30))).toEqual([{ kind: 'unread', unread: 30, of: 50 }]);
    expect(findDrift(stretch(500), stretch(0, {}, 50))).toEqual([{ kind: 'unread', unread: 50, of: 50 }]);
  });

  it('says which column is empty now', () => {
    expect(findDrift(stretch(500), stretch(50, { code: null }))).toEqual([{ kind: 'field-empty', field: 'code' }]);
  });

  it('says which column looks different, and shows no code', () => {
    const signs = findDrift(stretch(500), stretch(50, { trunk: 'T9004', code: '880011' }));
    expect(signs).toEqual([
      { kind: 'field-changed', field: 'trunk', before: '01', now: 'T9004' },
      { kind: 'field-changed', field: 'code', before: '9999', now: '999999' },
    ]);
  });

  it('says that dates became strange and durations vanished', () => {
    expect(findDrift(stretch(500), stretch(50, { doubts: ['date-impossible'] }))).toEqual([
      { kind: 'dates', count: 50, of: 50 },
    ]);
    expect(findDrift(stretch(500), stretch(50, { talkSeconds: 0 }))).toEqual([{ kind: 'no-duration' }]);
  });
});

describe('the newest records of a source', () => {
  const withSite = (work: (site: Site, receive: (text: string) => void) => void): void => {
    const site = openSite();
    try {
      const stream = site.journal.openStream(site.sourceId, 'tcp');
      work(site, (text) => {
        site.append(stream, text, '2027-02-01T00:00:00Z');
        site.ingest.readAll(site.sourceId);
      });
    } finally {
      site.close();
    }
  };
  const line = (minute: number): string =>
    panasonicLine({
      at: `05/10/26 ${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
      number: '0912345678',
      duration: "00:01'00",
      account: '4401',
    });
  const lines = (count: number): string => Array.from({ length: count }, (_, i) => line(i)).join('');

  it('end in the unread frames when nothing can be read any more', () => {
    withSite((site, receive) => {
      receive(lines(300) + 'a page of another PBX, which no rule of this one knows\r\n'.repeat(60));
      const { recent, earlier } = recentRecords(site.db, site.sourceId, SIZES);
      expect([recent.records.length, recent.unreadFrames]).toEqual([0, 50]);
      expect(earlier.records).toHaveLength(300);
      expect(findDrift(earlier, recent)[0]).toMatchObject({ kind: 'unread' });
    });
  });

  it('tell nothing about months of ordinary office traffic, wherever one looks', () => {
    withSite((site, receive) => {
      const traffic = { seed: 3, count: 3000, fromLocalSeconds: Date.UTC(2026, 9, 1) / 1000, isOfficeHoursOnly: true };
      const records = [
        ...simulateRecords(createOffice(3), 'panasonic-a', { ...traffic, meanSecondsBetweenCalls: 120 }),
      ];
      for (let i = 0; i < records.length; i += 150) {
        receive(
          records
            .slice(i, i + 150)
            .map(({ record }) => record.text)
            .join(''),
        );
        const { recent, earlier } = recentRecords(site.db, site.sourceId, SIZES);
        expect(findDrift(earlier, recent)).toEqual([]);
      }
    });
  });
});
