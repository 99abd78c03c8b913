/** The sheet that proves by live formulas that all sheets of the month give the same figures. */
import { type AmountMicro, amountMicro } from '../model/money.ts';
import { CheckTable, type Measure, type Side, type Value } from './month-check-table.ts';
import { correctionSum } from './month-corrections.ts';
import { amountIn, chargeHeading, chargeIn, type MonthFacts, plus } from './month-facts.ts';
import { CHECK, CORRECTIONS, DEPARTMENT, DETAIL, EXCEPTIONS, EXTENSION, PERSON, SUMMARY, TRUNK } from './month-keys.ts';
import { outside, reasonsOf } from './month-summary.ts';
import type { Aggregate, NamedCell, PageCell, PageLine, PageSheet } from './report.ts';

const text = (cell: string): PageCell => ({ type: 'text', cell });
const BLANK: PageLine = { style: 'blank', cells: [] };
const OVERALL = 'overall';

export function checkSheet(facts: MonthFacts): PageSheet {
  const { t, currencies } = facts;
  const calls = new CheckTable(facts, 'calls', currencies.length + 3);
  const lines = [
    ...calls.lines(t('report.check.calls'), callMeasures(facts), callSides(facts)),
    ...paymentLines(facts, calls),
    BLANK,
    ...calls.lines(t('report.check.others'), [otherMeasure(facts)], otherSides(facts)),
  ];
  return {
    kind: 'page',
    id: CHECK,
    title: t('report.sheet.check'),
    widths: [46, ...Array.from({ length: currencies.length + 3 }, () => 18), 14],
    isLandscape: true,
    lines: [
      { style: 'title', cells: [text(t('report.check.title'))] },
      {
        style: 'pair',
        isGoodWhen: t('report.check.allGood'),
        cells: [
          text(t('report.check.overall')),
          {
            type: 'text',
            name: OVERALL,
            cell: {
              formula: {
                kind: 'all-say',
                cells: calls.verdicts,
                text: t('report.check.good'),
                good: t('report.check.allGood'),
                bad: t('report.check.notAllGood'),
              },
              result: calls.isGood ? t('report.check.allGood') : t('report.check.notAllGood'),
            },
          },
        ],
      },
      { style: 'pair', cells: [text(t('report.check.how')), text(t('report.check.howText'))] },
      BLANK,
      ...lines,
    ],
  };
}

/** The overall verdict, for the first page. */
export function verdictLine({ t }: MonthFacts, check: PageSheet): PageLine {
  const cell = check.lines.flatMap(({ cells }) => cells).find(({ name }) => name === OVERALL)?.cell;
  const result = typeof cell === 'object' && cell !== null ? cell.result : '';
  return {
    style: 'pair',
    isGoodWhen: t('report.check.allGood'),
    cells: [
      text(t('report.check.overall')),
      { type: 'text', cell: { formula: { kind: 'named-cell', page: CHECK, name: OVERALL }, result } },
    ],
  };
}

function callMeasures(facts: MonthFacts): readonly Measure[] {
  const { t, byBand, currencies } = facts;
  return [
    { key: 'calls', heading: t('report.column.calls'), type: 'integer', stored: byBand.totals.calls },
    { key: 'talk', heading: t('report.column.talk'), type: 'duration', stored: byBand.totals.talkSeconds },
    ...currencies.map(
      (currency): Measure => ({
        key: `charge ${currency}`,
        heading: chargeHeading(facts, currency),
        type: 'money',
        currency,
        stored: chargeIn(byBand.totals, currency),
      }),
    ),
    { key: 'unrated', heading: t('report.column.unrated'), type: 'integer', stored: byBand.unratedCalls },
  ];
}

interface Sums {
  readonly calls: number;
  readonly talkSeconds: number;
  readonly charges: MonthFacts['byBand']['totals']['charges'];
  readonly unratedCalls?: number;
}

