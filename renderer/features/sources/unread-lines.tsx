/** Lines of a source that wait for a format that reads them. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { RereadLink } from '../reread/reread-link.tsx';

export function UnreadLines({ sourceId }: { readonly sourceId: number }) {
  const { t } = useTranslation(['sources', 'quarantine']);
  const frames = useRead('listQuarantine', { query: { sourceId, limit: 1 } }, { staleTime: 0 });
  const readAgain = useWrite('readAgain', {
    refresh: ['listQuarantine', 'listRawLines', 'listCalls', 'countCalls', 'getMonth', 'listSources'],
    onDone: ({ read, left }) => showDone(t('quarantine:readAgain.done', { read, left })),
  });
  const count = frames.data?.total ?? 0;
  if (count === 0) return null;
  return (
    <Alert color="orange">
      <Group justify="space-between">
        <Text size="sm" flex={1}>
          {t('detection.unread', { count })}
        </Text>
        <RereadLink sourceId={sourceId} />
        <Button
          size="compact-md"
          leftSection={<IconRefresh size={14} />}
          loading={readAgain.isPending}
          onClick={() => readAgain.mutate({ params: { id: sourceId } })}
        >
          {t('detection.readAgain', { count })}
        </Button>
      </Group>
    </Alert>
  );
}
