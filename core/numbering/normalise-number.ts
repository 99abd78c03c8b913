/**
 * Makes one number of the many ways it can be dialled and printed: outside-line digit, carrier code, 00 or +, 0 or
 * nothing. Several readings are tried; a form the numbering plan knows wins over a likely one, and every guess is noted.
 */
import type { LocalDay } from '../model/time.ts';
import { countryOf } from './countries.ts';
import type { NormalisedNumber, NumberingSite, NumberNote, Reading } from './site.ts';
import { readVietnamNational, readVietnamService, readVietnamSubscriber } from './vietnam.ts';
import { MOBILE_CHANGE, PROVINCE_MERGER } from './vietnam-plan.ts';

interface CleanedNumber {
  readonly digits: string;
  readonly hasPlus: boolean;
  readonly isFeatureCode: boolean;
  /** Last digits printed as X. */
  readonly hiddenDigits: number;
  readonly notes: readonly NumberNote[];
}

/** Digits dialled before a pause that still belong to the number: an outside-line digit or a carrier code. */
const LONGEST_LEAD = 5;

/** Takes out separators, pauses (P, comma), flashes (F) and what was keyed after them, `*` and `#`. */
function cleanDialled(dialled: string): CleanedNumber {
  const text = dialled.trim().replace(/[\s.()/-]/g, '');
  const isFeatureCode = /^[*#]/.test(text);
  const notes: NumberNote[] = [];
  const hasPlus = text.startsWith('+');
  let digits = '';
  let hiddenDigits = 0;
  for (const char of hasPlus ? text.slice(1) : text) {
    if (char >= '0' && char <= '9') digits += char;
    else if (char === 'x' || char === 'X') {
      hiddenDigits += 1;
      digits += '0';
    } else if (digits.length > LONGEST_LEAD) {
      notes.push('tail-cut');
      break;
    }
  }
  if (hiddenDigits > 0) notes.push('digits-hidden');
  return { digits, hasPlus, isFeatureCode, hiddenDigits, notes };
}

const NANP_DIGITS = 11;

function readInternational(rest: string, site: NumberingSite, day: LocalDay): Reading {
  if (rest.startsWith(site.countryCode)) {
    const national = rest.slice(site.countryCode.length);
    return readNational(stripTrunk(national, site), site, day) ?? unknownNational(national, site, 1);
  }
  const service = site.countryCode === '84' ? readVietnamService(rest) : undefined;
  if (service !== undefined && rest.length < NANP_DIGITS) return service;
  const destination = countryOf(rest);
  const isLikely = destination !== undefined && rest.length >= 7 && rest.length <= 15;
  return {
    number: rest,
    band: 'international',
    destination,
    notes: isLikely ? [] : ['guess-unknown-range'],
    fit: isLikely ? 1.5 : 0.5,
  };
}

function stripTrunk(national: string, site: NumberingSite): string {
  return site.trunkPrefix !== '' && national.startsWith(site.trunkPrefix)
    ? national.slice(site.trunkPrefix.length)
    : national;
}

function readNational(national: string, site: NumberingSite, day: LocalDay): Reading | undefined {
  if (site.countryCode === '84') return readVietnamNational(national, site, day);
  if (national.length < 6 || national.length > 13) return undefined;
  const isLocal = site.areaCode !== '' && national.startsWith(site.areaCode);
  return { number: site.countryCode + national, band: isLocal ? 'local' : 'national', fit: 2 };
}

function unknownNational(national: string, site: NumberingSite, fit: number): Reading {
  return { number: site.countryCode + national, band: 'unknown', notes: ['guess-unknown-range'], fit };
}

function readShort(digits: string, site: NumberingSite): Reading | undefined {
  if (site.countryCode === '84') return readVietnamService(digits);
  const isEmergency = digits === '112' || (site.countryCode === '1' && digits === '911') || digits === '999';
  return isEmergency ? { number: site.countryCode + digits, band: 'emergency', fit: 2 } : undefined;
}

/** Digits that begin with none of the prefixes. */
function readBare(digits: string, site: NumberingSite, day: LocalDay, mayBeInternal: boolean): Reading {
  const subscriber = site.countryCode === '84' ? readVietnamSubscriber(digits, site, day) : undefined;
  if (subscriber !== undefined) return subscriber;
  if (mayBeInternal && digits.length <= site.extensionMaxDigits) {
    return { number: digits, band: 'internal', isInternal: true, fit: 1.2 };
  }
  if (digits.startsWith(site.countryCode)) {
    const national = readNational(digits.slice(site.countryCode.length), site, day);
    const isLong = site.countryCode === '84' || digits.length >= site.countryCode.length + 9;
    if (national !== undefined && isLong) return national;
  }
  return readGuessed(digits, site, day);
}

function readGuessed(digits: string, site: NumberingSite, day: LocalDay): Reading {
  if (site.countryCode !== '84') {
    if (site.trunkPrefix !== '' && site.areaCode !== '' && digits.length >= 5 && digits.length <= 8) {
      return { number: site.countryCode + site.areaCode + digits, band: 'local', notes: ['area-code-added'], fit: 1 };
    }
    if (digits.length >= 7 && digits.length <= 10)
      return readNational(digits, site, day) ?? unknownNational(digits, site, 0);
  }
  const national = digits.length >= 9 ? readNational(digits, site, day) : undefined;
  if (national !== undefined) {
    return { ...national, notes: [...(national.notes ?? []), 'guess-trunk-prefix-missing'], fit: 1 };
  }
  const destination = digits.length >= 10 && digits.length <= 15 ? countryOf(digits) : undefined;
  if (destination !== undefined) {
    return {
      number: digits,
      band: 'international',
      destination,
      notes: ['guess-international-prefix-missing'],
      fit: 0.5,
    };
  }
  return { number: digits, band: 'unknown', notes: ['guess-unknown-range'], fit: 0 };
}

function readDigits(digits: string, site: NumberingSite, day: LocalDay, mayBeInternal: boolean): Reading {
  const short = readShort(digits, site);
  if (short !== undefined) return short;
  for (const prefix of site.internationalPrefixes) {
    if (digits.startsWith(prefix) && digits.length > prefix.length + 2) {
      return readInternational(digits.slice(prefix.length), site, day);
    }
  }
  const carrier = site.carrierCodes.find((code) => digits.startsWith(`${code}0`) && digits.length > code.length + 5);
  if (carrier !== undefined) {
    const beyond = readDigits(digits.slice(carrier.length), { ...site, carrierCodes: [] }, day, false);
    return { ...beyond, accessCode: carrier, notes: ['carrier-code-cut', ...(beyond.notes ?? [])] };
  }
  if (site.trunkPrefix !== '' && digits.startsWith(site.trunkPrefix) && digits.length > site.extensionMaxDigits) {
    const national = digits.slice(site.trunkPrefix.length);
    return readNational(national, site, day) ?? unknownNational(national, site, 0.5);
  }
  return readBare(digits, site, day, mayBeInternal);
}

const isInternational = (digits: string, site: NumberingSite): boolean =>
  site.internationalPrefixes.some((prefix) => digits.startsWith(prefix));

/** The reading that fits best; between equals the one without the outside digit, as that digit is declared for the site. */
function bestReading(digits: string, site: NumberingSite, day: LocalDay): { reading: Reading; outsideDigits?: string } {
  const asPrinted = readDigits(digits, site, day, true);
  let best: { reading: Reading; outsideDigits?: string } = { reading: asPrinted };
  for (const outsideDigits of site.outsideDigits) {
    if (outsideDigits === '' || !digits.startsWith(outsideDigits) || digits.length < outsideDigits.length + 3) continue;
    const rest = digits.slice(outsideDigits.length);
    const behind = readDigits(rest, site, day, false);
    // What begins with a prefix behind the outside digit needs to be no better known than the guess it replaces.
    const isPrefixed = (site.trunkPrefix !== '' && rest.startsWith(site.trunkPrefix)) || isInternational(rest, site);
    if (behind.fit < (isPrefixed ? 0.5 : 1) || behind.fit < best.reading.fit || behind.number === best.reading.number)
      continue;
    const isSure = asPrinted.fit < 1 || (asPrinted.isInternal === true && behind.fit === 2);
    const notes: NumberNote[] = ['outside-digit-cut', ...(behind.notes ?? [])];
    if (!isSure) notes.push('guess-outside-digit');
    best = { reading: { ...behind, notes }, outsideDigits };
  }
  return best;
}

/**
 * `dialled` as the PBX printed it; `startLocalDay` is the day of the call, which decides the numbering plan. Never
 * throws: digits that nothing knows come back as they are, with band `unknown` and a note.
 */
export function normaliseNumber(dialled: string, site: NumberingSite, startLocalDay: LocalDay): NormalisedNumber {
  const { digits, hasPlus, isFeatureCode, hiddenDigits, notes } = cleanDialled(dialled);
  if (isFeatureCode || digits === '') {
    return {
      number: isFeatureCode ? dialled.trim() : '',
      outsideDigits: undefined,
      accessCode: undefined,
      band: isFeatureCode ? 'internal' : 'unknown',
      destination: undefined,
      isInternal: isFeatureCode,
      notes: isFeatureCode ? ['feature-code'] : notes,
    };
  }
  const { reading, outsideDigits }: { reading: Reading; outsideDigits?: string } = hasPlus
    ? { reading: readInternational(digits, site, startLocalDay) }
    : bestReading(digits, site, startLocalDay);
  return {
    number: hiddenDigits === 0 ? reading.number : reading.number.slice(0, -hiddenDigits),
    outsideDigits,
    accessCode: reading.accessCode,
    band: reading.band,
    destination: reading.destination,
    isInternal: reading.isInternal ?? false,
    notes: [...(reading.notes ?? []), ...notes],
  };
}

/** Dialled texts remembered per numbering plan; the memory is emptied when it is full. */
const REMEMBERED_NUMBERS = 10_000;

/** `normaliseNumber` of one site with a bounded memory, for imports that see the same numbers again and again. */
export function numberNormaliser(site: NumberingSite): (dialled: string, startLocalDay: LocalDay) => NormalisedNumber {
  const plans = [0, 1, 2].map(() => new Map<string, NormalisedNumber>());
  return (dialled, day) => {
    const plan = plans[(day >= MOBILE_CHANGE ? 1 : 0) + (day >= PROVINCE_MERGER ? 1 : 0)];
    const known = plan?.get(dialled);
    if (known !== undefined) return known;
    const made = normaliseNumber(dialled, site, day);
    if (plan !== undefined) {
      if (plan.size >= REMEMBERED_NUMBERS) plan.clear();
      plan.set(dialled, made);
    }
    return made;
  };
}
