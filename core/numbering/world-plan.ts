/** The world's calling codes, countries and kinds of numbers, ready for look-up. */
import { isNumberKind, type NumberKind, placeOfKind } from './number-kind.ts';
import type { PlaceName } from './place-name.ts';
import type { WorldCodeRow, WorldFile } from './plan-file.ts';

export interface WorldRange {
  /** ISO 3166 code; `+1` and the like for numbers of no single country. */
  readonly region: string;
  /** Undefined where only the country is known. */
  readonly kind: NumberKind | undefined;
  readonly name: PlaceName;
}

export interface CallingCode {
  readonly code: string;
  readonly region: string;
  readonly trunkPrefix: string;
  readonly internationalPrefixes: readonly string[];
  readonly shortest: number;
  readonly longest: number;
}

interface CompiledCode extends CallingCode {
  readonly longestPrefix: number;
  /** By the digits behind the calling code; the empty prefix holds for all. */
  readonly ranges: ReadonlyMap<string, WorldRange>;
  readonly whole: WorldRange;
}

const LONGEST_CODE = 3;
/** Of no country: what the code is says everything. */
const isGlobal = (region: string): boolean => region.startsWith('+');

function compile(row: WorldCodeRow, names: WorldFile['names']): CompiledCode {
  const nameOf = (region: string): PlaceName => names[region] ?? { en: region, vi: region };
  const ranges = new Map<string, WorldRange>();
  for (const [label, prefixes] of Object.entries(row.ranges)) {
    const [region = '', kind = ''] = label.split(':');
    if (!isNumberKind(kind)) continue;
    const isWholeCode = isGlobal(region) && prefixes === '';
    const name = isWholeCode ? nameOf(region) : placeOfKind(nameOf(region), kind);
    for (const prefix of prefixes.split(' ')) ranges.set(prefix, { region, kind, name });
  }
  const { code, region, trunkPrefix, internationalPrefixes, shortest, longest } = row;
  return {
    ...{ code, region, trunkPrefix, internationalPrefixes, shortest, longest, ranges },
    longestPrefix: Math.max(0, ...[...ranges.keys()].map((prefix) => prefix.length)),
    whole: ranges.get('') ?? { region, kind: undefined, name: nameOf(region) },
  };
}

function rangeOf({ ranges, longestPrefix }: CompiledCode, national: string): WorldRange | undefined {
  for (let length = Math.min(longestPrefix, national.length); length > 0; length -= 1) {
    const range = ranges.get(national.slice(0, length));
    if (range !== undefined) return range;
  }
  return undefined;
}

export interface FoundNumber {
  /** Country code first; a 0 that was left between code and number (`+44 (0)20`) is taken out. */
  readonly number: string;
  readonly range: WorldRange;
  readonly isTrunkPrefixCut: boolean;
  /** As many digits as numbers there have, and a first digit in use. */
  readonly isRegular: boolean;
}

export class WorldPlan {
  readonly version: string;
  readonly #file: WorldFile;
  readonly #rows: ReadonlyMap<string, WorldCodeRow>;
  /** Made when a number of theirs comes. */
  readonly #codes = new Map<string, CompiledCode>();
  readonly #domestic: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(file: WorldFile) {
    this.version = file.version;
    this.#file = file;
    this.#rows = new Map(file.codes.map((row) => [row.code, row]));
    this.#domestic = new Map(
      Object.entries(file.domestic).map(([region, others]) => [region, new Set(others.split(' '))]),
    );
  }

  /** Calling code that begins a number; no code begins another, so the first that fits is the one. */
  codeOf(number: string): CallingCode | undefined {
    return this.#codeOf(number);
  }

  #codeOf(number: string): CompiledCode | undefined {
    for (let length = 1; length <= LONGEST_CODE; length += 1) {
      const digits = number.slice(0, length);
      const known = this.#codes.get(digits);
      if (known !== undefined) return known;
      const row = this.#rows.get(digits);
      if (row === undefined) continue;
      const made = compile(row, this.#file.names);
      this.#codes.set(digits, made);
      return made;
    }
    return undefined;
  }

  /** `number` with its country code first; undefined when no code begins it. */
  find(number: string): FoundNumber | undefined {
    const code = this.#codeOf(number);
    if (code === undefined) return undefined;
    const national = number.slice(code.code.length);
    const range = rangeOf(code, national);
    if (range === undefined && code.trunkPrefix === '0' && national.startsWith('0')) {
      const rest = national.slice(1);
      const behind = rangeOf(code, rest);
      if (behind !== undefined && isLengthOf(code, rest)) {
        return { number: code.code + rest, range: behind, isTrunkPrefixCut: true, isRegular: true };
      }
    }
    const isKnown = range !== undefined || code.ranges.has('');
    return {
      number,
      range: range ?? code.whole,
      isTrunkPrefixCut: false,
      isRegular: isKnown && isLengthOf(code, national),
    };
  }

  /** Whether a call from one country to the other is no call abroad: one code, and not two countries that share it. */
  areOneCountry(home: string, other: string, code: string): boolean {
    if (home === other || other.startsWith('+')) return true;
    if (!SHARED_BY_COUNTRIES.has(code)) return true;
    return this.#domestic.get(home)?.has(other) ?? false;
  }
}

/** Codes that several independent countries share: between them a call is international. */
const SHARED_BY_COUNTRIES: ReadonlySet<string> = new Set(['1', '7']);

function isLengthOf({ shortest, longest }: CallingCode, national: string): boolean {
  return national.length >= shortest && national.length <= longest;
}
