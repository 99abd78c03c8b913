import { Badge, Button, FileButton, Group, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FormFailure } from '../../components/form-failure.tsx';
import { Count } from '../../components/values.tsx';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { Section } from './section.tsx';

/** The rates calls are priced with. A new deck becomes the active one and open months are priced again. */
export function Tariffs() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const tariffs = useRead('listTariffs');
  const add = useWrite('importTariff', {
    showsErrors: true,
    refresh: ['listTariffs', 'listCalls', 'countCalls', 'getCall', 'getMonth'],
    onDone: (tariff) => showDone(t('tariff.done', { name: tariff.name })),
  });
  return (
    <Section title={t('tariff.title')} text={t('tariff.text')}>
      {(tariffs.data?.length ?? 0) > 0 && (
        <table className="tb-table">
          <thead>
            <tr>
              <th>{t('tariff.name')}</th>
              <th>{t('tariff.currency')}</th>
              <th data-end>{t('tariff.rates')}</th>
              <th>{t('tariff.added')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {tariffs.data?.map((tariff) => (
              <tr key={tariff.id}>
                <td>{tariff.name}</td>
                <td>{tariff.currency}</td>
                <td data-end>
                  <Count value={tariff.rateCount} />
                </td>
                <td className="tb-num">{formatInstant(tariff.createdAtMs, language)}</td>
                <td>{tariff.isActive && <Badge>{t('tariff.active')}</Badge>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {tariffs.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('tariff.none')}
        </Text>
      )}
      <FormFailure error={add.error} />
      <Group>
        <FileButton
          accept=".csv,.json"
          onChange={(file) => {
            if (file !== null) add.mutate({ query: { fileName: file.name }, body: file });
          }}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={add.isPending}
              leftSection={<IconFileImport size={16} stroke={1.6} />}
            >
              {t('tariff.import')}
            </Button>
          )}
        </FileButton>
      </Group>
    </Section>
  );
}
