/** A table with a row for each group of calls: how many, how long, what they cost, what stands beside it. */
import { BANDS, type Band } from '../../model/call.ts';
import { type AmountMicro, amountMicro } from '../../model/money.ts';
import type { SumKey } from '../../store/report-sums.ts';
import type { Cell, CellValue, Column, TableSheet } from '../report.ts';
import { currenciesOf, decimalsFor, type ReportContext } from '../report-context.ts';
import { type GroupTally, merged, type Tallies, type Tally, tallies } from '../tally.ts';

export interface GroupNames {
  readonly columns: readonly Column[];
  readonly cells: (keys: readonly string[]) => readonly CellValue[];
  /** Groups that belong to nobody, come from nowhere ... stand last: the greater the number, the later. */
  readonly lastRank?: (keys: readonly string[]) => number;
  /** Query of the page of calls that shows a row's calls; null: there is no such page for this reader. */
  readonly calls: (keys: readonly string[]) => string | null;
}

export interface GroupedOptions {
  readonly id: string;
  readonly title: string;
  readonly by: readonly SumKey[];
  readonly names: GroupNames;
  /** A pair of columns, count and charge, for each kind of call. */
  readonly bands?: true;
  /** Absent: by name. */
  readonly order?: 'charge' | 'calls' | 'name';
  /** Only so many rows; the others are one, under this name. */
  readonly most?: { readonly rows: number; readonly others: string };
  /** More columns behind the usual ones. */
  readonly extra?: {
    readonly columns: readonly Column[];
    readonly cells: (group: GroupTally) => readonly CellValue[];
    readonly totals: readonly CellValue[];
  };
}

export interface GroupedTable {
  readonly sheet: TableSheet;
  readonly total: Tally;
  readonly currencies: readonly string[];
  readonly decimals: number;
}

export function groupedTable(context: ReportContext, options: GroupedOptions): GroupedTable {
  const { by, bands } = options;
  const groups = tallies(context.sums, by, bands === true ? { bands } : {});
  const currencies = currenciesOf(groups.total);
  const decimals = decimalsFor(amountsIn(groups, currencies), currencies);
  return { sheet: tableOf(context, options, groups, currencies), total: groups.total, currencies, decimals };
}

function tableOf(
  context: ReportContext,
  { id, title, names, order = 'name', extra, bands, most }: GroupedOptions,
  groups: Tallies,
  currencies: readonly string[],
): TableSheet {
  const { t } = context;
  const used = bands === true ? BANDS.filter((band) => (groups.total.bands.get(band)?.calls ?? 0) > 0) : [];
  const numbers = [
    ...tallyColumns(context, groups.total, currencies),
    ...used.flatMap((band) => bandColumns(context, band, currencies)),
  ];
  const all = sorted(context, [...groups.rows.values()], names, order, currencies);
  const isCut = most !== undefined && all.length > most.rows + 1;
  const others = isCut ? merged(all.slice(most.rows)) : undefined;
  const rows = isCut ? all.slice(0, most.rows) : all;
  return {
    kind: 'table',
    id,
    title,
    columns: [...names.columns, ...numbers.map(({ column }) => column), ...(extra?.columns ?? [])],
    rowCount: rows.length + (others === undefined ? 0 : 1),
    *rows() {
      const cellsOf = (tally: Tally): readonly Cell[] => numbers.map(({ numberOf }) => numberOf(tally));
      for (const group of rows) {
        yield [...names.cells(group.keys), ...cellsOf(group.tally), ...(extra?.cells(group) ?? [])];
      }
      if (others !== undefined) {
        yield [most?.others ?? null, ...names.columns.slice(1).map(() => null), ...cellsOf(others)];
      }
    },
    totals: [
      t('report.summary.total'),
      ...names.columns.slice(1).map(() => null),
      ...numbers.map(({ numberOf }) => numberOf(groups.total)),
      ...(extra?.totals ?? []),
    ],
    *links() {
      for (const group of rows) yield names.calls(group.keys);
    },
  };
}

export interface NumberColumn {
  readonly column: Column;
  readonly numberOf: (tally: Tally) => number | AmountMicro;
}

