/** The dearest and the longest calls; all others are one row, so that the table adds up. */
import { amountMicro } from '../../model/money.ts';
import { firstCalls } from '../../store/report-calls.ts';
import { currenciesOf, decimalsFor, type ReportContext, type ReportParts } from '../report-context.ts';
import { tallies } from '../tally.ts';
import { callAddress, callRows, type UnlistedSum } from './call-table.ts';

const CALLS_SHOWN = 100;

export const dearestCalls = (context: ReportContext): ReportParts => ranked(context, 'charge');
export const longestCalls = (context: ReportContext): ReportParts => ranked(context, 'talk');

function ranked(context: ReportContext, by: 'charge' | 'talk'): ReportParts {
  const { t, db, sums, selection, request } = context;
  const calls = firstCalls(db, selection.listed(selection.ofCalls()), by, CALLS_SHOWN);
  const privately = selection.listsPrivate ? [] : sums.privately([]);
  const all = sums.calls([]);
  const rest = all.flatMap(({ currency, calls: count, talkSeconds, chargeMicro }): UnlistedSum[] => {
    const shown = calls.filter((call) => (call.currency ?? '') === currency);
    const hidden = privately.filter((sum) => sum.currency === currency);
    const left = (whole: bigint, ...parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum - part, whole);
    const counted = count - shown.length - hidden.reduce((sum, one) => sum + one.calls, 0);
    if (counted === 0) return [];
    return [
      {
        currency,
        calls: counted,
        talkSeconds:
          talkSeconds -
          shown.reduce((sum, one) => sum + one.talkSeconds, 0) -
          hidden.reduce((sum, one) => sum + one.talkSeconds, 0),
        chargeMicro: left(
          chargeMicro,
          ...shown.map((one) => one.chargeMicro ?? 0n),
          ...hidden.map((one) => one.chargeMicro),
        ),
      },
    ];
  });
  const { total } = tallies(sums, []);
  const currencies = currenciesOf(total);
  const [currency = ''] = currencies;
  const maker = callRows(context, {
    currencies,
    hasCount: true,
    before: {
      columns: [{ key: 'rank', heading: t('reports.column.rank'), type: 'integer', width: 6 }],
      cells: (_, index) => [index + 1],
    },
  });
  const rows = [
    ...calls.map((call, i) => maker.row(call, i)),
    ...rest.map((sum) => maker.unlistedRow(sum, t('reports.row.otherCalls'))),
    ...privately.map((sum) => maker.unlistedRow(sum, t('reports.row.private'))),
  ];
  return {
    isLandscape: true,
    moneyDecimals: decimalsFor(
      [...calls.map(({ chargeMicro }) => chargeMicro ?? 0n), ...all.map(({ chargeMicro }) => chargeMicro)],
      currencies,
    ),
    sheets: [
      {
        kind: 'table',
        id: 'calls',
        title: t(`reports.name.${request.reportId}`),
        columns: maker.columns,
        rowCount: rows.length,
        rows: () => rows,
        links: () => rows.map((_, i) => (calls[i] === undefined ? null : callAddress(calls[i].id))),
        totals: maker.totals({
          ...total,
          charge: currencies.length === 1 ? amountMicro(total.charges.of(currency)) : null,
        }),
      },
    ],
  };
}
