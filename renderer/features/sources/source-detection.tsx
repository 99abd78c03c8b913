import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/api/contract.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { DetectionResult } from './detection-result.tsx';
import { draftOf } from './source-draft.ts';
import { UnreadLines } from './unread-lines.tsx';

/** Looks at what a source has sent so far and offers the format that fits. */
export function SourceDetection({ source }: { readonly source: Source }) {
  const { t } = useTranslation(['sources', 'app']);
  const detection = useRead('detectSource', { params: { id: source.id } }, { staleTime: 0 });
  const change = useWrite('changeSource', { refresh: ['listSources'], onDone: () => showDone(t('app:saved')) });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {detection.data === undefined ? '' : t('detection.linesSeen', { count: detection.data.linesSeen })}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} />}
          loading={detection.isFetching}
          onClick={() => void detection.refetch()}
        >
          {t('detection.again')}
        </Button>
      </Group>
      {change.isSuccess && <UnreadLines sourceId={source.id} />}
      {detection.data === undefined ? (
        <Skeleton height={120} />
      ) : (
        <DetectionResult
          detection={detection.data}
          chosenId={source.formatId}
          onChoose={(candidate) =>
            change.mutate({
              params: { id: source.id },
              body: { ...draftOf(source), formatId: candidate.formatId, formatOptions: candidate.options },
            })
          }
        />
      )}
      {!change.isSuccess && <UnreadLines sourceId={source.id} />}
    </Stack>
  );
}
