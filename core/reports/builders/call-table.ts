/** Tables of single calls. Private ones are counted in a row of their own and never listed, so that the totals stay whole. */
import { type CallId, sourceIdOf } from '../../model/call.ts';
import type { AmountMicro } from '../../model/money.ts';
import type { CallView } from '../../store/calls.ts';
import type { Conditions } from '../../store/conditions.ts';
import { dayNumberOf } from '../../store/daily-sums.ts';
import { destinationIn } from '../../store/destinations.ts';
import { monthOfDay } from '../../store/month-days.ts';
import { countListed, listedCalls } from '../../store/report-calls.ts';
import type { PrivateSum } from '../../store/report-sums.ts';
import type { Cell, CellValue, Column, TableSheet } from '../report.ts';
import type { ReportContext } from '../report-context.ts';
import { textColumn } from './names.ts';

export interface CallColumns {
  readonly currencies: readonly string[];
  /** Calls stand for more than themselves: there is a row for private ones. */
  readonly hasCount?: boolean;
  /** Columns before the others: a rank, a reason. */
  readonly before?: {
    readonly columns: readonly Column[];
    readonly cells: (call: CallView, index: number) => readonly CellValue[];
  };
  readonly withoutPerson?: true;
  readonly withRing?: true;
}

const FIELDS = [
  'start',
  'person',
  'department',
  'code',
  'extension',
  'direction',
  'outsideNumber',
  'destination',
  'band',
  'calls',
  'ring',
  'talk',
  'charge',
  'currency',
  'reason',
  'rating',
  'trunk',
  'source',
  'late',
] as const;
type Field = (typeof FIELDS)[number];

/** Width in characters; those without are set below. */
const TEXT_WIDTHS: Partial<Record<Field, number>> = {
  person: 24,
  department: 24,
  code: 11,
  extension: 9,
  direction: 12,
  outsideNumber: 18,
  destination: 22,
  band: 14,
  currency: 8,
  reason: 18,
  rating: 12,
  trunk: 9,
  source: 16,
  late: 20,
};
/** Stay on the screen and in files; paper has no room. */
const NOT_PRINTED: readonly Field[] = ['department', 'reason', 'trunk', 'source', 'late'];

function fieldsOf({ currencies, hasCount, withoutPerson, withRing }: CallColumns): readonly Field[] {
  return FIELDS.filter((field) => {
    if (field === 'calls') return hasCount === true;
    if (field === 'ring') return withRing === true;
    if (field === 'currency') return currencies.length > 1;
    return !(withoutPerson === true && (field === 'person' || field === 'department'));
  });
}

function columnOf({ t }: ReportContext, field: Field, currencies: readonly string[]): Column {
  const [currency = ''] = currencies;
  switch (field) {
    case 'start':
      return { key: field, heading: t('report.column.start'), type: 'dateTime', width: 19 };
    case 'calls':
      return { key: field, heading: t('report.column.calls'), type: 'integer', width: 8 };
    case 'ring':
      return { key: field, heading: t('reports.column.ring'), type: 'duration', width: 10 };
    case 'talk':
      return { key: field, heading: t('report.column.talk'), type: 'duration', width: 11 };
    case 'charge': {
      const heading =
        currencies.length === 1 ? t('report.column.charge', { currency }) : t('report.column.chargePlain');
      return { key: field, heading, type: 'money', width: 13 };
    }
    default: {
      const column = textColumn(field, t(`report.column.${field}`), TEXT_WIDTHS[field] ?? 12);
      return NOT_PRINTED.includes(field) ? { ...column, isNotPrinted: true } : column;
    }
  }
}

export interface CallRows {
  readonly columns: readonly Column[];
  readonly row: (call: CallView, index: number) => readonly Cell[];
  /** A row that stands for calls which are not listed. */
  readonly unlistedRow: (sum: UnlistedSum, label: string) => readonly Cell[];
  /** Cells of the row of totals. */
  readonly totals: (totals: CallTableTotals) => readonly CellValue[];
}

export type UnlistedSum = Omit<PrivateSum, 'keys'>;

export interface CallTableTotals {
  readonly calls: number;
  readonly talkSeconds: number;
  /** Absent where calls have several currencies: they add up to nothing. */
  readonly charge: AmountMicro | null;
}

