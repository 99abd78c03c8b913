import { Paper, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Statement } from '../../../core/api/contract.ts';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';

/** How far the month's statements have come. */
export function StatementFigures({ people }: { readonly people: readonly Statement[] }) {
  const { t } = useTranslation('statements');
  const language = useLanguage();
  const figures = {
    people: people.length,
    sent: people.filter(({ sentAtMs }) => sentAtMs !== null).length,
    confirmed: people.filter(({ answer }) => answer === 'confirmed').length,
    disputed: people.filter(({ answer }) => answer === 'disputed').length,
    waiting: people.filter(({ sentAtMs, answer }) => sentAtMs !== null && answer === null).length,
  } as const;
  const names = ['people', 'sent', 'confirmed', 'disputed', 'waiting'] as const;
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
      {names.map((name) => (
        <Paper key={name} p="sm">
          <Text size="sm" c="dimmed">
            {t(`figure.${name}`)}
          </Text>
          <Text fz={22} fw={650} className="tb-num">
            {formatCount(figures[name], language)}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
