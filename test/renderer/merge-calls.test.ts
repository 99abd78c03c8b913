import { describe, expect, test } from 'vitest';
import type { Call } from '../../core/api/contract.ts';
import { mergeCalls } from '../../renderer/features/live/merge-calls.ts';

const call = (id: number, startLocal: string): Call => ({ id, startLocal }) as Call;
const arrival = (id: number, startLocal: string, toldAtMs: number) => ({
  call: call(id, startLocal),
  arrivedAtMs: toldAtMs,
  toldAtMs,
});
const ids = (calls: ReturnType<typeof mergeCalls>): readonly number[] => calls.map((entry) => entry.call.id);

describe('the list of live calls', () => {
  test('calls that the store no longer lists are gone', () => {
    const arrived = [arrival(3, '2026-11-23T10:02:00', 100), arrival(2, '2026-11-23T10:01:00', 90)];
    expect(ids(mergeCalls(arrived, [call(1, '2026-11-23T09:00:00')], 200, 10))).toEqual([1]);
    expect(ids(mergeCalls(arrived, [], 200, 10))).toEqual([]);
  });

  test('a call told after the store answered stays on top', () => {
    const arrived = [arrival(3, '2026-11-23T10:02:00', 300)];
    expect(ids(mergeCalls(arrived, [call(1, '2026-11-23T09:00:00')], 200, 10))).toEqual([3, 1]);
  });

  test('a call that began before the oldest listed one is not taken for removed', () => {
    const arrived = [arrival(7, '2026-11-01T08:00:00', 100)];
    const stored = [call(2, '2026-11-23T10:01:00'), call(1, '2026-11-23T09:00:00')];
    expect(ids(mergeCalls(arrived, stored, 200, 2))).toEqual([7, 2]);
    expect(ids(mergeCalls(arrived, stored, 200, 3))).toEqual([2, 1]);
  });
});
