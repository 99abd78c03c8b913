/** What can be done with an alert; each with the name of who did it. */
import { Button, Group, Menu, Stack, TextInput } from '@mantine/core';
import { IconCheck, IconChevronDown, IconClockPause, IconEye, IconRotate } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alert } from '../../../core/api/contract.ts';
import type { Input } from '../../api.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { rememberedWho, rememberWho, WhoInput } from '../../components/who-input.tsx';
import { useWrite } from '../../query-client.ts';

const HOURS = [1, 4, 24, 168] as const;

type Body = Input<'actOnAlert'>['body'];

export function AlertActions({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation('alerts');
  const [by, setBy] = useState(rememberedWho);
  const [note, setNote] = useState('');
  const [assignedTo, setAssignedTo] = useState(alert.assignedTo ?? '');
  const act = useWrite('actOnAlert', {
    showsErrors: true,
    refresh: ['getAlert', 'listAlerts', 'getAlertSummary'],
    onDone: () => {
      rememberWho(by);
      setNote('');
    },
  });
  const send = (part: Pick<Body, 'action' | 'hours' | 'assignedTo'>): void =>
    act.mutate({ params: { id: alert.id }, body: { by, note, ...part } });
  const isNobody = by.trim() === '';
  const isOpen = alert.state === 'open';

  return (
    <Stack gap="sm">
      <WhoInput value={by} onChange={setBy} />
      <TextInput
        label={t('action.noteLabel')}
        placeholder={t('action.notePlaceholder')}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap="xs">
        {isOpen && (
          <Button
            disabled={isNobody}
            leftSection={<IconEye size={16} stroke={1.6} />}
            onClick={() => send({ action: 'acknowledge' })}
          >
            {t('action.acknowledge')}
          </Button>
        )}
        {alert.state !== 'resolved' && (
          <Button
            variant={isOpen ? 'default' : 'filled'}
            disabled={isNobody}
            leftSection={<IconCheck size={16} stroke={1.6} />}
            onClick={() => send({ action: 'resolve' })}
          >
            {t('action.resolve')}
          </Button>
        )}
        {alert.state !== 'resolved' && (
          <Menu withinPortal>
            <Menu.Target>
              <Button
                variant="default"
                disabled={isNobody}
                leftSection={<IconClockPause size={16} stroke={1.6} />}
                rightSection={<IconChevronDown size={14} />}
              >
                {t('action.snooze')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {HOURS.map((hours) => (
                <Menu.Item key={hours} onClick={() => send({ action: 'snooze', hours })}>
                  {t(`action.hours.${hours}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {!isOpen && (
          <Button
            variant="default"
            disabled={isNobody}
            leftSection={<IconRotate size={16} stroke={1.6} />}
            onClick={() => send({ action: 'reopen' })}
          >
            {t('action.reopen')}
          </Button>
        )}
        <Button variant="default" disabled={isNobody || note.trim() === ''} onClick={() => send({ action: 'note' })}>
          {t('action.note')}
        </Button>
      </Group>
      <Group gap="xs" align="flex-end">
        <TextInput
          flex={1}
          label={t('action.assignLabel')}
          maxLength={100}
          value={assignedTo}
          onChange={(event) => setAssignedTo(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={isNobody || assignedTo.trim() === (alert.assignedTo ?? '')}
          onClick={() => send({ action: 'assign', assignedTo: assignedTo.trim() === '' ? null : assignedTo.trim() })}
        >
          {t('action.assign')}
        </Button>
      </Group>
      <FormFailure error={act.error} unshown={['by', 'note', 'hours', 'assignedTo']} />
    </Stack>
  );
}
