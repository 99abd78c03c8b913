/** The list of the first week on another page, until the first month is closed or it is put away. */
import { Button, Group, Paper, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';
import { FirstWeekList } from './first-week-list.tsx';
import { usePutAway } from './use-put-away.ts';

export function FirstWeekCard() {
  const { t } = useTranslation('comfort');
  const isAllowed = useViewer().may('administer');
  const firstWeek = useRead('getFirstWeek', undefined, { enabled: isAllowed, staleTime: 60_000 });
  const putAway = usePutAway();
  const { data } = firstWeek;
  if (data === undefined || data.isPutAway || data.steps.some(({ step, isDone }) => step === 'month' && isDone)) {
    return null;
  }
  return (
    <Paper p="md" mb="md" className="tb-steps-wide" component="section" aria-label={t('firstWeek.title')}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('firstWeek.title')}</Title>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          loading={putAway.isPending}
          onClick={() => putAway.mutate({ body: { isPutAway: true } })}
        >
          {t('firstWeek.away')}
        </Button>
      </Group>
      <FirstWeekList firstWeek={data} />
    </Paper>
  );
}
