/** The month by department and by person: one row each, numbers as formulas over the detail. */
import type { AmountMicro } from '../model/money.ts';
import type { CallTotals } from '../store/call-filter.ts';
import { type MonthRow, type MonthSums, NO_DEPARTMENT_KEY, NOBODY_KEY } from '../store/month.ts';
import { correctionSum } from './month-corrections.ts';
import { detailKey } from './month-detail.ts';
import { amountIn, chargeHeading, chargeIn, type MonthFacts, plus } from './month-facts.ts';
import { DETAIL } from './month-keys.ts';
import type { Aggregate, Cell, CellValue, Column, Formula, TableSheet } from './report.ts';

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
  const { t, names, departmentsOfPeople, paths, byPerson } = facts;
  const departments = (row: MonthRow): string =>
    (departmentsOfPeople.get(Number(row.key)) ?? []).map((id) => paths.get(id) ?? '').join(', ');
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
      names.people.get(Number(row.key))?.employeeNumber ?? null,
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
  const extras = extrasOf(facts);
  const numbers: Column[] = [
    { key: 'calls', heading: t('report.column.calls'), type: 'integer', width: 10 },
    { key: 'talk', heading: t('report.column.talk'), type: 'duration', width: 13 },
    ...currencies.map((currency): Column => {
      return { key: `charge ${currency}`, heading: chargeHeading(facts, currency), type: 'money', width: 15 };
    }),
    ...extras.flatMap(({ key, heading }) =>
      currencies.map((currency): Column => {
        return { key: `${key} ${currency}`, heading: heading(currency), type: 'money', width: 15, isZeroQuiet: true };
      }),
    ),
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
  const results = (row: RowResults): readonly CellValue[] => [
    row.calls,
    row.talkSeconds,
    ...currencies.map((currency) => chargeIn(row, currency)),
    ...extras.flatMap(({ result }) => currencies.map((currency) => result(row, currency))),
    row.unratedCalls,
    ...bands.flatMap((band) => [
      row.byBand[band]?.calls ?? 0,
      ...currencies.map((currency) => chargeIn(row.byBand[band], currency)),
    ]),
  ];
  const formulas = (row: MonthRow): readonly Formula[] => {
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
      ...extras.flatMap(({ formula }) =>
        currencies.map((currency) => formula({ [keyColumn]: detailKey(row.key) }, currency, currencies.length === 1)),
      ),
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
        extra: sums.extra,
        unratedCalls: sums.unratedCalls,
        byBand: Object.fromEntries(facts.byBand.rows.map((row) => [row.key, row])),
      }),
    ],
  };
}

type RowResults = CallTotals & Pick<MonthRow, 'unratedCalls' | 'byBand' | 'extra'>;

/** Amounts beside the charges: what was private, what corrections of closed months add, and both with the charges. */
interface Extra {
  readonly key: string;
  readonly heading: (currency: string) => string;
  readonly result: (row: RowResults, currency: string) => AmountMicro;
  readonly formula: (owner: Aggregate['where'], currency: string, isOnlyCurrency: boolean) => Formula;
}

/** Only those that the month has. */
function extrasOf({ t, word, purposeCount, correctionCount }: MonthFacts): readonly Extra[] {
  const detail = (where: Aggregate['where'], currency: string, isOnly: boolean): Aggregate => ({
    kind: 'aggregate',
    table: DETAIL,
    column: 'charge',
    where: { ...where, isOutside: 1, ...(isOnly ? {} : { currency }) },
  });
  const privately: Extra = {
    key: 'private',
    heading: (currency) => t('report.column.private', { currency }),
    result: ({ extra }, currency) =>
      plus(amountIn(extra.privateCharges, currency), amountIn(extra.privateCorrections, currency)),
    formula: (owner, currency, isOnly) => ({
      kind: 'sum',
      of: [
        ...(purposeCount === 0
          ? []
          : [detail({ ...owner, purpose: word('report.purpose.private') }, currency, isOnly)]),
        ...(correctionCount === 0 ? [] : [correctionSum('privateAmount', currency, owner)]),
      ],
    }),
  };
  const corrections: Extra = {
    key: 'corrections',
    heading: (currency) => t('report.column.corrections', { currency }),
    result: ({ extra }, currency) => amountIn(extra.corrections, currency),
    formula: (owner, currency) => correctionSum('amount', currency, owner),
  };
  const due: Extra = {
    key: 'due',
    heading: (currency) => t('report.column.due', { currency }),
    result: (row, currency) => plus(chargeIn(row, currency), amountIn(row.extra.corrections, currency)),
    formula: (owner, currency, isOnly) => ({
      kind: 'sum',
      of: [detail(owner, currency, isOnly), correctionSum('amount', currency, owner)],
    }),
  };
  return [
    ...(correctionCount === 0 ? [] : [corrections, due]),
    ...(purposeCount === 0 && correctionCount === 0 ? [] : [privately]),
  ];
}

function resultOf(value: CellValue | undefined): Exclude<CellValue, string | null> {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw new Error('a number of the month has no value');
}
