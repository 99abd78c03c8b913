/** What-if: a form, how far it is, and the table. The comparison asked for last stays while the page is open. */
import { Alert, Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparisonGrouping, PriceComparison } from '../../../core/api/contract.ts';
import { formatCount, formatPercent } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { CompareForm } from './compare-form.tsx';
import { CompareTable } from './compare-table.tsx';

const REFRESH_MS = 300;

export function CompareSection() {
  const { t } = useTranslation('rerate');
  const [id, setId] = useState<string>();
  const [by, setBy] = useState<ComparisonGrouping>('person');
  const start = useWrite('startPriceComparison', { showsErrors: true, onDone: (comparison) => setId(comparison.id) });
  const comparison = useRead(
    'getPriceComparison',
    { params: { id: id ?? '' }, query: { by } },
    {
      enabled: id !== undefined,
      staleTime: Number.POSITIVE_INFINITY,
      placeholderData: (before) => (before?.id === id ? before : undefined),
      refetchInterval: ({ state }) => (state.data?.state === 'running' ? REFRESH_MS : false),
    },
  );
  return (
    <Stack>
      <CompareForm isBusy={start.isPending} error={start.error} onStart={(body) => start.mutate({ body })} />
      {comparison.isError && <Alert color="orange">{t('compare.gone')}</Alert>}
      {id !== undefined && comparison.data !== undefined && !comparison.isError && (
        <Shown comparison={comparison.data} onGroup={setBy} onStop={() => setId(undefined)} />
      )}
    </Stack>
  );
}

interface ShownProps {
  readonly comparison: PriceComparison;
  readonly onGroup: (by: ComparisonGrouping) => void;
  readonly onStop: () => void;
}

function Shown({ comparison, onGroup, onStop }: ShownProps) {
  if (comparison.state === 'running') return <Running comparison={comparison} onStop={onStop} />;
  if (comparison.problem !== null) {
    return (
      <Alert color="red" role="alert">
        {comparison.problem.title}
      </Alert>
    );
  }
  return <CompareTable comparison={comparison} onGroup={onGroup} />;
}

function Running({ comparison, onStop }: Pick<ShownProps, 'comparison' | 'onStop'>) {
  const { t } = useTranslation('rerate');
  const language = useLanguage();
  const drop = useWrite('dropPriceComparison', { onDone: onStop });
  const { id, callsDone, callsTotal } = comparison;
  const part = callsTotal === 0 ? 0 : Math.min(1, callsDone / callsTotal);
  return (
    <Paper p="md" component="section" aria-busy aria-label={t('compare.running')}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('compare.running')}</Title>
        <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate({ params: { id } })}>
          {t('compare.stop')}
        </Button>
      </Group>
      <Progress value={part * 100} size={8} animated aria-label={formatPercent(part, language)} />
      <Text size="sm" mt={8} className="tb-num">
        {t('progress.calls', { done: formatCount(callsDone, language), total: formatCount(callsTotal, language) })}
      </Text>
    </Paper>
  );
}
