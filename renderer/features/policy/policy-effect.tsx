import { Alert, Group, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Call, PolicyEffect } from '../../../core/api/contract.ts';
import { Count } from '../../components/values.tsx';
import { VerdictBadge } from '../../components/verdict-badge.tsx';
import { formatCount, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';

/** How many calls of open months get another verdict, and which. */
export function PolicyEffectView({ effect }: { readonly effect: PolicyEffect }) {
  const { t } = useTranslation('policy');
  const language = useLanguage();
  if (effect.calls === 0) return <Alert color="ledger">{t('effect.none')}</Alert>;
  return (
    <Alert color="orange" title={t('effect.some', { count: effect.calls, shown: formatCount(effect.calls, language) })}>
      {effect.firstDay !== null && effect.lastDay !== null && (
        <Text size="sm" mb={6}>
          {t('effect.days', { from: formatLocalDay(effect.firstDay), to: formatLocalDay(effect.lastDay) })}
        </Text>
      )}
      {effect.changes.map(({ from, to, calls }) => (
        <Group key={`${from} ${to}`} gap={8} my={3}>
          <Verdict verdict={from} />
          <IconArrowRight size={14} stroke={1.6} aria-label="→" />
          <Verdict verdict={to} />
          <Count value={calls} />
        </Group>
      ))}
    </Alert>
  );
}

function Verdict({ verdict }: { readonly verdict: Call['verdict'] }) {
  const { t } = useTranslation('policy');
  if (verdict === null) return <Text size="sm">{t('notJudged')}</Text>;
  return <VerdictBadge verdict={verdict} isInDoubt={false} />;
}
