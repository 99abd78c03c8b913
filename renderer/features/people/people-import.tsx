/** People from a CSV or Excel file: choose, match the columns, look at every row, then write all or nothing. */
import { Alert, Badge, Button, FileButton, Group, Modal, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PEOPLE_FIELDS, type PeopleField, type PeopleImportPreview } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { forgetFile, keepFile, keptFile } from '../../kept-file.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { ImportRows } from './import-rows.tsx';

interface PeopleImportProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function PeopleImport({ isOpen, onClose }: PeopleImportProps) {
  const { t } = useTranslation('people');
  const leave = (): void => {
    void forgetFile(KEPT_AS);
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={leave} size={1000} title={<Text fw={650}>{t('import.title')}</Text>}>
      {isOpen && <PeopleImportSteps onDone={onClose} />}
    </Modal>
  );
}

const ORDER = ['error', 'add', 'update', 'same'] as const;
const COLOR = { error: 'red', add: 'ledger', update: 'blue', same: 'gray' } as const;

interface PeopleImportStepsProps {
  readonly onDone: () => void;
  /** The preview that now waits for its confirmation; absent while a file is read. */
  readonly onPreview?: (preview: PeopleImportPreview | undefined) => void;
}

const KEPT_AS = 'people-import';
const MAPPING_AT = 'tollbook.kept.people-mapping';

function keepMapping(mapping: PeopleImportPreview['mapping'] | undefined): void {
  if (mapping === undefined) sessionStorage.removeItem(MAPPING_AT);
  else sessionStorage.setItem(MAPPING_AT, JSON.stringify(mapping));
}

/** The service checks it again. */
function keptMapping(): PeopleImportPreview['mapping'] | undefined {
  const text = sessionStorage.getItem(MAPPING_AT);
  return text === null ? undefined : (JSON.parse(text) as PeopleImportPreview['mapping']);
}

/** What a confirmed import makes old. */
export const IMPORT_REFRESH = ['listPeople', 'listDepartments', 'listCalls', 'countCalls', 'getMonth'] as const;

export function PeopleImportSteps({ onDone, onPreview }: PeopleImportStepsProps) {
  const { t } = useTranslation(['people', 'app']);
  const [file, setFile] = useState<File>();
  const preview = useWrite('previewPeopleImport', { showsErrors: true, onDone: (read) => onPreview?.(read) });
  const confirm = useWrite('confirmPeopleImport', {
    showsErrors: true,
    refresh: IMPORT_REFRESH,
    onDone: ({ added, updated }) => {
      void forgetFile(KEPT_AS);
      sessionStorage.removeItem(MAPPING_AT);
      showDone(t('import.done', { added, updated }));
      onDone();
    },
  });
  const read = (chosen: File | null, mapping?: PeopleImportPreview['mapping']): void => {
    if (chosen === null) return;
    setFile(chosen);
    void keepFile(KEPT_AS, chosen);
    keepMapping(mapping);
    confirm.reset();
    onPreview?.(undefined);
    preview.mutate({
      query: { fileName: chosen.name, ...(mapping === undefined ? {} : { mapping: JSON.stringify(mapping) }) },
      body: chosen,
    });
  };
  const data = preview.data;

  // A reload in the middle: the file and its columns are still known.
  const resume = useRef(read);
  useEffect(() => {
    let isGone = false;
    void keptFile(KEPT_AS).then((kept) => {
      if (!isGone && kept !== undefined) resume.current(kept, keptMapping());
    });
    return () => {
      isGone = true;
    };
  }, []);

  return (
    <Stack gap="sm">
      <Group>
        <FileButton onChange={read} accept=".csv,.txt,.xlsx">
          {(props) => (
            <Button
              {...props}
              variant={data === undefined ? 'filled' : 'default'}
              leftSection={<IconFileImport size={16} stroke={1.6} />}
              loading={preview.isPending}
            >
              {t('app:action.choose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {file?.name ?? t('import.text')}
        </Text>
      </Group>
      <FormFailure error={preview.error ?? confirm.error} />
      {data !== undefined && (
        <>
          <Mapping
            preview={data}
            onChange={(mapping) => {
              if (file !== undefined) read(file, mapping);
            }}
          />
          <Group gap="xs">
            {ORDER.map((action) => (
              <Badge key={action} color={data.counts[action] === 0 ? 'gray' : COLOR[action]}>
                {t(`import.count.${action}`, { count: data.counts[action] })}
              </Badge>
            ))}
            <Button
              ml="auto"
              disabled={data.counts.error > 0 || data.counts.add + data.counts.update === 0}
              loading={confirm.isPending}
              onClick={() => confirm.mutate({ params: { importId: data.importId } })}
            >
              {t('import.confirm', { count: data.counts.add + data.counts.update })}
            </Button>
          </Group>
          {data.counts.error > 0 && <Alert color="red">{t('import.hasErrors')}</Alert>}
          <ImportRows preview={data} />
        </>
      )}
    </Stack>
  );
}

interface MappingProps {
  readonly preview: PeopleImportPreview;
  readonly onChange: (mapping: PeopleImportPreview['mapping']) => void;
}

function Mapping({ preview, onChange }: MappingProps) {
  const { t } = useTranslation('people');
  const assign = (column: string, field: PeopleField | undefined): void => {
    const kept = Object.entries(preview.mapping).filter(([name, used]) => name !== column && used !== field);
    onChange(Object.fromEntries(field === undefined ? kept : [...kept, [column, field]]));
  };
  return (
    <section aria-label={t('import.mapping')}>
      <Text fw={600} size="sm" mb={4}>
        {t('import.mapping')}
      </Text>
      <SimpleGrid cols={{ base: 2, md: 5 }} spacing="xs">
        {preview.columns.map((column) => (
          <Select
            key={column}
            size="xs"
            label={column}
            clearable
            placeholder={t('import.skip')}
            data={PEOPLE_FIELDS.map((field) => ({ value: field, label: t(`importField.${field}`) }))}
            value={preview.mapping[column] ?? null}
            onChange={(value) =>
              assign(
                column,
                PEOPLE_FIELDS.find((field) => field === value),
              )
            }
          />
        ))}
      </SimpleGrid>
    </section>
  );
}
