/**
 * Makes one number of the many ways it can be dialled and printed: outside-line digit, carrier code, 00 or +, 0 or
 * nothing. Several readings are tried; a form the numbering plan knows wins over a likely one, and every guess is noted.
 */
import type { LocalDay } from '../model/time.ts';
import { cleanDialled } from './clean-dialled.ts';
import { bandAtHome } from './number-kind.ts';
import { builtInPlan, type NumberingPlan } from './plan.ts';
import type { NormalisedNumber, NumberingSite, NumberNote, Reading } from './site.ts';
import { readVietnamNational, readVietnamService, readVietnamSubscriber } from './vietnam.ts';

/** What stays the same while one number is read. */
interface Context {
  readonly site: NumberingSite;
  readonly day: LocalDay;
  readonly plan: NumberingPlan;
  /** The call left by an outside line, so few of its numbers are extensions. */
  readonly isOverTrunk: boolean;
}

const VIETNAM = '84';
const NANP_DIGITS = 11;

function readInternational(rest: string, context: Context): Reading {
  const { site, day, plan } = context;
  if (rest.startsWith(site.countryCode)) {
    const national = rest.slice(site.countryCode.length);
    const known = withoutSlip(national, site);
    return readNational(known, context) ?? unknownNational(known, site, 1);
  }
  const service = site.countryCode === VIETNAM ? readVietnamService(rest, day, plan.vietnam) : undefined;
  if (service !== undefined && rest.length < NANP_DIGITS) return service;
  const found = plan.world.find(rest);
  if (found === undefined) return { number: rest, band: 'international', notes: ['guess-unknown-range'], fit: 0.5 };
  const notes: NumberNote[] = found.isTrunkPrefixCut ? ['trunk-prefix-cut'] : [];
  if (!found.isRegular) notes.push('guess-unknown-range');
  const { region, kind, name } = found.range;
  const isLikely = rest.length >= 7 && rest.length <= 15;
  return {
    number: found.number,
    band: 'international',
    kind,
    country: region,
    destination: name,
    notes,
    fit: isLikely ? 1.5 : 0.5,
  };
}

/** Italy's 0 belongs to the number; where the trunk prefix is 0, several of them are one. */
function stripTrunk(national: string, { trunkPrefix }: NumberingSite): string {
  if (trunkPrefix === '0') return national.replace(/^0+/, '');
  return trunkPrefix !== '' && national.startsWith(trunkPrefix) ? national.slice(trunkPrefix.length) : national;
}

/** Behind the country code a 0 is a slip (`+84 (0) 98...`); other trunk prefixes may begin a number (Russia's 8). */
function withoutSlip(national: string, site: NumberingSite): string {
  return site.trunkPrefix === '0' ? stripTrunk(national, site) : national;
}

function readNational(national: string, context: Context): Reading | undefined {
  const { site, day, plan } = context;
  if (site.countryCode === VIETNAM) return readVietnamNational(national, site, day, plan.vietnam);
  if (national.length < 6 || national.length > 13) return undefined;
  const number = site.countryCode + national;
  const found = plan.world.find(number);
  const kind = found?.range.kind;
  const isOwnArea = site.areaCode !== '' && national.startsWith(site.areaCode);
  const country = found?.range.region;
  const destination = found?.range.name;
  const shared = { number, kind, country, destination, fit: 2 };
  const home = plan.world.find(site.countryCode + site.areaCode)?.range.region;
  if (home !== undefined && country !== undefined && !plan.world.areOneCountry(home, country, site.countryCode)) {
    return { ...shared, band: 'international' };
  }
  return { ...shared, band: isOwnArea ? 'local' : kind === undefined ? 'national' : bandAtHome(kind) };
}

function unknownNational(national: string, site: NumberingSite, fit: number): Reading {
  return { number: site.countryCode + national, band: 'unknown', notes: ['guess-unknown-range'], fit };
}

function readShort(digits: string, { site, day, plan }: Context): Reading | undefined {
  if (site.countryCode === VIETNAM) return readVietnamService(digits, day, plan.vietnam);
  const isEmergency = digits === '112' || (site.countryCode === '1' && digits === '911') || digits === '999';
  return isEmergency ? { number: site.countryCode + digits, band: 'emergency', kind: 'emergency', fit: 2 } : undefined;
}

