/** A comparison of prices as one table: what a period cost, and what it would have cost under others. */
import { createTranslate, type Language } from '../i18n/translate.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { Cell, Column, Report, TableSheet } from './report.ts';

export interface ComparedCharges {
  readonly charges: ReadonlyMap<string, bigint>;
  readonly unratedCalls: number;
}

export interface ComparisonLine {
  readonly name: string;
  readonly calls: number;
  readonly talkSeconds: number;
  readonly present: ComparedCharges;
  readonly others: readonly ComparedCharges[];
}

export interface ComparisonReportOptions {
  readonly title: string;
  readonly company: string;
  readonly language: Language;
  readonly nowMs: number;
  /** Heading of the first column. */
  readonly groupName: string;
  /** What is compared, one for each of `others`. */
  readonly otherNames: readonly string[];
  readonly lines: readonly ComparisonLine[];
  readonly totals: ComparisonLine;
}

const MONEY_WIDTH = 18;

/** Widest number of decimals that any charge needs. */
function decimalsOf(sides: readonly ComparedCharges[]): number {
  let decimals = 0;
  for (const { charges } of sides) {
    for (const amount of charges.values()) {
      let rest = amount % 1_000_000n;
      let needed = 6;
      while (needed > 0 && rest % 10n === 0n) {
        rest /= 10n;
        needed -= 1;
      }
      decimals = Math.max(decimals, needed);
    }
  }
  return decimals;
}

function chargeOf({ charges }: ComparedCharges, currency: string): AmountMicro {
  return amountMicro(charges.get(currency) ?? 0n);
}

function currenciesOf({ present, others }: ComparisonLine): readonly string[] {
  const currencies = new Set([present, ...others].flatMap(({ charges }) => [...charges.keys()]));
  return [...currencies].sort();
}

export function comparisonSheet(options: ComparisonReportOptions): TableSheet {
  const { language, groupName, otherNames, lines, totals } = options;
  const t = createTranslate(language);
  const currencies = currenciesOf(totals);
  const money = (key: string, heading: string): Column => ({ key, heading, type: 'money', width: MONEY_WIDTH });
  const columns: Column[] = [
    { key: 'group', heading: groupName, type: 'text', width: 34 },
    { key: 'calls', heading: t('report.column.calls'), type: 'integer', width: 10 },
    { key: 'talk', heading: t('report.column.talk'), type: 'duration', width: 12 },
    ...currencies.map((currency) => money(`present-${currency}`, t('report.compare.present', { currency }))),
    { key: 'unrated', heading: t('report.compare.unrated'), type: 'integer', width: 12 },
    ...otherNames.flatMap((name, i): Column[] => [
      ...currencies.flatMap((currency) => [
        money(`other-${i}-${currency}`, t('report.compare.other', { name, currency })),
        money(`difference-${i}-${currency}`, t('report.compare.difference', { name, currency })),
      ]),
      { key: `unrated-${i}`, heading: t('report.compare.otherUnrated', { name }), type: 'integer', width: 12 },
    ]),
  ];
  const cellsOf = ({
    name,
    calls,
    talkSeconds,
    present,
    others,
  }: ComparisonLine): (string | number | AmountMicro)[] => [
    name,
    calls,
    talkSeconds,
    ...currencies.map((currency) => chargeOf(present, currency)),
    present.unratedCalls,
    ...others.flatMap((other) => [
      ...currencies.flatMap((currency) => {
        const charge = chargeOf(other, currency);
        return [charge, amountMicro(charge - chargeOf(present, currency))];
      }),
      other.unratedCalls,
    ]),
  ];
  return {
    kind: 'table',
    id: 'comparison',
    title: t('report.compare.sheet'),
    columns,
    rowCount: lines.length,
    rows: (): readonly (readonly Cell[])[] => lines.map(cellsOf),
    totals: cellsOf(totals),
  };
}

export function comparisonReport(options: ComparisonReportOptions): Report {
  return {
    title: options.title,
    company: options.company,
    madeAtMs: options.nowMs,
    pageWord: createTranslate(options.language)('report.page'),
    moneyDecimals: decimalsOf(
      [options.totals, ...options.lines].flatMap(({ present, others }) => [present, ...others]),
    ),
    sheets: [comparisonSheet(options)],
  };
}
