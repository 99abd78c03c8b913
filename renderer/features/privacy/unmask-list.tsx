/** Shows the numbers of lists for ten minutes, and ends that at once when asked. */
import { Button } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { useNow } from '../../now.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';

const REFRESH = ['getUnmasking', 'listCalls', 'getCall'] as const;
const MINUTE_MS = 60_000;

export function UnmaskList() {
  const { t } = useTranslation('privacy');
  const viewer = useViewer();
  const isOffered = !viewer.seesNumbers && viewer.may('unmask-numbers');
  const [isAsking, setIsAsking] = useState(false);
  const state = useRead('getUnmasking', undefined, { enabled: isOffered, refetchInterval: MINUTE_MS });
  const unmask = useWrite('unmaskList', { refresh: REFRESH, showsErrors: true, onDone: () => setIsAsking(false) });
  const end = useWrite('endUnmasking', { refresh: REFRESH });
  const nowMs = useNow(MINUTE_MS / 4);
  if (!isOffered) return null;
  const minutes = Math.ceil(((state.data?.untilMs ?? 0) - nowMs) / MINUTE_MS);
  if (minutes > 0) {
    return (
      <Button
        variant="default"
        leftSection={<IconEyeOff size={16} stroke={1.6} />}
        loading={end.isPending}
        onClick={() => end.mutate({})}
      >
        {t('unmask.end', { minutes })}
      </Button>
    );
  }
  return (
    <>
      <Button variant="default" leftSection={<IconEye size={16} stroke={1.6} />} onClick={() => setIsAsking(true)}>
        {t('unmask.list')}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={t('unmask.list')}
          text={t('unmask.listText')}
          action={t('unmask.show')}
          isBusy={unmask.isPending}
          error={unmask.error}
          onConfirm={(body) => unmask.mutate({ body })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
