/** Lines of a page that is read and signed: labels with values, and small tables of count, time and money. */
import type { AmountMicro } from '../../model/money.ts';
import type { Cell, PageCell, PageLine } from '../report.ts';
import type { ReportContext } from '../report-context.ts';
import type { Tally } from '../tally.ts';

export const BLANK: PageLine = { style: 'blank', cells: [] };

const text = (cell: string): PageCell => ({ type: 'text', cell });

export function titleLine(title: string): PageLine {
  return { style: 'title', cells: [text(title)] };
}

export function pairLine(label: string, value: string): PageLine {
  return { style: 'pair', cells: [text(label), text(value)] };
}

export function countLine(label: string, count: number): PageLine {
  return { style: 'row', cells: [text(label), { type: 'integer', cell: count }] };
}

export function headingLine({ t }: Pick<ReportContext, 't'>, label: string, currencies: readonly string[]): PageLine {
  return {
    style: 'header',
    cells: [
      text(label),
      { type: 'integer', cell: t('report.column.calls') },
      { type: 'duration', cell: t('report.column.talk') },
      ...currencies.map((currency): PageCell => ({ type: 'money', cell: t('report.column.charge', { currency }) })),
    ],
  };
}

export interface LineNumbers {
  readonly calls: number;
  readonly talkSeconds: number;
  readonly charges: readonly AmountMicro[];
}

export function numbersOf({ calls, talkSeconds, charges }: Tally, currencies: readonly string[]): LineNumbers {
  return { calls, talkSeconds, charges: currencies.map((currency) => charges.of(currency)) };
}

export function numbersLine(style: 'row' | 'total', label: string, numbers: LineNumbers): PageLine {
  return {
    style,
    cells: [
      text(label),
      { type: 'integer', cell: numbers.calls },
      { type: 'duration', cell: numbers.talkSeconds },
      ...numbers.charges.map((cell): PageCell => ({ type: 'money', cell })),
    ],
  };
}

/** Only money: corrections, tax, what is to be paid. */
export function amountLine(style: 'row' | 'total', label: string, amounts: readonly AmountMicro[]): PageLine {
  const blank = (type: PageCell['type']): PageCell => ({ type, cell: null satisfies Cell });
  return {
    style,
    cells: [
      text(label),
      blank('integer'),
      blank('duration'),
      ...amounts.map((cell): PageCell => ({ type: 'money', cell })),
    ],
  };
}
