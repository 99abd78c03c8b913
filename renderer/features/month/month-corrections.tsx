import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../api.ts';
import { CorrectionTable } from '../../components/correction-table.tsx';
import { MoneySums } from '../../components/values.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';

/** Corrections of closed months that count in this one. */
export function MonthCorrections({ report }: { readonly report: Result<'getMonth'> }) {
  const { t } = useTranslation('month');
  const language = useLanguage();
  const corrections = useRead('listCorrections', { query: { month: report.month } });
  if (corrections.data === undefined || corrections.data.count === 0) return null;
  const { count, rows } = corrections.data;
  return (
    <Paper mt="md" component="section" aria-label={t('corrections.title')} className="tb-month">
      <div className="tb-toolbar">
        <div>
          <Title order={2}>{t('corrections.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('corrections.text')}
          </Text>
        </div>
        <Text component="div" ml="auto" fw={600}>
          {t('corrections.total')} <MoneySums values={report.corrections} />
        </Text>
      </div>
      <CorrectionTable rows={rows} />
      {rows.length < count && (
        <Text size="sm" c="dimmed" p="sm">
          {t('corrections.more', { shown: formatCount(rows.length, language), count: formatCount(count, language) })}
        </Text>
      )}
    </Paper>
  );
}
