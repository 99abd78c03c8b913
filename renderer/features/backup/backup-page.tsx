/** Backups: how it stands, making one, those there are, when they are made, and putting one back. */
import { Alert, Button, FileButton, Skeleton, Stack } from '@mantine/core';
import { IconDatabaseExport, IconFileImport } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backups } from '../../../core/api/contract.ts';
import { FactList } from '../../components/fact-list.tsx';
import { Page } from '../../components/page.tsx';
import { ProgressCard } from '../../components/progress-card.tsx';
import { Section } from '../../components/section.tsx';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { BackupList } from './backup-list.tsx';
import { BackupRuns } from './backup-runs.tsx';
import { BackupSettingsForm } from './backup-settings-form.tsx';

const WATCH_MS = 700;
/** A backup may also be started elsewhere. */
const REST_MS = 10_000;

export function BackupPage() {
  const { t } = useTranslation('backup');
  const read = useRead('getBackups', undefined, {
    refetchInterval: ({ state }) => (state.data?.running == null ? REST_MS : WATCH_MS),
  });
  const isRunning = read.data !== undefined && read.data.running !== null;
  const start = useWrite('startBackup', { refresh: ['getBackups'] });
  const upload = useWrite('uploadBackup', { refresh: ['getBackups'] });
  useEndTold(read.data);
  return (
    <Page
      title={t('title')}
      lead={t('intro')}
      actions={
        <>
          <FileButton
            accept=".zip"
            onChange={(file) => {
              if (file !== null) upload.mutate({ body: file });
            }}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                loading={upload.isPending}
                leftSection={<IconFileImport size={16} stroke={1.6} />}
              >
                {t('upload')}
              </Button>
            )}
          </FileButton>
          <Button
            leftSection={<IconDatabaseExport size={16} stroke={1.6} />}
            disabled={isRunning}
            loading={start.isPending}
            onClick={() => start.mutate({})}
          >
            {t('now')}
          </Button>
        </>
      }
    >
      {read.data === undefined ? <Skeleton height={420} /> : <BackupBody data={read.data} />}
    </Page>
  );
}

function BackupBody({ data }: { readonly data: Backups }) {
  const { t } = useTranslation('backup');
  const failed = data.runs[0]?.result === 'failed' ? data.runs[0].problem : null;
  return (
    <Stack gap="md">
      {data.running !== null && <Running running={data.running} />}
      {failed !== null && (
        <Alert color="red" variant="light" role="alert">
          {t('failed', { problem: failed.title })}
        </Alert>
      )}
      <Standing data={data} />
      <Section title={t('list.title')}>
        <BackupList data={data} />
      </Section>
      <BackupSettingsForm settings={data.settings} />
      {data.runs.length > 0 && (
        <Section title={t('runs.title')}>
          <BackupRuns runs={data.runs} />
        </Section>
      )}
    </Stack>
  );
}

function Standing({ data }: { readonly data: Backups }) {
  const { t } = useTranslation('backup');
  const language = useLanguage();
  const [newest] = data.backups;
  const isDue = data.nextAtMs !== null && data.nextAtMs <= Date.now();
  return (
    <Section title={t('state.title')}>
      <FactList
        facts={[
          {
            label: t('state.last'),
            value: newest === undefined ? t('state.none') : formatInstant(newest.madeAtMs, language),
          },
          {
            label: t('state.next'),
            value:
              data.nextAtMs === null ? t('state.off') : isDue ? t('state.due') : formatInstant(data.nextAtMs, language),
          },
          { label: t('state.folder'), value: <span className="tb-path">{data.folder}</span> },
        ]}
      />
      {data.isSameDisk && (
        <Alert color="yellow" variant="light">
          {t('sameDisk')}
        </Alert>
      )}
    </Section>
  );
}

function Running({ running }: { readonly running: NonNullable<Backups['running']> }) {
  const { t } = useTranslation(['backup', 'app']);
  const cancel = useWrite('cancelBackup', { refresh: ['getBackups'] });
  return (
    <ProgressCard
      title={t(`running.${running.kind}`)}
      part={running.share ?? 0}
      counted={t(`phase.${running.phase ?? 'start'}`)}
      actions={
        <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
          {t('app:action.cancel')}
        </Button>
      }
    />
  );
}

/** Tells how work ended that was seen running here. */
function useEndTold(data: Backups | undefined): void {
  const { t } = useTranslation('backup');
  const wasRunning = useRef(false);
  useEffect(() => {
    if (data === undefined) return;
    if (wasRunning.current && data.running === null && data.lastEnd !== null) {
      const { kind, isCancelled, problem } = data.lastEnd;
      if (isCancelled) showDone(t('ended.cancelled'));
      else if (problem === null) showDone(t(`ended.${kind}`));
    }
    wasRunning.current = data.running !== null;
  }, [data, t]);
}
