/**
 * What a careful person looks for in a price list before it is used. None of these is an error by itself: each names its
 * rows, and somebody decides.
 */
import { type LocalDay, localSecondsOfDay } from '../model/time.ts';
import type { NumberingPlan } from '../numbering/plan.ts';
import type { StoredRate, StoredTariff } from '../rating/tariff.ts';
import { grouped } from './grouped.ts';
import { priceSlips } from './price-slips.ts';
import { rateKey } from './rate-key.ts';

export const DECK_CHECKS = [
  'duplicate-prefix',
  'no-country',
  'date-gap',
  'price-slip',
  'block-differs',
  'country-without-rate',
  'tax-mixed',
  'tax-against-terms',
  'past-date',
] as const;
export type DeckCheck = (typeof DECK_CHECKS)[number];

export interface CheckedRow {
  readonly prefix: string;
  readonly name: string;
  readonly nameVi: string;
  /** Row of the deck; null for a version that is stored. */
  readonly rowNumber: number | null;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface DeckWarning {
  readonly check: DeckCheck;
  readonly count: number;
  /** The first of them. */
  readonly rows: readonly CheckedRow[];
}

/** Calls to numbers that begin so, for the check of countries without a rate. */
export interface DeckTraffic {
  readonly number: string;
  readonly calls: number;
}

export interface CheckInput {
  readonly tariff: StoredTariff;
  /** Deck rows of the rates; absent: a stored version. */
  readonly rowNumberOf?: ReadonlyMap<StoredRate, number>;
  /** Rates that are new; absent: all. Dates in the past are looked for among them. */
  readonly newRates?: ReadonlySet<StoredRate>;
  readonly plan: NumberingPlan;
  readonly homeCountryCode: string;
  readonly today: LocalDay;
  /** First day of the version, where it is known. */
  readonly effectiveFrom?: LocalDay;
  readonly traffic: readonly DeckTraffic[];
}

const SHOWN_ROWS = 200;

type Values = Readonly<Record<string, string | number>>;

export class DeckChecker {
  readonly #input: CheckInput;
  readonly #found = new Map<DeckCheck, { count: number; rows: CheckedRow[] }>();

  constructor(input: CheckInput) {
    this.#input = input;
  }

  run(): readonly DeckWarning[] {
    this.#duplicatesAndGaps();
    this.#countries();
    for (const { rate, price, usual, word } of priceSlips(this.#priced(), this.#countryOf)) {
      this.#add('price-slip', rate, { price, usual, word });
    }
    this.#blocks();
    this.#trafficWithoutRate();
    this.#tax();
    this.#pastDates();
    return DECK_CHECKS.flatMap((check) => {
      const found = this.#found.get(check);
      return found === undefined ? [] : [{ check, ...found }];
    });
  }

  #add(check: DeckCheck, rate: StoredRate, values: Values = {}): void {
    const { prefix, name = '', nameVi = name } = rate;
    this.#addRow(check, { prefix, name, nameVi, rowNumber: this.#input.rowNumberOf?.get(rate) ?? null, values });
  }

  #addRow(check: DeckCheck, row: CheckedRow): void {
    const found = this.#found.get(check) ?? { count: 0, rows: [] };
    found.count += 1;
    if (found.rows.length < SHOWN_ROWS) found.rows.push(row);
    this.#found.set(check, found);
  }

  readonly #countryOf = (rate: StoredRate): string | undefined => this.#input.plan.world.codeOf(rate.prefix)?.code;

