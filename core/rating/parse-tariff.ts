/** Checks a tariff's JSON. Every problem names its place and what to write there; a key that is not known is a problem. */
import { parseDecimal } from '../model/money.ts';
import { Checker, type Json, shown } from './checker.ts';
import { MICRO_DECIMALS } from './compile.ts';
import { readLocalMoment, readTimeOfDay, zoneClock } from './local-time.ts';
import {
  checkRateExtensions,
  checkTariffExtensions,
  STORED_RATE_EXTRA_KEYS,
  STORED_TARIFF_EXTRA_KEYS,
} from './parse-extensions.ts';
import {
  BLOCKS,
  RATE_DIRECTIONS,
  ROUNDINGS,
  STRADDLES,
  type StoredTariff,
  type Tariff,
  type TariffProblem,
} from './tariff.ts';

const TARIFF_KEYS: ReadonlySet<string> = new Set([
  'currency',
  'decimals',
  'rounding',
  'timeZone',
  'surchargePercent',
  'taxPercent',
  'periods',
  'defaultPeriod',
  'holidays',
  'holidayPeriod',
  'straddle',
  'rates',
]);
const PERIOD_KEYS: ReadonlySet<string> = new Set(['name', 'days', 'from', 'to']);
const STEP_KEYS: ReadonlySet<string> = new Set(['fromSecond', 'price', 'perSeconds', 'incrementSeconds']);
const RATE_KEYS: ReadonlySet<string> = new Set([
  'prefix',
  'name',
  'period',
  'ratePerMinute',
  'initialSeconds',
  'incrementSeconds',
  'steps',
  'block',
  'connectionCharge',
  'graceSeconds',
  'minimumCharge',
  'maximumCharge',
  'effectiveFrom',
  'effectiveTo',
  'trunk',
  'accessCode',
  'direction',
]);
const STORED_TARIFF_KEYS: ReadonlySet<string> = new Set([...TARIFF_KEYS, ...STORED_TARIFF_EXTRA_KEYS]);
const STORED_RATE_KEYS: ReadonlySet<string> = new Set([...RATE_KEYS, ...STORED_RATE_EXTRA_KEYS]);

/** What `tollbook rate` prints; a stored charge has no more than `MICRO_DECIMALS`. */
const MOST_DECIMALS = 18;

/** The interchange form refuses every key of the stored one. */
type Form = 'interchange' | 'stored';

function checkPeriods(check: Checker, json: Json): Set<string> {
  const names = new Set<string>();
  check.list('periods', json['periods']).forEach((entry, index) => {
    const path = `periods[${index}]`;
    const period = check.object(path, entry);
    if (period === undefined) return;
    check.keys(path, period, PERIOD_KEYS);
    if (period['name'] === undefined) check.add(`${path}.name`, 'missing');
    const name = check.text(`${path}.name`, period['name']);
    if (name !== undefined) names.add(name);
    check.list(`${path}.days`, period['days']).forEach((day, i) => {
      check.whole(`${path}.days[${i}]`, day, 1, 7);
    });
    const [from, to] = (['from', 'to'] as const).map((key) => {
      const value = period[key];
      if (value === undefined) return key === 'from' ? 0 : 86400;
      const second = typeof value === 'string' ? readTimeOfDay(value) : undefined;
      if (second === undefined) check.add(`${path}.${key}`, 'not-a-time', { value: shown(value) });
      return second;
    });
    if (from !== undefined && from === to) check.add(path, 'period-empty', { from: shown(period['from']) });
  });
  for (const key of ['defaultPeriod', 'holidayPeriod']) {
    const name = check.text(key, json[key]);
    if (name !== undefined) names.add(name);
  }
  const holidays = check.list('holidays', json['holidays']);
  holidays.forEach((day, i) => {
    if (typeof day !== 'string' || day.length !== 10 || readLocalMoment(day) === undefined) {
      check.add(`holidays[${i}]`, 'not-a-date', { value: shown(day) });
    }
  });
  if (holidays.length > 0 && json['holidayPeriod'] === undefined) check.add('holidayPeriod', 'missing');
  return names;
}

function checkPriceForm(check: Checker, path: string, rate: Json): void {
  const hasSteps = rate['steps'] !== undefined;
  const hasSimple = rate['ratePerMinute'] !== undefined;
  // A price per call alone is a price too; a rate without any is a mistake, not a free call.
  const isPerCall = (rate['connectionCharge'] ?? rate['minimumCharge']) !== undefined;
  if (
    (hasSteps ? hasSimple : !hasSimple && !isPerCall) ||
    (hasSteps && (rate['initialSeconds'] ?? rate['incrementSeconds']) !== undefined)
  ) {
    check.add(path, 'price-form');
  }
  check.price(`${path}.ratePerMinute`, rate['ratePerMinute']);
  check.whole(`${path}.initialSeconds`, rate['initialSeconds'], 0);
  check.whole(`${path}.incrementSeconds`, rate['incrementSeconds'], 1);
  if (!hasSteps) return;
  const steps = check.list(`${path}.steps`, rate['steps']);
  if (steps.length === 0) check.add(`${path}.steps`, 'missing');
  const starts = new Set<number>();
  steps.forEach((entry, i) => {
    const at = `${path}.steps[${i}]`;
    const step = check.object(at, entry);
    if (step === undefined) return;
    check.keys(at, step, STEP_KEYS);
    for (const key of STEP_KEYS) if (step[key] === undefined) check.add(`${at}.${key}`, 'missing');
    const from = check.whole(`${at}.fromSecond`, step['fromSecond'], 0);
    if (from !== undefined && starts.has(from)) check.add(`${at}.fromSecond`, 'step-twice', { second: from });
    if (from !== undefined) starts.add(from);
    check.price(`${at}.price`, step['price']);
    check.whole(`${at}.perSeconds`, step['perSeconds'], 1);
    check.whole(`${at}.incrementSeconds`, step['incrementSeconds'], 1);
  });
}

