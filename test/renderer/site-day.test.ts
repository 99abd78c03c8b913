import { describe, expect, test } from 'vitest';
import { dayAfter, dayBefore, monthRange, presetRange, todayIn } from '../../renderer/site-day.ts';

describe('days of the site', () => {
  test('today is the day on the wall of the office, not of the reader', () => {
    const instant = Date.UTC(2026, 10, 23, 20, 0, 0);
    expect(todayIn('Asia/Ho_Chi_Minh', instant)).toBe('2026-11-24');
    expect(todayIn('America/New_York', instant)).toBe('2026-11-23');
  });

  test('presets cross months, years and leap days', () => {
    expect(presetRange('today', '2026-11-23')).toEqual({ from: '2026-11-23', to: '2026-11-23' });
    expect(presetRange('yesterday', '2024-03-01')).toEqual({ from: '2024-02-29', to: '2024-02-29' });
    expect(presetRange('thisWeek', '2026-01-01')).toEqual({ from: '2025-12-29', to: '2026-01-01' });
    expect(presetRange('thisWeek', '2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(presetRange('thisWeek', '2026-11-23')).toEqual({ from: '2026-11-23', to: '2026-11-23' });
    expect(presetRange('thisMonth', '2026-11-23')).toEqual({ from: '2026-11-01', to: '2026-11-23' });
    expect(presetRange('lastMonth', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  });

  test('the day before and after cross months and years', () => {
    expect(dayBefore('2026-01-01')).toBe('2025-12-31');
    expect(dayAfter('2024-02-28')).toBe('2024-02-29');
    expect(dayBefore(dayAfter('2026-10-31'))).toBe('2026-10-31');
  });

  test('a month ends on its own last day', () => {
    expect(monthRange('2024-02')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(monthRange('2025-12')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  });
});
