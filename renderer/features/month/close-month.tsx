/** Closing a month: what it still waits for is said before, and somebody puts their name to it. */
import { Alert, Anchor, Button, Group, List, Modal, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconLock } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MonthClosing } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { rememberedWho, WhoInput } from '../../components/who-input.tsx';
import { formatCount, formatMonthInText } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { callsPath, monthCalls } from '../calls/call-filter.ts';

export function CloseMonth({ month }: { readonly month: string }) {
  const { t } = useTranslation('month');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconLock size={16} stroke={1.6} />}
        disabled={month === ''}
        onClick={() => setIsOpen(true)}
      >
        {t('close.button')}
      </Button>
      {isOpen && <CloseDialog month={month} onClose={() => setIsOpen(false)} />}
    </>
  );
}

interface DialogProps {
  readonly month: string;
  readonly onClose: () => void;
}

function CloseDialog({ month, onClose }: DialogProps) {
  const { t } = useTranslation(['month', 'app']);
  const language = useLanguage();
  const [by, setBy] = useState(rememberedWho);
  const [note, setNote] = useState('');
  const closing = useRead('getClosing', { query: { month } }, { staleTime: 0 });
  const close = useWrite('closeMonth', {
    refresh: ['getMonth', 'getClosing', 'getCall'],
    showsErrors: true,
    onDone: () => {
      showDone(t('close.done', { month: formatMonthInText(month, language) }));
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<Text fw={650}>{t('close.title', { month: formatMonthInText(month, language) })}</Text>}
    >
      {closing.data === undefined ? (
        <Skeleton height={180} />
      ) : (
        <Stack gap="md">
          <Text size="sm">{t('close.text')}</Text>
          <OpenItems closing={closing.data} />
          {closing.data.isOver ? (
            <>
              <WhoInput value={by} onChange={setBy} />
              <Textarea
                label={t('close.note')}
                maxLength={500}
                autosize
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
            </>
          ) : (
            <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
              {t('close.notOver')}
            </Alert>
          )}
          <FormFailure error={close.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button
              disabled={by.trim() === '' || !closing.data.isOver}
              loading={close.isPending}
              onClick={() => close.mutate({ body: { month, by: by.trim(), note: note.trim() } })}
            >
              {t('close.confirm')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

/** What is better looked at while it can still be changed. */
function OpenItems({ closing }: { readonly closing: MonthClosing }) {
  const { t } = useTranslation('month');
  const language = useLanguage();
  const { open, month } = closing;
  const calls = monthCalls(month);
  const items: ReactNode[] = [];
  const add = (key: string, count: number, to: string | undefined, text: string): void => {
    if (count > 0) items.push(<List.Item key={key}>{to === undefined ? text : <To to={to} text={text} />}</List.Item>);
  };
  const counted = (count: number) => ({ count, number: formatCount(count, language) });
  add(
    'unattributed',
    open.unattributedCalls,
    callsPath({ ...calls, personId: 0 }),
    t('open.unattributed', counted(open.unattributedCalls)),
  );
  add(
    'unrated',
    open.unratedCalls,
    callsPath({ ...calls, rating: 'unrated' }),
    t('open.unrated', counted(open.unratedCalls)),
  );
  add('quarantined', open.quarantinedFrames, '/quarantine', t('open.quarantined', counted(open.quarantinedFrames)));
  add('unread', open.unreadBytes, undefined, t('open.unread'));
  for (const { sourceId, name, gaps } of open.sourcesWithGaps) {
    add(`gaps ${sourceId}`, gaps, `/sources?source=${sourceId}`, t('open.gaps', { ...counted(gaps), name }));
  }
  for (const name of open.tariffsToSettle) add(`settle ${name}`, 1, undefined, t('open.settling', { name }));
  if (items.length === 0) {
    return (
      <Alert color="green" icon={<IconCircleCheck size={18} />}>
        {t('open.nothing')}
      </Alert>
    );
  }
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('open.title')}>
      <List size="sm">{items}</List>
    </Alert>
  );
}

function To({ to, text }: { readonly to: string; readonly text: string }) {
  return (
    <Anchor component={Link} to={to} size="sm" c="inherit" underline="always">
      {text}
    </Anchor>
  );
}
