import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Alert } from '../../../core/api/contract.ts';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';

const TONES = { notice: 'gray', warning: 'orange', critical: 'red' } as const;

export function SeverityBadge({ severity }: Pick<Alert, 'severity'>) {
  const { t } = useTranslation('alerts');
  return <Badge color={TONES[severity]}>{t(`severity.${severity}`)}</Badge>;
}

/** State and, where it is so, that nobody was told. */
export function StateBadges({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation('alerts');
  const language = useLanguage();
  const { state, snoozedUntilMs, isHistory } = alert;
  const until = snoozedUntilMs === null ? '' : formatInstant(snoozedUntilMs, language);
  return (
    <>
      {state !== 'open' && (
        <Badge variant="outline" color="gray">
          {t(`state.${state}`, { until })}
        </Badge>
      )}
      {isHistory && (
        <Tooltip label={t('historyHelp')} multiline maw={320}>
          <Badge variant="outline" color="blue">
            {t('history')}
          </Badge>
        </Tooltip>
      )}
    </>
  );
}
