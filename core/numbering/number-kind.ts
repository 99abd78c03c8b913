/** Kinds of numbers, the band each has at home, and what is said of it behind the name of a country. */
import type { Band } from '../model/call.ts';
import type { PlaceName } from './place-name.ts';

/** `vsat`: a satellite terminal; `machine`: a SIM card in a device; `closed`: reachable inside its own network only. */
export const NUMBER_KINDS = [
  'fixed',
  'mobile',
  'fixed-or-mobile',
  'freephone',
  'premium',
  'shared-cost',
  'personal',
  'voicemail',
  'universal',
  'pager',
  'internet',
  'satellite',
  'network',
  'vsat',
  'machine',
  'closed',
  'emergency',
  'service',
] as const;
export type NumberKind = (typeof NUMBER_KINDS)[number];

export function isNumberKind(text: string): text is NumberKind {
  return (NUMBER_KINDS as readonly string[]).includes(text);
}

const BAND_AT_HOME: Readonly<Record<NumberKind, Band>> = {
  fixed: 'national',
  mobile: 'mobile',
  'fixed-or-mobile': 'national',
  freephone: 'free',
  premium: 'premium',
  'shared-cost': 'national',
  personal: 'national',
  voicemail: 'service',
  universal: 'national',
  pager: 'mobile',
  internet: 'national',
  satellite: 'international',
  network: 'international',
  vsat: 'national',
  machine: 'mobile',
  closed: 'service',
  emergency: 'emergency',
  service: 'service',
};

/** Band of a number in the caller's own country; a landline of the caller's own area is local, which is known elsewhere. */
export function bandAtHome(kind: NumberKind): Band {
  return BAND_AT_HOME[kind];
}

/** Kinds that a country's name alone does not tell. */
const WORDS: Readonly<Partial<Record<NumberKind, PlaceName>>> = {
  mobile: { en: 'mobile', vi: 'di động' },
  freephone: { en: 'freephone', vi: 'số miễn cước' },
  premium: { en: 'premium rate', vi: 'số cước cao' },
  'shared-cost': { en: 'shared cost', vi: 'số chia cước' },
  personal: { en: 'personal number', vi: 'số cá nhân' },
  voicemail: { en: 'voicemail', vi: 'hộp thư thoại' },
  universal: { en: 'company number', vi: 'số doanh nghiệp' },
  pager: { en: 'pager', vi: 'nhắn tin' },
  internet: { en: 'Internet telephony', vi: 'điện thoại Internet' },
  satellite: { en: 'satellite', vi: 'vệ tinh' },
};

/** `Germany, mobile`. */
export function placeOfKind(place: PlaceName, kind: NumberKind): PlaceName {
  const word = WORDS[kind];
  return word === undefined ? place : { en: `${place.en}, ${word.en}`, vi: `${place.vi}, ${word.vi}` };
}
