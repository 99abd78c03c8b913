/** The first page of the month: what it is about, the totals by reason and kind, and the proof that the sheets agree. */
import { ATTRIBUTION_REASONS } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import { localDayOf } from '../model/time.ts';
import { SECONDS_PER_DAY } from '../store/daily-sums.ts';
import { daysOfMonth } from '../store/month.ts';
import { correctionSum } from './month-corrections.ts';
import { amountIn, chargeHeading, chargeIn, type MonthFacts, plus } from './month-facts.ts';
import { DEPARTMENT, PERSON } from './month-groups.ts';
import { CORRECTIONS, DETAIL } from './month-keys.ts';
import type { Aggregate, Cell, Formula, LineStyle, PageCell, PageSheet } from './report.ts';

type Line = PageSheet['lines'][number];

interface Numbers {
  readonly calls: number;
  readonly talkSeconds: number;
  readonly charges: readonly AmountMicro[];
}

const text = (cell: string): PageCell => ({ type: 'text', cell });
const BLANK: Line = { style: 'blank', cells: [] };

export function summarySheet(facts: MonthFacts): PageSheet {
  return {
    kind: 'page',
    id: 'summary',
    title: facts.t('report.sheet.summary'),
    widths: [46, 14, 16, ...facts.currencies.map(() => 20)],
    lines: [
      ...aboutLines(facts),
      BLANK,
      ...reasonLines(facts),
      ...taxLines(facts),
      BLANK,
      ...bandLines(facts),
      BLANK,
      ...correctionLines(facts),
      ...otherLines(facts),
      ...attentionLines(facts),
      BLANK,
      ...checkLines(facts),
    ],
  };
}

function aboutLines({ t, formats, options, ...facts }: MonthFacts): readonly Line[] {
  const { first, end } = daysOfMonth(options.month);
  const day = (number: number): string => formats.day(localDayOf(number * SECONDS_PER_DAY));
  const pair = (label: string, value: string): Line => ({ style: 'pair', cells: [text(label), text(value)] });
  return [
    { style: 'title', cells: [text(t('report.title', { month: formats.month(options.month) }))] },
    ...(facts.company === '' ? [] : [pair(t('report.summary.company'), facts.company)]),
    pair(t('report.summary.period'), t('report.summary.periodDays', { from: day(first), to: day(end - 1) })),
    pair(t('report.summary.madeAt'), formats.localDateTime(facts.madeAt)),
    pair(
      t('report.summary.tariff'),
      facts.tariffNames.length === 0 ? t('report.summary.noTariff') : facts.tariffNames.join(', '),
    ),
    pair(t('report.summary.state'), t(facts.isClosed ? 'report.summary.closed' : 'report.summary.open')),
  ];
}

/** As types of numbers, so that headings stand above them. */
function numberHeadings(t: MonthFacts['t']): readonly PageCell[] {
  return [
    { type: 'integer', cell: t('report.column.calls') },
    { type: 'duration', cell: t('report.column.talk') },
  ];
}

function header(facts: MonthFacts, first: string): Line {
  const { t, currencies } = facts;
  return {
    style: 'header',
    cells: [
      text(first),
      ...numberHeadings(t),
      ...currencies.map((currency): PageCell => ({ type: 'money', cell: chargeHeading(facts, currency) })),
    ],
  };
}

/** A line of three kinds of numbers as formulas over the detail. */
function numbersLine(
  facts: MonthFacts,
  style: LineStyle,
  label: string,
  where: Aggregate['where'],
  numbers: Numbers,
): Line {
  const { currencies } = facts;
  const sum = (column: string | undefined, more: Aggregate['where'] = {}): Aggregate => {
    return { kind: 'aggregate', table: DETAIL, column, where: { ...where, ...more } };
  };
  return {
    style,
    cells: [
      text(label),
      { type: 'integer', cell: { formula: sum(undefined), result: numbers.calls } },
      { type: 'duration', cell: { formula: sum('talk'), result: numbers.talkSeconds } },
      ...currencies.map((currency, i): PageCell => {
        const formula = sum('charge', currencies.length === 1 ? {} : { currency });
        return { type: 'money', cell: { formula, result: numbers.charges[i] ?? amountMicro(0n) } };
      }),
    ],
  };
}

