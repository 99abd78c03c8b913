/**
 * Viet Nam's numbering plan, ready for look-up. Between two days on which the plan changes lies an era; each era has its
 * own tables: what is in use, what is no longer in use, and what is not yet. So a number dialled in 2016 is read by the plan
 * of 2016, and nothing but the listed days changes a reading.
 */
import type { LocalDay } from '../model/time.ts';
import type { NumberKind } from './number-kind.ts';
import type { PlaceName } from './place-name.ts';
import type { Dated, RangeRow, VietnamAreaRow, VietnamFile } from './plan-file.ts';
import { PrefixTable } from './prefix-table.ts';

export interface VietnamArea {
  readonly code: string;
  readonly oldCode: string;
  readonly subscriberDigits: number;
}

/** What the plan says of numbers with one prefix. */
export interface VietnamRange {
  readonly kind: NumberKind;
  readonly name: PlaceName;
  /** First digits to take off, and what takes their place, for the present form of the number. */
  readonly cut: number;
  readonly becomes: string;
  readonly area?: VietnamArea;
  /** Whom the range was given to. A number may have moved to another operator since 2018-11-16. */
  readonly operator?: string;
  readonly isUnsure: boolean;
}

export type RangeState = 'in-use' | 'not-any-more' | 'not-yet';

/** A row of the plan as it is in use on a day: numbers of so many digits that begin so. */
export interface RangeInUse {
  readonly prefix: string;
  readonly digits: number;
  readonly range: VietnamRange;
}

export interface FoundRange {
  readonly range: VietnamRange;
  readonly state: RangeState;
  /** Also a form that comes later: of a number between two plans nobody knows which was meant. */
  readonly isBetweenPlans: boolean;
}

const SUBSCRIBER_DIGITS = 7;

type DatedRange = Dated & RangeInUse;

function mobileName(operator: string | undefined): PlaceName {
  return operator === undefined
    ? { en: 'Mobile', vi: 'Di động' }
    : { en: `${operator} mobile`, vi: `Di động ${operator}` };
}

function rangesOf(row: RangeRow): DatedRange[] {
  const name = row.en === undefined ? mobileName(row.operator) : { en: row.en, vi: row.vi ?? row.en };
  return row.prefixes.split(' ').flatMap((prefix) =>
    row.digits.split(' ').map((digits) => ({
      prefix,
      digits: Number(digits),
      range: {
        kind: row.kind,
        name,
        cut: row.becomes === undefined ? 0 : prefix.length,
        becomes: row.becomes ?? '',
        isUnsure: row.isUnsure ?? false,
        ...(row.operator === undefined ? {} : { operator: row.operator }),
      },
      ...datesOf(row),
    })),
  );
}

