/** One or two pages to sign: totals by kind, by department and by how callers are known, and what to look at. */
import { ATTRIBUTION_REASONS, BANDS } from '../../model/call.ts';
import { readLetterhead } from '../../store/letterhead.ts';
import type { SumKey } from '../../store/report-sums.ts';
import { plus } from '../month-facts.ts';
import { signaturesOf } from '../paper/letterhead.ts';
import type { PageLine } from '../report.ts';
import { currenciesOf, decimalsFor, type ReportContext, type ReportParts } from '../report-context.ts';
import { type Tally, tallies } from '../tally.ts';
import { departmentNames, wordOf } from './names.ts';
import { amountLine, BLANK, countLine, headingLine, numbersLine, numbersOf } from './page-lines.ts';

/** More departments than this would not fit on two pages; the rest is one line. */
const DEPARTMENTS_SHOWN = 30;

export function monthlySummary(context: ReportContext): ReportParts {
  const { t, sums } = context;
  const byBand = tallies(sums, ['band']);
  const { total } = byBand;
  const currencies = currenciesOf(total);
  const section = (heading: string, lines: readonly PageLine[]): readonly PageLine[] => [
    headingLine(context, heading, currencies),
    ...lines,
    numbersLine('total', t('report.summary.total'), numbersOf(total, currencies)),
    BLANK,
  ];
  const departments = departmentLines(context, currencies);
  const decimals = decimalsFor(
    [...byBand.rows.values()].flatMap(({ tally }) =>
      currencies.flatMap((currency) => [tally.charges.of(currency), tally.corrections.of(currency)]),
    ),
    currencies,
  );
  return {
    moneyDecimals: Math.max(decimals, departments.decimals),
    signatures: signaturesOf(readLetterhead(context.db), context.request.language),
    sheets: [
      {
        kind: 'page',
        id: 'summary',
        title: t('report.sheet.summary'),
        widths: [44, 12, 14, ...currencies.map(() => 20)],
        lines: [
          ...section(t('report.summary.byBand'), knownLines(context, byBand, 'band', currencies)),
          ...section(t('report.sheet.department'), departments.lines),
          ...section(t('reports.section.reason'), knownLines(context, tallies(sums, ['reason']), 'reason', currencies)),
          ...moneyLines(context, total, currencies),
          ...attentionLines(context, total),
        ],
      },
    ],
  };
}

/** Rows of known words in their usual order. */
function knownLines(
  { word }: ReportContext,
  groups: ReturnType<typeof tallies>,
  by: Extract<SumKey, 'band' | 'reason'>,
  currencies: readonly string[],
): readonly PageLine[] {
  const [base, known] = by === 'band' ? ['common.band', BANDS] : ['report.reason', ATTRIBUTION_REASONS];
  return known.flatMap((key) => {
    const row = groups.rows.get(key);
    if (row === undefined || row.tally.calls === 0) return [];
    return [numbersLine('row', wordOf(word, base, known, key), numbersOf(row.tally, currencies))];
  });
}

function departmentLines(
  context: ReportContext,
  currencies: readonly string[],
): { readonly lines: readonly PageLine[]; readonly decimals: number } {
  const { t, formats, sums } = context;
  const names = departmentNames(context);
  const rows = [...tallies(sums, ['department']).rows.values()]
    .filter(({ tally }) => tally.calls > 0)
    .map((row) => ({ ...row, name: String(names.cells(row.keys)[0]), last: names.lastRank?.(row.keys) ?? 0 }));
  const greatest = rows.toSorted((a, b) => a.last - b.last || b.tally.talkSeconds - a.tally.talkSeconds);
  const kept = new Set(rows.filter(({ last }) => last > 0).concat(greatest.slice(0, DEPARTMENTS_SHOWN)));
  const shown = [...kept].sort((a, b) => a.last - b.last || formats.compare(a.name, b.name));
  const rest = rows.filter((row) => !kept.has(row));
  const restNumbers = {
    calls: rest.reduce((sum, { tally }) => sum + tally.calls, 0),
    talkSeconds: rest.reduce((sum, { tally }) => sum + tally.talkSeconds, 0),
    charges: currencies.map((currency) => plus(...rest.map(({ tally }) => tally.charges.of(currency)))),
  };
  return {
    lines: [
      ...shown.map(({ name, tally }) => numbersLine('row', name, numbersOf(tally, currencies))),
      ...(rest.length === 0
        ? []
        : [numbersLine('row', t('reports.row.otherDepartments', { count: rest.length }), restNumbers)]),
    ],
    decimals: decimalsFor(
      rows.flatMap(({ tally }) => currencies.map((currency) => tally.charges.of(currency))),
      currencies,
    ),
  };
}

/** Corrections of closed months and what was private, where there are any. */
function moneyLines({ t }: ReportContext, total: Tally, currencies: readonly string[]): readonly PageLine[] {
  const amounts = (of: (currency: string) => ReturnType<Tally['due']>) => currencies.map(of);
  const lines = [
    ...(total.corrections.currencies.length === 0
      ? []
      : [
          amountLine(
            'row',
            t('report.summary.correctionsTitle'),
            amounts((one) => total.corrections.of(one)),
          ),
          amountLine(
            'total',
            t('report.summary.withCorrections'),
            amounts((one) => total.due(one)),
          ),
        ]),
    ...(total.privately.isZero && total.privateCalls === 0
      ? []
      : [
          amountLine(
            'row',
            t('reports.row.ofThemPrivate'),
            amounts((one) => total.privately.of(one)),
          ),
        ]),
  ];
  return lines.length === 0 ? [] : [...lines, BLANK];
}

function attentionLines({ t, sums }: ReportContext, total: Tally): readonly PageLine[] {
  const nobody = sums
    .calls(['person'])
    .filter(({ keys }) => keys[0] === '')
    .reduce((count, { calls }) => count + calls, 0);
  return [
    {
      style: 'header',
      cells: [
        { type: 'text', cell: t('report.summary.attention') },
        { type: 'integer', cell: t('report.column.calls') },
      ],
    },
    countLine(t('report.summary.unattributed'), nobody),
    countLine(t('report.summary.unrated'), total.unratedCalls),
    countLine(t('report.summary.privateCalls'), total.privateCalls),
  ];
}