function totalsOf(facts: MonthFacts): Numbers {
  const { totals } = facts.byBand;
  return { ...totals, charges: facts.currencies.map((currency) => chargeIn(totals, currency)) };
}

function reasonLines(facts: MonthFacts): readonly Line[] {
  const { t, word, reasons, currencies } = facts;
  const lines = ATTRIBUTION_REASONS.flatMap((reason) => {
    const sums = reasons.filter((sum) => sum.reason === reason);
    if (sums.length === 0) return [];
    const numbers = {
      calls: sums.reduce((all, sum) => all + sum.calls, 0),
      talkSeconds: sums.reduce((all, sum) => all + sum.talkSeconds, 0),
      charges: currencies.map((currency) =>
        amountMicro(sums.filter((sum) => sum.currency === currency).reduce((all, sum) => all + sum.chargeMicro, 0n)),
      ),
    };
    const label = word(`report.reason.${reason}`);
    return [numbersLine(facts, 'row', label, { reason: label, isOutside: 1 }, numbers)];
  });
  return [
    header(facts, t('report.summary.outside')),
    ...lines,
    numbersLine(facts, 'total', t('report.summary.total'), { isOutside: 1 }, totalsOf(facts)),
  ];
}

/** Below the total of the charges, where a tariff takes its tax on the sum. */
function taxLines({ t, options, byBand, currencies }: MonthFacts): readonly Line[] {
  const { taxOnTotal = [] } = options;
  if (taxOnTotal.length === 0) return [];
  const line = (style: LineStyle, label: string, amountOf: (currency: string) => AmountMicro): Line => ({
    style,
    cells: [
      text(label),
      text(''),
      text(''),
      ...currencies.map((currency): PageCell => ({ type: 'money', cell: amountOf(currency) })),
    ],
  });
  const tax = (currency: string): AmountMicro => amountIn(taxOnTotal, currency);
  return [
    line('row', t('report.summary.tax'), tax),
    line('total', t('report.summary.withTax'), (currency) => plus(chargeIn(byBand.totals, currency), tax(currency))),
  ];
}

function bandLines(facts: MonthFacts): readonly Line[] {
  const { t, word, byBand, bands, currencies } = facts;
  const lines = bands.map((band) => {
    const row = byBand.rows.find((candidate) => candidate.key === band);
    const numbers = {
      calls: row?.calls ?? 0,
      talkSeconds: row?.talkSeconds ?? 0,
      charges: currencies.map((currency) => chargeIn(row, currency)),
    };
    const label = word(`common.band.${band}`);
    return numbersLine(facts, 'row', label, { band: label, isOutside: 1 }, numbers);
  });
  return [
    header(facts, t('report.summary.byBand')),
    ...lines,
    numbersLine(facts, 'total', t('report.summary.total'), { isOutside: 1 }, totalsOf(facts)),
  ];
}

/** What corrections of closed months add to the month's calls, and the sum of both. */
function correctionLines(facts: MonthFacts): readonly Line[] {
  const { t, byBand, currencies, correctionCount } = facts;
  if (correctionCount === 0) return [];
  const own = (currency: string): Aggregate => outside('charge', currencies.length === 1 ? {} : { currency });
  const corrected = (currency: string): AmountMicro => amountIn(byBand.extra.corrections, currency);
  const line = (style: LineStyle, label: string, first: PageCell, amounts: readonly Cell[]): Line => ({
    style,
    cells: [text(label), first, text(''), ...amounts.map((cell): PageCell => ({ type: 'money', cell }))],
  });
  const count: Aggregate = { kind: 'aggregate', table: CORRECTIONS, column: undefined, where: { personKey: '>=0' } };
  return [
    header(facts, t('report.summary.correctionsTitle')),
    line(
      'row',
      t('report.summary.corrections'),
      { type: 'integer', cell: { formula: count, result: correctionCount } },
      currencies.map((currency) => ({ formula: correctionSum('amount', currency), result: corrected(currency) })),
    ),
    line(
      'total',
      t('report.summary.withCorrections'),
      text(''),
      currencies.map((currency) => ({
        formula: { kind: 'sum', of: [own(currency), correctionSum('amount', currency)] },
        result: plus(chargeIn(byBand.totals, currency), corrected(currency)),
      })),
    ),
    BLANK,
  ];
}