function checkRate(
  check: Checker,
  path: string,
  rate: Json,
  periods: ReadonlySet<string>,
  keys: ReadonlySet<string>,
): void {
  check.keys(path, rate, keys);
  const prefix = rate['prefix'];
  if (prefix === undefined) check.add(`${path}.prefix`, 'missing');
  else if (typeof prefix !== 'string' || !/^\d{0,24}$/.test(prefix)) {
    check.add(`${path}.prefix`, 'prefix-not-digits', { value: shown(prefix) });
  }
  if (rate['name'] !== undefined && typeof rate['name'] !== 'string') check.add(`${path}.name`, 'not-text');
  const period = check.text(`${path}.period`, rate['period']);
  if (period !== undefined && !periods.has(period)) {
    check.add(`${path}.period`, 'period-unknown', { value: period, known: [...periods].join(', ') });
  }
  if (rate['reject'] !== true) checkPriceForm(check, path, rate);
  check.choice(`${path}.block`, rate['block'], BLOCKS);
  check.price(`${path}.connectionCharge`, rate['connectionCharge']);
  check.whole(`${path}.graceSeconds`, rate['graceSeconds'], 0);
  const minimum = check.price(`${path}.minimumCharge`, rate['minimumCharge']);
  const maximum = check.price(`${path}.maximumCharge`, rate['maximumCharge']);
  if (minimum !== undefined && maximum !== undefined && isAbove(minimum, maximum)) {
    check.add(`${path}.minimumCharge`, 'minimum-above-maximum', { minimum, maximum });
  }
  const [from, to] = (['effectiveFrom', 'effectiveTo'] as const).map((key) => {
    const value = rate[key];
    if (value === undefined) return undefined;
    const moment = typeof value === 'string' ? readLocalMoment(value) : undefined;
    if (moment === undefined) check.add(`${path}.${key}`, 'not-a-date-time', { value: shown(value) });
    return moment;
  });
  if (from !== undefined && to !== undefined && to <= from) check.add(`${path}.effectiveTo`, 'ends-before-start');
  check.text(`${path}.trunk`, rate['trunk']);
  check.text(`${path}.accessCode`, rate['accessCode']);
  check.choice(`${path}.direction`, rate['direction'], RATE_DIRECTIONS);
}

function isAbove(a: string, b: string): boolean {
  const [x, y] = [parseDecimal(a), parseDecimal(b)];
  return x !== undefined && y !== undefined && x.num * y.den > y.num * x.den;
}

function checkTariff(json: unknown, form: Form): readonly TariffProblem[] {
  const check = new Checker();
  const tariff = check.object('', json);
  if (tariff === undefined) return check.finished();
  check.keys('', tariff, form === 'stored' ? STORED_TARIFF_KEYS : TARIFF_KEYS);
  const currency = tariff['currency'];
  if (currency === undefined) check.add('currency', 'missing');
  else if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
    check.add('currency', 'not-a-currency', { value: shown(currency) });
  }
  check.whole('decimals', tariff['decimals'], 0, form === 'stored' ? MICRO_DECIMALS : MOST_DECIMALS);
  check.choice('rounding', tariff['rounding'], ROUNDINGS);
  const timeZone = tariff['timeZone'];
  if (timeZone !== undefined && (typeof timeZone !== 'string' || zoneClock(timeZone) === undefined)) {
    check.add('timeZone', 'not-a-time-zone', { value: shown(timeZone) });
  }
  check.percent('surchargePercent', tariff['surchargePercent'], -100);
  check.percent('taxPercent', tariff['taxPercent'], 0);
  check.choice('straddle', tariff['straddle'], STRADDLES);
  const periods = checkPeriods(check, tariff);
  const groups = form === 'stored' ? checkTariffExtensions(check, tariff) : undefined;
  if (tariff['rates'] === undefined) check.add('rates', 'missing');
  check.list('rates', tariff['rates']).forEach((entry, index) => {
    const path = `rates[${index}]`;
    const rate = check.object(path, entry);
    if (rate === undefined) return;
    checkRate(check, path, rate, periods, groups === undefined ? RATE_KEYS : STORED_RATE_KEYS);
    if (groups !== undefined) checkRateExtensions(check, path, rate, groups);
  });
  return check.finished();
}

export type ParsedTariff<T> = { readonly tariff: T } | { readonly problems: readonly TariffProblem[] };

/** Reads the interchange form. */
export function parseTariff(json: unknown): ParsedTariff<Tariff> {
  const problems = checkTariff(json, 'interchange');
  return problems.length > 0 ? { problems } : { tariff: json as Tariff };
}

/** Reads a tariff from our own store: the interchange form and everything of `StoredTariff`. */
export function parseStoredTariff(json: unknown): ParsedTariff<StoredTariff> {
  const problems = checkTariff(json, 'stored');
  return problems.length > 0 ? { problems } : { tariff: json as StoredTariff };
}
