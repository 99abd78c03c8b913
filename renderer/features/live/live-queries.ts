import { useMemo } from 'react';
import { type ArrivedCall, arrivals } from '../../live-events.ts';
import { useObservable } from '../../observable.ts';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { mergeCalls } from './merge-calls.ts';

const SHOWN = 200;
/** A call told while the store was answering is not in that answer; the next one has it. */
const RARELY_MS = 30_000;

/** The newest stored calls with those that arrived since on top. */
export function useLiveCalls(): { readonly calls: readonly ArrivedCall[]; readonly isLoading: boolean } {
  const stored = useRead('listCalls', { query: { limit: SHOWN } }, { staleTime: 0, refetchInterval: RARELY_MS });
  const arrived = useObservable(arrivals);
  const calls = useMemo(
    () => mergeCalls(arrived, stored.data?.calls ?? [], stored.dataUpdatedAt, SHOWN),
    [arrived, stored.data, stored.dataUpdatedAt],
  );
  return { calls, isLoading: stored.isLoading };
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
