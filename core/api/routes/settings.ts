/** Settings of the site; some of them change what calls are worth, so those calls are booked anew. */
import type { SiteSettings } from '../../store/settings.ts';
import type { Settings } from '../contract.ts';
import { type ApiParts, applySources } from '../parts.ts';
import type { Handlers } from '../register.ts';

/** How a dialled number is read: a change moves destinations and prices. */
const NUMBERING = [
  'outsideDigits',
  'countryCode',
  'areaCode',
  'carrierCodes',
  'extensionMaxDigits',
  'extensionRanges',
] as const;
const QUIET_RULE = ['timeZone', 'officeFrom', 'officeTo', 'officeDays', 'quietMinutes'] as const;

function copyOf(settings: SiteSettings): Settings {
  return { ...settings, officeDays: [...settings.officeDays] };
}

/** What has to be done where settings are others now. */
export async function followSettings(parts: ApiParts, before: SiteSettings, after: SiteSettings): Promise<void> {
  const { deps } = parts;
  const isChanged = (keys: readonly (keyof SiteSettings)[]): boolean =>
    keys.some((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (isChanged(QUIET_RULE)) await applySources(deps);
  if (isChanged([...NUMBERING, 'timeZone', 'pbxCostUse'])) await deps.ingest.reload();
  if (isChanged(NUMBERING)) {
    await deps.ingest.rebook('all');
    parts.changed('calls');
  }
  parts.changed('settings');
}

export function settingsRoutes(parts: ApiParts): Pick<Handlers, 'getSettings' | 'putSettings'> {
  const { settings } = parts;
  return {
    getSettings: () => copyOf(settings.get()),
    putSettings: async ({ body }) => {
      const before = settings.get();
      const after = settings.change(body);
      await followSettings(parts, before, after);
      return copyOf(after);
    },
  };
}
