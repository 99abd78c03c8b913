/** Checks what our own store holds beyond the interchange form: see `StoredRate` and `StoredTariff`. */
import { localSecondsOfDay } from '../model/time.ts';
import { type Checker, type Json, shown } from './checker.ts';
import { TAX_POINTS, VOLUME_METHODS } from './tariff.ts';

export const STORED_TARIFF_EXTRA_KEYS = [
  'durationRounding',
  'markupPercent',
  'pricesIncludeTax',
  'taxPoint',
  'origin',
  'areaGroups',
  'portedNumbers',
  'bundles',
  'volumeMethod',
] as const;

export const STORED_RATE_EXTRA_KEYS = [
  'nameVi',
  'category',
  'source',
  'connectTimeSeconds',
  'freeSeconds',
  'disconnectionCharge',
  'originGroup',
  'localOnly',
  'minimumDigits',
  'maximumDigits',
  'reject',
  'volumeGroup',
  'volumePrices',
] as const;

const AREA_GROUP_KEYS: ReadonlySet<string> = new Set(['name', 'prefixes', 'validFrom', 'validTo']);
const BUNDLE_KEYS: ReadonlySet<string> = new Set([
  'name',
  'prefixes',
  'categories',
  'secondsPerMonth',
  'secondsPerCall',
  'moneyPerMonth',
]);
const PORTED_KEYS: ReadonlySet<string> = new Set(['number', 'ratedAs', 'from']);
const VOLUME_PRICE_KEYS: ReadonlySet<string> = new Set(['fromMonthSeconds', 'ratePerMinute']);
const LONGEST_NUMBER = 24;

function checkFlag(check: Checker, path: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') check.choice(path, value, ['true', 'false']);
}

function checkDigitsList(check: Checker, path: string, value: unknown): void {
  check.list(path, value).forEach((prefix, i) => {
    if (typeof prefix !== 'string' || !/^\d{1,24}$/.test(prefix)) {
      check.add(`${path}[${i}]`, 'prefix-not-digits', { value: shown(prefix) });
    }
  });
}

function checkDay(check: Checker, path: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const day = typeof value === 'string' ? localSecondsOfDay(value) : undefined;
  if (day === undefined) check.add(path, 'not-a-date', { value: shown(value) });
  return day;
}

function checkAreaGroups(check: Checker, value: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  check.list('areaGroups', value).forEach((entry, i) => {
    const path = `areaGroups[${i}]`;
    const group = check.object(path, entry);
    if (group === undefined) return;
    check.keys(path, group, AREA_GROUP_KEYS);
    for (const key of ['name', 'prefixes']) if (group[key] === undefined) check.add(`${path}.${key}`, 'missing');
    const name = check.text(`${path}.name`, group['name']);
    if (name !== undefined) names.add(name);
    checkDigitsList(check, `${path}.prefixes`, group['prefixes']);
    const from = checkDay(check, `${path}.validFrom`, group['validFrom']);
    const to = checkDay(check, `${path}.validTo`, group['validTo']);
    if (from !== undefined && to !== undefined && to <= from) check.add(`${path}.validTo`, 'ends-before-start');
  });
  return names;
}

function checkBundles(check: Checker, value: unknown): void {
  const names = new Set<string>();
  check.list('bundles', value).forEach((entry, i) => {
    const path = `bundles[${i}]`;
    const bundle = check.object(path, entry);
    if (bundle === undefined) return;
    check.keys(path, bundle, BUNDLE_KEYS);
    if (bundle['name'] === undefined) check.add(`${path}.name`, 'missing');
    const name = check.text(`${path}.name`, bundle['name']);
    if (name !== undefined && names.has(name)) check.add(`${path}.name`, 'name-twice', { name });
    if (name !== undefined) names.add(name);
    checkDigitsList(check, `${path}.prefixes`, bundle['prefixes']);
    check.list(`${path}.categories`, bundle['categories']).forEach((category, at) => {
      if (typeof category !== 'string') check.add(`${path}.categories[${at}]`, 'not-text');
    });
    check.whole(`${path}.secondsPerMonth`, bundle['secondsPerMonth'], 0);
    check.whole(`${path}.secondsPerCall`, bundle['secondsPerCall'], 1);
    check.price(`${path}.moneyPerMonth`, bundle['moneyPerMonth']);
    const givesSeconds = (bundle['secondsPerMonth'] ?? bundle['secondsPerCall']) !== undefined;
    if (givesSeconds === (bundle['moneyPerMonth'] !== undefined)) check.add(path, 'bundle-form');
  });
}

