/** Reading files of call records once, with progress. */
import { Alert, Button, FileButton, Group, Stack, Switch, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportJob } from '../../../core/api/contract.ts';
import { ApiFailure } from '../../api.ts';
import { ProgressCard } from '../../components/progress-card.tsx';
import { formatBytes, formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { failureText } from '../../toasts.ts';

const REFRESH_MS = 2000;

export function FileImports({ sourceId }: { readonly sourceId: number }) {
  const { t } = useTranslation('sources');
  const [isAgain, setIsAgain] = useState(false);
  const jobs = useRead('listImports', undefined, { refetchInterval: REFRESH_MS });
  const start = useWrite('importFile', { refresh: ['listImports'], showsErrors: true });
  const isKnown = start.error instanceof ApiFailure && start.error.problem?.code === 'file-already-imported';
  const read = (files: readonly File[]): void => {
    for (const file of files) {
      start.mutate({ query: { fileName: file.name, sourceId, again: isAgain }, body: file });
    }
  };
  return (
    <Stack gap="sm">
      <Group>
        <FileButton multiple onChange={read}>
          {(props) => (
            <Button {...props} leftSection={<IconFileImport size={16} />} loading={start.isPending}>
              {t('import.choose')}
            </Button>
          )}
        </FileButton>
        <Switch
          label={t('import.again')}
          checked={isAgain}
          onChange={(event) => setIsAgain(event.currentTarget.checked)}
        />
      </Group>
      <Text size="sm" c="dimmed">
        {t('import.text')}
      </Text>
      {start.error !== null && (
        <Alert color={isKnown ? 'yellow' : 'red'} withCloseButton onClose={start.reset}>
          {failureText(start.error)}
        </Alert>
      )}
      {jobs.data
        ?.filter((job) => job.sourceId === sourceId)
        .map((job) => (
          <Job key={job.id} job={job} />
        ))}
    </Stack>
  );
}

function Job({ job }: { readonly job: ImportJob }) {
  const { t } = useTranslation(['sources', 'app']);
  const language = useLanguage();
  const cancel = useWrite('cancelImport', { refresh: ['listImports'] });
  const part = job.bytesTotal === 0 ? 1 : job.bytesRead / job.bytesTotal;
  const work = useRead('listWork').data?.find(({ kind, id }) => kind === 'import' && id === job.id);
  return (
    <ProgressCard
      isSmall
      title={job.fileName}
      part={part}
      isRunning={job.state === 'running'}
      isFailed={job.state === 'failed'}
      counted={t('import.progress', {
        done: formatBytes(job.bytesDone, language),
        read: formatBytes(job.bytesRead, language),
        total: formatBytes(job.bytesTotal, language),
        calls: formatCount(job.counts.call, language),
        malformed: formatCount(job.counts.malformed, language),
      })}
      secondsLeft={work?.secondsLeft}
      actions={
        job.state === 'running' ? (
          <Button
            size="compact-xs"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ params: { id: job.id } })}
          >
            {t('app:action.cancel')}
          </Button>
        ) : (
          <Text size="sm" c={job.state === 'failed' ? 'red' : 'dimmed'}>
            {t(`import.state.${job.state}`)}
          </Text>
        )
      }
    >
      {job.problem !== null && (
        <Text size="sm" c="red" mt={4}>
          {job.problem.title}
        </Text>
      )}
    </ProgressCard>
  );
}
