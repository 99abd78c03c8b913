/** Every format Tollbook reads, how sure each is, and the ones described here. */
import { Button, FileButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconFileImport, IconPencilPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Format, ImportedDefinition } from '../../../core/api/contract.ts';
import { call } from '../../api.ts';
import { Page } from '../../components/page.tsx';
import { formatCount, plain } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { showFailure } from '../../toasts.ts';
import { keepImported } from '../format-editor/imported.ts';
import { FormatTable } from './format-table.tsx';
import { ImportedFindings } from './imported-findings.tsx';

export function FormatsPage() {
  const { t } = useTranslation('formats');
  const language = useLanguage();
  const navigate = useNavigate();
  const [wanted, setWanted] = useState('');
  const [imported, setImported] = useState<ImportedDefinition>();
  const formats = useRead('listFormats');
  const shown = (formats.data ?? []).filter((format) => fits(format, wanted));
  const own = shown.filter((format) => format.isOwn);
  const builtIn = shown.filter((format) => !format.isOwn);

  const open = (result: ImportedDefinition): void => {
    if (result.definition === null) return;
    keepImported(result.definition);
    void navigate('/formats/editor');
  };
  const read = async (file: File): Promise<void> => {
    try {
      const result = await call('importDefinition', { body: file });
      if (result.definition !== null && result.notes.length === 0) open(result);
      else setImported(result);
    } catch (error) {
      showFailure(error);
    }
  };

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <TextInput
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<IconSearch size={16} stroke={1.6} />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            w={240}
          />
          <FileButton
            onChange={(file) => {
              if (file !== null) void read(file);
            }}
          >
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileImport size={16} stroke={1.6} />}>
                {t('import')}
              </Button>
            )}
          </FileButton>
          <Button
            leftSection={<IconPencilPlus size={16} stroke={1.6} />}
            onClick={() => {
              keepImported(undefined);
              void navigate('/formats/editor');
            }}
          >
            {t('new')}
          </Button>
        </>
      }
    >
      <Stack gap="lg">
        <section>
          <Text component="h2" fw={650} mb={6}>
            {t('own')}
          </Text>
          {own.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('ownEmpty')}
            </Text>
          ) : (
            <FormatTable formats={own} />
          )}
        </section>
        <section>
          <Group gap={8} mb={6} align="baseline">
            <Text component="h2" fw={650}>
              {t('builtIn')}
            </Text>
            <Text size="sm" c="dimmed" className="tb-num">
              {t('count', { count: builtIn.length, shown: formatCount(builtIn.length, language) })}
            </Text>
          </Group>
          <FormatTable formats={builtIn} />
        </section>
      </Stack>
      <Modal
        opened={imported !== undefined}
        onClose={() => setImported(undefined)}
        title={<Text fw={650}>{t('import')}</Text>}
        size="lg"
      >
        {imported !== undefined && <ImportedFindings result={imported} onOpen={() => open(imported)} />}
      </Modal>
    </Page>
  );
}

function fits({ id, vendor, title, models }: Format, wanted: string): boolean {
  const text = plain(`${id} ${vendor} ${title} ${models.join(' ')}`);
  return plain(wanted)
    .split(' ')
    .every((word) => text.includes(word));
}