  #priced(): readonly StoredRate[] {
    return this.#input.tariff.rates.filter(({ reject, direction }) => reject !== true && direction !== 'incoming');
  }

  #duplicatesAndGaps(): void {
    const groups = grouped(this.#input.tariff.rates, rateKey);
    for (const rates of groups.values()) {
      if (rates.length < 2) continue;
      const sorted = [...rates].sort((a, b) => ((a.effectiveFrom ?? '') < (b.effectiveFrom ?? '') ? -1 : 1));
      sorted.forEach((rate, i) => {
        const before = sorted[i - 1];
        if (before === undefined) return;
        if ((before.effectiveFrom ?? '') === (rate.effectiveFrom ?? '')) this.#add('duplicate-prefix', rate);
        else if (before.effectiveTo !== undefined && before.effectiveTo < (rate.effectiveFrom ?? '')) {
          this.#add('date-gap', rate, { from: before.effectiveTo, to: rate.effectiveFrom ?? '' });
        }
      });
    }
  }

  /** A prefix shorter than any country's code (1 to 3 digits) stands for several countries and is none of them. */
  #countries(): void {
    for (const rate of this.#input.tariff.rates) {
      if (rate.prefix === '' || this.#countryOf(rate) !== undefined) continue;
      this.#add('no-country', rate);
    }
  }

  /** Abroad, where most prefixes of a country are billed by the minute and one is not. */
  #blocks(): void {
    const abroad = this.#priced().filter((rate) => rate.steps === undefined && rate.ratePerMinute !== undefined);
    const byCountry = grouped(abroad, (rate) => this.#countryOf(rate) ?? '');
    for (const [country, rates] of byCountry) {
      if (country === '' || country === this.#input.homeCountryCode || rates.length < 2) continue;
      const others = rates.filter((rate) => !isByTheMinute(rate));
      if (others.length === 0 || others.length * 2 > rates.length) continue;
      for (const rate of others) this.#add('block-differs', rate, { blocks: blocksText(rate) });
    }
  }

  #trafficWithoutRate(): void {
    const prefixes = new Set(
      this.#input.tariff.rates.filter(({ reject }) => reject !== true).map(({ prefix }) => prefix),
    );
    const lengths = [...new Set([...prefixes].map(({ length }) => length))];
    const hasRate = (number: string): boolean => lengths.some((length) => prefixes.has(number.slice(0, length)));
    const missing = new Map<string, { calls: number; name: string; nameVi: string }>();
    for (const { number, calls } of this.#input.traffic) {
      const code = this.#input.plan.world.codeOf(number);
      if (code === undefined || hasRate(number)) continue;
      const { en, vi } = this.#input.plan.world.find(number)?.range.name ?? { en: code.region, vi: code.region };
      const found = missing.get(code.code) ?? { calls: 0, name: en, nameVi: vi };
      missing.set(code.code, { ...found, calls: found.calls + calls });
    }
    for (const [prefix, { calls, name, nameVi }] of [...missing].sort(([, a], [, b]) => b.calls - a.calls)) {
      this.#addRow('country-without-rate', { prefix, name, nameVi, rowNumber: null, values: { calls } });
    }
  }

  /** Words of VAT in names and notes: some rows with, some without, or all against what the tariff says. */
  #tax(): void {
    const basis = this.#input.tariff.rates.map((rate) => ({ rate, isIncluded: taxWords(rate) }));
    const withTax = basis.filter(({ isIncluded }) => isIncluded === true);
    const without = basis.filter(({ isIncluded }) => isIncluded === false);
    if (withTax.length > 0 && without.length > 0) {
      const fewer = withTax.length <= without.length ? withTax : without;
      for (const { rate } of fewer) this.#add('tax-mixed', rate);
      return;
    }
    const { pricesIncludeTax = false, taxPercent = '0' } = this.#input.tariff;
    if (Number(taxPercent) === 0) return;
    for (const { rate } of pricesIncludeTax ? without : withTax) this.#add('tax-against-terms', rate);
  }

  #pastDates(): void {
    const { today, effectiveFrom, newRates, tariff } = this.#input;
    if (effectiveFrom !== undefined && effectiveFrom < today) {
      this.#addRow('past-date', { prefix: '', name: '', nameVi: '', rowNumber: null, values: { day: effectiveFrom } });
    }
    for (const rate of tariff.rates) {
      if (newRates?.has(rate) === false) continue;
      const day = rate.effectiveFrom?.slice(0, 10);
      if (day !== undefined && day < today && localSecondsOfDay(day) !== undefined)
        this.#add('past-date', rate, { day });
    }
  }
}

export function checkDeck(input: CheckInput): readonly DeckWarning[] {
  return new DeckChecker(input).run();
}

function isByTheMinute(rate: StoredRate): boolean {
  const increment = rate.incrementSeconds ?? 1;
  return increment === 60 && (rate.initialSeconds ?? increment) === 60;
}

function blocksText(rate: StoredRate): string {
  const increment = rate.incrementSeconds ?? 1;
  return `${rate.initialSeconds ?? increment}+${increment}`;
}

const TAX = '(?:VAT|GTGT|tax|thuế)';
const WITHOUT = new RegExp(
  String.raw`(?:excl\w*|without|before|ex-?|chưa(?: bao)?(?: gồm)?|không(?: bao)? gồm|trước)[ .,:]*${TAX}|${TAX} (?:excl\w*|not incl\w*)`,
  'iu',
);
const WITH = new RegExp(
  String.raw`(?:incl\w*|with|đã(?: bao)?(?: gồm| có)?|bao gồm|gồm)[ .,:]*(?:\d+ ?% ?)?${TAX}|${TAX} (?:(?:\d+ ?% )?incl\w*|đã)|[x×*] ?1[.,](?:0[5-9]|[12]\d?)\b`,
  'iu',
);

/** Undefined also where both are said: a net price times 1.10 is one that tax was added to. */
function taxWords({ name = '', nameVi = '', category = '', source = '' }: StoredRate): boolean | undefined {
  const text = `${name} ${nameVi} ${category} ${source}`;
  const [isWithout, isWith] = [WITHOUT.test(text), WITH.test(text)];
  return isWithout === isWith ? undefined : isWith;
}
