import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DateContext, type DatedRecord, type DateRules, type LinkClock } from '../../core/ingest/date-context.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { localText } from '../../core/model/time.ts';

/** The PBX's wall clock is UTC here, so arrivals can be read as they stand. */
const live: LinkClock = { localOfArrival: (ms) => Math.floor(ms / 1000), isLive: true };
const file: LinkClock = { ...live, isLive: false };
const PLAIN: DateRules = { firstDate: undefined, isOrderOpen: false };

function completed(
  records: readonly CallRecord[],
  arrivedAt: string,
  context = new DateContext(PLAIN, live),
): { readonly times: readonly (string | undefined)[]; readonly doubts: readonly string[][] } {
  const entries: DatedRecord[] = records.map((record) => ({ record, doubts: [] }));
  context.complete(entries, Date.parse(arrivedAt));
  return {
    times: entries.map(({ record }) => record.end ?? record.start),
    doubts: entries.map(({ doubts }) => [...doubts]),
  };
}

describe('a record without a year', () => {
  it('is of the newest year that is not after its arrival, across New Year in both directions', () => {
    const late = completed([{ end: 'XXXX-12-31T23:59:00' }], '2027-01-01T00:05:00Z');
    expect(late).toEqual({ times: ['2026-12-31T23:59:00'], doubts: [['year-from-arrival']] });
    const early = completed([{ end: 'XXXX-01-01T00:01:00' }], '2026-12-31T23:59:00Z');
    expect(early.times).toEqual(['2027-01-01T00:01:00']);
  });

  it('finds the leap year that a 29 February needs', () => {
    expect(completed([{ end: 'XXXX-02-29T10:00:00' }], '2026-10-05T02:00:00Z').times).toEqual(['2024-02-29T10:00:00']);
  });

  it('keeps start and end together when the call runs into the new year', () => {
    const entry: DatedRecord = { record: { start: 'XXXX-12-31T23:58:00', end: 'XXXX-01-01T00:03:00' }, doubts: [] };
    new DateContext(PLAIN, live).complete([entry], Date.parse('2027-01-01T00:03:05Z'));
    expect(entry.record).toEqual({ start: '2026-12-31T23:58:00', end: '2027-01-01T00:03:00' });
  });

  it('loses its time and nothing else when no year has such a date', () => {
    const entry: DatedRecord = { record: { end: 'XXXX-02-30T10:00:00', durationSeconds: 5 }, doubts: [] };
    new DateContext(PLAIN, live).complete([entry], Date.parse('2026-10-05T02:00:00Z'));
    expect(entry).toEqual({ record: { durationSeconds: 5 }, doubts: ['date-impossible'] });
  });
});

describe('a record without a date', () => {
  it('is of the day of its arrival, across midnight in both directions', () => {
    const late = completed([{ end: 'T23:58:00' }], '2026-10-05T00:02:00Z');
    expect(late).toEqual({ times: ['2026-10-04T23:58:00'], doubts: [['date-from-arrival']] });
    expect(completed([{ end: 'T00:01:00' }], '2026-10-04T23:59:00Z').times).toEqual(['2026-10-05T00:01:00']);
  });

  it('is taken as just as late as the dated records of a link that sends what it kept', () => {
    const context = new DateContext(PLAIN, live);
    const kept = completed([{ end: 'XXXX-10-03T14:00:00' }, { end: 'T13:59:00' }], '2026-10-05T07:00:00Z', context);
    expect(kept.times).toEqual(['2026-10-03T14:00:00', '2026-10-03T13:59:00']);
    expect(kept.doubts[1]).toEqual(['date-counted']);
    const restored = new DateContext(PLAIN, live, context.save());
    expect(completed([{ end: 'T14:02:00' }], '2026-10-05T07:00:01Z', restored).times).toEqual(['2026-10-03T14:02:00']);
    completed([{ end: 'XXXX-10-05T07:00:00' }], '2026-10-05T07:00:02Z', restored);
    expect(completed([{ end: 'T07:01:00' }], '2026-10-05T07:01:00Z', restored)).toEqual({
      times: ['2026-10-05T07:01:00'],
      doubts: [['date-from-arrival']],
    });
  });

  it('gets the day it was made on when two days come at once', () => {
    const buffered = ['T14:00:00', 'T20:00:00', 'T08:00:00', 'T16:30:00', 'T07:00:00'].map((end) => ({ end }));
    expect(completed(buffered, '2026-10-05T07:01:00Z').times).toEqual([
      '2026-10-03T14:00:00',
      '2026-10-03T20:00:00',
      '2026-10-04T08:00:00',
      '2026-10-04T16:30:00',
      '2026-10-05T07:00:00',
    ]);
  });

  it('is right for every buffered run whose calls are less than 22 hours apart', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 22 * 3600 - 1 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1_700_000_000, max: 1_800_000_000 }), (gaps, first) => {
        let at = first;
        const moments = gaps.map((gap) => {
          at += gap;
          return at;
        });
        const records = moments.map((moment) => ({ end: localText(moment).slice(10) }));
        const { times } = completed(records, new Date((at + 30) * 1000).toISOString());
        expect(times).toEqual(moments.map(localText));
      }),
    );
  });

  it('may lie before the record in front of it, as long calls do that are printed when they end', () => {
    const records = [{ start: 'T23:59:00' }, { start: 'T23:20:00' }, { start: 'T00:05:00' }];
    expect(completed(records, '2026-10-05T00:06:00Z').times).toEqual([
      '2026-10-04T23:59:00',
      '2026-10-04T23:20:00',
      '2026-10-05T00:05:00',
    ]);
  });

  it('is placed by its start less the talk when only the start is printed', () => {
    const record = { start: 'T23:50:00', durationSeconds: 1200 };
    expect(completed([record], '2026-10-05T00:10:05Z').times).toEqual(['2026-10-04T23:50:00']);
  });
});

