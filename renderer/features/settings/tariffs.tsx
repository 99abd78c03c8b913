import { Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Section } from '../../components/section.tsx';
import { useRead } from '../../query-client.ts';

/** The tariffs have a page of their own; this says which one is in use, and leads there. */
export function Tariffs() {
  const { t } = useTranslation('settings');
  const tariffs = useRead('listTariffs').data;
  return (
    <Section title={t('tariff.title')} text={t('tariff.text')}>
      {tariffs?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('tariff.none')}
        </Text>
      )}
      {(tariffs ?? []).map(({ id, name, isActive }) => (
        <Group key={id} gap="xs">
          <Text size="sm">{name}</Text>
          {isActive && <Badge>{t('tariff.active')}</Badge>}
        </Group>
      ))}
      <Group>
        <Button component={Link} to="/tariffs" variant="default">
          {t('tariff.open')}
        </Button>
      </Group>
    </Section>
  );
}
