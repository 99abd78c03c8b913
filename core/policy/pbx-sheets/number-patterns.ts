/**
 * Which numbers lie in which band, as patterns of an Asterisk dialplan: `X` any digit, `[2-5]` one of these, `!` anything
 * behind. In Viet Nam by the numbering plan of the day; elsewhere by the prefixes for numbers inside and outside the country.
 */
import type { Band } from '../../model/call.ts';
import type { LocalDay } from '../../model/time.ts';
import { bandAtHome } from '../../numbering/number-kind.ts';
import type { NumberingPlan } from '../../numbering/plan.ts';
import type { NumberingSite } from '../../numbering/site.ts';
import type { RangeInUse, VietnamPlan } from '../../numbering/vietnam-plan.ts';

export interface NumberPattern {
  readonly pattern: string;
  readonly band: Band;
}

export interface NumberPatterns {
  /** The most exact one that fits a number decides. */
  readonly patterns: readonly NumberPattern[];
  /** Dialled in front of a number; what is behind decides. */
  readonly carrierCodes: readonly string[];
  readonly trunkPrefix: string;
  /** Without the plan of the country a mobile number looks like any other. */
  readonly knowsMobiles: boolean;
}

const VIETNAM = '84';
const SHORTEST_SHORT = 3;
const LONGEST_SHORT = 6;
const ANY: NumberPattern = { pattern: 'X!', band: 'unknown' };

export function numberPatterns(site: NumberingSite, plan: NumberingPlan, day: LocalDay): NumberPatterns {
  const { internationalPrefixes, trunkPrefix, carrierCodes } = site;
  const abroad = internationalPrefixes.map(
    (prefix): NumberPattern => ({ pattern: `${prefix}X!`, band: 'international' }),
  );
  const isVietnam = site.countryCode === VIETNAM;
  const home = isVietnam ? vietnamPatterns(site, plan.vietnam, day) : plainPatterns(site);
  return { patterns: [...home, ...abroad, ANY], carrierCodes, trunkPrefix, knowsMobiles: isVietnam };
}

function plainPatterns({ countryCode, trunkPrefix }: NumberingSite): readonly NumberPattern[] {
  const emergency = ['112', '999', ...(countryCode === '1' ? ['911'] : [])];
  const short = Array.from({ length: LONGEST_SHORT - SHORTEST_SHORT + 1 }, (_, i) => 'X'.repeat(SHORTEST_SHORT + i));
  return [
    ...emergency.map((pattern): NumberPattern => ({ pattern, band: 'emergency' })),
    ...short.map((pattern): NumberPattern => ({ pattern, band: 'service' })),
    { pattern: `${'X'.repeat(LONGEST_SHORT + 1)}!`, band: 'local' },
    ...(trunkPrefix === '' ? [] : [{ pattern: `${trunkPrefix}X!`, band: 'national' } as const]),
  ];
}

function vietnamPatterns(site: NumberingSite, plan: VietnamPlan, day: LocalDay): readonly NumberPattern[] {
  const { national, services } = plan.inUseOn(day);
  const own = plan.areaByCode(site.areaCode);
  const local = own === undefined ? [] : plan.areas.filter((area) => plan.areLocal(own, area, day));
  return [
    ...servicePatterns(services),
    ...shortPatterns(plan.shortNumberFirst),
    ...(own === undefined ? [] : [{ pattern: `[2-8]${'X'.repeat(own.subscriberDigits - 1)}`, band: 'local' } as const]),
    ...local.map((area): NumberPattern => ({ pattern: `${site.trunkPrefix}${area.code}X!`, band: 'local' })),
    ...nationalPatterns(national, site.trunkPrefix),
  ];
}

function servicePatterns(services: readonly RangeInUse[]): readonly NumberPattern[] {
  const lengths = Map.groupBy(services, ({ prefix }) => prefix);
  return [...lengths].flatMap(([prefix, rows]): NumberPattern[] => {
    const [first] = rows;
    if (first === undefined) return [];
    const shortest = Math.min(...rows.map(({ digits }) => digits));
    const rest = 'X'.repeat(shortest - prefix.length);
    return [{ pattern: `${prefix}${rest}${rows.length > 1 ? '!' : ''}`, band: bandAtHome(first.range.kind) }];
  });
}

/** Desks of operators that no list names. */
function shortPatterns(firstDigits: string): readonly NumberPattern[] {
  return Array.from({ length: LONGEST_SHORT - SHORTEST_SHORT + 1 }, (_, i) => ({
    pattern: `[${firstDigits}]${'X'.repeat(SHORTEST_SHORT + i - 1)}`,
    band: 'service',
  }));
}

/** One pattern for all first digits of a band where nothing else begins with them; else one for each prefix. */
function nationalPatterns(national: readonly RangeInUse[], trunkPrefix: string): readonly NumberPattern[] {
  const byDigit = Map.groupBy(national, ({ prefix }) => prefix.charAt(0));
  const plain = new Map<Band, string>();
  const exact: NumberPattern[] = [];
  for (const [digit, ranges] of byDigit) {
    const bands = new Set(ranges.map(({ range }) => bandAtHome(range.kind)));
    const [only] = bands;
    if (bands.size === 1 && only !== undefined) plain.set(only, (plain.get(only) ?? '') + digit);
    else
      exact.push(
        ...ranges.map(({ prefix, range }) => ({ pattern: `${trunkPrefix}${prefix}X!`, band: bandAtHome(range.kind) })),
      );
  }
  const common = [...plain].map(([band, digits]) => ({
    pattern: `${trunkPrefix}[${[...digits].sort().join('')}]X!`,
    band,
  }));
  return [...common, ...exact];
}
