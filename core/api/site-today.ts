/** The clock on the site's wall. */
import { type LocalDay, type LocalSeconds, localDayOf } from '../model/time.ts';
import { createZoneClock } from '../model/zone-clock.ts';
import type { SettingsStore } from '../store/settings.ts';
import type { ApiDeps } from './deps.ts';

/** What tells the time of the site. */
export interface SiteClock {
  readonly deps: Pick<ApiDeps, 'nowMs'>;
  readonly settings: Pick<SettingsStore, 'get'>;
}

export function siteSeconds({ deps, settings }: SiteClock): LocalSeconds {
  return Math.floor(createZoneClock(settings.get().timeZone)(Math.floor(deps.nowMs() / 1000)));
}

export function siteToday(clock: SiteClock): LocalDay {
  return localDayOf(siteSeconds(clock));
}
