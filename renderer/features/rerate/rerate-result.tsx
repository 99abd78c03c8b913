/** What a re-rate changes, or has changed: totals, who and what, calls with before and after; and the decision. */
import { Alert, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rerate, RerateDetail, RerateGrouping } from '../../../core/api/contract.ts';
import { Count, Figure, MoneySums } from '../../components/values.tsx';
import { formatCount, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { CHANGE_COUNTS, changedCalls } from './changed-calls.ts';
import { ClosedMonths } from './closed-months.tsx';
import { RerateCalls } from './rerate-calls.tsx';
import { RerateDecision } from './rerate-decision.tsx';
import { RerateRows } from './rerate-rows.tsx';
import { SignedMoney, SignedPercent } from './signed-money.tsx';

const GROUPINGS: readonly RerateGrouping[] = ['person', 'department', 'band', 'month'];

export function RerateResult({ rerate }: { readonly rerate: Rerate }) {
  const { t } = useTranslation('rerate');
  const [by, setBy] = useState<RerateGrouping>('person');
  const detail = useRead(
    'getRerate',
    { params: { id: rerate.id }, query: { by } },
    { placeholderData: (before) => before },
  ).data;
  if (rerate.state === 'failed' || rerate.state === 'cancelled') return <Ended rerate={rerate} />;
  if (detail === undefined) return null;
  const changed = changedCalls(detail.open);
  return (
    <Stack>
      <Summary rerate={rerate} detail={detail} />
      <ClosedMonths rerate={rerate} totals={detail.closed} />
      {detail.rows.length > 0 && (
        <Paper component="section" aria-label={t('rows.title')}>
          <div className="tb-reread-head">
            <Title order={2}>{t('rows.title')}</Title>
            <SegmentedControl
              aria-label={t('by.label')}
              value={by}
              data={GROUPINGS.map((value) => ({ value, label: t(`by.${value}`) }))}
              onChange={(value) => setBy(GROUPINGS.find((one) => one === value) ?? 'person')}
            />
          </div>
          <RerateRows key={detail.by} detail={detail} />
        </Paper>
      )}
      {changed + changedCalls(detail.closed) > 0 && <RerateCalls rerate={rerate} totals={detail.open} />}
      <RerateDecision rerate={rerate} changed={changed} />
    </Stack>
  );
}

function Summary({ rerate, detail }: { readonly rerate: Rerate; readonly detail: RerateDetail }) {
  const { t } = useTranslation('rerate');
  const language = useLanguage();
  const { open } = detail;
  const changed = changedCalls(open);
  const title = t('result.title', { from: formatLocalDay(rerate.from), to: formatLocalDay(rerate.to) });
  const before = open.charges.map((charge) => charge.before);
  const after = open.charges.map((charge) => charge.after);
  const [only] = open.charges;
  return (
    <Paper p="md" component="section" aria-label={title}>
      <Group justify="space-between" align="baseline">
        <Title order={2}>{title}</Title>
        <Text size="sm" c="dimmed">
          {t(`state.${rerate.state}`)}
        </Text>
      </Group>
      {changed === 0 && <Text size="sm">{t('result.nothing')}</Text>}
      <div className="tb-figures tb-figures-flat tb-rerate-figures">
        <Figure label={t('result.before')}>
          <MoneySums values={before} />
        </Figure>
        <Figure label={t('result.after')}>
          <MoneySums values={after} />
        </Figure>
        <Figure label={t('result.difference')}>
          <SignedMoney values={open.charges.map((charge) => charge.difference)} />{' '}
          {open.charges.length === 1 && <SignedPercent value={only?.percent ?? null} />}
        </Figure>
      </div>
      <div className="tb-figures tb-figures-flat tb-rerate-figures">
        {CHANGE_COUNTS.map((count) => (
          <Figure key={count} label={t(`count.${count}`)}>
            <Count value={open[count]} />
          </Figure>
        ))}
        <Figure label={t('count.same')}>
          <Count value={open.calls - changed} />
        </Figure>
        <Figure label={t('count.unratedAfter')}>
          <Count value={open.unratedAfter} />
        </Figure>
      </div>
      {rerate.callsLeft > 0 && (
        <Text size="sm" mt="xs">
          {t('result.left', { count: rerate.callsLeft, number: formatCount(rerate.callsLeft, language) })}
        </Text>
      )}
    </Paper>
  );
}

function Ended({ rerate }: { readonly rerate: Rerate }) {
  const { t } = useTranslation('rerate');
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} />} title={t(`state.${rerate.state}`)}>
      {rerate.problem?.title}
    </Alert>
  );
}
