import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Reread } from '../../../core/api/contract.ts';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { optionsText } from './reading-words.ts';
import { showReread } from './show-reread.ts';

interface TakeBackProps {
  readonly sourceId: number;
  readonly previous: NonNullable<Reread['previous']>;
}

/** The way back to how the source was read before; its difference is shown first, too. */
export function TakeBack({ sourceId, previous }: TakeBackProps) {
  const { t } = useTranslation('reread');
  const language = useLanguage();
  const start = useWrite('startRereadUndo', { onDone: (reread) => showReread(sourceId, reread) });
  const options = optionsText(previous.formatOptions);
  const values = { when: formatInstant(previous.changedAtMs, language), title: previous.formatTitle };
  return (
    <Paper p="md" component="section" aria-label={t('undo.title')}>
      <Group justify="space-between" wrap="nowrap" gap="xl">
        <div>
          <Title order={2}>{t('undo.title')}</Title>
          <Text size="sm">
            {options === '' ? t('undo.text', values) : t('undo.textOptions', { ...values, options })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('undo.how')}
          </Text>
        </div>
        <Button
          variant="default"
          flex="none"
          leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
          loading={start.isPending}
          onClick={() => start.mutate({ params: { id: sourceId } })}
        >
          {t('undo.action')}
        </Button>
      </Group>
    </Paper>
  );
}