const LONGEST_SHORT_NUMBER = 6;
const SHORT_NUMBER = { en: 'Short number', vi: 'Số ngắn' };

/** Few digits over an outside line: a desk or service of an operator that no list names. */
function readUnlistedShort(digits: string, { site, plan }: Context): Reading | undefined {
  if (digits.length < 3 || digits.length > LONGEST_SHORT_NUMBER) return undefined;
  if (site.countryCode === VIETNAM && !plan.vietnam.mayBeShortNumber(digits)) return undefined;
  return {
    number: site.countryCode + digits,
    band: 'service',
    kind: 'service',
    destination: SHORT_NUMBER,
    notes: ['guess-short-number'],
    fit: 1,
  };
}

function isExtension(digits: string, { extensionMaxDigits, extensionRanges }: NumberingSite): boolean {
  if (extensionRanges === undefined) return digits.length <= extensionMaxDigits;
  return extensionRanges.some(({ from, to }) => digits.length === from.length && digits >= from && digits <= to);
}

/** Digits that begin with none of the prefixes. */
function readBare(digits: string, context: Context, mayBeInternal: boolean): Reading {
  const { site, day, plan } = context;
  if (site.countryCode === VIETNAM) {
    const subscriber = readVietnamSubscriber(digits, site, day, plan.vietnam);
    if (subscriber !== undefined) return subscriber;
  }
  if (context.isOverTrunk) {
    const short = readUnlistedShort(digits, context);
    if (short !== undefined) return short;
  }
  if (mayBeInternal && isExtension(digits, site)) {
    const notes: NumberNote[] = context.isOverTrunk ? ['guess-internal-over-trunk'] : [];
    return { number: digits, band: 'internal', isInternal: true, notes, fit: 1.2 };
  }
  if (digits.startsWith(site.countryCode)) {
    const national = readNational(withoutSlip(digits.slice(site.countryCode.length), site), context);
    const isLong = site.countryCode === VIETNAM || digits.length >= site.countryCode.length + 9;
    if (national !== undefined && isLong) return national;
  }
  return readGuessed(digits, context);
}

function readGuessed(digits: string, context: Context): Reading {
  const { site } = context;
  if (site.countryCode !== VIETNAM) {
    if (site.trunkPrefix !== '' && site.areaCode !== '' && digits.length >= 5 && digits.length <= 8) {
      const local = readNational(site.areaCode + digits, context);
      return {
        ...local,
        number: site.countryCode + site.areaCode + digits,
        band: 'local',
        notes: ['area-code-added'],
        fit: 1,
      };
    }
    // Without a trunk prefix (Italy, Singapore, Spain) every number inside the country begins like this.
    const longest = site.trunkPrefix === '' ? 12 : 10;
    if (digits.length >= 7 && digits.length <= longest) {
      return readNational(digits, context) ?? unknownNational(digits, site, 0);
    }
  }
  const national = digits.length >= 9 ? readNational(digits, context) : undefined;
  if (national !== undefined) {
    return { ...national, notes: [...(national.notes ?? []), 'guess-trunk-prefix-missing'], fit: 1 };
  }
  const abroad = digits.length >= 10 && digits.length <= 15 ? context.plan.world.find(digits) : undefined;
  if (abroad !== undefined) {
    const { region, kind, name } = abroad.range;
    return {
      number: abroad.number,
      band: 'international',
      kind,
      country: region,
      destination: name,
      notes: ['guess-international-prefix-missing'],
      fit: 0.5,
    };
  }
  return { number: digits, band: 'unknown', notes: ['guess-unknown-range'], fit: 0 };
}

function readDigits(digits: string, context: Context, mayBeInternal: boolean): Reading {
  const { site } = context;
  const short = readShort(digits, context);
  if (short !== undefined) return short;
  for (const prefix of site.internationalPrefixes) {
    if (digits.startsWith(prefix) && digits.length > prefix.length + 2) {
      return readInternational(digits.slice(prefix.length), context);
    }
  }
  const carrier = site.carrierCodes.find((code) => digits.startsWith(`${code}0`) && digits.length > code.length + 5);
  if (carrier !== undefined) {
    const beyond = readDigits(digits.slice(carrier.length), { ...context, site: { ...site, carrierCodes: [] } }, false);
    return { ...beyond, accessCode: carrier, notes: ['carrier-code-cut', ...(beyond.notes ?? [])] };
  }
  if (site.trunkPrefix !== '' && digits.startsWith(site.trunkPrefix) && digits.length > site.extensionMaxDigits) {
    const national = stripTrunk(digits, site);
    return readNational(national, context) ?? unknownNational(national, site, 0.5);
  }
  return readBare(digits, context, mayBeInternal);
}

