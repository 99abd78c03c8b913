import { useEffect, useRef } from 'react';
import type { AlertSummary } from '../../../core/api/contract.ts';
import { showAlert } from '../../toasts.ts';

/** Shows those that came since the page was opened; what waited before is in the number. */
export function useNewAlerts(summary: AlertSummary | undefined): void {
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
