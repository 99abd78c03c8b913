import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/api/contract.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { FormatChoice } from '../reread/earlier-calls.tsx';
import { isSameReading } from '../reread/reading-address.ts';
import { type Candidate, DetectionResult } from './detection-result.tsx';
import { LineFault } from './line-fault.tsx';
import { draftOf } from './source-draft.ts';
import { UnreadLines } from './unread-lines.tsx';

const LISTENING_MS = 3000;

/** Looks at what a source has sent so far and offers the format that fits. */
export function SourceDetection({ source }: { readonly source: Source }) {
  const { t } = useTranslation(['sources', 'app']);
  const detection = useRead(
    'detectSource',
    { params: { id: source.id } },
    {
      staleTime: 0,
      // While nothing can be told of the format, the next line may change that.
      refetchInterval: ({ state: { data } }) =>
        data === undefined || data.linesSeen === 0 || data.lineFault !== null ? LISTENING_MS : false,
    },
  );
  const calls = useRead('countCalls', { query: { sourceId: source.id } }, { staleTime: 0 }).data?.calls;
  const [asked, setAsked] = useState<Candidate>();
  const change = useWrite('changeSource', {
    refresh: ['listSources'],
    onDone: () => {
      setAsked(undefined);
      showDone(t('app:saved'));
    },
  });
  const use = ({ formatId, options }: Candidate): void =>
    change.mutate({ params: { id: source.id }, body: { ...draftOf(source), formatId, formatOptions: options } });
  const choose = (candidate: Candidate): void => {
    const reading = { formatId: candidate.formatId, formatOptions: candidate.options };
    if (calls === 0 || isSameReading(reading, source)) use(candidate);
    else setAsked(candidate);
  };
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
      {detection.data !== undefined && <LineFault source={source} detection={detection.data} />}
      {change.isSuccess && <UnreadLines sourceId={source.id} />}
      {detection.data === undefined || calls === undefined ? (
        <Skeleton height={120} />
      ) : (
        <DetectionResult detection={detection.data} chosenId={source.formatId} onChoose={choose} />
      )}
      {!change.isSuccess && <UnreadLines sourceId={source.id} />}
      {asked !== undefined && (
        <FormatChoice
          source={source}
          calls={calls ?? 0}
          reading={{ formatId: asked.formatId, formatOptions: asked.options }}
          newTitle={asked.title}
          isBusy={change.isPending}
          onOnlyNew={() => use(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Stack>
  );
}
