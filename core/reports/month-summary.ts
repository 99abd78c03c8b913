/** The first page of the month: what it is about, whether the sheets agree, the totals by reason and kind. */
import { ATTRIBUTION_REASONS, type AttributionReason } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import { localDayOf } from '../model/time.ts';
import { SECONDS_PER_DAY } from '../store/daily-sums.ts';
import { daysOfMonth } from '../store/month.ts';
import { correctionSum } from './month-corrections.ts';
import { amountIn, chargeHeading, chargeIn, type MonthFacts, plus } from './month-facts.ts';
import { CORRECTIONS, DETAIL, SUMMARY } from './month-keys.ts';
import type { Aggregate, Cell, LineStyle, NamedCell, PageCell, PageLine, PageSheet } from './report.ts';

interface Numbers {
  readonly calls: number;
  readonly talkSeconds: number;
  readonly charges: readonly AmountMicro[];
}

const text = (cell: string): PageCell => ({ type: 'text', cell });
const BLANK: PageLine = { style: 'blank', cells: [] };

/** `verdict`: what the sheet of checks says of all sheets. */
export function summarySheet(facts: MonthFacts, verdict: PageLine): PageSheet {
  return {
    kind: 'page',
    id: SUMMARY,
    title: facts.t('report.sheet.summary'),
    widths: [46, 14, 16, ...facts.currencies.map(() => 20)],
    lines: [
      { style: 'title', cells: [text(titleOf(facts))] },
      ...aboutPairs(facts),
      verdict,
      BLANK,
      ...reasonLines(facts),
      ...taxLines(facts),
      BLANK,
      ...bandLines(facts),
      BLANK,
      ...correctionLines(facts),
      ...otherLines(facts),
      ...attentionLines(facts),
    ],
  };
}

function titleOf({ t, formats, options }: MonthFacts): string {
  return t('report.title', { month: formats.month(options.month) });
}

