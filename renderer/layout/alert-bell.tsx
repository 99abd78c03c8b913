/** How many alerts wait; a new one shows at once, and as a notification where the browser may show them. */
import { ActionIcon, Indicator, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AlertSummary } from '../../core/api/contract.ts';
import { formatCount } from '../format.ts';
import { useLanguage } from '../language.ts';
import { useRead } from '../query-client.ts';
import { showAlert } from '../toasts.ts';

/** Those that came since the page was opened; what waited before is in the number. */
function useNewAlerts(summary: AlertSummary | undefined): void {
  const newestTold = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (summary === undefined) return;
    const newest = Math.max(0, ...summary.newest.map(({ id }) => id));
    const told = newestTold.current;
    newestTold.current = Math.max(newest, told ?? 0);
    if (told === undefined) return;
    for (const alert of summary.newest.toReversed()) {
      if (alert.id <= told) continue;
      showAlert(alert);
      if ('Notification' in window && Notification.permission === 'granted') {
        new Notification(alert.title, { body: alert.text, tag: `tollbook-alert-${alert.id}` });
      }
    }
  }, [summary]);
}

export function AlertBell() {
  const { t } = useTranslation('alerts');
  const language = useLanguage();
  const summary = useRead('getAlertSummary', undefined, { refetchInterval: 60_000 });
  useNewAlerts(summary.data);
  const { open = 0, critical = 0 } = summary.data ?? {};
  const label = open === 0 ? t('bellNone') : t('bell', { count: open });
  return (
    <Tooltip label={label}>
      <Indicator
        disabled={open === 0}
        label={formatCount(open, language)}
        size={16}
        offset={5}
        color={critical > 0 ? 'red' : 'orange'}
      >
        <ActionIcon component={Link} to="/alerts" variant="subtle" color="gray" size="lg" aria-label={label}>
          <IconBell size={18} stroke={1.6} />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}