describe('an old file', () => {
  it('counts on from the first date given, over midnights and New Year', () => {
    const rules: DateRules = { firstDate: '2019-12-30', isOrderOpen: false };
    const clocks = ['T22:00:00', 'T23:59:00', 'T00:10:00', 'T09:00:00', 'T20:00:00', 'T07:00:00'];
    const context = new DateContext(rules, file);
    const first = completed(
      clocks.slice(0, 3).map((start) => ({ start })),
      '2026-10-05T00:00:00Z',
      context,
    );
    expect(first.times).toEqual(['2019-12-30T22:00:00', '2019-12-30T23:59:00', '2019-12-31T00:10:00']);
    expect(first.doubts).toEqual([['date-counted'], ['date-counted'], ['date-counted']]);
    const after = new DateContext(rules, file, JSON.parse(JSON.stringify(context.save())));
    const rest = completed(
      clocks.slice(3).map((start) => ({ start })),
      '2026-10-05T00:00:00Z',
      after,
    );
    expect(rest.times).toEqual(['2019-12-31T09:00:00', '2019-12-31T20:00:00', '2020-01-01T07:00:00']);
  });

  it('takes the year from the first date given and changes it at New Year', () => {
    const context = new DateContext({ firstDate: '2019-11-01', isOrderOpen: false }, file);
    const dates = ['XXXX-11-03T09:00:00', 'XXXX-12-31T23:00:00', 'XXXX-01-02T08:00:00', 'XXXX-02-29T08:00:00'];
    expect(
      completed(
        dates.map((start) => ({ start })),
        '2026-10-05T00:00:00Z',
        context,
      ).times,
    ).toEqual(['2019-11-03T09:00:00', '2019-12-31T23:00:00', '2020-01-02T08:00:00', '2020-02-29T08:00:00']);
  });
});

describe('a date that can be read both ways', () => {
  const open: DateRules = { firstDate: undefined, isOrderOpen: true };

  it('is marked until a day above twelve tells, and not after it', () => {
    const context = new DateContext(open, file);
    const before = completed(
      [{ start: '2026-03-04T09:00:00' }, { start: '2026-05-05T09:00:00' }],
      '2026-10-05T00:00:00Z',
      context,
    );
    expect(before.doubts).toEqual([['date-order-unproved'], []]);
    completed([{ start: '2026-03-14T09:00:00' }], '2026-10-05T00:00:00Z', context);
    expect(completed([{ start: '2026-03-04T09:00:00' }], '2026-10-05T00:00:00Z', context).doubts).toEqual([[]]);
  });

  it('is proved by a live arrival that fits one way alone', () => {
    const fits = completed([{ start: '2026-10-05T09:00:00' }], '2026-10-05T09:01:00Z', new DateContext(open, live));
    expect(fits.doubts).toEqual([[]]);
    const turned = completed([{ start: '2026-05-10T09:00:00' }], '2026-10-05T09:01:00Z', new DateContext(open, live));
    expect(turned.doubts).toEqual([['date-order-unproved']]);
  });
});
