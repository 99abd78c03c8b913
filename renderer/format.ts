/** Numbers, money, durations and times as the reader's language writes them. */
import type { Money } from '../core/api/contract.ts';
import { createFormats, type Formats } from '../core/i18n/format.ts';
import type { LanguageCode } from './language.ts';

const LOCALE: Record<LanguageCode, string> = { vi: 'vi-VN', en: 'en-GB' };
const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const found = formats.get(key);
  if (found !== undefined) return found as T;
  const made = make();
  formats.set(key, made);
  return made;
}

const shared: Record<LanguageCode, Formats> = { vi: createFormats('vi'), en: createFormats('en') };

export function formatCount(value: number, language: LanguageCode): string {
  return shared[language].number(value);
}

/** At most one decimal. */
export function formatRate(value: number, language: LanguageCode): string {
  return shared[language].number(Math.round(value * 10) / 10);
}

export function formatPercent(value: number, language: LanguageCode): string {
  return cached(
    `p${language}`,
    () => new Intl.NumberFormat(LOCALE[language], { style: 'percent', maximumFractionDigits: 0 }),
  ).format(value);
}

/** Exact: the amount stays a decimal text all the way. */
export function formatMoney(money: Money, language: LanguageCode): string {
  return shared[language].money(money);
}

/** Whatever its decimals. */
export function isZeroMoney({ amount }: Money): boolean {
  return /^-?0(\.0+)?$/.test(amount);
}

/**
 * An exact decimal text in the reader's writing, with every digit it has; `…` at its end stays behind the digits. With a
 * currency it gets the currency's sign.
 */
export function formatExact(text: string, language: LanguageCode, currency?: string): string {
  const isCut = text.endsWith('…');
  const digits = isCut ? text.slice(0, -1) : text;
  if (!/^-?\d+(\.\d+)?$/.test(digits)) return text;
  const decimals = digits.split('.')[1]?.length ?? 0;
  const parts = new Intl.NumberFormat(LOCALE[language], {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    ...(currency === undefined ? {} : { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  }).formatToParts(digits as Intl.StringNumericLiteral);
  const end = parts.findLastIndex((part) => part.type === 'integer' || part.type === 'fraction');
  return parts.map((part, index) => (isCut && index === end ? `${part.value}…` : part.value)).join('');
}

export function formatLocalDateTime(local: string): string {
  return shared.vi.localDateTime(local);
}

export function formatBytes(bytes: number, language: LanguageCode): string {
  return shared[language].bytes(bytes);
}

/** `dd/MM/yyyy` of a site-local day or time: no zone of this computer may shift it. */
export function formatLocalDay(local: string): string {
  return shared.vi.day(local.slice(0, 10));
}

/** `dd/MM` of this year, `dd/MM/yy` of others. */
export function formatShortDay(local: string): string {
  const day = formatLocalDay(local);
  return Number(local.slice(0, 4)) === new Date().getFullYear() ? day.slice(0, 5) : `${day.slice(0, 6)}${day.slice(8)}`;
}

export function formatLocalTime(local: string): string {
  return local.slice(11, 19);
}

export function formatMonth(month: string, language: LanguageCode): string {
  const format = cached(
    `month${language}`,
    () => new Intl.DateTimeFormat(LOCALE[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  );
  const text = (format as Intl.DateTimeFormat).format(new Date(`${month}-01T00:00:00Z`));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** As `formatMonth`, inside a sentence: Vietnamese writes it small there. */
export function formatMonthInText(month: string, language: LanguageCode): string {
  const name = formatMonth(month, language);
  return language === 'vi' ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** An instant on this computer's clock. */
export function formatInstant(ms: number, language: LanguageCode): string {
  return cached(
    `i${language}`,
    () => new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'short', timeStyle: 'medium' }),
  ).format(ms);
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** `2 minutes ago`; instants of the last seconds are `now` in words. */
export function formatAgo(ms: number, nowMs: number, language: LanguageCode): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const age = ms - nowMs;
  for (const [unit, size] of STEPS) {
    if (Math.abs(age) >= size) return format.format(Math.trunc(age / size), unit);
  }
  return format.format(0, 'second');
}

const HOME_COUNTRY = '84';

function grouped(digits: string, sizes: readonly number[]): string {
  const parts: string[] = [];
  let rest = digits;
  for (const size of sizes) {
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return [...parts, rest].filter((part) => part !== '').join(' ');
}

/**
 * A normalised number as it is read: `84912345678` is `0912 345 678`, `842435272569` is `024 3527 2569`; numbers of other
 * countries get their plus. Numbers that are not normalised stay as dialled.
 */
export function formatNumber(number: string, isInternational: boolean): string {
  if (isInternational) return `+${number}`;
  if (!number.startsWith(HOME_COUNTRY) || number.length < 10) return number;
  const rest = number.slice(HOME_COUNTRY.length);
  // Service numbers (1800, 1900) are dialled without a zero before them.
  if (rest.startsWith('1')) return grouped(rest, [4]);
  const national = `0${rest}`;
  if (national.startsWith('02')) return grouped(national, /^02[48]/.test(national) ? [3, 4] : [4, 3]);
  return grouped(national, [4, 3]);
}

/** Words without marks and case, so that `nguyen` finds `Nguyễn` and `d` finds `Đ`. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/gi, 'd')
    .toLowerCase();
}