export function callRows(context: ReportContext, options: CallColumns): CallRows {
  const { t } = context;
  const { currencies, before } = options;
  const fields = fieldsOf(options);
  const lead = before?.columns ?? [];
  const cellsBy = cellMaker(context);
  const blank = lead.map((): CellValue => null);
  return {
    columns: [...lead, ...fields.map((field) => columnOf(context, field, currencies))],
    row: (call, index) => [...(before?.cells(call, index) ?? []), ...fields.map((field) => cellsBy[field](call))],
    unlistedRow: (sum, label) => [
      ...blank,
      ...fields.map((field): CellValue => {
        if (field === (options.withoutPerson === true ? 'outsideNumber' : 'person')) return label;
        if (field === 'calls') return sum.calls;
        if (field === 'talk') return sum.talkSeconds;
        if (field === 'charge') return sum.currency === '' ? null : (sum.chargeMicro as AmountMicro);
        return field === 'currency' ? sum.currency : null;
      }),
    ],
    totals: ({ calls, talkSeconds, charge }) => {
      const cells = [
        ...blank,
        ...fields.map((field): CellValue => {
          if (field === 'calls') return calls;
          if (field === 'talk') return talkSeconds;
          return field === 'charge' ? charge : null;
        }),
      ];
      const label = options.hasCount === true ? t('report.summary.total') : t('reports.row.totalOf', { count: calls });
      return [label, ...cells.slice(1)];
    },
  };
}

function cellMaker(context: ReportContext): Readonly<Record<Field, (call: CallView) => CellValue>> {
  const { t, word, names, departmentPaths, maskCode, maskNumber, request, formats } = context;
  const masked = (number: string | null): string | null => (number === null ? null : maskNumber(number));
  return {
    start: ({ startLocalS }) => startLocalS,
    person: ({ personId, reason }) =>
      personId === null
        ? reason === 'none'
          ? null
          : word('report.row.nobody')
        : (names.people.get(personId)?.name ?? null),
    department: ({ departmentId }) => (departmentId === null ? null : (departmentPaths.get(departmentId) ?? null)),
    code: ({ code }) => (code === null ? null : maskCode(code)),
    extension: ({ extension }) => extension,
    direction: ({ direction }) => word(`common.direction.${direction}`),
    outsideNumber: ({ direction, caller, dialled }) => masked(direction === 'incoming' ? caller : dialled),
    destination: (call) => destinationIn(call, request.language),
    band: ({ band }) => word(`common.band.${band}`),
    calls: () => 1,
    ring: ({ ringSeconds }) => ringSeconds,
    talk: ({ talkSeconds }) => talkSeconds,
    charge: ({ chargeMicro }) => chargeMicro,
    currency: ({ currency }) => currency,
    reason: ({ reason }) => word(`report.reason.${reason}`),
    rating: ({ rating }) => word(`report.rating.${rating}`),
    trunk: ({ trunk }) => trunk,
    source: ({ id }) => names.sources.get(sourceIdOf(id)) ?? null,
    late: ({ lateDay, startLocalS }) =>
      lateDay === null
        ? null
        : t('report.column.lateOf', { month: formats.month(monthOfDay(dayNumberOf(startLocalS))) }),
  };
}

export function callAddress(id: CallId): string {
  return `/calls?call=${id}`;
}

export interface ListedTable {
  readonly sheet: TableSheet;
  readonly decimals: number;
}

export interface ListedOptions {
  readonly id: string;
  readonly title: string;
  readonly conditions: Conditions;
  readonly currencies: readonly string[];
  readonly totals: CallTableTotals;
  /** Of the same calls: what is counted and not listed. */
  readonly privately: readonly PrivateSum[];
  readonly withoutPerson?: true;
  readonly before?: CallColumns['before'];
}

/** Every call that meets the conditions, read while it is written. */
export function listedTable(context: ReportContext, options: ListedOptions): ListedTable {
  const { db, selection } = context;
  const { id, title, currencies, totals, withoutPerson, before } = options;
  const conditions = selection.listed(options.conditions);
  const privately = selection.listsPrivate ? [] : options.privately;
  const found = countListed(db, conditions);
  const maker = callRows(context, {
    currencies,
    hasCount: privately.length > 0,
    ...(withoutPerson && { withoutPerson }),
    ...(before !== undefined && { before }),
  });
  function* rowsFrom(skip: number): Generator<readonly Cell[]> {
    let index = skip;
    for (const call of listedCalls(db, conditions, skip)) {
      yield maker.row(call, index);
      index += 1;
    }
    for (const sum of privately.slice(Math.max(0, skip - found.calls))) {
      yield maker.unlistedRow(sum, context.t('reports.row.private'));
    }
  }
  return {
    decimals: found.chargeDecimals,
    sheet: {
      kind: 'table',
      id,
      title,
      columns: maker.columns,
      rowCount: found.calls + privately.length,
      rows: () => rowsFrom(0),
      rowsFrom,
      *linksFrom(skip) {
        for (const { id: callId } of listedCalls(db, conditions, skip)) yield callAddress(callId);
      },
      totals: maker.totals(totals),
    },
  };
}
