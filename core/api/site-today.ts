/** The day on the site's wall clock. */
import type { LocalDay } from '../model/time.ts';
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
