/** Frames that no rule could read: nothing is thrown away, and they are read again when a format gets better. */
import { Badge, Button, Group, Menu, Paper, Select, Text } from '@mantine/core';
import { IconChevronDown, IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QuarantinedFrame, Source } from '../../../core/api/contract.ts';
import { call } from '../../api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { RawText } from '../../components/raw-text.tsx';
import { CopyButton } from '../../components/table-tools.tsx';
import { formatCount, formatInstant } from '../../format.ts';
import { textOr, useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { rereadAddress } from '../reread/reading-address.ts';
import { RereadLink } from '../reread/reread-link.tsx';

const PAGE_SIZE = 100;

export function QuarantinePage() {
  const { t } = useTranslation('quarantine');
  const language = useLanguage();
  const [sourceId, setSourceId] = useState<number>();
  const sources = useRead('listSources');
  const frames = useFrames(sourceId);
  const readAgain = useWrite('readAgain', {
    refresh: ['listQuarantine', 'listCalls', 'countCalls', 'getMonth', 'listSources'],
    onDone: ({ read, left }) => {
      if (read + left > 0) showDone(t('readAgain.done', { read, left }));
    },
  });
  const total = frames.data?.total ?? 0;
  const targets = sourceId === undefined ? (sources.data ?? []).map((source) => source.id) : [sourceId];

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        total > 0 && (
          <>
            <Select
              aria-label={t('source')}
              placeholder={t('allSources')}
              clearable
              data={(sources.data ?? []).map((source) => ({ value: String(source.id), label: source.name }))}
              value={sourceId === undefined ? null : String(sourceId)}
              onChange={(id) => setSourceId(id === null ? undefined : Number(id))}
            />
            <CopyButton read={() => copiedFrames(sourceId, t)} />
            <ReadWith sources={sources.data ?? []} sourceId={sourceId} />
            <Button
              leftSection={<IconRefresh size={16} stroke={1.6} />}
              loading={readAgain.isPending}
              onClick={() => {
                for (const id of targets) readAgain.mutate({ params: { id } });
              }}
            >
              {t('readAgain.button')}
            </Button>
          </>
        )
      }
    >
      {frames.isSuccess && total === 0 ? (
        <EmptyState icon={IconCircleCheck} title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="xs">
            {t('count', { count: total, shown: formatCount(total, language) })}
          </Text>
          <Frames key={sourceId} sourceId={sourceId} />
        </>
      )}
    </Page>
  );
}

/** The route gives no more at once. */
const COPIED_LIMIT = 500;

async function copiedFrames(sourceId: number | undefined, t: TFunction<'quarantine'>) {
  const query = { limit: COPIED_LIMIT, ...(sourceId === undefined ? {} : { sourceId }) };
  const { frames, total } = await call('listQuarantine', { query });
  return {
    head: [t('copied.source'), t('copied.received'), t('copied.reason'), t('copied.line')],
    rows: frames.map((frame) => [
      frame.sourceName,
      new Date(frame.receivedAtMs).toISOString(),
      textOr(`quarantine:reason.${frame.reason}`, {}, frame.reason),
      frame.text,
    ]),
    isCut: total > frames.length,
  };
}

interface ReadWithProps {
  readonly sources: readonly Source[];
  /** Absent: the lines of all of them are shown. */
  readonly sourceId: number | undefined;
}

/** Another format for a source: the one whose lines are shown, or one of all. */
function ReadWith({ sources, sourceId }: ReadWithProps) {
  const { t } = useTranslation('reread');
  const only = sourceId ?? (sources.length === 1 ? sources[0]?.id : undefined);
  if (only !== undefined) return <RereadLink sourceId={only} size="sm" />;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          {t('button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sources.map(({ id, name }) => (
          <Menu.Item key={id} component={Link} to={rereadAddress(id)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** One frame more than is shown tells whether there are older ones. */
function useFrames(sourceId: number | undefined, before?: number) {
  return useRead(
    'listQuarantine',
    {
      query: {
        limit: PAGE_SIZE + 1,
        ...(sourceId === undefined ? {} : { sourceId }),
        ...(before === undefined ? {} : { before }),
      },
    },
    { placeholderData: keepPreviousData },
  );
}

/** A page of frames, and behind it the older ones once they are asked for. */
function Frames({ sourceId, before }: { readonly sourceId: number | undefined; readonly before?: number }) {
  const { t } = useTranslation('quarantine');
  const [isOlderOpen, setIsOlderOpen] = useState(false);
  const frames = useFrames(sourceId, before);
  const list = frames.data?.frames ?? [];
  const shown = list.slice(0, PAGE_SIZE);
  const oldest = shown.at(-1);
  return (
    <>
      {shown.map((frame) => (
        <Frame key={frame.id} frame={frame} />
      ))}
      {list.length > PAGE_SIZE &&
        oldest !== undefined &&
        (isOlderOpen ? (
          <Frames sourceId={sourceId} before={oldest.id} />
        ) : (
          <Group justify="center" mt="md">
            <Button variant="default" onClick={() => setIsOlderOpen(true)}>
              {t('older')}
            </Button>
          </Group>
        ))}
    </>
  );
}

function Frame({ frame }: { readonly frame: QuarantinedFrame }) {
  const language = useLanguage();
  return (
    <Paper p="sm" mb="xs" component="article">
      <Group gap="xs" mb={6}>
        <Badge color="orange">{textOr(`quarantine:reason.${frame.reason}`, {}, frame.reason)}</Badge>
        {frame.detail !== null && <Text size="sm">{frame.detail}</Text>}
        <Text size="xs" c="dimmed" ml="auto" className="tb-num">
          {frame.sourceName} · {frame.formatId} · {formatInstant(frame.receivedAtMs, language)}
        </Text>
      </Group>
      <pre className="tb-raw">
        <RawText text={frame.text} />
      </pre>
    </Paper>
  );
}
