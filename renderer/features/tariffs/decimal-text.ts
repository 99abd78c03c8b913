/**
 * Prices as people write them and as they are stored. Stored is an exact decimal with a point; written in Vietnamese
 * `1.234,5`, in English `1,234.5`. What could be read two ways is not read.
 */
import type { LanguageCode } from '../../language.ts';

const SIGNS: Record<LanguageCode, { readonly group: string; readonly decimal: string }> = {
  vi: { group: '.', decimal: ',' },
  en: { group: ',', decimal: '.' },
};

/** The decimal as it is typed: with the reader's decimal sign, without grouping. */
export function typedDecimal(stored: string, language: LanguageCode): string {
  return stored.replace('.', SIGNS[language].decimal);
}

/** Undefined for what is no decimal in the reader's writing. Groups must be of three digits. */
export function readDecimal(typed: string, language: LanguageCode): string | undefined {
  const { group, decimal } = SIGNS[language];
  const [whole = '', fraction, ...more] = typed
    .trim()
    .replaceAll(/[\s\u00a0\u202f]/g, '')
    .split(decimal);
  if (more.length > 0) return undefined;
  const groups = whole.split(group);
  const isGrouped = groups.length > 1;
  if (isGrouped && !groups.every((digits, i) => (i === 0 ? /^-?\d{1,3}$/ : /^\d{3}$/).test(digits))) return undefined;
  const digits = groups.join('');
  if (!/^-?\d+$/.test(digits) || (fraction !== undefined && !/^\d+$/.test(fraction))) return undefined;
  return shortest(fraction === undefined ? digits : `${digits}.${fraction}`);
}

/** Without zeros that say nothing in front; those at the end stay, because price lists print them. */
function shortest(decimal: string): string {
  return decimal.replace(/^(-?)0+(?=\d)/, '$1');
}

interface Scaled {
  readonly digits: bigint;
  readonly decimals: number;
}

function scaled(decimal: string): Scaled {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length };
}

function textOf({ digits, decimals }: Scaled): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(decimals + 1, '0');
  const cut = text.length - decimals;
  const fraction = text.slice(cut).replace(/0+$/, '');
  return `${sign}${text.slice(0, cut)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Rounds half away from zero. */
function toDecimals(value: Scaled, decimals: number): Scaled {
  if (value.decimals <= decimals) return value;
  const unit = 10n ** BigInt(value.decimals - decimals);
  const half = unit / 2n;
  const magnitude = value.digits < 0n ? -value.digits : value.digits;
  const rounded = (magnitude + half) / unit;
  return { digits: value.digits < 0n ? -rounded : rounded, decimals };
}

/** `price` with `percent` added, exact, then rounded where `decimals` is given. Both are stored decimals. */
export function addPercent(price: string, percent: string, decimals: number | undefined): string {
  const [value, share] = [scaled(price), scaled(percent)];
  const hundred = 100n * 10n ** BigInt(share.decimals);
  const raised = { digits: value.digits * (hundred + share.digits), decimals: value.decimals + share.decimals + 2 };
  return textOf(decimals === undefined ? raised : toDecimals(raised, decimals));
}

/** Whether two decimals are one amount: `718` and `718.00`. */
export function isSameDecimal(a: string, b: string): boolean {
  const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);
  return a === b || (isDecimal(a) && isDecimal(b) && textOf(scaled(a)) === textOf(scaled(b)));
}
