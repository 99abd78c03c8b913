/** A cell as its reader writes it: the separators of the language, times of the site, sums as they are. */
import { createFormats, formatDuration } from '../../i18n/format.ts';
import type { Language } from '../../i18n/translate.ts';
import { type AmountMicro, amountMicro, formatAmount } from '../../model/money.ts';
import { localText } from '../../model/time.ts';
import type { Cell, CellType, Column } from '../report.ts';

export type CellText = (cell: Cell, type: CellType, isZeroQuiet?: boolean) => string;

const DECIMAL_POINT: Readonly<Record<Language, string>> = { vi: ',', en: '.' };

export function createCellText(language: Language, moneyDecimals: number): CellText {
  const formats = createFormats(language);
  const money = (amount: AmountMicro): string => {
    const [whole = '0', decimals] = formatAmount(amount, moneyDecimals).split('.');
    const grouped = formats.number(BigInt(whole.replace('-', '')));
    return `${amount < 0n ? '-' : ''}${grouped}${decimals === undefined ? '' : `${DECIMAL_POINT[language]}${decimals}`}`;
  };
  const ofNumber = (value: number, type: CellType): string => {
    if (type === 'duration') return formatDuration(value);
    if (type === 'dateTime') return formats.localDateTime(localText(value));
    if (type === 'money') return money(amountMicro(BigInt(value)));
    return formats.number(value);
  };
  const text: CellText = (cell, type, isZeroQuiet = false) => {
    if (cell === null) return '';
    if (typeof cell === 'string') return cell;
    if (typeof cell === 'object') return text(cell.result, type, isZeroQuiet);
    if (isZeroQuiet && (cell === 0 || cell === 0n)) return '–';
    return typeof cell === 'bigint' ? money(cell) : ofNumber(cell, type);
  };
  return text;
}

export function isRightAligned({ type }: Pick<Column, 'type'>): boolean {
  return type !== 'text' && type !== 'dateTime';
}