/** What the report is about, made when and by whom. */
export function aboutPairs({ t, formats, options, ...facts }: MonthFacts): readonly PageLine[] {
  const { first, end } = daysOfMonth(options.month);
  const day = (number: number): string => formats.day(localDayOf(number * SECONDS_PER_DAY));
  const pair = (label: string, value: string): PageLine => ({ style: 'pair', cells: [text(label), text(value)] });
  return [
    ...(facts.company === '' ? [] : [pair(t('report.summary.company'), facts.company)]),
    pair(t('report.summary.period'), t('report.summary.periodDays', { from: day(first), to: day(end - 1) })),
    pair(t('report.summary.madeAt'), formats.localDateTime(facts.madeAt)),
    ...(facts.madeBy === '' ? [] : [pair(t('report.summary.madeBy'), facts.madeBy)]),
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

function header(facts: MonthFacts, first: string): PageLine {
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
  name?: string,
): PageLine {
  const { currencies } = facts;
  const sum = (column: string | undefined, more: Aggregate['where'] = {}): Aggregate => {
    return { kind: 'aggregate', table: DETAIL, column, where: { ...where, ...more } };
  };
  const named = (key: string): Pick<PageCell, 'name'> => (name === undefined ? {} : { name: `${name}.${key}` });
  return {
    style,
    cells: [
      text(label),
      { type: 'integer', ...named('calls'), cell: { formula: sum(undefined), result: numbers.calls } },
      { type: 'duration', ...named('talk'), cell: { formula: sum('talk'), result: numbers.talkSeconds } },
      ...currencies.map((currency, i): PageCell => {
        const formula = sum('charge', currencies.length === 1 ? {} : { currency });
        const cell = { formula, result: numbers.charges[i] ?? amountMicro(0n) };
        return { type: 'money', ...named(`charge ${currency}`), currency, cell };
      }),
    ],
  };
}

function totalsOf(facts: MonthFacts): Numbers {
  const { totals } = facts.byBand;
  return { ...totals, charges: facts.currencies.map((currency) => chargeIn(totals, currency)) };
}

/** Why outside calls are booked to whom they are, in the usual order. */
export function reasonsOf({ reasons, currencies }: MonthFacts): readonly {
  readonly reason: AttributionReason;
  readonly numbers: Numbers;
}[] {
  return ATTRIBUTION_REASONS.flatMap((reason) => {
    const sums = reasons.filter((sum) => sum.reason === reason);
    if (sums.length === 0) return [];
    const numbers = {
      calls: sums.reduce((all, sum) => all + sum.calls, 0),
      talkSeconds: sums.reduce((all, sum) => all + sum.talkSeconds, 0),
      charges: currencies.map((currency) =>
        amountMicro(sums.filter((sum) => sum.currency === currency).reduce((all, sum) => all + sum.chargeMicro, 0n)),
      ),
    };
    return [{ reason, numbers }];
  });
}

function reasonLines(facts: MonthFacts): readonly PageLine[] {
  const { t, word } = facts;
  return [
    header(facts, t('report.summary.outside')),
    ...reasonsOf(facts).map(({ reason, numbers }) => {
      const label = word(`report.reason.${reason}`);
      return numbersLine(facts, 'row', label, { reason: label, isOutside: 1 }, numbers, `reason.${reason}`);
    }),
    numbersLine(facts, 'total', t('report.summary.total'), { isOutside: 1 }, totalsOf(facts), 'total'),
  ];
}

/** Below the total of the charges, where a tariff takes its tax on the sum. */
function taxLines({ t, options, byBand, currencies }: MonthFacts): readonly PageLine[] {
  const { taxOnTotal = [] } = options;
  if (taxOnTotal.length === 0) return [];
  const tax = (currency: string): AmountMicro => amountIn(taxOnTotal, currency);
  const cellOf = (name: string): NamedCell => ({ kind: 'named-cell', page: SUMMARY, name });
  return [
    {
      style: 'row',
      cells: [
        text(t('report.summary.tax')),
        text(''),
        text(''),
        ...currencies.map(
          (currency): PageCell => ({
            type: 'money',
            name: `tax ${currency}`,
            currency,
            cell: tax(currency),
          }),
        ),
      ],
    },
    {
      style: 'total',
      cells: [
        text(t('report.summary.withTax')),
        text(''),
        text(''),
        ...currencies.map(
          (currency): PageCell => ({
            type: 'money',
            name: `with-tax ${currency}`,
            currency,
            cell: {
              formula: { kind: 'sum', of: [cellOf(`total.charge ${currency}`), cellOf(`tax ${currency}`)] },
              result: plus(chargeIn(byBand.totals, currency), tax(currency)),
            },
          }),
        ),
      ],
    },
  ];
}

function bandLines(facts: MonthFacts): readonly PageLine[] {
  const { t, word, byBand, bands, currencies } = facts;
  const lines = bands.map((band) => {
    const row = byBand.rows.find((candidate) => candidate.key === band);
    const numbers = {
      calls: row?.calls ?? 0,
      talkSeconds: row?.talkSeconds ?? 0,
      charges: currencies.map((currency) => chargeIn(row, currency)),
    };
    const label = word(`common.band.${band}`);
    return numbersLine(facts, 'row', label, { band: label, isOutside: 1 }, numbers, `band.${band}`);
  });
  return [
    header(facts, t('report.summary.byBand')),
    ...lines,
    numbersLine(facts, 'total', t('report.summary.total'), { isOutside: 1 }, totalsOf(facts)),
  ];
}

/** What corrections of closed months add to the month's calls, and the sum of both. */
function correctionLines(facts: MonthFacts): readonly PageLine[] {
  const { t, byBand, currencies, correctionCount } = facts;
  if (correctionCount === 0) return [];
  const own = (currency: string): Aggregate => outside('charge', currencies.length === 1 ? {} : { currency });
  const corrected = (currency: string): AmountMicro => amountIn(byBand.extra.corrections, currency);
  const line = (
    style: LineStyle,
    label: string,
    name: string,
    first: PageCell,
    amounts: readonly Cell[],
  ): PageLine => ({
    style,
    cells: [
      text(label),
      first,
      text(''),
      ...amounts.map((cell, i): PageCell => {
        const currency = currencies[i] ?? '';
        return { type: 'money', name: `${name} ${currency}`, currency, cell };
      }),
    ],
  });
  const count: Aggregate = { kind: 'aggregate', table: CORRECTIONS, column: undefined, where: { personKey: '>=0' } };
  return [
    header(facts, t('report.summary.correctionsTitle')),
    line(
      'row',
      t('report.summary.corrections'),
      'corrections',
      { type: 'integer', cell: { formula: count, result: correctionCount } },
      currencies.map((currency) => ({ formula: correctionSum('amount', currency), result: corrected(currency) })),
    ),
    line(
      'total',
      t('report.summary.withCorrections'),
      'due',
      text(''),
      currencies.map((currency) => ({
        formula: { kind: 'sum', of: [own(currency), correctionSum('amount', currency)] },
        result: plus(chargeIn(byBand.totals, currency), corrected(currency)),
      })),
    ),
    BLANK,
  ];
}

function otherLines({ t, word, byBand }: MonthFacts): readonly PageLine[] {
  if (byBand.others.length === 0) return [];
  return [
    {
      style: 'header',
      cells: [text(t('report.summary.others')), ...numberHeadings(t)],
    },
    ...byBand.others.map((other): PageLine => {
      const label = word(`common.direction.${other.direction}`);
      const sum = (column: string | undefined): Aggregate => {
        return { kind: 'aggregate', table: DETAIL, column, where: { direction: label, isOutside: 0 } };
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

function attentionLines({ t, word, byBand, quarantinedFrames, lateCount }: MonthFacts): readonly PageLine[] {
  const count = (label: string, where: Aggregate['where'], result: number): PageLine => ({
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

/** Over the outside calls of the detail. */
export function outside(column: string | undefined, where: Aggregate['where'] = {}): Aggregate {
  return { kind: 'aggregate', table: DETAIL, column, where: { ...where, isOutside: 1 } };
}
