/** A site whose calls are read by the real ingest and looked at by the real watcher, at a moment the test sets. */
import { CallWatcher } from '../../core/ingest/watch-calls.ts';
import { AlertDeliveries } from '../../core/store/alert-deliveries.ts';
import { type AlertRow, AlertStore } from '../../core/store/alerts.ts';
import { openSite, panasonicLine, type Site, type SiteOptions } from '../ingest/site-fixture.ts';

export interface WatchedSite extends Site {
  readonly alerts: AlertStore;
  readonly deliveries: AlertDeliveries;
  nowMs: number;
  /** Reads what there is and looks at all of it; volumes and budgets too. */
  readAndWatch(watcher?: CallWatcher): void;
  newWatcher(): CallWatcher;
  found(): readonly AlertRow[];
}

export function openWatchedSite(now: string, options: SiteOptions = {}): WatchedSite {
  const site = openSite(options);
  const watched: WatchedSite = {
    ...site,
    alerts: new AlertStore(site.db),
    deliveries: new AlertDeliveries(site.db),
    nowMs: Date.parse(now),
    newWatcher: () => new CallWatcher({ db: site.db, nowMs: () => watched.nowMs }),
    readAndWatch(watcher = watched.newWatcher()) {
      site.ingest.readAll(site.sourceId);
      while (watcher.step('all').hasMore);
      while (watcher.check().hasMore);
    },
    found: () => watched.alerts.list({}, 100),
  };
  return watched;
}

/** Calls to Cuba at night, a minute apart, of extension 101. `day`: `DD/MM/YY`. */
export function nightCalls(day: string, count: number, hour = 2): string {
  return Array.from({ length: count }, (_, i) =>
    panasonicLine({
      at: `${day} ${String(hour).padStart(2, '0')}:${String(i).padStart(2, '0')}`,
      number: `0053712345${String(i).padStart(2, '0')}`,
      duration: "00:04'00",
    }),
  ).join('');
}
