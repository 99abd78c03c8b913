import { describe, expect, it } from 'vitest';
import { callTimeOf } from '../../core/ingest/call-time.ts';
import { SiteZone } from '../../core/ingest/site-zone.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { localText } from '../../core/model/time.ts';

const hanoi = new SiteZone('Asia/Ho_Chi_Minh');
const berlin = new SiteZone('Europe/Berlin');

function timeOf(
  record: CallRecord,
  talkSeconds: number,
  arrivedAt: string,
  zone = hanoi,
  isLive = true,
): { start: string; offset: number; doubts: readonly string[] } {
  const time = callTimeOf(record, talkSeconds, { receivedAtMs: Date.parse(arrivedAt), isLive }, zone);
  return { start: localText(time.startLocalS), offset: time.utcOffsetMin, doubts: time.doubts };
}

describe('the start of a call', () => {
  it('is the printed end less the talk', () => {
    expect(timeOf({ end: '2026-10-05T00:01' }, 125, '2026-10-04T17:01:05Z')).toEqual({
      start: '2026-10-04T23:58:55',
      offset: 420,
      doubts: [],
    });
  });

  it('is the printed start where there is one', () => {
    const record = { start: '2026-10-05T09:00:10', end: '2026-10-05T09:05:00' };
    expect(timeOf(record, 290, '2026-10-05T02:05:00Z').start).toBe('2026-10-05T09:00:10');
  });

  it('is the instant that a record states in UTC, on the clock of its site', () => {
    const record = { start: '2026-10-04T18:30:00Z' };
    const wanted = { start: '2026-10-05T01:30:00', offset: 420, doubts: [] };
    expect(timeOf(record, 60, '2026-10-04T18:31:00Z')).toEqual(wanted);
    expect(timeOf(record, 60, '2026-10-04T18:31:00Z', berlin).start).toBe('2026-10-04T20:30:00');
    // The hour that clocks in Berlin show twice is one hour in UTC.
    expect(timeOf({ start: '2026-10-25T01:30:00Z' }, 60, '2026-10-25T01:31:00Z', berlin)).toEqual({
      start: '2026-10-25T02:30:00',
      offset: 60,
      doubts: [],
    });
  });

  it('is the arrival, in doubt, where the date is none of the calendar or nothing is printed', () => {
    const impossible = timeOf({ end: '2026-02-31T09:00' }, 60, '2026-10-05T02:00:00Z');
    expect(impossible).toEqual({ start: '2026-10-05T08:59:00', offset: 420, doubts: ['date-impossible'] });
    expect(timeOf({}, 60, '2026-10-05T02:00:00Z').doubts).toEqual(['date-from-arrival']);
  });

  it('marks an hour that daylight saving repeats and one that it skips', () => {
    const repeated = timeOf({ start: '2026-10-25T02:30:00' }, 60, '2026-10-25T00:31:00Z', berlin);
    expect(repeated).toEqual({ start: '2026-10-25T02:30:00', offset: 120, doubts: ['time-repeated-by-dst'] });
    const again = timeOf({ start: '2026-10-25T02:30:00' }, 60, '2026-10-25T01:31:00Z', berlin);
    expect(again).toEqual({ start: '2026-10-25T02:30:00', offset: 60, doubts: ['time-repeated-by-dst'] });
    const read = timeOf({ start: '2026-10-25T02:30:00' }, 60, '2026-10-25T01:31:00Z', berlin, false);
    expect(read.offset).toBe(120);
    const skipped = timeOf({ start: '2026-03-29T02:30:00' }, 60, '2026-03-29T01:31:00Z', berlin);
    expect(skipped).toEqual({ start: '2026-03-29T03:30:00', offset: 120, doubts: ['time-skipped-by-dst'] });
  });

  it('counts the hour that daylight saving takes out of a call', () => {
    const spring = timeOf({ end: '2026-03-29T03:30:00' }, 3600, '2026-03-29T01:30:00Z', berlin);
    expect(spring).toEqual({ start: '2026-03-29T01:30:00', offset: 60, doubts: [] });
  });

  it('marks a clock far from a live arrival, and no old file', () => {
    const old = { end: '2026-01-05T09:00' };
    expect(timeOf(old, 0, '2026-10-05T02:00:00Z').doubts).toEqual(['clock-far-from-arrival']);
    expect(timeOf(old, 0, '2026-10-05T02:00:00Z', hanoi, false).doubts).toEqual([]);
    const ahead = { end: '2026-10-08T09:00' };
    expect(timeOf(ahead, 0, '2026-10-05T02:00:00Z', hanoi, false).doubts).toEqual(['clock-far-from-arrival']);
  });
});

describe('the zone of a site', () => {
  it('agrees with the platform for every hour around the changes of a year', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Berlin',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    let checked = 0;
    for (let at = Date.UTC(2026, 2, 28) / 1000; at < Date.UTC(2026, 9, 27) / 1000; at += 1801) {
      expect(localText(berlin.localOfInstant(at)).replace('T', ' ')).toBe(format.format(at * 1000));
      checked += 1;
    }
    expect(checked).toBeGreaterThan(10_000);
  });

  it('gives back the instant of every wall clock time that exists once', () => {
    for (let at = Date.UTC(2026, 0, 1) / 1000; at < Date.UTC(2027, 0, 1) / 1000; at += 86_399) {
      expect(berlin.placeLocal(berlin.localOfInstant(at))).toEqual({ instant: at, doubt: undefined });
    }
  });

  it('knows quarter-hour offsets and refuses an unknown zone', () => {
    expect(new SiteZone('Asia/Kathmandu').offsetSecondsAt(1_760_000_000)).toBe(20_700);
    expect(() => new SiteZone('Asia/Nowhere')).toThrow(RangeError);
  });
});
