import { ActionIcon, Badge, Button, Menu, Paper, Table, Text, VisuallyHidden } from '@mantine/core';
import {
  IconCalendarTime,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatLocalDateTime, formatLocalDay } from '../../format.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { useRhythmWords, useTaskWords } from './rhythm-words.ts';
import { RunState } from './run-state.tsx';

interface ScheduleListProps {
  readonly schedules: readonly Schedule[];
  readonly onAdd: () => void;
  readonly onEdit: (schedule: Schedule) => void;
  readonly onShowLog: () => void;
}

export function ScheduleList({ schedules, onAdd, onEdit, onShowLog }: ScheduleListProps) {
  const { t } = useTranslation('schedules');
  const [removed, setRemoved] = useState<Schedule>();
  const remove = useWrite('removeSchedule', { refresh: ['listSchedules'], onDone: () => setRemoved(undefined) });
  if (schedules.length === 0) {
    return (
      <EmptyState icon={IconCalendarTime} title={t('empty.title')} text={t('empty.text')}>
        <Button onClick={onAdd}>{t('add')}</Button>
      </EmptyState>
    );
  }
  return (
    <Paper component="section" aria-label={t('title')} className="tb-month">
      <Table.ScrollContainer minWidth={760}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.name')}</Table.Th>
              <Table.Th>{t('column.when')}</Table.Th>
              <Table.Th>{t('column.next')}</Table.Th>
              <Table.Th>{t('column.last')}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{t('edit')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {schedules.map((schedule) => (
              <ScheduleRow
                key={schedule.id}
                schedule={schedule}
                onEdit={onEdit}
                onRemove={setRemoved}
                onShowLog={onShowLog}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Confirm
        isOpen={removed !== undefined}
        title={t('removeTitle')}
        text={t('removeText')}
        action={t('remove')}
        isBusy={remove.isPending}
        onClose={() => setRemoved(undefined)}
        onConfirm={() => removed !== undefined && remove.mutate({ params: { id: removed.id } })}
      />
    </Paper>
  );
}

interface ScheduleRowProps extends Pick<ScheduleListProps, 'onEdit' | 'onShowLog'> {
  readonly schedule: Schedule;
  readonly onRemove: (schedule: Schedule) => void;
}

function ScheduleRow({ schedule, onEdit, onRemove, onShowLog }: ScheduleRowProps) {
  const { t } = useTranslation('schedules');
  const rhythmWords = useRhythmWords();
  const taskWords = useTaskWords();
  const { id, name, task, rhythm, makerName, seesNumbers, nextRunLocal, lastRun, isPaused, problem } = schedule;
  const pause = useWrite('pauseSchedule', { refresh: ['listSchedules'] });
  const run = useWrite('runSchedule', {
    refresh: ['listSchedules', 'listScheduleRuns'],
    onDone: () => {
      showDone(t('started'));
      onShowLog();
    },
  });
  const rights = t('by', { name: makerName === '' ? t('owner') : makerName });
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600} size="sm">
          {name}
        </Text>
        <Text size="sm">{taskWords(task)}</Text>
        <Text size="xs" c="dimmed">
          {seesNumbers ? rights : `${rights}, ${t('masked')}`}
        </Text>
        {problem !== null && (
          <Text size="sm" c="red.9">
            {t(`problem.${problem}`)}. {t('saveAgain')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{rhythmWords(rhythm)}</Table.Td>
      <Table.Td className="tb-num">
        {isPaused ? (
          <Badge color="gray" variant="light">
            {t('paused')}
          </Badge>
        ) : (
          nextRunLocal !== null && formatLocalDateTime(nextRunLocal.slice(0, 16))
        )}
      </Table.Td>
      <Table.Td>
        {lastRun !== null && (
          <>
            <RunState state={lastRun.state} />
            <Text size="xs" c="dimmed">
              {formatLocalDay(lastRun.dueDay)}
            </Text>
          </>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('actionsOf', { name })}>
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconSend size={16} stroke={1.6} />} onClick={() => run.mutate({ params: { id } })}>
              {t('runNow')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={() => onEdit(schedule)}>
              {t('edit')}
            </Menu.Item>
            <Menu.Item
              leftSection={
                isPaused ? <IconPlayerPlay size={16} stroke={1.6} /> : <IconPlayerPause size={16} stroke={1.6} />
              }
              onClick={() => pause.mutate({ params: { id }, body: { isPaused: !isPaused } })}
            >
              {t(isPaused ? 'resume' : 'pause')}
            </Menu.Item>
            <Menu.Item
              color="red.9"
              leftSection={<IconTrash size={16} stroke={1.6} />}
              onClick={() => onRemove(schedule)}
            >
              {t('remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}
