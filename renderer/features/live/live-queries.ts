import { useMemo } from 'react';
import type { Call } from '../../../core/api/contract.ts';
import { type ArrivedCall, arrivals } from '../../live-events.ts';
import { useObservable } from '../../observable.ts';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';

const SHOWN = 200;

/** The newest stored calls with those that arrived since on top. */
export function useLiveCalls(): { readonly calls: readonly ArrivedCall[]; readonly isLoading: boolean } {
  const stored = useRead('listCalls', { query: { limit: SHOWN } }, { staleTime: 0 });
  const arrived = useObservable(arrivals);
  const calls = useMemo(
    () => merge(arrived, stored.data?.calls ?? [], stored.dataUpdatedAt),
    [arrived, stored.data, stored.dataUpdatedAt],
  );
  return { calls, isLoading: stored.isLoading };
}

function merge(arrived: readonly ArrivedCall[], stored: readonly Call[], storedAtMs: number): readonly ArrivedCall[] {
  const storedById = new Map(stored.map((call) => [call.id, call]));
  const fresh = arrived.map((entry) => {
    const known = entry.toldAtMs < storedAtMs ? storedById.get(entry.call.id) : undefined;
    return known === undefined ? entry : { ...entry, call: known };
  });
  const shown = new Set(arrived.map((entry) => entry.call.id));
  const older = stored.filter((call) => !shown.has(call.id)).map((call) => ({ call, arrivedAtMs: 0, toldAtMs: 0 }));
  return [...fresh, ...older].slice(0, SHOWN);
}

const OFTEN_MS = 5000;

/** Counts of the day so far on the site's clock. */
export function useTodayCounts() {
  const today = useToday();
  const day = { from: today, to: today };
  const options = { refetchInterval: OFTEN_MS };
  return {
    day,
    all: useRead('countCalls', { query: day }, options),
    outgoing: useRead('countCalls', { query: { ...day, direction: 'outgoing' } }, options),
    unknownCodes: useRead('countCalls', { query: { ...day, reason: 'unknown-code' } }, options),
    unrated: useRead('countCalls', { query: { ...day, rating: 'unrated' } }, options),
  };
}
