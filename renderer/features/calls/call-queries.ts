import { keepPreviousData, useQueries } from '@tanstack/react-query';
import type { Call, CallFilter } from '../../../core/api/contract.ts';
import { call } from '../../api.ts';
import { keyOf, useRead } from '../../query-client.ts';

export const PAGE_SIZE = 100;

export function useCallTotals(filter: CallFilter) {
  return useRead('countCalls', { query: filter }, { placeholderData: keepPreviousData });
}

/** The calls of these pages by row number; rows that are still on their way are absent. */
export function useCallPages(filter: CallFilter, pages: readonly number[]): ReadonlyMap<number, Call> {
  return useQueries({
    queries: pages.map((page) => {
      const input = { query: { ...filter, at: page * PAGE_SIZE, limit: PAGE_SIZE } };
      return {
        queryKey: keyOf('listCalls', input),
        queryFn: async () => ({ page, calls: (await call('listCalls', input)).calls }),
        staleTime: 60_000,
        gcTime: 120_000,
      };
    }),
    combine: (results) => {
      const rows = new Map<number, Call>();
      for (const { data } of results) {
        for (const [index, row] of (data?.calls ?? []).entries()) rows.set((data?.page ?? 0) * PAGE_SIZE + index, row);
      }
      return rows;
    },
  });
}

export function useCall(id: number | undefined) {
  return useRead('getCall', { params: { id: id ?? 0 } }, { enabled: id !== undefined });
}
