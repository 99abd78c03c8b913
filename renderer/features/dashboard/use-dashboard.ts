import { keepPreviousData } from '@tanstack/react-query';
import { useEffect } from 'react';
import { arrivalCount } from '../../live-events.ts';
import { keyOf, queryClient, useRead } from '../../query-client.ts';

/** Bulk changes (an import, other prices) are seen this often, single calls sooner. */
const OFTEN_MS = 15_000;
const SOON_MS = 5000;

/** The dashboard, kept fresh; what is shown stays while newer figures are on their way. */
export function useDashboard(month?: string) {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = arrivalCount.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queryClient.invalidateQueries({ queryKey: keyOf('getDashboard') });
      }, SOON_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return useRead(
    'getDashboard',
    { query: month === undefined ? {} : { month } },
    { refetchInterval: OFTEN_MS, placeholderData: keepPreviousData },
  );
}
