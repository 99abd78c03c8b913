/** What the rules found, newest first; each in words, with its calls behind it. */
import { Button, Group, Paper, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconBellCheck, IconSettings } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Alert } from '../../../core/api/contract.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { formatAgo } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useNow } from '../../now.ts';
import { useRead } from '../../query-client.ts';
import { SeverityBadge, StateBadges } from './alert-badges.tsx';
import { type AlertChoice, AlertFilters, useAlertChoice } from './alert-filters.tsx';
import { AlertPanel } from './alert-panel.tsx';

const MINUTE_MS = 60_000;

export function AlertsPage() {
  const { t } = useTranslation('alerts');
  const [choice] = useAlertChoice();
  const [search, setSearch] = useSearchParams();
  const alerts = useRead('listAlerts', { query: choice }, { placeholderData: keepPreviousData });
  const opened = Number(search.get('alert') ?? 0);
  const open = (id: number | undefined): void => {
    const next = new URLSearchParams(search);
    if (id === undefined) next.delete('alert');
    else next.set('alert', String(id));
    setSearch(next, { replace: true });
  };
  const isPlain = choice.kind === undefined && choice.severity === undefined && choice.show === 'waiting';
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button
          component={Link}
          to="/alerts/settings"
          variant="default"
          leftSection={<IconSettings size={16} stroke={1.6} />}
        >
          {t('settings')}
        </Button>
      }
    >
      <AlertFilters />
      {alerts.data === undefined ? (
        <Skeleton height={240} />
      ) : alerts.data.alerts.length === 0 ? (
        <EmptyState
          icon={IconBellCheck}
          title={t(isPlain ? 'empty.waiting' : 'empty.filtered')}
          text={t('empty.text')}
        />
      ) : (
        <Alerts key={JSON.stringify(choice)} choice={choice} onOpen={open} />
      )}
      {opened > 0 && <AlertPanel id={opened} onClose={() => open(undefined)} />}
    </Page>
  );
}

interface AlertsProps {
  readonly choice: AlertChoice;
  readonly before?: number;
  readonly onOpen: (id: number) => void;
}

/** A page of alerts, and behind it the older ones once they are asked for. */
function Alerts({ choice, before, onOpen }: AlertsProps) {
  const { t } = useTranslation('alerts');
  const [isOlderOpen, setIsOlderOpen] = useState(false);
  const query = before === undefined ? choice : { ...choice, before };
  const alerts = useRead('listAlerts', { query }, { placeholderData: keepPreviousData });
  const list = alerts.data?.alerts ?? [];
  const oldest = list.at(-1);
  return (
    <>
      {list.map((alert) => (
        <AlertCard key={alert.id} alert={alert} onOpen={onOpen} />
      ))}
      {alerts.data?.hasMore === true &&
        oldest !== undefined &&
        (isOlderOpen ? (
          <Alerts choice={choice} before={oldest.id} onOpen={onOpen} />
        ) : (
          <Group justify="center" mt="md">
            <Button variant="default" onClick={() => setIsOlderOpen(true)}>
              {t('more')}
            </Button>
          </Group>
        ))}
    </>
  );
}

function AlertCard({ alert, onOpen }: { readonly alert: Alert; readonly onOpen: (id: number) => void }) {
  const { t } = useTranslation('alerts');
  const language = useLanguage();
  const nowMs = useNow(MINUTE_MS);
  return (
    <Paper component="article" mb="xs">
      <UnstyledButton className="tb-alert" data-severity={alert.severity} onClick={() => onOpen(alert.id)}>
        <Group gap={8} wrap="wrap" mb={4}>
          <SeverityBadge severity={alert.severity} />
          <Text fw={600}>{alert.title}</Text>
          <StateBadges alert={alert} />
          <Text size="xs" c="dimmed" ml="auto" className="tb-num">
            {formatAgo(alert.changedAtMs, nowMs, language)}
          </Text>
        </Group>
        <Text size="sm">{alert.text}</Text>
        {alert.assignedTo !== null && (
          <Text size="xs" c="dimmed" mt={4}>
            {t('assignedTo', { name: alert.assignedTo })}
          </Text>
        )}
      </UnstyledButton>
    </Paper>
  );
}
