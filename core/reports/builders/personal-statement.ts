/** What one person called and owes, for that person to read and sign; several people one after the other. */
import { BANDS } from '../../model/call.ts';
import { amountMicro } from '../../model/money.ts';
import { ReportSelection } from '../../store/report-selection.ts';
import { NO_VALUE, ReportSums } from '../../store/report-sums.ts';
import type { PageLine, PageSheet, TableSheet } from '../report.ts';
import { currenciesOf, decimalsFor, type ReportContext, type ReportParts } from '../report-context.ts';
import { type Tally, tallies } from '../tally.ts';
import { type CallTableTotals, listedTable } from './call-table.ts';
import { personName } from './names.ts';
import { amountLine, BLANK, headingLine, numbersLine, numbersOf, pairLine, titleLine } from './page-lines.ts';

export function personalStatement(context: ReportContext): ReportParts {
  const { t, request } = context;
  const ids = peopleOf(context);
  const statements = ids.map((id) => statementOf(context, id));
  const [only] = ids;
  const name = ids.length === 1 && only !== undefined ? personName(context, String(only)) : undefined;
  return {
    ...(name !== undefined && { title: t('reports.statement.title', { name }) }),
    moneyDecimals: Math.max(0, ...statements.map(({ decimals }) => decimals)),
    ...(request.filter.personIds.length === 1 && {
      signatures: [t('reports.signature.employee'), t('reports.signature.accountant')],
    }),
    sheets:
      statements.length === 0
        ? [nothing(context)]
        : statements.flatMap(({ page, table }): (PageSheet | TableSheet)[] => [page, table]),
  };
}

/** Those asked for; else everybody who has calls and may be seen, in the order of their names. */
function peopleOf(context: ReportContext): readonly number[] {
  const { request, sums, formats } = context;
  if (request.filter.personIds.length > 0) return request.filter.personIds;
  const { scope } = request.reader;
  if (scope.kind === 'person') return [scope.personId];
  const keys = new Set(
    [...sums.calls(['person']), ...sums.corrections(['person'])].map((sum) => sum.keys[0] ?? NO_VALUE),
  );
  keys.delete(NO_VALUE);
  return [...keys]
    .toSorted((a, b) => formats.compare(personName(context, a), personName(context, b)) || Number(a) - Number(b))
    .map(Number);
}

interface Statement {
  readonly page: PageSheet;
  readonly table: TableSheet;
  readonly decimals: number;
}

function statementOf(whole: ReportContext, personId: number): Statement {
  const { t, db, request, names } = whole;
  const selection = new ReportSelection(db, { ...request.filter, personIds: [personId] }, request.reader.scope);
  const context: ReportContext = { ...whole, selection, sums: new ReportSums(db, selection) };
  const { sums } = context;
  const { rows, total } = tallies(sums, ['band']);
  const currencies = currenciesOf(total);
  const [currency = ''] = currencies;
  const name = personName(context, String(personId));
  const totals: CallTableTotals = {
    ...total,
    charge: currencies.length === 1 ? total.charges.of(currency) : null,
  };
  const listed = listedTable(context, {
    id: `calls-${personId}`,
    title: t('reports.statement.calls', { name }),
    conditions: selection.ofCalls(),
    currencies,
    totals,
    privately: sums.privately([]),
    withoutPerson: true,
  });
  const number = names.people.get(personId)?.employeeNumber;
  const page: PageSheet = {
    kind: 'page',
    id: `statement-${personId}`,
    title: t('reports.statement.sheet', { name }),
    widths: [34, 12, 14, ...currencies.map(() => 20)],
    lines: [
      titleLine(name),
      ...(number === null || number === undefined ? [] : [pairLine(t('report.column.employeeNumber'), number)]),
      pairLine(t('report.column.department'), departmentText(context)),
      BLANK,
      headingLine(context, t('report.summary.byBand'), currencies),
      ...BANDS.flatMap((band): PageLine[] => {
        const tally = rows.get(band)?.tally;
        if (tally === undefined || tally.calls === 0) return [];
        return [numbersLine('row', context.word(`common.band.${band}`), numbersOf(tally, currencies))];
      }),
      numbersLine('total', t('report.summary.total'), numbersOf(total, currencies)),
      ...owed(context, total, currencies),
    ],
  };
  const amounts = currencies.flatMap((one) => [total.corrections.of(one), total.privately.of(one)]);
  return { page, table: listed.sheet, decimals: Math.max(listed.decimals, decimalsFor(amounts, currencies)) };
}

/** Corrections of closed months, and what was private: that is what an employee pays back. */
function owed({ t }: ReportContext, total: Tally, currencies: readonly string[]): readonly PageLine[] {
  const hasCorrections = total.corrections.currencies.length > 0;
  const hasPrivate = total.privateCalls > 0 || !total.privately.isZero;
  return [
    ...(hasCorrections
      ? [
          amountLine(
            'row',
            t('report.summary.correctionsTitle'),
            currencies.map((one) => total.corrections.of(one)),
          ),
          amountLine(
            'total',
            t('report.summary.withCorrections'),
            currencies.map((one) => total.due(one)),
          ),
        ]
      : []),
    ...(hasPrivate
      ? [
          numbersLine('row', t('reports.row.ofThemPrivate'), {
            calls: total.privateCalls,
            talkSeconds: total.privateSeconds,
            charges: currencies.map((one) => amountMicro(total.privately.of(one))),
          }),
        ]
      : []),
  ];
}

function departmentText({ sums, departmentPaths, t }: ReportContext): string {
  const keys = new Set(sums.calls(['department']).map(({ keys: [key = NO_VALUE] }) => key));
  const paths = [...keys].flatMap((key) => departmentPaths.get(Number(key)) ?? []);
  return paths.length === 0 ? t('report.row.noDepartment') : paths.join(', ');
}

function nothing({ t }: ReportContext): PageSheet {
  return {
    kind: 'page',
    id: 'empty',
    title: t('report.sheet.summary'),
    widths: [60],
    lines: [titleLine(t('reports.nothing'))],
  };
}
