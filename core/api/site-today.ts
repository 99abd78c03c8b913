/** The day on the site's wall clock. */
import type { LocalDay, LocalSeconds } from '../model/time.ts';
import { createZoneClock } from '../model/zone-clock.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiParts } from './parts.ts';

export function siteToday({ deps, settings }: Pick<ApiParts, 'deps' | 'settings'>): LocalDay {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: settings.get().timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(deps.nowMs());
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

export type SiteClock = Pick<ApiParts, 'settings'> & { readonly deps: Pick<ApiDeps, 'nowMs'> };

/** What the clock on the site's wall shows. */
export function siteSeconds({ deps, settings }: SiteClock): LocalSeconds {
  return Math.floor(createZoneClock(settings.get().timeZone)(Math.floor(deps.nowMs() / 1000)));
}
