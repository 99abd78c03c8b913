/** What a PBX is to be changed in so that code rules are kept, and in whose words it is said. */
import type { CallVerdict } from './call.ts';

/** Makers whose way of doing it is known; all others are asked in general words. */
export const MAKER_FAMILIES = [
  'panasonic',
  'avaya-ip-office',
  'avaya-cm',
  'asterisk',
  'nec',
  'lg-ericsson',
  'unify',
  'cisco',
  'generic',
] as const;
export type MakerFamily = (typeof MAKER_FAMILIES)[number];

/**
 * - `ask-for-code`: make these telephones ask for a code.
 * - `check-codes`: let the PBX check each code against its list.
 * - `limit-reach`: tie the code to how far it may call.
 * - `limit-hours`: tie it to the hours as well.
 */
export const PBX_REQUESTS = ['ask-for-code', 'check-codes', 'limit-reach', 'limit-hours'] as const;
export type PbxRequest = (typeof PBX_REQUESTS)[number];

const REQUEST_OF: Readonly<Record<Exclude<CallVerdict, 'obeys'>, PbxRequest>> = {
  'no-code': 'ask-for-code',
  'extension-only': 'ask-for-code',
  'unknown-code': 'check-codes',
  'beyond-right': 'limit-reach',
  'outside-hours': 'limit-hours',
};

export function requestFor(verdict: Exclude<CallVerdict, 'obeys'>): PbxRequest {
  return REQUEST_OF[verdict];
}

const FAMILY_OF_VENDOR: Readonly<Record<string, MakerFamily>> = {
  Panasonic: 'panasonic',
  Asterisk: 'asterisk',
  Grandstream: 'asterisk',
  Sangoma: 'asterisk',
  Yeastar: 'asterisk',
  NEC: 'nec',
  LG: 'lg-ericsson',
  Vodavi: 'lg-ericsson',
  Unify: 'unify',
  Cisco: 'cisco',
};

export function makerFamily(format: { readonly vendor: string; readonly id: string } | undefined): MakerFamily {
  if (format?.vendor === 'Avaya') return format.id.includes('ipoffice') ? 'avaya-ip-office' : 'avaya-cm';
  return FAMILY_OF_VENDOR[format?.vendor ?? ''] ?? 'generic';
}

/** What can be written for a PBX: files it reads, or a table to be keyed in. */
export const PBX_SHEET_KINDS = ['asterisk-file', 'asterisk-database', 'panasonic', 'avaya-ip-office'] as const;
export type PbxSheetKind = (typeof PBX_SHEET_KINDS)[number];

/**
 * What a sheet cannot say to its PBX.
 * - `codes-left-out`: codes that cannot be keyed on a telephone before the closing #.
 * - `printed-id`: this PBX may print the place of a code instead of the code.
 */
export const SHEET_LIMITS = [
  'hours-not-in-files',
  'holidays-unknown',
  'numbers-by-prefix',
  'codes-left-out',
  'ranges-left-out',
  'hours-by-hand',
  'printed-id',
] as const;
export type SheetLimit = (typeof SHEET_LIMITS)[number];
