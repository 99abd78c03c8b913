/** The way from the first call to the first closed month. */
import { Alert, Button, Paper, Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { FirstWeekList } from './first-week-list.tsx';
import { usePutAway } from './use-put-away.ts';

export function FirstWeekPage() {
  const { t } = useTranslation('comfort');
  const { data } = useRead('getFirstWeek', undefined, { staleTime: 0 });
  const putAway = usePutAway();
  const isOver = data?.steps.some(({ step, isDone }) => step === 'month' && isDone) === true;
  return (
    <Page
      title={t('firstWeek.title')}
      lead={t('firstWeek.lead')}
      actions={
        data !== undefined &&
        !isOver && (
          <Button
            variant="default"
            loading={putAway.isPending}
            onClick={() => putAway.mutate({ body: { isPutAway: !data.isPutAway } })}
          >
            {t(data.isPutAway ? 'firstWeek.back' : 'firstWeek.away')}
          </Button>
        )
      }
    >
      {data === undefined ? (
        <Skeleton height={420} />
      ) : (
        <Paper p="md" maw={820}>
          {isOver && <Alert mb="sm">{t('firstWeek.all')}</Alert>}
          {!isOver && data.isPutAway && <Alert mb="sm">{t('firstWeek.awayText')}</Alert>}
          <FirstWeekList firstWeek={data} />
        </Paper>
      )}
    </Page>
  );
}
