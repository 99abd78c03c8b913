/** What would change in closed months: it stays as it was reported, and can go into the open month as corrections. */
import { Alert, Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Rerate, RerateTotals } from '../../../core/api/contract.ts';
import { formatCount, formatMoney } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { changedCalls } from './changed-calls.ts';
import { WriteCorrections } from './write-corrections.tsx';

interface ClosedMonthsProps {
  readonly rerate: Rerate;
  readonly totals: RerateTotals;
}

export function ClosedMonths({ rerate, totals }: ClosedMonthsProps) {
  const { t } = useTranslation('rerate');
  const language = useLanguage();
  const changed = changedCalls(totals);
  if (changed === 0) return null;
  const difference = totals.charges
    .map((charge) => charge.difference)
    .map((money) => `${money.amount.startsWith('-') ? '' : '+'}${formatMoney(money, language)}`)
    .join(', ');
  const hasOtherPrices = changed > totals.samePrice;
  const canCorrect = hasOtherPrices && !rerate.isOutdated;
  return (
    <Alert color="gray" icon={<IconLock size={18} />} title={t('result.closedTitle')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {t('result.closed', { count: changed, number: formatCount(changed, language), difference })}
        </Text>
        {canCorrect && <WriteCorrections rerate={rerate} />}
      </Stack>
    </Alert>
  );
}
