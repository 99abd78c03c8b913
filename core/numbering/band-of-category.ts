/** The report column of a deck's own word for a kind of destination. */
import type { Band } from '../model/call.ts';

const BAND_BY_CATEGORY: Readonly<Record<string, Band>> = {
  local: 'local',
  national: 'national',
  national_on_net: 'national',
  national_off_net: 'national',
  mobile: 'mobile',
  mobile_on_net: 'mobile',
  mobile_off_net: 'mobile',
  emergency: 'emergency',
  freephone: 'free',
  premium: 'premium',
  information: 'service',
  international: 'international',
};

/** Undefined for a word that is not known: the numbering plan's band stays. */
export function bandOfCategory(category: string): Band | undefined {
  return Object.hasOwn(BAND_BY_CATEGORY, category) ? BAND_BY_CATEGORY[category] : undefined;
}
