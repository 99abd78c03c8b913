/** The month by department and by person: one row each, numbers as formulas over the detail. */
import type { CallTotals } from '../store/call-filter.ts';
import { type MonthRow, type MonthSums, NO_DEPARTMENT_KEY, NOBODY_KEY } from '../store/month.ts';
import { DETAIL, detailKey } from './month-detail.ts';
import { chargeHeading, chargeIn, type MonthFacts } from './month-facts.ts';
import type { Aggregate, Cell, CellValue, Column, TableSheet } from './report.ts';

export const DEPARTMENT = 'department';
export const PERSON = 'person';

interface Names {
  readonly columns: readonly Column[];
  readonly cells: (row: MonthRow) => readonly CellValue[];
}

export function departmentSheet(facts: MonthFacts): TableSheet {
  const { t, paths } = facts;
  const nameOf = (row: MonthRow): string => specialName(facts, row) ?? paths.get(Number(row.key)) ?? row.name;
  return groupSheet(facts, DEPARTMENT, facts.byDepartment, 'departmentKey', {
    columns: [textColumn('name', t('report.column.department'), [...paths.values()], 30, 60)],
    cells: (row) => [nameOf(row)],
  });
}

export function personSheet(facts: MonthFacts): TableSheet {
  const { t, personFacts, paths, byPerson } = facts;
  const departments = (row: MonthRow): string =>
    (personFacts.get(Number(row.key))?.departmentIds ?? []).map((id) => paths.get(id) ?? '').join(', ');
  return groupSheet(facts, PERSON, byPerson, 'personKey', {
    columns: [
      textColumn(
        'name',
        t('report.column.person'),
        byPerson.rows.map((row) => row.name),
        26,
        40,
      ),
      { key: 'employeeNumber', heading: t('report.column.employeeNumber'), type: 'text', width: 13 },
      textColumn('department', t('report.column.department'), byPerson.rows.map(departments), 20, 44),
    ],
    cells: (row) => [
      specialName(facts, row) ?? row.name,
      personFacts.get(Number(row.key))?.employeeNumber ?? null,
      departments(row),
    ],
  });
}

function textColumn(key: string, heading: string, texts: readonly string[], least: number, most: number): Column {
  const longest = texts.reduce((length, text) => Math.max(length, text.length), 0);
  return { key, heading, type: 'text', width: Math.min(Math.max(longest + 2, least), most) };
}

function specialName({ t }: MonthFacts, row: MonthRow): string | undefined {
  if (row.key === NOBODY_KEY) return t('report.row.nobody');
  return row.key === NO_DEPARTMENT_KEY ? t('report.row.noDepartment') : undefined;
}

function groupSheet(
  facts: MonthFacts,
  id: typeof DEPARTMENT | typeof PERSON,
  sums: MonthSums,
  keyColumn: 'departmentKey' | 'personKey',
  names: Names,
): TableSheet {
  const { t, word, currencies, bands } = facts;
  const numbers: Column[] = [
    { key: 'calls', heading: t('report.column.calls'), type: 'integer', width: 10 },
    { key: 'talk', heading: t('report.column.talk'), type: 'duration', width: 13 },
    ...currencies.map((currency): Column => {
      return { key: `charge ${currency}`, heading: chargeHeading(facts, currency), type: 'money', width: 15 };
    }),
    { key: 'unrated', heading: t('report.column.unrated'), type: 'integer', width: 10, isZeroQuiet: true },
  ];
  for (const band of bands) {
    const kind = word(`common.band.${band}`);
    numbers.push({
      key: `calls ${band}`,
      heading: `${kind}\n${t('report.column.calls')}`,
      type: 'integer',
      width: 13,
      isZeroQuiet: true,
    });
    for (const currency of currencies) {
      numbers.push({
        key: `charge ${band} ${currency}`,
        heading: `${kind}\n${chargeHeading(facts, currency)}`,
        type: 'money',
        width: 14,
        isZeroQuiet: true,
      });
    }
  }
  // Owners first, in the order of their names; what belongs to nobody last.
  const isSpecial = (row: MonthRow): number => (row.key === NOBODY_KEY ? 2 : row.key === NO_DEPARTMENT_KEY ? 1 : 0);
  const nameOf = (row: MonthRow): string => String(names.cells(row)[0]);
  const rows = [...sums.rows].sort(
    (a, b) => isSpecial(a) - isSpecial(b) || facts.formats.compare(nameOf(a), nameOf(b)) || (a.key < b.key ? -1 : 1),
  );
  const results = (row: CallTotals & { unratedCalls: number; byBand: MonthRow['byBand'] }): readonly CellValue[] => [
    row.calls,
    row.talkSeconds,
    ...currencies.map((currency) => chargeIn(row, currency)),
    row.unratedCalls,
    ...bands.flatMap((band) => [
      row.byBand[band]?.calls ?? 0,
      ...currencies.map((currency) => chargeIn(row.byBand[band], currency)),
    ]),
  ];
  const formulas = (row: MonthRow): readonly Aggregate[] => {
    const where = { [keyColumn]: detailKey(row.key), isOutside: 1 };
    const sum = (column: string | undefined, more: Aggregate['where'] = {}): Aggregate => {
      return { kind: 'aggregate', table: DETAIL, column, where: { ...where, ...more } };
    };
    const charges = (more: Aggregate['where']): Aggregate[] =>
      currencies.map((currency) => sum('charge', currencies.length === 1 ? more : { ...more, currency }));
    return [
      sum(undefined),
      sum('talk'),
      ...charges({}),
      sum(undefined, { rating: word('report.rating.unrated') }),
      ...bands.flatMap((band) => {
        const ofBand = { band: word(`common.band.${band}`) };
        return [sum(undefined, ofBand), ...charges(ofBand)];
      }),
    ];
  };
  return {
    kind: 'table',
    id,
    title: t(`report.sheet.${id}`),
    columns: [...names.columns, ...numbers],
    rowCount: rows.length,
    *rows() {
      for (const row of rows) {
        const values = results(row);
        const cells = formulas(row).map((formula, i): Cell => ({ formula, result: resultOf(values[i]) }));
        yield [...names.cells(row), ...cells];
      }
    },
    totals: [
      t('report.summary.total'),
      ...names.columns.slice(1).map(() => null),
      ...results({
        ...sums.totals,
        unratedCalls: sums.unratedCalls,
        byBand: Object.fromEntries(facts.byBand.rows.map((row) => [row.key, row])),
      }),
    ],
  };
}

function resultOf(value: CellValue | undefined): Exclude<CellValue, string | null> {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw new Error('a number of the month has no value');
}
