import type { Call } from '../../../core/api/contract.ts';
import type { ArrivedCall } from '../../live-events.ts';

/**
 * Calls that arrived, newest arrival first, above the newest stored ones (by start, at most `limit`). What the store said
 * later counts: a call it would have to list and does not list was removed.
 */
export function mergeCalls(
  arrived: readonly ArrivedCall[],
  stored: readonly Call[],
  storedAtMs: number,
  limit: number,
): readonly ArrivedCall[] {
  const storedById = new Map(stored.map((call) => [call.id, call]));
  const oldest = stored.length < limit ? '' : (stored.at(-1)?.startLocal ?? '');
  const fresh = arrived.flatMap((entry) => {
    if (entry.toldAtMs >= storedAtMs) return [entry];
    const known = storedById.get(entry.call.id);
    if (known !== undefined) return [{ ...entry, call: known }];
    return entry.call.startLocal > oldest ? [] : [entry];
  });
  const shown = new Set(fresh.map((entry) => entry.call.id));
  const older = stored.filter((call) => !shown.has(call.id)).map((call) => ({ call, arrivedAtMs: 0, toldAtMs: 0 }));
  return [...fresh, ...older].slice(0, limit);
}
