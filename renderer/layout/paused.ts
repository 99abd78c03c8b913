import i18next from 'i18next';
import { keyOf, queryClient, useWrite } from '../query-client.ts';
import { showDone } from '../toasts.ts';

/** Pauses or resumes all sources. */
export function useSetPaused() {
  return useWrite('setPaused', {
    refresh: ['listSources'],
    onDone: (info) => {
      queryClient.setQueryData(keyOf('getSystem'), info);
      showDone(i18next.t(info.isPaused ? 'app:header.paused' : 'app:header.resumed'));
    },
  });
}
