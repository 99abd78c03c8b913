import { keyOf, queryClient, useWrite } from '../../query-client.ts';

export function usePutAway() {
  return useWrite('putFirstWeekAway', {
    onDone: (firstWeek) => queryClient.setQueryData(keyOf('getFirstWeek'), firstWeek),
  });
}
