/** What happened, with what of it is new; a new alert also shows at once. */
import { ActionIcon, Button, Group, Indicator, Popover, Text, Title, Tooltip } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconBell,
  IconCalendarCheck,
  IconDownload,
  IconFileCheck,
  IconFileX,
  IconMailX,
  IconPlugConnected,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Notice } from '../../../core/api/contract.ts';
import { formatAgo, formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useNow } from '../../now.ts';
import { keyOf, queryClient, useRead, useWrite } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';
import { useNewAlerts } from './use-new-alerts.ts';

const ICONS: Readonly<Record<Notice['kind'], Icon>> = {
  alert: IconAlertTriangle,
  'source-down': IconPlugConnectedX,
  'source-up': IconPlugConnected,
  'import-finished': IconFileCheck,
  'import-failed': IconFileX,
  'month-to-close': IconCalendarCheck,
  'update-available': IconDownload,
  'schedule-failed': IconMailX,
};
const NEWS_EVERY_MS = 60_000;

export function NoticeBell() {
  const { t } = useTranslation('notices');
  const language = useLanguage();
  const viewer = useViewer();
  const [isOpen, setIsOpen] = useState(false);
  const list = useRead('listNotices', undefined, { refetchInterval: NEWS_EVERY_MS });
  const alerts = useRead('getAlertSummary', undefined, {
    enabled: viewer.may('read-rules'),
    refetchInterval: NEWS_EVERY_MS,
  });
  useNewAlerts(alerts.data);
  const read = useWrite('readNotices', {
    onDone: (next) => queryClient.setQueryData(keyOf('listNotices'), next),
  });
  const { notices = [], unread = 0 } = list.data ?? {};
  const label = unread === 0 ? t('bell') : t('bellUnread', { count: unread });
  const close = (): void => setIsOpen(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={label} disabled={isOpen}>
          <Indicator
            disabled={unread === 0}
            label={formatCount(unread, language)}
            size={16}
            offset={5}
            color={(alerts.data?.critical ?? 0) > 0 ? 'red' : 'orange'}
          >
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={label}
              aria-haspopup="dialog"
              aria-expanded={isOpen}
              onClick={() => setIsOpen(!isOpen)}
            >
              <IconBell size={18} stroke={1.6} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('title')}>
        <Group justify="space-between" px={12} py={8} wrap="nowrap">
          <Title order={2} size="h3">
            {t('title')}
          </Title>
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={unread === 0}
            loading={read.isPending}
            onClick={() => read.mutate({ body: {} })}
          >
            {t('readAll')}
          </Button>
        </Group>
        <div className="tb-notices">
          {notices.length === 0 && (
            <Text size="sm" c="dimmed" px={12} pb={14}>
              {t('empty')}
            </Text>
          )}
          {notices.map((notice) => (
            <NoticeLine
              key={notice.id}
              notice={notice}
              onOpen={() => {
                if (!notice.isRead) read.mutate({ body: { ids: [notice.id] } });
                close();
              }}
            />
          ))}
        </div>
        {viewer.may('read-rules') && <OpenAlerts open={alerts.data?.open ?? 0} onOpen={close} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function NoticeLine({ notice, onOpen }: { readonly notice: Notice; readonly onOpen: () => void }) {
  const { t } = useTranslation('notices');
  const language = useLanguage();
  const nowMs = useNow(30_000);
  const IconOf = ICONS[notice.kind];
  return (
    <Link className="tb-notice" to={notice.to} data-unread={!notice.isRead || undefined} onClick={onOpen}>
      <IconOf size={18} stroke={1.6} aria-hidden />
      <strong>
        {notice.title}
        {!notice.isRead && <span className="tb-sr-only"> ({t('new')})</span>}
      </strong>
      <span>{notice.text}</span>
      <small>{formatAgo(notice.atMs, nowMs, language)}</small>
    </Link>
  );
}

function OpenAlerts({ open, onOpen }: { readonly open: number; readonly onOpen: () => void }) {
  const { t } = useTranslation('alerts');
  return (
    <Group px={12} py={8} className="tb-notice-foot">
      <Link className="tb-link" to="/alerts" onClick={onOpen}>
        {open === 0 ? t('bellNone') : t('bell', { count: open })}
      </Link>
    </Group>
  );
}
