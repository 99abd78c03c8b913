import { Button, Card, FileButton, Group, List, Stack, Text } from '@mantine/core';
import { IconFileImport, IconFilePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import type { DeckImportState } from './use-deck-import.ts';

const ACCEPTED = '.csv,.txt,.tsv,.xlsx,.tbtariff,.json';

export function FileStep({ state }: { readonly state: DeckImportState }) {
  const { t } = useTranslation('deck');
  const language = useLanguage();
  const presets = useRead('listDeckPresets');
  const { deck } = state;
  const names = [
    ...(presets.data?.own ?? []).map(({ name }) => name),
    ...(presets.data?.builtIn ?? []).map(({ title }) => title),
  ];
  return (
    <Card withBorder padding="lg">
      <Stack>
        <Group>
          <FileButton onChange={(file) => file !== null && state.upload(file, false)} accept={ACCEPTED}>
            {(props) => (
              <Button
                {...props}
                variant={deck === undefined ? 'filled' : 'default'}
                leftSection={<IconFileImport size={16} stroke={1.6} />}
                loading={state.isBusy}
              >
                {t('import.file.drop')}
              </Button>
            )}
          </FileButton>
          {deck !== undefined && (
            <FileButton onChange={(file) => file !== null && state.upload(file, true)} accept={ACCEPTED}>
              {(props) => (
                <Button
                  {...props}
                  variant="default"
                  leftSection={<IconFilePlus size={16} stroke={1.6} />}
                  loading={state.isBusy}
                >
                  {t('import.file.another')}
                </Button>
              )}
            </FileButton>
          )}
        </Group>
        {deck !== undefined && (
          <div>
            <List size="sm">
              {deck.files.map((file) => (
                <List.Item key={file}>{file}</List.Item>
              ))}
            </List>
            <Text size="sm" c="dimmed">
              {t('import.file.read', { count: deck.counts.rows, number: formatCount(deck.counts.rows, language) })}
              {deck.knownAs !== null && ` · ${t('import.layout.knownAs', { name: deck.knownAs })}`}
            </Text>
          </div>
        )}
        {names.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('import.file.known', { names: names.join(', ') })}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {t('import.file.anotherHint')}
        </Text>
      </Stack>
    </Card>
  );
}