function datesOf({ from, to }: Dated): Dated {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** One range for each first digit of the subscriber: it tells the operator, and keeps `240` and `24` apart. */
function areaRanges(row: VietnamAreaRow, file: VietnamFile): DatedRange[] {
  const phase = row.phase === undefined ? undefined : file.phases[row.phase - 1];
  const oldCode = row.oldCode ?? row.code;
  const subscriberDigits = row.subscriberDigits ?? SUBSCRIBER_DIGITS;
  const area: VietnamArea = { code: row.code, oldCode, subscriberDigits };
  const operators = new Map(file.fixedOperators.map(({ first, operator }) => [first, operator]));
  const form = (code: string, firsts: string, dates: Dated): DatedRange[] =>
    [...firsts].map((first) => {
      const operator = operators.get(first);
      return {
        prefix: code + first,
        digits: code.length + subscriberDigits,
        range: {
          kind: 'fixed',
          name: { en: row.en, vi: row.vi },
          cut: code === row.code ? 0 : code.length,
          becomes: code === row.code ? '' : row.code,
          area,
          isUnsure: false,
          ...(operator === undefined ? {} : { operator }),
        },
        ...dates,
      };
    });
  return [
    ...form(row.code, file.subscriberFirst, phase === undefined ? {} : { from: phase.from }),
    ...(phase === undefined ? [] : form(oldCode, file.oldSubscriberFirst, { to: phase.to })),
  ];
}

function stateOn({ from, to }: Dated, day: LocalDay): RangeState {
  if (from !== undefined && day < from) return 'not-yet';
  return to !== undefined && day >= to ? 'not-any-more' : 'in-use';
}

interface Era {
  readonly national: Readonly<Record<RangeState, PrefixTable<VietnamRange>>>;
  readonly services: PrefixTable<VietnamRange>;
  /** Province of each area code. */
  readonly provinces: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, PlaceName>;
}

interface MadeTable {
  readonly table: PrefixTable<VietnamRange>;
  /** Ranges of one prefix and length at once. */
  readonly clashes: readonly string[];
}

function tableOf(ranges: readonly DatedRange[], day: LocalDay, state: RangeState): MadeTable {
  const table = new PrefixTable<VietnamRange>();
  const clashes: string[] = [];
  for (const entry of ranges) {
    if (stateOn(entry, day) === state && !table.add(entry.prefix, entry.digits, entry.range)) {
      clashes.push(`${entry.prefix} with ${entry.digits} digits on ${day}`);
    }
  }
  return { table, clashes };
}

/** `Bac Ninh (formerly Bac Giang)`: the province of the day, and the area that the code names. */
function nameInProvince(area: VietnamAreaRow, province: PlaceName): PlaceName {
  if (province.en === area.en) return { en: area.en, vi: area.vi };
  return { en: `${province.en} (formerly ${area.en})`, vi: `${province.vi} (${area.vi} cũ)` };
}

export class VietnamPlan {
  readonly version: LocalDay;
  readonly areas: readonly VietnamArea[];
  /** Days on which the plan changes, in order. */
  readonly borders: readonly LocalDay[];
  readonly carriers: VietnamFile['carriers'];
  readonly #file: VietnamFile;
  readonly #national: readonly DatedRange[];
  readonly #services: readonly DatedRange[];
  /** Made when a call of their days comes: most offices see one or two. */
  readonly #eras: (Era | undefined)[] = [];
  readonly #areaByCode: ReadonlyMap<string, VietnamArea>;
  #lastDay = '';
  #lastEra = 0;

  constructor(file: VietnamFile) {
    this.version = file.version;
    this.carriers = file.carriers;
    this.#file = file;
    this.#national = [...file.areas.flatMap((row) => areaRanges(row, file)), ...file.national.flatMap(rangesOf)];
    this.#services = file.services.flatMap(rangesOf);
    const rows = [...this.#national, ...this.#services, ...file.provinces];
    const days = rows.flatMap((row: Dated) => [row.from, row.to]);
    this.borders = [...new Set(days.filter((day) => day !== undefined))].toSorted();
    const areas = new Map<string, VietnamArea>();
    for (const { range } of this.#national) if (range.area !== undefined) areas.set(range.area.code, range.area);
    this.areas = [...areas.values()];
    // People may have typed the code of before 2017; no old code is another area's present one.
    this.#areaByCode = new Map([...this.areas.map((a) => [a.oldCode, a] as const), ...areas]);
  }

  /** Ranges of one prefix and length in use at once, on any day; a plan with any is refused. */
  clashes(): readonly string[] {
    return ['', ...this.borders].flatMap((day) =>
      [this.#national, this.#services].flatMap((ranges) => tableOf(ranges, day, 'in-use').clashes),
    );
  }

  #era(day: LocalDay): Era {
    const at = this.eraOf(day);
    const known = this.#eras[at];
    if (known !== undefined) return known;
    const first = at === 0 ? '' : (this.borders[at - 1] ?? '');
    const national = (state: RangeState) => tableOf(this.#national, first, state).table;
    const era: Era = {
      national: {
        'in-use': national('in-use'),
        'not-any-more': national('not-any-more'),
        'not-yet': national('not-yet'),
      },
      services: tableOf(this.#services, first, 'in-use').table,
      ...provincesOn(this.#file, first),
    };
    this.#eras[at] = era;
    return era;
  }

  /** Number of the era that `day` lies in. */
  eraOf(day: LocalDay): number {
    if (day === this.#lastDay) return this.#lastEra;
    let era = 0;
    for (const border of this.borders) if (day >= border) era += 1;
    this.#lastDay = day;
    this.#lastEra = era;
    return era;
  }

  /** `national` without its 0. A form in use wins over one that was given up, that over one still to come. */
  findNational(national: string, day: LocalDay): FoundRange | undefined {
    const tables = this.#era(day).national;
    const used = tables['in-use'].find(national);
    if (used !== undefined) return { range: used, state: 'in-use', isBetweenPlans: false };
    const later = tables['not-yet'].find(national);
    const gone = tables['not-any-more'].find(national);
    if (gone !== undefined) return { range: gone, state: 'not-any-more', isBetweenPlans: later !== undefined };
    return later === undefined ? undefined : { range: later, state: 'not-yet', isBetweenPlans: false };
  }

  /** A short or service number, as dialled without any prefix. */
  findService(digits: string, day: LocalDay): VietnamRange | undefined {
    return this.#era(day).services.find(digits);
  }

  /** What is in use on a day: numbers behind the trunk prefix, and short and service numbers as dialled. */
  inUseOn(day: LocalDay): { readonly national: readonly RangeInUse[]; readonly services: readonly RangeInUse[] } {
    const isInUse = (entry: Dated): boolean => stateOn(entry, day) === 'in-use';
    return { national: this.#national.filter(isInUse), services: this.#services.filter(isInUse) };
  }

  /** First digits of short numbers that no list names. */
  get shortNumberFirst(): string {
    return this.#file.shortNumberFirst;
  }

  /** Whether digits may be a short number that no list names: the operators' desks and SMS numbers. */
  mayBeShortNumber(digits: string): boolean {
    return this.#file.shortNumberFirst.includes(digits.charAt(0));
  }

  areaByCode(code: string): VietnamArea | undefined {
    return this.#areaByCode.get(code.replace(/^0/, ''));
  }

  /** Whether a call between two areas has the local price on that day. */
  areLocal(a: VietnamArea, b: VietnamArea, day: LocalDay): boolean {
    const { provinces } = this.#era(day);
    return provinces.get(a.code) === provinces.get(b.code);
  }

  areaName(area: VietnamArea, day: LocalDay): PlaceName | undefined {
    return this.#era(day).names.get(area.code);
  }

  /** English name of the province that an area belongs to on that day. */
  provinceOf(area: VietnamArea, day: LocalDay): string | undefined {
    return this.#era(day).provinces.get(area.code);
  }
}

function provincesOn(file: VietnamFile, day: LocalDay): Pick<Era, 'provinces' | 'names'> {
  const provinces = new Map(file.areas.map((area) => [area.code, area.en]));
  const names = new Map(file.areas.map((area) => [area.code, { en: area.en, vi: area.vi }]));
  const rows = new Map(file.areas.map((area) => [area.code, area]));
  for (const province of file.provinces.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (day < province.from) continue;
    for (const code of province.areas.split(' ')) {
      const row = rows.get(code);
      if (row === undefined) continue;
      provinces.set(code, province.en);
      names.set(code, nameInProvince(row, province));
    }
  }
  return { provinces, names };
}