/** What every grouped report says of a group; columns for corrections and private calls only where there are some. */
export function tallyColumns(
  { t }: Pick<ReportContext, 't'>,
  total: Tally,
  currencies: readonly string[],
): readonly NumberColumn[] {
  const money = (
    key: string,
    heading: (currency: string) => string,
    numberOf: (tally: Tally, currency: string) => AmountMicro,
    isZeroQuiet?: true,
  ): readonly NumberColumn[] =>
    currencies.map((currency) => ({
      column: {
        key: `${key} ${currency}`,
        heading: heading(currency),
        type: 'money',
        width: 15,
        ...(isZeroQuiet && { isZeroQuiet }),
      },
      numberOf: (tally) => numberOf(tally, currency),
    }));
  const hasCorrections = total.corrections.currencies.length > 0;
  const hasPrivate = total.privateCalls > 0 || !total.privately.isZero;
  return [
    {
      column: { key: 'calls', heading: t('report.column.calls'), type: 'integer', width: 10 },
      numberOf: ({ calls }) => calls,
    },
    {
      column: { key: 'talk', heading: t('report.column.talk'), type: 'duration', width: 13 },
      numberOf: ({ talkSeconds }) => talkSeconds,
    },
    ...money(
      'charge',
      (currency) => t('report.column.charge', { currency }),
      (tally, currency) => tally.charges.of(currency),
    ),
    ...(hasCorrections
      ? [
          ...money(
            'corrections',
            (currency) => t('report.column.corrections', { currency }),
            (tally, currency) => tally.corrections.of(currency),
            true,
          ),
          ...money(
            'due',
            (currency) => t('report.column.due', { currency }),
            (tally, currency) => tally.due(currency),
          ),
        ]
      : []),
    ...(hasPrivate
      ? money(
          'private',
          (currency) => t('report.column.private', { currency }),
          (tally, currency) => tally.privately.of(currency),
          true,
        )
      : []),
    {
      column: {
        key: 'unrated',
        heading: t('report.column.unrated'),
        type: 'integer',
        width: 10,
        isZeroQuiet: true,
      },
      numberOf: ({ unratedCalls }) => unratedCalls,
    },
  ];
}

function bandColumns(
  { t, word }: Pick<ReportContext, 't' | 'word'>,
  band: Band,
  currencies: readonly string[],
): readonly NumberColumn[] {
  const kind = word(`common.band.${band}`);
  return [
    {
      column: {
        key: `calls ${band}`,
        heading: `${kind}\n${t('report.column.calls')}`,
        type: 'integer',
        width: 11,
        isZeroQuiet: true,
      },
      numberOf: ({ bands }) => bands.get(band)?.calls ?? 0,
    },
    ...currencies.map((currency): NumberColumn => {
      return {
        column: {
          key: `charge ${band} ${currency}`,
          heading: `${kind}\n${t('report.column.charge', { currency })}`,
          type: 'money',
          width: 14,
          isZeroQuiet: true,
        },
        numberOf: ({ bands }) => bands.get(band)?.charges.of(currency) ?? amountMicro(0n),
      };
    }),
  ];
}

function sorted(
  { formats }: ReportContext,
  rows: readonly GroupTally[],
  { lastRank, cells }: GroupNames,
  order: 'charge' | 'calls' | 'name',
  currencies: readonly string[],
): readonly GroupTally[] {
  const [currency = ''] = currencies;
  const nameOf = (row: GroupTally): string =>
    cells(row.keys)
      .map((cell) => String(cell ?? ''))
      .join(' ');
  const last = (row: GroupTally): number => lastRank?.(row.keys) ?? 0;
  const byAmount = (a: bigint, b: bigint): number => (a === b ? 0 : a > b ? -1 : 1);
  const measure = (a: GroupTally, b: GroupTally): number => {
    if (order === 'calls') return b.tally.calls - a.tally.calls;
    return order === 'charge' ? byAmount(a.tally.due(currency), b.tally.due(currency)) : 0;
  };
  const named = rows.map((row) => ({ row, name: nameOf(row), key: row.keys.join(' ') }));
  return named
    .sort(
      (a, b) =>
        last(a.row) - last(b.row) ||
        measure(a.row, b.row) ||
        formats.compare(a.name, b.name) ||
        (a.key < b.key ? -1 : 1),
    )
    .map(({ row }) => row);
}

function* amountsIn({ rows, total }: Tallies, currencies: readonly string[]): Generator<bigint> {
  for (const tally of [total, ...[...rows.values()].map((row) => row.tally)]) {
    for (const currency of currencies) {
      yield tally.charges.of(currency);
      yield tally.corrections.of(currency);
      yield tally.privately.of(currency);
      for (const { charges } of tally.bands.values()) yield charges.of(currency);
    }
  }
}
