/** Every call of the selection in the order of time, and the corrections of closed months that count with them. */

import { currenciesOf, decimalsFor, type ReportContext, type ReportParts } from '../report-context.ts';
import { tallies } from '../tally.ts';
import { listedTable } from './call-table.ts';
import { groupedTable } from './grouped.ts';
import { personNames } from './names.ts';

export function callDetail(context: ReportContext): ReportParts {
  const { t, sums, selection } = context;
  const { total } = tallies(sums, []);
  const currencies = currenciesOf(total);
  const [currency = ''] = currencies;
  const listed = listedTable(context, {
    id: 'detail',
    title: t('report.sheet.detail'),
    conditions: selection.ofCalls(),
    currencies,
    totals: { ...total, charge: currencies.length === 1 ? total.charges.of(currency) : null },
    privately: sums.privately(['person']),
  });
  const hasMore = currencies.length > 1 || total.corrections.currencies.length > 0;
  // Charges of several currencies, and corrections, have no one column in a list of calls.
  const sheets = hasMore
    ? [
        listed.sheet,
        groupedTable(context, {
          id: 'totals',
          title: t('reports.section.totals'),
          by: ['person'],
          names: personNames(context, new Map()),
        }).sheet,
      ]
    : [listed.sheet];
  const amounts = currencies.flatMap((one) => [total.corrections.of(one), total.charges.of(one)]);
  return { sheets, moneyDecimals: Math.max(listed.decimals, decimalsFor(amounts, currencies)), isLandscape: true };
}
