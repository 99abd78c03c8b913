import { Button, Group, Paper, Progress, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Reread, Source } from '../../../core/api/contract.ts';
import { formatBytes, formatPercent } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';

interface ReadingProgressProps {
  readonly source: Source;
  readonly reread: Reread;
}

export function ReadingProgress({ source, reread }: ReadingProgressProps) {
  const { t } = useTranslation('reread');
  const language = useLanguage();
  const stop = useWrite('dropReread', { refresh: ['getReread'] });
  const { bytesDone, bytesTotal } = reread;
  const part = bytesTotal === 0 ? 0 : Math.min(1, bytesDone / bytesTotal);
  return (
    <Paper p="md" component="section" aria-busy>
      <Group justify="space-between" mb="sm">
        <Title order={2}>
          {t(reread.isUndo ? 'reading.undoTitle' : 'reading.title', { title: reread.reading?.formatTitle ?? '' })}
        </Title>
        <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({ params: { id: source.id } })}>
          {t('reading.stop')}
        </Button>
      </Group>
      <Progress value={part * 100} size={8} animated aria-label={formatPercent(part, language)} />
      <Text size="sm" mt={8} className="tb-num">
        {t('reading.progress', { done: formatBytes(bytesDone, language), total: formatBytes(bytesTotal, language) })}
      </Text>
      <Text size="sm" c="dimmed">
        {t('reading.text')}
      </Text>
    </Paper>
  );
}