function checkPortedNumbers(check: Checker, value: unknown): void {
  const seen = new Set<string>();
  check.list('portedNumbers', value).forEach((entry, i) => {
    const path = `portedNumbers[${i}]`;
    const ported = check.object(path, entry);
    if (ported === undefined) return;
    check.keys(path, ported, PORTED_KEYS);
    const [number = '', ratedAs = ''] = ['number', 'ratedAs'].map((key) => {
      const digits = ported[key];
      if (typeof digits === 'string' && /^\d{1,24}$/.test(digits)) return digits;
      if (digits === undefined) check.add(`${path}.${key}`, 'missing');
      else check.add(`${path}.${key}`, 'prefix-not-digits', { value: shown(digits) });
      return undefined;
    });
    if (number !== '' && ratedAs.length > number.length)
      check.add(`${path}.number`, 'ported-too-short', { number, ratedAs });
    checkDay(check, `${path}.from`, ported['from']);
    const key = `${number} ${shown(ported['from'])}`;
    if (number !== '' && seen.has(key)) check.add(`${path}.number`, 'name-twice', { name: number });
    seen.add(key);
  });
}

/** Returns the names that a rate's `originGroup` may have. */
export function checkTariffExtensions(check: Checker, tariff: Json): ReadonlySet<string> {
  check.choice('durationRounding', tariff['durationRounding'], ['up', 'nearest']);
  check.percent('markupPercent', tariff['markupPercent'], -100);
  checkFlag(check, 'pricesIncludeTax', tariff['pricesIncludeTax']);
  check.choice('taxPoint', tariff['taxPoint'], TAX_POINTS);
  check.choice('volumeMethod', tariff['volumeMethod'], VOLUME_METHODS);
  const origin = tariff['origin'];
  if (origin !== undefined && (typeof origin !== 'string' || !/^\d{1,24}$/.test(origin))) {
    check.add('origin', 'prefix-not-digits', { value: shown(origin) });
  }
  checkPortedNumbers(check, tariff['portedNumbers']);
  checkBundles(check, tariff['bundles']);
  return checkAreaGroups(check, tariff['areaGroups']);
}

function checkVolume(check: Checker, path: string, rate: Json): void {
  const group = check.text(`${path}.volumeGroup`, rate['volumeGroup']);
  const prices = check.list(`${path}.volumePrices`, rate['volumePrices']);
  if (rate['volumePrices'] === undefined) return;
  if (group === undefined) check.add(`${path}.volumeGroup`, 'missing');
  if (rate['ratePerMinute'] === undefined) check.add(`${path}.volumePrices`, 'volume-form');
  const starts = new Set<number>();
  prices.forEach((entry, i) => {
    const at = `${path}.volumePrices[${i}]`;
    const price = check.object(at, entry);
    if (price === undefined) return;
    check.keys(at, price, VOLUME_PRICE_KEYS);
    for (const key of VOLUME_PRICE_KEYS) if (price[key] === undefined) check.add(`${at}.${key}`, 'missing');
    const from = check.whole(`${at}.fromMonthSeconds`, price['fromMonthSeconds'], 1);
    if (from !== undefined && starts.has(from)) check.add(`${at}.fromMonthSeconds`, 'step-twice', { second: from });
    if (from !== undefined) starts.add(from);
    check.price(`${at}.ratePerMinute`, price['ratePerMinute']);
  });
}

export function checkRateExtensions(check: Checker, path: string, rate: Json, groups: ReadonlySet<string>): void {
  for (const key of ['nameVi', 'category', 'source']) {
    if (rate[key] !== undefined && typeof rate[key] !== 'string') check.add(`${path}.${key}`, 'not-text');
  }
  check.whole(`${path}.connectTimeSeconds`, rate['connectTimeSeconds'], 0);
  check.whole(`${path}.freeSeconds`, rate['freeSeconds'], 0);
  check.price(`${path}.disconnectionCharge`, rate['disconnectionCharge']);
  const group = check.text(`${path}.originGroup`, rate['originGroup']);
  if (group !== undefined && !groups.has(group)) {
    check.add(`${path}.originGroup`, 'group-unknown', { value: group, known: [...groups].join(', ') });
  }
  checkFlag(check, `${path}.localOnly`, rate['localOnly']);
  const least = check.whole(`${path}.minimumDigits`, rate['minimumDigits'], 0, LONGEST_NUMBER);
  check.whole(`${path}.maximumDigits`, rate['maximumDigits'], least ?? 0, LONGEST_NUMBER);
  checkFlag(check, `${path}.reject`, rate['reject']);
  checkVolume(check, path, rate);
}
