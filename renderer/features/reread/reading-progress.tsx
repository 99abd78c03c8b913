import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Reread, Source } from '../../../core/api/contract.ts';
import { ProgressCard } from '../../components/progress-card.tsx';
import { formatBytes } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';

interface ReadingProgressProps {
  readonly source: Source;
  readonly reread: Reread;
}

export function ReadingProgress({ source, reread }: ReadingProgressProps) {
  const { t } = useTranslation('reread');
  const language = useLanguage();
  const stop = useWrite('dropReread', { refresh: ['getReread'] });
  const work = useRead('listWork').data?.find(({ kind, id }) => kind === 'reread' && id === String(source.id));
  const { bytesDone, bytesTotal } = reread;
  return (
    <ProgressCard
      title={t(reread.isUndo ? 'reading.undoTitle' : 'reading.title', { title: reread.reading?.formatTitle ?? '' })}
      part={bytesTotal === 0 ? 0 : Math.min(1, bytesDone / bytesTotal)}
      counted={t('reading.progress', {
        done: formatBytes(bytesDone, language),
        total: formatBytes(bytesTotal, language),
      })}
      secondsLeft={work?.secondsLeft}
      help={t('reading.text')}
      actions={
        <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({ params: { id: source.id } })}>
          {t('reading.stop')}
        </Button>
      }
    />
  );
}