function otherLines({ t, word, byBand }: MonthFacts): readonly Line[] {
  if (byBand.others.length === 0) return [];
  return [
    {
      style: 'header',
      cells: [text(t('report.summary.others')), ...numberHeadings(t)],
    },
    ...byBand.others.map((other): Line => {
      const label = word(`common.direction.${other.direction}`);
      const sum = (column: string | undefined): Aggregate => {
        return { kind: 'aggregate', table: DETAIL, column, where: { direction: label } };
      };
      return {
        style: 'row',
        cells: [
          text(label),
          { type: 'integer', cell: { formula: sum(undefined), result: other.calls } },
          { type: 'duration', cell: { formula: sum('talk'), result: other.talkSeconds } },
        ],
      };
    }),
    BLANK,
  ];
}

function attentionLines({ t, word, byBand, quarantinedFrames, lateCount }: MonthFacts): readonly Line[] {
  const count = (label: string, where: Aggregate['where'], result: number): Line => ({
    style: 'row',
    cells: [
      text(label),
      { type: 'integer', cell: { formula: { kind: 'aggregate', table: DETAIL, column: undefined, where }, result } },
    ],
  });
  return [
    { style: 'header', cells: [text(t('report.summary.attention')), ...numberHeadings(t).slice(0, 1)] },
    count(t('report.summary.unattributed'), { personKey: 0, isOutside: 1 }, byBand.unattributed.calls),
    count(t('report.summary.unrated'), { rating: word('report.rating.unrated'), isOutside: 1 }, byBand.unratedCalls),
    ...(lateCount === 0 ? [] : [count(t('report.summary.late'), { late: '*' }, lateCount)]),
    {
      style: 'row',
      cells: [text(t('report.summary.quarantined')), { type: 'integer', cell: quarantinedFrames }],
    },
  ];
}

/** The stored totals as plain numbers beside the sums of every sheet: all lines are the same, the last is zero. */
function checkLines(facts: MonthFacts): readonly Line[] {
  const { t, currencies } = facts;
  const totals = totalsOf(facts);
  const columns: readonly { readonly total: string; readonly detail: Aggregate }[] = [
    { total: 'calls', detail: outside(undefined) },
    { total: 'talk', detail: outside('talk') },
    ...currencies.map((currency) => ({
      total: `charge ${currency}`,
      detail: outside('charge', currencies.length === 1 ? {} : { currency }),
    })),
  ];
  const numbers = [totals.calls, totals.talkSeconds, ...totals.charges];
  const line = (style: LineStyle, label: string, cells: readonly Cell[]): Line => ({
    style,
    cells: [
      text(label),
      ...cells.map((cell, i): PageCell => ({ type: i === 0 ? 'integer' : i === 1 ? 'duration' : 'money', cell })),
    ],
  });
  const formulas = (formulaOf: (column: (typeof columns)[number]) => Formula): Cell[] =>
    columns.map((column, i) => ({ formula: formulaOf(column), result: numbers[i] ?? 0 }));
  const totalOf =
    (table: string) =>
    (column: (typeof columns)[number]): Formula => ({ kind: 'table-total', table, column: column.total });
  return [
    header(facts, t('report.summary.check')),
    line('row', t('report.summary.stored'), numbers),
    line(
      'row',
      t('report.sheet.detail'),
      formulas((column) => column.detail),
    ),
    line('row', t('report.sheet.department'), formulas(totalOf(DEPARTMENT))),
    line('row', t('report.sheet.person'), formulas(totalOf(PERSON))),
    line(
      'total',
      t('report.summary.difference'),
      columns.map((column, i) => ({
        formula: {
          kind: 'difference',
          of: column.detail,
          minus: { kind: 'table-total', table: PERSON, column: column.total },
        },
        result: typeof numbers[i] === 'bigint' ? amountMicro(0n) : 0,
      })),
    ),
  ];
}

function outside(column: string | undefined, where: Aggregate['where'] = {}): Aggregate {
  return { kind: 'aggregate', table: DETAIL, column, where: { ...where, isOutside: 1 } };
}
