/** Takes back what a message or Ctrl+Z asks for, wherever the reader is by then. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../observable.ts';
import { queryClient, useWrite } from '../query-client.ts';
import { showDone } from '../toasts.ts';
import { forgetStep, wantedUndo } from '../undoable.ts';

export function useUndoKeeper(): void {
  const { t } = useTranslation('comfort');
  const wanted = useObservable(wantedUndo);
  const undo = useWrite('undoChange', {
    onDone: () => {
      void queryClient.invalidateQueries();
      showDone(t('undo.done'));
    },
  });
  const { mutate } = undo;
  useEffect(() => {
    if (wanted === undefined) return;
    wantedUndo.set(undefined);
    forgetStep(wanted);
    mutate({ params: { id: wanted } });
  }, [wanted, mutate]);
}
