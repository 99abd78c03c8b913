/** Every run, and for each everybody it was for. */
import { Button, Drawer, Group, Paper, Skeleton, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunDetail, RunSummary } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatCount, formatInstant, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { useRunName } from './rhythm-words.ts';
import { RunState, SendingState } from './run-state.tsx';

const SHOWN_STATES = ['sent', 'waiting', 'failed', 'uncertain', 'left-out'] as const;
/** Runs go on by themselves while somebody looks. */
const REFRESH_MS = 5000;

export function RunLog() {
  const { t } = useTranslation('schedules');
  const [before, setBefore] = useState<number>();
  const [opened, setOpened] = useState<RunSummary>();
  const query = before === undefined ? {} : { before };
  const runs = useRead(
    'listScheduleRuns',
    { query },
    { placeholderData: keepPreviousData, refetchInterval: REFRESH_MS },
  );
  if (runs.data === undefined) return <Skeleton height={240} />;
  if (runs.data.runs.length === 0) return <EmptyState icon={IconSend} title={t('tab.log')} text={t('log.empty')} />;
  const last = runs.data.runs.at(-1);
  return (
    <Stack gap="sm">
      <Paper component="section" aria-label={t('tab.log')} className="tb-month">
        <Table.ScrollContainer minWidth={720}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('column.name')}</Table.Th>
                <Table.Th>{t('column.day')}</Table.Th>
                <Table.Th>{t('column.state')}</Table.Th>
                <Table.Th>{t('column.to')}</Table.Th>
                <Table.Th>{t('column.result')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {runs.data.runs.map((run) => (
                <RunRow key={run.id} run={run} onOpen={setOpened} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
      <Group>
        {before !== undefined && (
          <Button variant="default" onClick={() => setBefore(undefined)}>
            {t('log.newer')}
          </Button>
        )}
        {runs.data.hasMore && (
          <Button variant="default" onClick={() => setBefore(last?.id)}>
            {t('log.older')}
          </Button>
        )}
      </Group>
      <RunDrawer run={opened} onClose={() => setOpened(undefined)} />
    </Stack>
  );
}

function RunRow({ run, onOpen }: { readonly run: RunSummary; readonly onOpen: (run: RunSummary) => void }) {
  const { t } = useTranslation('schedules');
  const language = useLanguage();
  const nameOf = useRunName();
  const counts = SHOWN_STATES.filter((state) => run.counts[state] > 0);
  return (
    <Table.Tr>
      <Table.Td>
        <UnstyledButton onClick={() => onOpen(run)} className="tb-link" title={t('log.open')}>
          <Text size="sm" fw={600} td="underline">
            {nameOf(run)}
          </Text>
        </UnstyledButton>
        <Text size="xs" c="dimmed">
          {t(`kind.${run.kind}`)}, {t(`reason.${run.reason}`)}
        </Text>
      </Table.Td>
      <Table.Td className="tb-num">{formatLocalDay(run.dueDay)}</Table.Td>
      <Table.Td>
        <RunState state={run.state} />
      </Table.Td>
      <Table.Td>
        {counts.map((state) => `${t(`sendingState.${state}`)}: ${formatCount(run.counts[state], language)}`).join(', ')}
      </Table.Td>
      <Table.Td>
        <Text size="sm">{run.result}</Text>
        <Text size="xs" c="dimmed">
          {run.nextTryAtMs !== null
            ? t('continuesAt', { at: formatInstant(run.nextTryAtMs, language) })
            : run.doneAtMs !== null && formatInstant(run.doneAtMs, language)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function RunDrawer({ run, onClose }: { readonly run: RunSummary | undefined; readonly onClose: () => void }) {
  const { t } = useTranslation('schedules');
  const nameOf = useRunName();
  const id = run?.id ?? 0;
  const detail = useRead(
    'getScheduleRun',
    { params: { id } },
    { enabled: run !== undefined, refetchInterval: REFRESH_MS },
  );
  const title = run === undefined ? '' : t('log.title', { name: nameOf(run), day: formatLocalDay(run.dueDay) });
  return (
    <Drawer
      opened={run !== undefined}
      onClose={onClose}
      position="right"
      size="xl"
      title={<Text fw={650}>{title}</Text>}
    >
      {detail.data === undefined ? <Skeleton height={200} /> : <Sendings detail={detail.data} />}
    </Drawer>
  );
}

function Sendings({ detail: { sendings, run } }: { readonly detail: RunDetail }) {
  const { t } = useTranslation('schedules');
  const language = useLanguage();
  const [doubtful, setDoubtful] = useState<number>();
  const again = useWrite('sendAgain', {
    refresh: ['getScheduleRun', 'listScheduleRuns'],
    onDone: () => setDoubtful(undefined),
  });
  const send = (id: number): void => again.mutate({ params: { id } });
  return (
    <Stack gap="sm">
      {run.result !== '' && <Text size="sm">{run.result}</Text>}
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('column.to')}</Table.Th>
            <Table.Th>{t('column.state')}</Table.Th>
            <Table.Th>{t('column.result')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sendings.map(({ id, name, target, state, result, tries, doneAtMs, nextTryAtMs }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Text size="sm">{name}</Text>
                {target !== name && (
                  <Text size="xs" c="dimmed">
                    {target}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <SendingState state={state} />
              </Table.Td>
              <Table.Td>
                <Text size="sm">{result}</Text>
                <Text size="xs" c="dimmed">
                  {nextTryAtMs !== null && tries > 0
                    ? t('continuesAt', { at: formatInstant(nextTryAtMs, language) })
                    : doneAtMs !== null && formatInstant(doneAtMs, language)}
                </Text>
                {(state === 'failed' || state === 'uncertain') && (
                  <Button
                    size="xs"
                    mt={4}
                    variant="default"
                    aria-label={`${t('log.again')}: ${name}`}
                    onClick={() => (state === 'uncertain' ? setDoubtful(id) : send(id))}
                  >
                    {t('log.again')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Confirm
        isOpen={doubtful !== undefined}
        title={t('log.again')}
        text={t('log.againText')}
        action={t('log.again')}
        isBusy={again.isPending}
        onClose={() => setDoubtful(undefined)}
        onConfirm={() => doubtful !== undefined && send(doubtful)}
      />
    </Stack>
  );
}
