/** The cells of the grid: what each shows, what is typed into it, and what a typed text makes of the rate. */
import type { StoredRate } from '../../../core/rating/tariff.ts';
import type { LanguageCode } from '../../language.ts';
import { readDecimal, typedDecimal } from './decimal-text.ts';
import { patchRate } from './rate-edits.ts';

export const RATE_COLUMNS = [
  'prefix',
  'name',
  'category',
  'ratePerMinute',
  'initialSeconds',
  'incrementSeconds',
  'connectionCharge',
  'effectiveFrom',
] as const;
export type RateColumn = (typeof RATE_COLUMNS)[number];

/** Words of `rate.error`. */
export type CellError = 'decimal' | 'whole' | 'prefix' | 'day';

export type CellResult = { readonly rate: StoredRate } | { readonly error: CellError };

export const NUMBER_COLUMNS: ReadonlySet<RateColumn> = new Set([
  'ratePerMinute',
  'initialSeconds',
  'incrementSeconds',
  'connectionCharge',
]);

/** The name that the reader's language has, else the other one. */
export function nameOf(rate: StoredRate, language: LanguageCode): string {
  return (language === 'vi' ? (rate.nameVi ?? rate.name) : (rate.name ?? rate.nameVi)) ?? '';
}

function dayText(stored: string): string {
  const [, year, month, day, rest = ''] = /^(\d{4})-(\d\d)-(\d\d)(.*)$/.exec(stored) ?? [];
  return year === undefined ? stored : `${day}/${month}/${year}${rest.replace('T', ' ')}`;
}

/** What stands in the field when the cell is edited. */
export function typedCell(rate: StoredRate, column: RateColumn, language: LanguageCode): string {
  switch (column) {
    case 'name':
      return nameOf(rate, language);
    case 'ratePerMinute':
    case 'connectionCharge':
      return typedDecimal(rate[column] ?? '', language);
    case 'effectiveFrom':
      return dayText(rate.effectiveFrom ?? '');
    case 'prefix':
    case 'category':
      return rate[column] ?? '';
    case 'initialSeconds':
    case 'incrementSeconds':
      return String(rate[column] ?? '');
  }
}

/** A rate in steps has its seconds and prices there. */
export function isEditable(rate: StoredRate, column: RateColumn): boolean {
  const isSimplePart = column === 'ratePerMinute' || column === 'initialSeconds' || column === 'incrementSeconds';
  return !(isSimplePart && (rate.steps !== undefined || rate.reject === true));
}

function readDay(typed: string): string | undefined {
  const [, day, month, year, hour] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d\d:\d\d(?::\d\d)?))?$/.exec(typed) ?? [];
  if (day === undefined || month === undefined || year === undefined) {
    return /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/.test(typed) ? typed : undefined;
  }
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${hour === undefined ? '' : `T${hour}`}`;
}

/** What a text typed into a cell makes of the rate. An empty text takes the field out; a prefix may be empty. */
export function setCell(rate: StoredRate, column: RateColumn, typed: string, language: LanguageCode): CellResult {
  const text = typed.trim();
  switch (column) {
    case 'prefix':
      return /^\d*$/.test(text) ? { rate: patchRate(rate, { prefix: text }) } : { error: 'prefix' };
    case 'name':
      return { rate: setName(rate, text, language) };
    case 'category':
      return { rate: patchRate(rate, { category: text === '' ? undefined : text }) };
    case 'ratePerMinute':
    case 'connectionCharge': {
      const price = text === '' ? undefined : readDecimal(text, language);
      if (text !== '' && (price === undefined || price.startsWith('-'))) return { error: 'decimal' };
      return { rate: patchRate(rate, { [column]: price }) };
    }
    case 'initialSeconds':
    case 'incrementSeconds':
      if (!/^\d{0,9}$/.test(text)) return { error: 'whole' };
      return { rate: patchRate(rate, { [column]: text === '' ? undefined : Number(text) }) };
    case 'effectiveFrom': {
      const day = text === '' ? undefined : readDay(text);
      if (text !== '' && day === undefined) return { error: 'day' };
      return { rate: patchRate(rate, { effectiveFrom: day }) };
    }
  }
}

function setName(rate: StoredRate, text: string, language: LanguageCode): StoredRate {
  const key = language === 'vi' ? 'nameVi' : 'name';
  return patchRate(rate, { [key]: text === '' ? undefined : text });
}