function sumsOf(sums: readonly Sums[], { key }: Measure): Value {
  const sum = (pick: (one: Sums) => number): number => sums.reduce((all, one) => all + pick(one), 0);
  if (key === 'calls') return sum((one) => one.calls);
  if (key === 'talk') return sum((one) => one.talkSeconds);
  if (key === 'unrated') return sum((one) => one.unratedCalls ?? 0);
  return plus(...sums.map((one) => amountIn(one.charges, key.slice('charge '.length))));
}

function callSides(facts: MonthFacts): readonly Side[] {
  const { t, word, byDepartment, byPerson, byBand, extensions, trunks, bands, currencies } = facts;
  const table = (id: string, label: string, sums: readonly Sums[]): Side => ({
    label,
    figure: (measure) => ({
      formula: { kind: 'table-total', table: id, column: measure.key },
      result: sumsOf(sums, measure),
    }),
  });
  const page = (
    label: string,
    prefix: string,
    rows: readonly { readonly key: string; readonly sums: Sums }[],
  ): Side => ({
    label,
    figure: (measure) => {
      if (measure.key === 'unrated' || rows.length === 0) return undefined;
      const of = rows.map(({ key }): NamedCell => {
        return { kind: 'named-cell', page: SUMMARY, name: `${prefix}.${key}.${measure.key}` };
      });
      return {
        formula: { kind: 'sum', of },
        result: sumsOf(
          rows.map(({ sums }) => sums),
          measure,
        ),
      };
    },
  });
  const detail: Side = {
    label: t('report.sheet.detail'),
    figure: (measure) => ({ formula: detailFormula(facts, measure), result: measure.stored }),
  };
  const bandRows = bands.map((band) => ({
    key: band,
    sums: byBand.rows.find((row) => row.key === band) ?? { calls: 0, talkSeconds: 0, charges: [] },
  }));
  return [
    detail,
    table(DEPARTMENT, t('report.sheet.department'), [...byDepartment.rows]),
    table(PERSON, t('report.sheet.person'), [...byPerson.rows]),
    ...(bandRows.length === 0 ? [] : [page(t('report.check.bands'), 'band', bandRows)]),
    ...(reasonsOf(facts).length === 0
      ? []
      : [
          page(
            t('report.check.reasons'),
            'reason',
            reasonsOf(facts).map(({ reason, numbers }) => ({
              key: reason,
              sums: {
                ...numbers,
                charges: currencies.map((currency, i) => ({
                  currency,
                  amountMicro: numbers.charges[i] ?? amountMicro(0n),
                })),
              },
            })),
          ),
        ]),
    table(TRUNK, t('report.sheet.trunk'), trunks),
    table(EXTENSION, t('report.sheet.extension'), extensions),
    {
      label: t('report.sheet.exceptions'),
      figure: ({ key, stored }) => {
        if (key !== 'unrated') return undefined;
        const where = { rating: word('report.rating.unrated') };
        return { formula: { kind: 'aggregate', table: EXCEPTIONS, column: undefined, where }, result: stored };
      },
    },
  ];
}

function detailFormula({ word, currencies }: MonthFacts, { key }: Measure): Aggregate {
  if (key === 'calls') return outside(undefined);
  if (key === 'talk') return outside('talk');
  if (key === 'unrated') return outside(undefined, { rating: word('report.rating.unrated') });
  return outside('charge', currencies.length === 1 ? {} : { currency: key.slice('charge '.length) });
}

