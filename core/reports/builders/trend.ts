/** Twelve months side by side, up to the last one of the period. */

import type { ReportFilter } from '../../model/report-request.ts';
import { localDayOf } from '../../model/time.ts';
import { SECONDS_PER_DAY } from '../../store/daily-sums.ts';
import { daysOfMonth, monthOfDay } from '../../store/month-days.ts';
import type { TableSheet } from '../report.ts';
import { currenciesOf, decimalsFor, type ReportContext, type ReportParts } from '../report-context.ts';
import { merged, tallies } from '../tally.ts';
import { tallyColumns } from './grouped.ts';
import { callsAddress, textColumn } from './names.ts';

const MONTHS = 12;

/** The twelve months that end with the last one of a period. */
export function twelveMonths(filter: ReportFilter): ReportFilter {
  const last = daysOfMonth(filter.to.slice(0, 7));
  let first = last.first;
  for (let i = 1; i < MONTHS; i += 1) first = daysOfMonth(monthOfDay(first - 1)).first;
  return {
    ...filter,
    from: localDayOf(first * SECONDS_PER_DAY),
    to: localDayOf((last.end - 1) * SECONDS_PER_DAY),
  };
}

export function trend(context: ReportContext): ReportParts {
  const { t, formats, sums, selection } = context;
  const { rows, total } = tallies(sums, ['day']);
  const byMonth = Map.groupBy([...rows.values()], ({ keys: [day] }) => monthOfDay(Number(day)));
  const months = selection.months.map((month) => ({ month, tally: merged(byMonth.get(month) ?? []) }));
  const currencies = currenciesOf(total);
  const [currency = ''] = currencies;
  const columns = tallyColumns(context, total, currencies);
  const sheet: TableSheet = {
    kind: 'table',
    id: 'months',
    title: t('reports.name.trend'),
    columns: [
      textColumn('month', t('reports.column.month'), 12),
      ...columns.map(({ column }) => column),
      textColumn('change', t('reports.column.change'), 14),
    ],
    rowCount: months.length,
    *rows() {
      let before: bigint | undefined;
      for (const { month, tally } of months) {
        const due = tally.due(currency);
        yield [formats.month(month), ...columns.map(({ numberOf }) => numberOf(tally)), changeText(before, due)];
        before = due;
      }
    },
    *links() {
      for (const { month } of months) {
        const { first, end } = daysOfMonth(month);
        const day = (number: number): string => localDayOf(number * SECONDS_PER_DAY);
        yield callsAddress(context, { from: day(first), to: day(end - 1) });
      }
    },
    totals: [t('report.summary.total'), ...columns.map(({ numberOf }) => numberOf(total)), null],
  };
  const amounts = [total, ...months.map(({ tally }) => tally)].flatMap((tally) =>
    currencies.flatMap((one) => [tally.charges.of(one), tally.corrections.of(one), tally.privately.of(one)]),
  );
  return { sheets: [sheet], moneyDecimals: decimalsFor(amounts, currencies), isLandscape: true };
}

/** Against the month before, in whole percents; nothing where there was no charge. */
function changeText(before: bigint | undefined, now: bigint): string | null {
  if (before === undefined || before <= 0n) return null;
  const percent = Math.round((Number(now - before) / Number(before)) * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}
