import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rerate } from '../../../core/api/contract.ts';
import { ProgressCard } from '../../components/progress-card.tsx';
import { formatCount, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { DecideDialog } from './decide-dialog.tsx';

export function RerateProgress({ rerate }: { readonly rerate: Rerate }) {
  const { t } = useTranslation('rerate');
  const language = useLanguage();
  const cancel = useWrite('cancelRerate', { refresh: ['listRerates'] });
  const [isTurning, setIsTurning] = useState(false);
  const { id, state, callsDone, callsTotal, secondsLeft } = rerate;
  const part = callsTotal === 0 ? 0 : Math.min(1, callsDone / callsTotal);
  const title = state === 'applying' || state === 'taking-back' ? t(`progress.${state}`) : t('progress.rating');
  return (
    <ProgressCard
      title={title}
      note={t('result.title', { from: formatLocalDay(rerate.from), to: formatLocalDay(rerate.to) })}
      part={part}
      counted={t('progress.calls', {
        done: formatCount(callsDone, language),
        total: formatCount(callsTotal, language),
      })}
      secondsLeft={secondsLeft}
      help={t('progress.text')}
      actions={
        <>
          {state === 'rating' && (
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ params: { id } })}>
              {t('progress.stop')}
            </Button>
          )}
          {state === 'applying' && (
            <Button variant="default" onClick={() => setIsTurning(true)}>
              {t('progress.turnBack')}
            </Button>
          )}
        </>
      }
    >
      <DecideDialog rerate={rerate} kind="takeBack" isOpen={isTurning} onClose={() => setIsTurning(false)} />
    </ProgressCard>
  );
}
