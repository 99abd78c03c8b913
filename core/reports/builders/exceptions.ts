/** Calls to look at: how many of each kind, and every one of them with what is wrong about it. */
import { calendarOf } from '../../ingest/office-calendar-of.ts';
import { isOpenAt, type OfficeCalendar } from '../../model/office-calendar.ts';
import type { CallView } from '../../store/calls.ts';
import {
  EXCEPTION_KINDS,
  type ExceptionKind,
  type ExceptionSum,
  exceptionConditions,
  exceptionSums,
} from '../../store/exception-calls.ts';
import { HolidayStore } from '../../store/holidays.ts';
import type { TableSheet } from '../report.ts';
import { decimalsFor, type ReportContext, type ReportParts, usedCurrencies } from '../report-context.ts';
import { Amounts } from '../tally.ts';
import { listedTable } from './call-table.ts';
import { callsAddress, textColumn } from './names.ts';

export function exceptions(context: ReportContext): ReportParts {
  const { t, db, selection, settings } = context;
  const calendar = calendarOf(settings, new HolidayStore(db).days());
  const conditions = exceptionConditions(selection, EXCEPTION_KINDS, calendar);
  const all = exceptionSums(db, conditions);
  const currencies = usedCurrencies(all.map(({ currency }) => currency));
  const [currency = ''] = currencies;
  const totals = added(all);
  const listed = listedTable(context, {
    id: 'calls',
    title: t('reports.section.exceptionCalls'),
    conditions,
    currencies,
    totals: { ...totals, charge: currencies.length === 1 ? totals.charges.of(currency) : null },
    privately: exceptionSums(db, conditions, true).map((sum) => ({ ...sum, keys: [] })),
    before: {
      columns: [textColumn('why', t('reports.column.why'), 28)],
      cells: (call) => [
        kindsOf(call, calendar)
          .map((kind) => t(`reports.exception.${kind}`))
          .join(', '),
      ],
    },
  });
  return {
    sheets: [kindSheet(context, calendar, all, currencies), listed.sheet],
    moneyDecimals: Math.max(
      listed.decimals,
      decimalsFor(
        all.map(({ chargeMicro }) => chargeMicro),
        currencies,
      ),
    ),
    isLandscape: true,
  };
}

/** The same conditions as the store's, for a call that is at hand. */
function kindsOf(call: CallView, calendar: OfficeCalendar): readonly ExceptionKind[] {
  return EXCEPTION_KINDS.filter((kind) => {
    if (kind === 'unrated') return call.rating === 'unrated';
    if (kind === 'policy') return call.verdict !== null && call.verdict !== 'obeys';
    return kind === 'after-hours' ? !isOpenAt(calendar, call.startLocalS) : call.reason === kind;
  });
}

function added(sums: readonly ExceptionSum[]): { calls: number; talkSeconds: number; charges: Amounts } {
  const charges = new Amounts();
  for (const { currency, chargeMicro } of sums) charges.add(currency, chargeMicro);
  return {
    calls: sums.reduce((count, { calls }) => count + calls, 0),
    talkSeconds: sums.reduce((seconds, { talkSeconds }) => seconds + talkSeconds, 0),
    charges,
  };
}

/** A call can be of several kinds, so the kinds do not add up to the total. */
function kindSheet(
  context: ReportContext,
  calendar: OfficeCalendar,
  all: readonly ExceptionSum[],
  currencies: readonly string[],
): TableSheet {
  const { t, db, selection } = context;
  const rows = EXCEPTION_KINDS.map((kind) => ({
    kind,
    ...added(exceptionSums(db, exceptionConditions(selection, [kind], calendar))),
  }));
  const total = added(all);
  const cells = ({ calls, talkSeconds, charges }: typeof total) => [
    calls,
    talkSeconds,
    ...currencies.map((currency) => charges.of(currency)),
  ];
  return {
    kind: 'table',
    id: 'kinds',
    title: t('reports.section.exceptionKinds'),
    columns: [
      textColumn('kind', t('reports.column.why'), 40),
      { key: 'calls', heading: t('report.column.calls'), type: 'integer', width: 10 },
      { key: 'talk', heading: t('report.column.talk'), type: 'duration', width: 13 },
      ...currencies.map((currency) => ({
        key: `charge ${currency}`,
        heading: t('report.column.charge', { currency }),
        type: 'money' as const,
        width: 15,
      })),
    ],
    rowCount: rows.length,
    *rows() {
      for (const row of rows) yield [t(`reports.exception.${row.kind}`), ...cells(row)];
    },
    *links() {
      for (const { kind } of rows) yield linkOf(context, kind);
    },
    totals: [t('reports.row.callsOnce'), ...cells(total)],
  };
}

function linkOf(context: ReportContext, kind: ExceptionKind): string | null {
  if (kind === 'after-hours') return null;
  if (kind === 'policy') return callsAddress(context, { isBreach: 'true' });
  return callsAddress(context, kind === 'unrated' ? { rating: 'unrated' } : { reason: kind });
}
