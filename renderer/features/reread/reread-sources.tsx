import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../query-client.ts';
import { RereadLink } from './reread-link.tsx';

/** After a format was changed: the sources that it reads, whose earlier calls are still as they were. */
export function RereadSources({ formatId }: { readonly formatId: string }) {
  const { t } = useTranslation('reread');
  const sources = useRead('listSources').data?.filter((source) => source.formatId === formatId) ?? [];
  if (sources.length === 0) return null;
  return (
    <Stack gap="xs" mb="md">
      <Text size="sm">{t('definition.text')}</Text>
      <Group gap="xs">
        {sources.map(({ id, name }) => (
          <RereadLink key={id} sourceId={id} label={t('definition.action', { name })} />
        ))}
      </Group>
    </Stack>
  );
}
