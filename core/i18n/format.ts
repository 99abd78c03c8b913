/** Numbers, money, durations and times as a reader of Vietnamese or English writes them. No zone is ever applied. */
import type { Language } from './translate.ts';

const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };
const UNIT_STEP = 1024;
const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

export interface Formats {
  number(value: number | bigint): string;
  /**
   * `amount` is an exact decimal text. At least the currency's usual decimals (đồng: none) and never fewer than the
   * amount has, so that shown amounts add up to shown totals.
   */
  money(money: { readonly amount: string; readonly currency: string }): string;
  /** Whole seconds as `h:mm:ss`. */
  duration(seconds: number): string;
  /** `YYYY-MM-DDTHH:MM:SS` of the site's clock as `dd/MM/yyyy HH:mm:ss`. Text of another shape comes back as it is. */
  localDateTime(local: string): string;
  /** `YYYY-MM-DD` as `dd/MM/yyyy`. */
  day(day: string): string;
  /** `YYYY-MM` as `MM/yyyy`. */
  month(month: string): string;
  bytes(bytes: number): string;
  /** Alphabetical order of the language (Vietnamese: đ after d, marks in their order). */
  compare(a: string, b: string): number;
}

export function formatDuration(seconds: number): string {
  const whole = Math.trunc(Math.abs(seconds));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const sign = seconds < 0 ? '-' : '';
  return `${sign}${Math.floor(whole / 3600)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
}

export function createFormats(language: Language): Formats {
  const locale = LOCALES[language];
  const numbers = new Intl.NumberFormat(locale);
  const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const collator = new Intl.Collator(locale, { numeric: true });
  const currencies = new Map<string, Intl.NumberFormat>();

  const currencyFormat = (currency: string): Intl.NumberFormat => {
    const known = currencies.get(currency);
    if (known !== undefined) return known;
    const usual = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions();
    const made = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: usual.minimumFractionDigits ?? 0,
      maximumFractionDigits: 6,
    });
    currencies.set(currency, made);
    return made;
  };

  const day = (text: string): string => text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1');

  return {
    number: (value) => numbers.format(value),
    money: ({ amount, currency }) => currencyFormat(currency).format(amount as Intl.StringNumericLiteral),
    duration: formatDuration,
    localDateTime: (local) => local.replace(/^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d(?::\d\d)?)$/, '$3/$2/$1 $4'),
    day,
    month: (text) => text.replace(/^(\d{4})-(\d\d)$/, '$2/$1'),
    bytes: (bytes) => {
      let value = bytes;
      let unit = 0;
      while (value >= UNIT_STEP && unit < BYTE_UNITS.length - 1) {
        value /= UNIT_STEP;
        unit += 1;
      }
      return `${oneDecimal.format(value)} ${BYTE_UNITS[unit] ?? ''}`;
    },
    compare: (a, b) => collator.compare(a, b),
  };
}
