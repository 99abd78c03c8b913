/** Everything about one source: health, what it received, its format, files read into it. */
import { Alert, Button, Group, Paper, Tabs, Title } from '@mantine/core';
import { IconAlertTriangle, IconMoonStars, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Count, Figure } from '../../components/values.tsx';
import { formatAgo, formatBytes, formatRate } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useNow } from '../../now.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { RereadLink } from '../reread/reread-link.tsx';
import { DriftWarning } from './drift-warning.tsx';
import { FileImports } from './file-imports.tsx';
import { HostKey } from './host-key.tsx';
import { RawLines } from './raw-lines.tsx';
import { SourceDetection } from './source-detection.tsx';
import { UnreadableWarning } from './unreadable-warning.tsx';

interface SourcePanelProps {
  readonly source: Source;
  /** The page was opened to find the format. */
  readonly isFormatAsked: boolean;
  readonly onEdit: () => void;
}

export function SourcePanel({ source, isFormatAsked, onEdit }: SourcePanelProps) {
  const { t } = useTranslation(['sources', 'app', 'live']);
  const language = useLanguage();
  const nowMs = useNow(1000);
  const [asksRemoval, setAsksRemoval] = useState(false);
  const afterRemoval = (): void => {
    setAsksRemoval(false);
    showDone(t('app:removed'));
  };
  const remove = useWrite('removeSource', { refresh: ['listSources'], onDone: afterRemoval });
  const stopDemo = useWrite('stopDemo', {
    refresh: ['listSources', 'listPeople', 'listDepartments', 'listCalls', 'countCalls', 'getMonth'],
    onDone: afterRemoval,
  });
  const { status } = source;
  const ago = (ms: number | null): string => (ms === null ? t('live:never') : formatAgo(ms, nowMs, language));
  const takesFiles = source.config.kind === 'file-import' || source.config.kind === 'followed-file';
  const [tab, setTab] = useState<string | null>(isFormatAsked ? 'detection' : takesFiles ? 'files' : 'lines');

  return (
    <Paper className="tb-split-panel" p="md" component="section" aria-label={source.name}>
      <Group justify="space-between" wrap="nowrap" mb="sm">
        <Title order={2} lineClamp={1}>
          {source.name}
        </Title>
        <Group gap="xs" wrap="nowrap">
          <Button size="compact-md" variant="default" leftSection={<IconPencil size={15} />} onClick={onEdit}>
            {t('app:action.edit')}
          </Button>
          <RereadLink sourceId={source.id} />
          <Button
            size="compact-md"
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={15} />}
            onClick={() => setAsksRemoval(true)}
          >
            {t(source.isDemo ? 'demo.stop' : 'app:action.remove')}
          </Button>
        </Group>
      </Group>

      <div className="tb-figures tb-figures-flat">
        <Figure label={t('live:source.lastByte')}>{ago(status.lastByteAtMs)}</Figure>
        <Figure label={t('live:source.lastRecord')}>{ago(status.lastRecordAtMs)}</Figure>
        <Figure label={t('health.rate')}>{formatRate(status.recordsPerMinute, language)}</Figure>
        <Figure label={t('health.bytes')}>{formatBytes(status.bytesTotal, language)}</Figure>
        <Figure label={t('health.calls')}>
          <Count value={status.counts.call} />
        </Figure>
        <Figure label={t('health.malformed')}>
          <Count value={status.counts.malformed} />
        </Figure>
      </div>

      {status.problem !== null && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} mt="sm">
          {status.problem.title}
          {status.retryAtMs !== null && status.retryAtMs > nowMs && (
            <div>{t('health.retry', { when: formatAgo(status.retryAtMs, nowMs, language) })}</div>
          )}
        </Alert>
      )}
      <HostKey source={source} />
      {status.isQuiet && (
        <Alert color="yellow" icon={<IconMoonStars size={18} />} mt="sm">
          {t('live:source.quiet', { since: ago(status.quietSinceMs) })}
        </Alert>
      )}

      <UnreadableWarning status={status}>
        {tab !== 'detection' && (
          <Button size="compact-sm" variant="default" onClick={() => setTab('detection')}>
            {t('health.findFormat')}
          </Button>
        )}
      </UnreadableWarning>
      <DriftWarning source={source} isDetectionOpen={tab === 'detection'} />

      <Tabs value={tab} onChange={setTab} mt="md" keepMounted={false} className="tb-tabs">
        <Tabs.List mb="sm">
          <Tabs.Tab value="lines">{t('tab.lines')}</Tabs.Tab>
          <Tabs.Tab value="detection">{t('tab.detection')}</Tabs.Tab>
          <Tabs.Tab value="files">{t('tab.files')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="lines">
          <RawLines sourceId={source.id} height="max(240px, calc(100dvh - 340px))" />
        </Tabs.Panel>
        <Tabs.Panel value="detection">
          <SourceDetection source={source} />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <FileImports sourceId={source.id} />
        </Tabs.Panel>
      </Tabs>

      <Confirm
        isOpen={asksRemoval}
        title={t(source.isDemo ? 'remove.demoTitle' : 'remove.title', { name: source.name })}
        text={t(source.isDemo ? 'remove.demoText' : 'remove.text')}
        action={t(source.isDemo ? 'demo.stop' : 'app:action.remove')}
        isBusy={remove.isPending || stopDemo.isPending}
        onClose={() => setAsksRemoval(false)}
        onConfirm={() => (source.isDemo ? stopDemo.mutate({}) : remove.mutate({ params: { id: source.id } }))}
      />
    </Paper>
  );
}
