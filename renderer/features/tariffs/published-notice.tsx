import { Alert, Anchor, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TariffVersion } from '../../../core/api/contract.ts';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { versionBefore } from './draft-difference.ts';
import { compareAddress, rerateAddress } from './price-addresses.ts';
import { useFromText } from './use-from-text.ts';

/** After publishing: what a careful person does next. */
export function PublishedNotice({ version }: { readonly version: TariffVersion }) {
  const { t } = useTranslation('tariffs');
  const fromText = useFromText();
  const today = useToday();
  const tariff = useRead('listTariffs').data?.find(({ id }) => id === version.tariffId);
  const before = versionBefore(tariff?.versions ?? [], version);
  const both = before === undefined ? `version=${version.id}` : `version=${before.id}&other=${version.id}`;
  const isPast = version.effectiveFrom === null || version.effectiveFrom <= today;
  return (
    <Alert mb="sm" icon={<IconCircleCheck size={18} />} role="status">
      <Group gap="md">
        <Text size="sm" fw={600}>
          {t('publish.done', { number: version.number, from: fromText(version.effectiveFrom) })}
        </Text>
        <Anchor component={Link} size="sm" to={`/tariffs/test?${both}`}>
          {t('publish.test')}
        </Anchor>
        <Anchor component={Link} size="sm" to={compareAddress(version.id, today)}>
          {t('publish.compare')}
        </Anchor>
        {isPast && (
          <Anchor component={Link} size="sm" to={rerateAddress(version.effectiveFrom, today)}>
            {t('publish.rerate')}
          </Anchor>
        )}
      </Group>
    </Alert>
  );
}