const isInternational = (digits: string, site: NumberingSite): boolean =>
  site.internationalPrefixes.some((prefix) => digits.startsWith(prefix));

/** The reading that fits best; between equals the one without the outside digit, as that digit is declared for the site. */
function bestReading(digits: string, context: Context): { reading: Reading; outsideDigits?: string } {
  const { site } = context;
  const asPrinted = readDigits(digits, context, true);
  let best: { reading: Reading; outsideDigits?: string } = { reading: asPrinted };
  for (const outsideDigits of site.outsideDigits) {
    if (outsideDigits === '' || !digits.startsWith(outsideDigits) || digits.length < outsideDigits.length + 3) continue;
    const rest = digits.slice(outsideDigits.length);
    const behind = readDigits(rest, context, false);
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

function unreadable(number: string, isFeatureCode: boolean, notes: readonly NumberNote[]): NormalisedNumber {
  return {
    number,
    outsideDigits: undefined,
    accessCode: undefined,
    band: isFeatureCode ? 'internal' : 'unknown',
    kind: undefined,
    country: undefined,
    operator: undefined,
    destination: undefined,
    isInternal: isFeatureCode,
    notes,
  };
}

export interface NormaliseOptions {
  /** The built-in plan where absent. */
  readonly plan?: NumberingPlan;
  /** The call is known to have left by an outside line. */
  readonly isOverTrunk?: boolean;
}

/**
 * `dialled` as the PBX printed it; `startLocalDay` is the day of the call, which decides the numbering plan. Never
 * throws: digits that nothing knows come back as they are, with band `unknown` and a note.
 */
export function normaliseNumber(
  dialled: string,
  site: NumberingSite,
  startLocalDay: LocalDay,
  { plan = builtInPlan(), isOverTrunk = false }: NormaliseOptions = {},
): NormalisedNumber {
  const { digits, hasPlus, isFeatureCode, hiddenDigits, notes } = cleanDialled(dialled);
  if (isFeatureCode) return unreadable(dialled.trim(), true, ['feature-code']);
  if (digits === '') return unreadable('', false, notes);
  const context: Context = { site, day: startLocalDay, plan, isOverTrunk };
  // No calling code begins with 0: some PBXs print their + before whatever was dialled.
  const { reading, outsideDigits }: { reading: Reading; outsideDigits?: string } =
    hasPlus && !digits.startsWith('0') ? { reading: readInternational(digits, context) } : bestReading(digits, context);
  return {
    number: hiddenDigits === 0 ? reading.number : reading.number.slice(0, -hiddenDigits),
    outsideDigits,
    accessCode: reading.accessCode,
    band: reading.band,
    kind: reading.kind,
    country: reading.country,
    operator: reading.operator,
    destination: reading.destination,
    isInternal: reading.isInternal ?? false,
    notes: notes.length === 0 ? (reading.notes ?? []) : [...(reading.notes ?? []), ...notes],
  };
}

/** Dialled texts remembered for each era of the plan; a memory is emptied when it is full. */
const REMEMBERED_NUMBERS = 10_000;

export type NumberNormaliser = (dialled: string, startLocalDay: LocalDay, isOverTrunk?: boolean) => NormalisedNumber;

/** `normaliseNumber` of one site with a bounded memory, for imports that see the same numbers again and again. */
export function numberNormaliser(site: NumberingSite, plan: NumberingPlan = builtInPlan()): NumberNormaliser {
  const memories = new Map<number, Map<string, NormalisedNumber>>();
  return (dialled, day, isOverTrunk = false) => {
    const era = plan.vietnam.eraOf(day) * 2 + (isOverTrunk ? 1 : 0);
    let memory = memories.get(era);
    if (memory === undefined) {
      memory = new Map();
      memories.set(era, memory);
    }
    const known = memory.get(dialled);
    if (known !== undefined) return known;
    const made = normaliseNumber(dialled, site, day, { plan, isOverTrunk });
    if (memory.size >= REMEMBERED_NUMBERS) memory.clear();
    memory.set(dialled, made);
    return made;
  };
}
