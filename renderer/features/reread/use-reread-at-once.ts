/** Reads a source again and applies it without a look at the difference: for the first lines, read while nobody had chosen. */
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { Reread, RouteName } from '../../../core/api/contract.ts';
import { ApiFailure, call } from '../../api.ts';
import { keyOf, queryClient } from '../../query-client.ts';
import type { Reading } from './reading-address.ts';

const LOOK_AGAIN_MS = 300;
const STALE: readonly RouteName[] = [
  'listSources',
  'listCalls',
  'countCalls',
  'listQuarantine',
  'listRawLines',
  'getReread',
];

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));

async function rereadAndApply(id: number, { formatId, formatOptions }: Reading): Promise<Reread> {
  const params = { id };
  let view = await call('startReread', { params, body: { formatId, formatOptions: { ...formatOptions } } });
  while (view.state === 'reading') {
    await pause();
    view = await call('getReread', { params });
  }
  if (view.state !== 'ready') throw new ApiFailure(view.problem ?? undefined, view);
  return call('applyReread', { params });
}

export function useRereadAtOnce(sourceId: number, onDone: () => void): UseMutationResult<Reread, Error, Reading> {
  return useMutation<Reread, Error, Reading>({
    meta: { showsErrors: true },
    mutationFn: (reading) => rereadAndApply(sourceId, reading),
    onSuccess: () => {
      for (const route of STALE) void queryClient.invalidateQueries({ queryKey: keyOf(route) });
      onDone();
    },
  });
}
