import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBackupDue, lastSlotMs, nextSlotMs } from '../../core/backup/backup-times.ts';
import { backupFileName, isBackupFileName, madeAtOf } from '../../core/backup/make-backup.ts';
import { outdatedBackups } from '../../core/backup/rotation.ts';

const DAY_MS = 86_400_000;
const HANOI = 'Asia/Ho_Chi_Minh';
const KEEP = { keepDays: 7, keepWeeks: 5, keepMonths: 12 };

const backupAt = (madeAtMs: number) => ({ fileName: backupFileName(madeAtMs), madeAtMs });

describe('which backups stay', () => {
  it('after two years of daily backups: seven days, five weeks, twelve months', () => {
    const last = Date.UTC(2026, 10, 23, 5, 15);
    const all = Array.from({ length: 730 }, (_, i) => backupAt(last - i * DAY_MS));
    const gone = new Set(outdatedBackups(all, KEEP, 0));
    const days = all
      .filter((one) => !gone.has(one))
      .map(({ madeAtMs }) => new Date(madeAtMs).toISOString().slice(0, 10));
    expect(days).toEqual([
      ...['2026-11-23', '2026-11-22', '2026-11-21', '2026-11-20', '2026-11-19', '2026-11-18', '2026-11-17'],
      // Sundays, the last days of their weeks, and the last days of months.
      ...['2026-11-15', '2026-11-08', '2026-11-01', '2026-10-31', '2026-09-30', '2026-08-31', '2026-07-31'],
      ...['2026-06-30', '2026-05-31', '2026-04-30', '2026-03-31', '2026-02-28', '2026-01-31', '2025-12-31'],
    ]);
  });

  it('always the newest, and none goes because the computer was off', () => {
    const moments = fc.uniqueArray(fc.integer({ min: 0, max: 4000 }), { maxLength: 60 });
    const keep = fc.record({
      keepDays: fc.integer({ min: 0, max: 10 }),
      keepWeeks: fc.integer({ min: 0, max: 6 }),
      keepMonths: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(moments, keep, fc.integer({ min: -12, max: 14 }), (hours, wanted, offsetHours) => {
        const all = hours.map((hour) => backupAt(Date.UTC(2026, 0, 1) + hour * 3_600_000));
        const gone = outdatedBackups(all, wanted, offsetHours * 3_600_000);
        const kept = all.filter((one) => !gone.includes(one));
        const newest = all.toSorted((a, b) => b.madeAtMs - a.madeAtMs)[0];
        if (newest !== undefined) expect(kept).toContain(newest);
        // Rotating again takes nothing more.
        expect(outdatedBackups(kept, wanted, offsetHours * 3_600_000)).toEqual([]);
        const days = new Set(all.map(({ madeAtMs }) => Math.floor(madeAtMs / DAY_MS)));
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(days.size > 0 ? 1 : 0, wanted.keepDays));
      }),
    );
  });
});

describe('when a backup is due', () => {
  const at = (text: string): number => Date.parse(`${text}+07:00`);

  it('at its time, once; later the same day when the computer was off', () => {
    const made = at('2026-11-22T12:15:00');
    const due = (now: string, last = { madeAtMs: made, triedAtMs: made }): boolean =>
      isBackupDue('12:15', HANOI, at(now), last);
    expect(due('2026-11-23T12:14:59')).toBe(false);
    expect(due('2026-11-23T12:15:00')).toBe(true);
    expect(due('2026-11-23T16:40:00')).toBe(true);
    expect(due('2026-11-24T08:00:00')).toBe(true);
    const madeLate = at('2026-11-23T16:41:00');
    expect(due('2026-11-23T16:42:00', { madeAtMs: madeLate, triedAtMs: madeLate })).toBe(false);
  });

  it('again an hour after a try that failed', () => {
    const last = { madeAtMs: at('2026-11-22T12:15:00'), triedAtMs: at('2026-11-23T12:15:00') };
    expect(isBackupDue('12:15', HANOI, at('2026-11-23T13:14:00'), last)).toBe(false);
    expect(isBackupDue('12:15', HANOI, at('2026-11-23T13:15:00'), last)).toBe(true);
  });

  it('in slots a day apart, also over a change of the clocks', () => {
    const zones = fc.constantFrom(HANOI, 'Europe/Berlin', 'America/New_York', 'UTC');
    const clock = fc
      .integer({ min: 0, max: 1439 })
      .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
    const moments = fc.integer({ min: Date.UTC(2025, 0, 1) / 1000, max: Date.UTC(2027, 0, 1) / 1000 });
    fc.assert(
      fc.property(zones, clock, moments, (zone, slot, second) => {
        const now = second * 1000;
        const [last, next] = [lastSlotMs(slot, zone, now), nextSlotMs(slot, zone, now)];
        const hours = (ms: number): number => ms / 3_600_000;
        expect(last).toBeLessThanOrEqual(now);
        expect(hours(now - last)).toBeLessThan(26);
        expect(hours(next - now)).toBeGreaterThan(-1.001);
        expect(hours(next - now)).toBeLessThan(26);
      }),
    );
  });

  it('bears its moment in its name', () => {
    const name = backupFileName(Date.UTC(2026, 10, 23, 5, 15, 7));
    expect(name).toBe('tollbook-backup-20261123-051507.zip');
    expect(isBackupFileName(name)).toBe(true);
    expect(madeAtOf(name)).toBe(Date.UTC(2026, 10, 23, 5, 15, 7));
    expect(isBackupFileName(`../${name}`)).toBe(false);
    expect(isBackupFileName(`${name}.part`)).toBe(false);
  });
});
