/** Who stands in a from or to field: an extension, somebody outside, or a function of the PBX. */

const PSEUDO = /^(?:PickupExt|EndCall|MakeCall|DeliverExt|Park|SP\d)/i;
/** Types of the other end of a line; every other type is inside. */
const OUTSIDE_TYPE = /^(?:(?:external_?)?line|provider|trunk|bridge|outbound_?rule)$/i;
const NUMBER = /^\+?[\d*#]{2,}$/;

/** Pickup, hang-up and click-to-call leave lines of their own that are no call. */
export const isPseudoParty = (party: string | undefined): boolean => party !== undefined && PSEUDO.test(party);

export type Side = 'inside' | 'outside' | 'unknown';

/** The same few words on every line. */
const outsideTypes = new Map<string, boolean>();

function isOutsideType(type: string): boolean {
  const known = outsideTypes.get(type);
  if (known !== undefined) return known;
  const isOutside = OUTSIDE_TYPE.test(type);
  // Damaged lines may hold anything here.
  if (outsideTypes.size < 100) outsideTypes.set(type, isOutside);
  return isOutside;
}

export function sideOf(number: string, internalNumber: string, type: string): Side {
  if (number.startsWith('Ext.')) return type !== '' && isOutsideType(type) ? 'outside' : 'inside';
  const isNumber = NUMBER.test(number);
  if (!isNumber && PSEUDO.test(number)) return 'unknown';
  if (type !== '') return isOutsideType(type) ? 'outside' : 'inside';
  if (isNumber) return 'outside';
  // A caller who hides the number still comes over a line.
  return /^\d{5,}$/.test(internalNumber) && internalNumber !== number ? 'outside' : 'unknown';
}

export const withoutMark = (number: string): string => (number.startsWith('Ext.') ? number.slice(4) : number);

/** The line's own number; where no line was taken the outside number or a word stands there. */
export function trunkOf(internalNumber: string, number: string): string | undefined {
  return internalNumber !== number && /^\d{1,8}$/.test(internalNumber) ? internalNumber : undefined;
}
