import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Source } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { FormatFields } from '../sources/format-fields.tsx';
import { isSameReading, type Reading, readingOf } from './reading-address.ts';
import { optionsText } from './reading-words.ts';
import { showReread } from './show-reread.ts';

/** With which format and options; at first those of the address, else the present ones. */
export function ReadingForm({ source }: { readonly source: Source }) {
  const { t } = useTranslation('reread');
  const [search] = useSearchParams();
  const [entered, setReading] = useState<Reading>();
  const reading = entered ?? readingOf(search) ?? source;
  const formats = useRead('listFormats', undefined, { staleTime: Number.POSITIVE_INFINITY });
  const start = useWrite('startReread', { showsErrors: true, onDone: (reread) => showReread(source.id, reread) });
  const { formatId, formatOptions } = reading;
  const errors = useFieldErrors(start.error, { formatId, formatOptions });
  const present = optionsText(source.formatOptions);
  const isOwn = formats.data?.some((format) => format.id === formatId && format.isOwn) ?? false;
  return (
    <Paper p="md" component="section" aria-label={t('form.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate({ params: { id: source.id }, body: { formatId, formatOptions: { ...formatOptions } } });
        }}
      >
        <Stack gap="sm">
          <div>
            <Title order={2}>{t('form.title')}</Title>
            <Text size="sm" c="dimmed">
              {present === ''
                ? t('form.present', { title: source.formatTitle })
                : t('form.presentOptions', { title: source.formatTitle, options: present })}
            </Text>
          </div>
          <FormatFields
            kind={source.config.kind}
            formatId={formatId}
            options={formatOptions}
            errors={errors}
            onChange={(id, options) => setReading({ formatId: id, formatOptions: options })}
          />
          {isSameReading(reading, source) && <Text size="sm">{t('form.same')}</Text>}
          {isOwn && <Alert color="yellow">{t('form.isOwn')}</Alert>}
          <FormFailure error={start.error} />
          <Group justify="flex-end">
            <Button
              type="submit"
              leftSection={<IconRefresh size={16} stroke={1.6} />}
              disabled={formatId === ''}
              loading={start.isPending}
            >
              {t('form.start')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