/** What is to be paid beside the charges: corrections, private calls, tax. Only what the month has. */
function paymentLines(facts: MonthFacts, table: CheckTable): readonly PageLine[] {
  const { t, byBand, currencies, correctionCount, purposeCount, options } = facts;
  const measures = (key: string, heading: (currency: string) => string, amount: (currency: string) => AmountMicro) =>
    currencies.map(
      (currency): Measure => ({
        key: `${key} ${currency}`,
        heading: heading(currency),
        type: 'money',
        currency,
        stored: amount(currency),
      }),
    );
  const { extra, totals } = byBand;
  const sheetTotal = (id: string, label: string): Side => ({
    label,
    figure: ({ key, stored }) => ({ formula: { kind: 'table-total', table: id, column: key }, result: stored }),
  });
  const summaryCell: Side = {
    label: t('report.sheet.summary'),
    figure: ({ key, stored }) => ({ formula: { kind: 'named-cell', page: SUMMARY, name: key }, result: stored }),
  };
  const owners = [sheetTotal(DEPARTMENT, t('report.sheet.department')), sheetTotal(PERSON, t('report.sheet.person'))];
  const corrections = measures(
    'corrections',
    (currency) => t('report.column.corrections', { currency }),
    (currency) => amountIn(extra.corrections, currency),
  );
  const due = measures(
    'due',
    (currency) => t('report.column.due', { currency }),
    (currency) => plus(chargeIn(totals, currency), amountIn(extra.corrections, currency)),
  );
  const privately = measures(
    'private',
    (currency) => t('report.column.private', { currency }),
    (currency) => plus(amountIn(extra.privateCharges, currency), amountIn(extra.privateCorrections, currency)),
  );
  const taxed = measures(
    'with-tax',
    (currency) => t('report.check.withTax', { currency }),
    (currency) => plus(chargeIn(totals, currency), amountIn(options.taxOnTotal ?? [], currency)),
  );
  const correctionList: Side = {
    label: t('report.sheet.corrections'),
    figure: ({ key, stored }) => ({
      formula: correctionSum('amount', key.slice('corrections '.length)),
      result: stored,
    }),
  };
  const block = (title: string, list: readonly Measure[], sides: readonly Side[]): readonly PageLine[] => [
    BLANK,
    ...table.lines(title, list, sides),
  ];
  return [
    ...(correctionCount === 0
      ? []
      : [
          ...block(t('report.summary.correctionsTitle'), corrections, [correctionList, ...owners, summaryCell]),
          ...block(t('report.summary.withCorrections'), due, [...owners, summaryCell]),
        ]),
    ...(purposeCount === 0 && correctionCount === 0 ? [] : block(t('report.summary.privateCalls'), privately, owners)),
    ...((options.taxOnTotal ?? []).length === 0 ? [] : block(t('report.summary.withTax'), taxed, [summaryCell])),
  ];
}

/** All its sides have stored figures of their own: each is a difference that has to be nothing. */
function otherMeasure({ t }: MonthFacts): Measure {
  return { key: 'difference', heading: t('report.check.difference'), type: 'integer', stored: 0 };
}

function otherSides(facts: MonthFacts): readonly Side[] {
  const { t, callCount, exceptionCount, correctionCount, byBand } = facts;
  const count = (table: string, where: Aggregate['where']): Aggregate => {
    return { kind: 'aggregate', table, column: undefined, where };
  };
  const less = (label: string, of: Aggregate, number: number): Side => ({
    label,
    figure: () => ({ formula: { kind: 'difference', of, minus: { kind: 'number', number } }, result: 0 }),
  });
  return [
    less(t('report.check.allRows', { count: callCount }), count(DETAIL, { isOutside: '>=0' }), callCount),
    less(
      t('report.check.nobody', { count: byBand.unattributed.calls }),
      outside(undefined, { personKey: 0 }),
      byBand.unattributed.calls,
    ),
    less(t('report.check.exceptions', { count: exceptionCount }), count(EXCEPTIONS, { start: '>0' }), exceptionCount),
    ...(correctionCount === 0
      ? []
      : [
          less(
            t('report.check.corrections', { count: correctionCount }),
            count(CORRECTIONS, { personKey: '>=0' }),
            correctionCount,
          ),
        ]),
    {
      label: t('report.check.changedRows'),
      figure: () => ({ formula: { kind: 'broken-seals', table: DETAIL }, result: 0 }),
    },
  ];
}
