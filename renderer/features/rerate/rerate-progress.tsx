import { Button, Group, Paper, Progress, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rerate } from '../../../core/api/contract.ts';
import { formatCount, formatLocalDay, formatPercent } from '../../format.ts';
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
    <Paper p="md" component="section" aria-label={title} aria-busy>
      <Group justify="space-between" mb="sm">
        <div>
          <Title order={2}>{title}</Title>
          <Text size="sm" c="dimmed">
            {t('result.title', { from: formatLocalDay(rerate.from), to: formatLocalDay(rerate.to) })}
          </Text>
        </div>
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
      </Group>
      <Progress value={part * 100} size={8} animated aria-label={formatPercent(part, language)} />
      <Text size="sm" mt={8} className="tb-num">
        {t('progress.calls', { done: formatCount(callsDone, language), total: formatCount(callsTotal, language) })}
        {secondsLeft !== null && secondsLeft > 0 && `, ${t('progress.left', { count: secondsLeft })}`}
      </Text>
      <Text size="sm" c="dimmed">
        {t('progress.text')}
      </Text>
      <DecideDialog rerate={rerate} kind="takeBack" isOpen={isTurning} onClose={() => setIsTurning(false)} />
    </Paper>
  );
}
